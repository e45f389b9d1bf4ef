"""Times of jobs that take turns, so that a busy machine is as unfair to one as to the other."""

from byhand.speed import seconds

RUNS = 7


def medians(*jobs, runs=RUNS):
    """The median time of each job in seconds, over runs in which all take turns; one run to warm up."""
    return list(seconds(dict(enumerate(jobs)), runs).values())


def times_faster(ours, theirs, runs=RUNS):
    """How many times as fast as theirs our job is."""
    own, other = medians(ours, theirs, runs=runs)
    return other / own
