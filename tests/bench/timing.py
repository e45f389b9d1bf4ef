"""Times of jobs that take turns, so that a busy machine is as unfair to one as to the other."""

import gc
import statistics
import time

RUNS = 7


def medians(*jobs, runs=RUNS):
    """The median time of each job in seconds, over runs in which all take turns; one run to warm up."""
    times = [[] for _ in jobs]
    for run in range(runs + 1):
        for job, own in zip(jobs, times, strict=True):
            own += [seconds(job)] * (run > 0)
    return [statistics.median(own) for own in times]


def seconds(job):
    """How long one call takes, without a collection of garbage in it."""
    gc.collect()
    gc.disable()
    started = time.perf_counter()
    job()
    took = time.perf_counter() - started
    gc.enable()
    return took


def times_faster(ours, theirs, runs=RUNS):
    """How many times as fast as theirs our job is."""
    own, other = medians(ours, theirs, runs=runs)
    return other / own
