"""What an exercise is: a solution, cases to try, and the mistakes foreseen, each with its reason."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from byhand.exercises.trial import Outcome, as_numbers, attempt, same

UNTRIED = "Not tried yet: put your answer in place of the ... and run the cell again."


@dataclass(frozen=True)
class Mistake:
    """A wrong answer somebody gives, and the reason it is wrong.

    An answer that comes to the same as `wrong` in the case where it fails is told this reason.
    """

    wrong: Any
    reason: str


@dataclass(frozen=True)
class Exercise:
    """Asked for a function (then cases is not empty) or for a value.

    Args:
        name: as in check.<name>.
        solution: the right function or value.
        right: one sentence for who got it right.
        mistakes: what is foreseen.
        cases: arguments to try, each a dict; the sizes differ so that no mix-up hides.
        rtol: relative tolerance on numbers.
    """

    name: str
    solution: Any
    right: str
    mistakes: tuple[Mistake, ...]
    cases: tuple[dict, ...] = field(default=())
    rtol: float = 1e-6

    def __call__(self, answer=...):
        """Print the verdict on an answer; never raise."""
        try:
            print(self.verdict(answer))
        except Exception as error:  # an answer whose own methods fail, such as a broken __eq__
            print(f"Not yet. Your answer could not be compared: {type(error).__name__}: {error}")

    def verdict(self, answer):
        """What to tell whoever gave this answer."""
        if unfinished(answer):
            return UNTRIED
        if self.cases and not callable(answer):
            return f"Not yet. Expected a function. Received: answer={shown(answer)}"
        if not self.cases and callable(answer):
            return f"Not yet. Expected a value, not a function. Received: answer={shown(answer)}"
        if self.cases and unfinished(outcome(answer, self.cases[0]).value):
            return UNTRIED
        problem = self._problem(answer)
        return "Not yet. " + problem if problem else "Right. " + self.right

    def _problem(self, answer):
        """What is wrong, in the first case where anything is; or an empty string."""
        cases = self.cases or ({},)
        received = outcomes(answer, cases)
        for i, (case, seen) in enumerate(zip(cases, received, strict=False)):
            expected = outcome(self.solution, case).value
            if seen.failure or not same(seen.value, expected, self.rtol):
                came = seen.failure or shown(seen.value)
                head = f"With {shown_arguments(case)}: expected {shown(expected)}. " if case else ""
                return (
                    f"{head}Received: {came}.\n{self._reason(received, i) or general_reason(seen, expected)}"
                )
            if seen.changed:
                names = ", ".join(seen.changed)
                return f"The values are right, but your function changed {names}: work on a copy."
        return ""

    def _reason(self, received, i):
        """The reason of the mistake that comes to the same in every case, or else in case i."""
        cases = self.cases or ({},)
        close = ""
        for mistake in self.mistakes:
            wrong = [outcome(mistake.wrong, case) for case in cases[: len(received)]]
            if all(map(self._alike, received, wrong)):
                return mistake.reason
            if not close and self._alike(received[i], wrong[i]):
                close = mistake.reason
        return close

    def _alike(self, a, b):
        """Whether two outcomes are the same value, or the same failure."""
        return a.failure == b.failure and (bool(a.failure) or same(a.value, b.value, self.rtol))


def unfinished(answer):
    """Whether the ... of the exercise still stands somewhere in the answer."""
    parts = (
        answer.values()
        if isinstance(answer, dict)
        else answer
        if isinstance(answer, tuple | list)
        else (answer,)
    )
    return any(part is ... for part in parts)


def outcomes(answer, cases):
    """What an answer comes to in each case; the rest is skipped after a failure, which may be slow."""
    received = []
    for case in cases:
        received.append(outcome(answer, case))
        if received[-1].failure:
            break
    return received


def outcome(answer, case):
    """What an answer comes to: a function is called, a value is itself."""
    return attempt(answer, case) if callable(answer) else Outcome(value=answer)


def general_reason(received, expected):
    """A hint from the form of a wrong result alone, where no mistake foreseen explains it."""
    if received.failure:
        return "An error inside your function: run it yourself on these values to see where."
    if received.value is None:
        return "Nothing came back: does your function end with `return`?"
    if isinstance(expected, dict | tuple | str):
        return _parts(received.value, expected)
    x, y = as_numbers(received.value), as_numbers(expected)
    if x is None:
        return f"Expected a number or an array of numbers, not {type(received.value).__name__}."
    if x.shape != y.shape:
        return f"The shape is {x.shape}, expected {y.shape}."
    if np.isnan(x).any() and not np.isnan(y).any():
        return "There is a nan: some step computed 0 · log 0, 0/0 or inf − inf."
    if same(-x, y):
        return "The sign is turned round."
    return "Work one example through on paper, then print each step of your function beside it."


def _parts(value, expected):
    """Which part of a dict or tuple is wrong."""
    if isinstance(expected, dict) and isinstance(value, dict):
        if value.keys() != expected.keys():
            return f"Expected the keys {', '.join(map(repr, expected))}."
        wrong = [repr(key) for key in expected if not same(value[key], expected[key])]
        return f"Look again at {', '.join(wrong)}."
    if isinstance(expected, tuple) and isinstance(value, tuple | list) and len(value) == len(expected):
        wrong = [str(i + 1) for i in range(len(expected)) if not same(value[i], expected[i], 1e-6)]
        return f"Look again at result {', '.join(wrong)} of {len(expected)}."
    size = f" of {len(expected)}" if isinstance(expected, tuple) else ""
    return f"Expected a {type(expected).__name__}{size}, not {shown(value)}."


def shown(value):
    """A value in a few characters."""
    if isinstance(value, tuple | list):
        text = "(" + ", ".join(map(shown, value)) + ")"
    elif isinstance(value, float | np.floating | np.ndarray):
        text = np.array2string(np.asarray(value), precision=4, threshold=8, separator=", ")
    else:
        text = repr(value)
    return text if len(text) <= 160 else text[:157] + "…"


def shown_arguments(case):
    """The arguments of a call: numbers in full, arrays by their shape where they are long."""
    return ", ".join(
        f"{name} of shape {value.shape}" if np.size(value) > 6 else f"{name}={shown(value)}"
        for name, value in case.items()
    )
