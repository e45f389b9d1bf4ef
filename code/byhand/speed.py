"""How fast the package is beside others: times of jobs, and what `make bench` found when it was last run."""

import json
from pathlib import Path
from statistics import median
from timeit import timeit


def seconds(jobs, rounds=60):
    """How long each job takes: the median of some rounds in which all take turns.

    On a busy machine the shortest time is luck, which one job has and another has not. In turns, what
    disturbs falls on all alike. One round before these, which prepares whatever a first call has to, is not
    counted; and no garbage is collected while a job runs.

    Args:
        jobs: {name: function without arguments}.
        rounds: how often each job counts, at least 1.

    Returns:
        {name: seconds of one call}, in the order of jobs.

    Raises:
        ValueError: if there is no round to count.

    Example:
        >>> found = seconds({"a sum": lambda: sum(range(1000)), "nothing": lambda: None})
        >>> found["nothing"] < found["a sum"] < 1
        True
    """
    if rounds < 1:
        raise ValueError(f"Expected at least one round. Received: rounds={rounds}")
    turns = [[timeit(job, number=1) for job in jobs.values()] for _ in range(1 + rounds)]
    return dict(zip(jobs, map(median, zip(*turns[1:], strict=True)), strict=True))


def results():
    """Every row that was measured, the day, the machine, and how the time of a gradient grows, as a dict.

    Example:
        >>> list(results()), results()["rows"][0]["wanted"]
        (['measured', 'machine', 'rows', 'growth'], 'at least 14× faster')
        >>> list(results()["growth"])  # of examples, units or layers so many times as many
        ['size', 'examples', 'width', 'depth']
    """
    return json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def table(work=""):
    """The rows of some work as text: against what, what is wanted, what was seen, whether that keeps it.

    Args:
        work: words of the first column; the empty text stands for all rows.

    Example:
        >>> print(table("prediction").splitlines()[0])
        against                                                    wanted   seen  met
    """
    rows = [row for row in results()["rows"] if work in row["work"]]
    lines = ["{against:43} {wanted:>21} {seen:6.2f}  ".format(**row) + verdict(row) for row in rows]
    return "\n".join([f"{'against':43} {'wanted':>21} {'seen':>6}  met", *lines])


def verdict(row):
    """Whether a row is met, in a word.

    Example:
        >>> verdict({"met": False})
        'no'
    """
    return "yes" if row["met"] else "no"
