"""Exercises that answer back: `check.<exercise>(answer)` says what was tried and why it fails.

from byhand.exercises import check
check.steps_per_epoch(my_function)
"""

from byhand.exercises import training_steps, training_steps_code, why_nonlinear, why_nonlinear_code
from byhand.exercises.exercise import Exercise

EXERCISES = {
    exercise.name: exercise
    for module in (training_steps, training_steps_code, why_nonlinear, why_nonlinear_code)
    for exercise in module.EXERCISES
}


class Check:
    """One method an exercise; each prints its verdict and never raises."""

    def __getattr__(self, name: str) -> Exercise:
        """The exercise called name."""
        if name not in EXERCISES:
            raise AttributeError(
                f"Expected an exercise among {', '.join(EXERCISES)}. Received: name={name!r}"
            )
        return EXERCISES[name]

    def __dir__(self):
        """What Tab completes."""
        return list(EXERCISES)


check = Check()
