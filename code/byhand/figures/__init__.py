"""Moving figures: Python draws a picture from real numbers; where JavaScript runs, the reader moves it.

Each figure is a function in a module of the same name, with a script beside it: `figures.one_unit(…)`. A
module is read when its figure is asked for.
"""

import pkgutil
from importlib import import_module

from byhand.figures.frame import Figure

__all__ = ["Figure"]


def __getattr__(name):
    modules = {found.name for found in pkgutil.iter_modules(__path__)}
    if name not in modules:
        raise AttributeError(f"Expected a moving figure. Received: name={name!r}")
    figure = getattr(import_module(f"{__name__}.{name}"), name)
    globals()[name] = figure  # in the place of the module, which the import has put there
    return figure
