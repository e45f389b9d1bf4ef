"""What an exercise is: a solution, cases to try, and the mistakes foreseen, each with its reason."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from byhand.exercises.hints import from_form, shown, shown_arguments, worked_in_place
from byhand.exercises.session import note
from byhand.exercises.trial import Outcome, attempt, same

UNTRIED = "Not tried yet: put your answer in place of the ... and run the cell again."


@dataclass(frozen=True)
class Mistake:
    """A wrong answer somebody gives, and the reason it is wrong.

    An answer that comes to the same as `wrong` in every case where it fails is told this reason.
    """

    wrong: Any
    reason: str


@dataclass(frozen=True)
class Exercise:
    """Asked for a function (then cases is not empty) or for a value.

    A value may be made of the learner's own data: then `given` names what it is made of, solution and
    mistakes are functions of that, and check.<name>(answer, *given) compares with what they make of it.

    Args:
        name: as in check.<name>.
        solution: the right function or value.
        right: one sentence for who got it right.
        mistakes: what is foreseen.
        cases: arguments to try, each a dict; the sizes differ so that no mix-up hides.
        rtol: relative tolerance on numbers.
        given: names of what an answer is made of, if it is handed over with the answer.
        read: what is looked at in an answer, such as a description of a Keras model.
    """

    name: str
    solution: Any
    right: str
    mistakes: tuple[Mistake, ...]
    cases: tuple[dict, ...] = field(default=())
    rtol: float = 1e-6
    given: tuple[str, ...] = ()
    read: Callable[[Any], Any] = lambda answer: answer

    def __call__(self, answer=..., *given):
        """Print the verdict on an answer, made of what is given; never raise."""
        try:
            verdict = self.of(*given).verdict(self.read(answer))
            if not verdict.startswith("Not tried yet"):
                note(self.name, verdict.startswith("Right."))
            print(verdict)
        except Exception as error:  # an answer whose own methods fail, such as a broken __eq__
            print(f"Not yet. Your answer could not be compared: {type(error).__name__}: {error}")

    def is_right(self, answer, *given):
        """Whether an answer is right, without a word; never raises."""
        try:
            return self.of(*given).verdict(self.read(answer)).startswith("Right.")
        except Exception:  # as in __call__
            return False

    def choose(self, mine, otherwise, *given):
        """My answer if it is right, else the other one: what a lab goes on with."""
        return mine if self.is_right(mine, *given) else otherwise

    def of(self, *given):
        """The same exercise, asking for the value that the solution makes of what is given."""
        if not given:
            return self
        mistakes = tuple(replace(mistake, wrong=mistake.wrong(*given)) for mistake in self.mistakes)
        return replace(self, solution=self.solution(*given), mistakes=mistakes, cases=(), given=())

    def verdict(self, answer):
        """What to tell whoever gave this answer."""
        if answer is ... or (self.cases and callable(answer) and outcome(answer, self.cases[0]).value is ...):
            return UNTRIED
        if missing := still_open(answer):
            return f"Not tried yet: still open is {missing}."
        if self.given and not callable(answer):
            too = f"check.{self.name}(answer, {', '.join(self.given)})"
            return f"Not tried yet: hand over what it is made of, too, as {too}."
        if callable(answer) != bool(self.cases):
            a_function = "a function: hand it over itself, without calling it"
            wanted = a_function if self.cases else "a value, not a function"
            return f"Not yet. Expected {wanted}. Received: answer={shown(answer)}"
        problem = self._problem(answer)
        return "Not yet. " + problem if problem else "Right. " + self.right

    def _problem(self, answer):
        """What is wrong, in the first case where anything is; or an empty string."""
        cases = self.cases or ({},)
        received = outcomes(answer, cases)
        expected = [outcome(self.solution, case) for case in cases[: len(received)]]
        failing = [i for i, pair in enumerate(zip(received, expected, strict=True)) if not self._alike(*pair)]
        if failing:
            return self._report(cases, received, expected, failing)
        return worked_in_place(sorted({name for seen in received for name in seen.changed}))

    def _report(self, cases, received, expected, failing):
        i = failing[0]
        came = received[i].failure or shown(received[i].value)
        lines = [f"Received: {came}."]
        if self.cases:
            lines[0] = f"With {shown_arguments(cases[i])}: expected {shown(expected[i].value)}. " + lines[0]
        reason = self._reason(cases, received, failing)
        lines.append(reason or from_form(received[i], expected[i].value, bool(self.cases)))
        if received[i].failure and not reason:
            lines[1] += f" To see where, call it on *check.{self.name}.cases[{i}].values()."
        return "\n".join(lines)

    def _reason(self, cases, received, failing):
        """The reason of the mistake that comes to the same in every case, or else wherever the answer fails.

        A mistake in a table names only the entries that are wrong; all that fit are told.
        """
        close = ""
        for mistake in self.mistakes:
            wrong = [outcome(mistake.wrong, case) for case in cases[: len(received)]]
            alike = [self._alike(*pair) for pair in zip(received, wrong, strict=True)]
            if all(alike):
                return mistake.reason
            if not close and all(alike[i] for i in failing):
                close = mistake.reason
        return close or self._reasons_of_entries(received[0].value)

    def _reasons_of_entries(self, table):
        if not (isinstance(self.solution, dict) and isinstance(table, dict)):
            return ""
        if table.keys() != self.solution.keys():
            return ""
        wrong = {key for key in table if not same(table[key], self.solution[key])}
        partial = [m for m in self.mistakes if isinstance(m.wrong, dict)]
        fitting = [m for m in partial if all(same(table[key], m.wrong[key]) for key in m.wrong)]
        explained = {key for mistake in fitting for key in mistake.wrong}
        return "\n".join(mistake.reason for mistake in fitting) if wrong == explained else ""

    def _alike(self, a, b):
        """Whether two outcomes are the same value, or the same failure."""
        return a.failure == b.failure and (bool(a.failure) or same(a.value, b.value, self.rtol))


def still_open(answer):
    """Which parts of an answer are still the ... of the exercise, in words."""
    if isinstance(answer, dict):
        return ", ".join(repr(key) for key, value in answer.items() if value is ...)
    parts = answer if isinstance(answer, tuple | list) else ()
    return ", ".join(f"part {k}" for k, part in enumerate(parts, 1) if part is ...)


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
