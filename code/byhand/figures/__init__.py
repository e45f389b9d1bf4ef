"""Moving figures: Python draws a picture from real numbers; where JavaScript runs, the reader moves it.

Each figure is a module here and a script of the same name beside it.
"""

from byhand.figures.frame import Figure
from byhand.figures.one_unit import one_unit
from byhand.figures.relu_stitching import relu_stitching

__all__ = ["Figure", "one_unit", "relu_stitching"]
