"""Hints from the form of a wrong result alone, and values in a few characters."""

import numpy as np

from byhand.exercises.trial import as_numbers, same


def from_form(received, expected, of_function):
    """What to look at, where no mistake foreseen explains the outcome received."""
    value = received.value
    if received.failure:
        return "An error inside your function."
    if value is None:
        return "Nothing came back: does your function end with `return`?"
    if isinstance(expected, dict | tuple | str):
        return _from_parts(value, expected)
    hint = _from_numbers(value, as_numbers(value), as_numbers(expected))
    if not hint and of_function:
        return "Work one example through on paper, then print each step of your function beside it."
    return hint or "Work it through on paper once more, one line at a time."


def worked_in_place(changed):
    """What to tell a right function that changed these of its arguments; or an empty string."""
    if not changed:
        return ""
    return (
        f"The result is right, but your function also changed the caller's {', '.join(changed)}: "
        f"`{changed[0]} -= …` works in place; write `{changed[0]} = {changed[0]} - …`."
    )


def _from_numbers(value, x, y):
    """What to look at in a value, or x as numbers, where y was expected; or an empty string."""
    if isinstance(value, str):
        return "Expected a number: write it without quotation marks."
    if x is None:
        return f"Expected a number or an array of numbers, not {type(value).__name__}."
    if x.shape != y.shape:
        return f"The shape is {x.shape}, expected {y.shape}."
    if np.isnan(x).any() and not np.isnan(y).any():
        return "There is a nan: some step computed 0 · log 0, 0/0 or inf − inf."
    if same(-x, y):
        return "The sign is turned round."
    return ""


def _from_parts(value, expected):
    """Which part of a dict or tuple is wrong."""
    if isinstance(expected, dict) and isinstance(value, dict):
        if value.keys() != expected.keys():
            return f"Expected the keys {', '.join(map(repr, expected))}."
        wrong = [repr(key) for key in expected if not same(value[key], expected[key])]
        return f"Look again at {', '.join(wrong)}."
    if isinstance(expected, tuple) and isinstance(value, tuple | list) and len(value) == len(expected):
        return " ".join(filter(None, map(_from_part, range(1, len(expected) + 1), value, expected)))
    size = f" of {len(expected)}" if isinstance(expected, tuple) else ""
    return f"Expected a {type(expected).__name__}{size}, not {shown(value)}."


def _from_part(k, value, expected):
    if same(value, expected, 1e-6):
        return ""
    if as_numbers(value) is not None and np.shape(value) != np.shape(expected):
        return f"Result {k} has the shape {np.shape(value)}, expected {np.shape(expected)}."
    return f"Look again at result {k}."


def shown(value):
    """A value in a few characters."""
    if isinstance(value, tuple | list):
        text = "(" + ", ".join(map(shown, value)) + ")"
    elif isinstance(value, float | np.floating | np.ndarray):
        text = np.array2string(np.asarray(value), precision=4, threshold=8, separator=", ")
    else:
        text = getattr(value, "__name__", None) or repr(value)
    return text if len(text) <= 160 else text[:157] + "…"


def shown_arguments(case):
    """The arguments of a call: numbers in full, arrays by their shape where they are long."""
    return ", ".join(f"{name}{_shown_argument(value)}" for name, value in case.items())


def _shown_argument(value):
    if callable(value):
        return f"={value.__name__}"
    if isinstance(value, list) and any(isinstance(part, np.ndarray) for part in value):
        return f" of shapes {', '.join(str(np.shape(part)) for part in value)}"
    return f" of shape {value.shape}" if np.size(value) > 6 else f"={shown(value)}"
