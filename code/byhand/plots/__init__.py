"""Figures of the chapters: every function draws on `ax` (a new one if None) and returns it.

Colours are Okabe and Ito's (2008), told apart by colour-blind readers; a marker, a dash or a label always
says the same as the colour. Each function also says in words what it drew: see `alternative`.
"""

from byhand.plots.cells import confusion, heat
from byhand.plots.curves import band, loss_curves
from byhand.plots.points import scatter
from byhand.plots.regions import regions
from byhand.plots.sheets import digits, errors, filters
from byhand.plots.slopes import activation, activation_sheet
from byhand.plots.style import COLOURS, DASHES, use_style
from byhand.plots.surfaces import contours, paths, responses
from byhand.plots.words import alternative, describe

__all__ = [
    "COLOURS", "DASHES", "activation", "activation_sheet", "alternative", "band", "confusion", "contours",
    "describe", "digits", "errors", "filters", "heat", "loss_curves", "paths", "regions", "responses",
    "scatter", "use_style",
]  # fmt: skip
