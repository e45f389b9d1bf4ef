"""One call of a learner's function, from which nothing escapes: no error, print, warning or endless loop."""

import contextlib
import copy
import ctypes
import io
import threading
import warnings
from dataclasses import dataclass, field
from typing import Any

import numpy as np

SECONDS = 5.0


@dataclass
class Outcome:
    """What came of a call: a value, or a failure in words; and whether an argument was changed."""

    value: Any = None
    failure: str = ""
    changed: list[str] = field(default_factory=list)


def attempt(function, arguments, seconds=SECONDS):
    """Call function on copies of the arguments, in a thread of its own that is stopped when time is up.

    Args:
        function: the learner's.
        arguments: {name: value}; they are never changed.
        seconds: the time allowed.

    Returns:
        Outcome.
    """
    outcome = Outcome()
    given = copy.deepcopy(arguments)
    thread = threading.Thread(target=_call, args=(function, given, outcome), daemon=True)
    with _silence():
        thread.start()
        thread.join(seconds)
    if thread.is_alive():
        _stop(thread)
        return Outcome(failure=f"it did not finish within {seconds:g} seconds")
    outcome.changed = [
        name for name, value in arguments.items() if given[name] is not value and not same(given[name], value)
    ]
    return outcome


@contextlib.contextmanager
def _silence():
    """Nothing printed, no warning shown. Around the thread, not in it: one that hangs would never undo it."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


def _stop(thread):
    """Raise SystemExit in it; Python has no other way to end a thread from outside."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))


def _call(function, arguments, outcome):
    try:
        outcome.value = copy.deepcopy(function(*arguments.values()))
    except BaseException as error:
        outcome.failure = f"it raised {type(error).__name__}: {error}"


def same(a, b, rtol=1e-9):
    """Whether two answers agree, part by part: tuples, dicts, arrays, numbers; nan equals nan."""
    if callable(b):
        return a is b
    if isinstance(b, dict):
        return isinstance(a, dict) and a.keys() == b.keys() and all(same(a[k], b[k], rtol) for k in b)
    if isinstance(b, tuple) or (isinstance(b, list) and as_numbers(b) is None):  # arrays of several shapes
        return isinstance(a, tuple | list) and len(a) == len(b) and all(map(same, a, b, [rtol] * len(b)))
    if isinstance(b, str) or isinstance(a, str):
        return isinstance(a, str) and isinstance(b, str) and _word(a) == _word(b)
    x, y = as_numbers(a), as_numbers(b)
    if x is None or y is None or x.shape != y.shape:
        return False
    return bool(np.allclose(x, y, rtol=rtol, atol=1e-12, equal_nan=True))


def _word(text):
    """A name however it is typed: "model.Fit " is "fit"."""
    return text.strip().lower().rsplit(".", 1)[-1].removesuffix("()")


def as_numbers(value):
    """Value as an array of floats (TensorFlow's and PyTorch's tensors too), or None if it is none."""
    try:
        array = np.asarray(value)
        return array.astype(float) if array.dtype.kind in "biuf" else None
    except Exception:
        return None
