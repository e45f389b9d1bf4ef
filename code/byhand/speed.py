"""How fast the package is beside others: what `make bench` found when it was last run."""

import json
from pathlib import Path


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
