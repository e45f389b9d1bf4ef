"""A board of error shares over several seeds, and what may be said of a new row on it."""

import numpy as np

from byhand.exercises.trial import as_numbers

SEEDS = 3


def leaderboard(rows, mine=None, baseline=None):
    """Print the rows, the lowest mean first, and whether mine is ahead of the baseline; never raises.

    Args:
        rows: {name: error shares on the same held-out pictures, one a seed}.
        mine: the learner's error shares, one a seed; `...` if not tried yet, None for the rows alone.
        baseline: the name of the row to beat; None for the best.

    Example:
        >>> leaderboard({"always 0": [0.9, 0.9, 0.9]}, [0.06, 0.05, 0.07])
        mine                     0.060   from 0.050 to 0.070
        always 0                 0.900   from 0.900 to 0.900
        Ahead with every seed: your worst run beats the best of “always 0”.
    """
    try:
        print("\n".join(_board(rows, mine, baseline)))
    except Exception as error:  # shares of a kind nobody foresaw
        print(f"Not yet. Your shares could not be read: {type(error).__name__}: {error}")


def _board(rows, mine, baseline):
    """The lines that `leaderboard` prints."""
    baseline = baseline or min(rows, key=lambda name: np.mean(rows[name]))
    problem = _refusal(mine)
    entered = rows if problem else {**rows, "mine": as_numbers(mine)}
    for name in sorted(entered, key=lambda name: np.mean(entered[name])):
        shares = np.asarray(entered[name])
        yield f"{name:<23}{shares.mean():7.3f}   from {shares.min():.3f} to {shares.max():.3f}"
    if mine is not None:
        yield problem or _verdict(entered["mine"], np.asarray(rows[baseline]), baseline)
    if "mine" in entered:
        yield from _doubts(entered["mine"])


def _refusal(mine):
    """Why shares can't be entered (None can't either), or an empty string."""
    if mine is ...:
        return "Not tried yet: enter your error shares, one for each seed."
    shares = as_numbers(mine)
    if shares is None or shares.ndim != 1 or len(shares) < SEEDS:
        return f"Not yet. One run is an anecdote: enter a list, of at least {SEEDS} seeds."
    if not ((shares >= 0) & (shares <= 1)).all():
        return "Not yet. An error share lies between 0 and 1: divide by the pictures."
    if (shares > 0.5).all():
        return "Not yet. More than half misread? Shares read correctly: subtract from 1."
    return ""


def _verdict(mine, base, baseline):
    """What may be said of shares beside those of the baseline."""
    if mine.max() < base.min():
        return f"Ahead with every seed: your worst run beats the best of “{baseline}”."
    if mine.mean() < base.mean():
        return f"Ahead of “{baseline}” on average, but the runs overlap: try more seeds."
    return f"Not ahead of “{baseline}” on average. What would its errors need?"


def _doubts(mine):
    """What may be true, and more often is a slip."""
    if len(set(mine.tolist())) == 1:
        yield "The same share each time: did every run get a seed of its own?"
    if not mine.all():
        yield "A run without any error: had it been trained on these pictures?"
