"""Moving figures: Python draws a picture from real numbers; where JavaScript runs, the reader moves it.

Each figure is a function in a module of the same name, with a script beside it: `figures.one_unit(…)`. A
module is read when its figure is asked for.
"""

import pkgutil
import sys
from importlib import import_module
from types import ModuleType

from byhand.figures.frame import Figure

__all__ = ["Figure"]


def __getattr__(name):
    modules = {found.name for found in pkgutil.iter_modules(__path__)}
    if name not in modules:
        raise AttributeError(f"Expected a moving figure. Received: name={name!r}")
    return getattr(import_module(f"{__name__}.{name}"), name)


class _Figures(ModuleType):
    """An import, whoever asks for it, leaves a module here under its name; its figure takes that place."""

    def __setattr__(self, name, value):
        super().__setattr__(name, getattr(value, name, value) if isinstance(value, ModuleType) else value)


sys.modules[__name__].__class__ = _Figures
