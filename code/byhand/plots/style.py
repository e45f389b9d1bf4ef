"""The look of every figure: Okabe and Ito's colours (2008), and what says the same without colour."""

import matplotlib.pyplot as plt
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.patheffects import withStroke

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
DASHES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")
MARKER_NAMES = ("circles", "squares", "triangles", "diamonds", "triangles pointing down", "plus signs",
                "crosses", "triangles pointing left", "triangles pointing right", "stars")  # fmt: skip
INK, QUIET = "#262626", "#6b6b6b"
# From paper to ink: ever darker, so that it stays right when printed in grey.
STRENGTH = LinearSegmentedColormap.from_list("strength", ["#ffffff", "#8ec1de", COLOURS[0], "#00304d"])
WRONG = LinearSegmentedColormap.from_list("wrong", ["#ffffff", "#f3c3a3", COLOURS[1]])
# Below zero dark and blue, above it light and yellow: the lightness alone tells the sign, also in grey.
SIGNED = LinearSegmentedColormap.from_list(
    "signed", ["#001d38", "#08497c", "#5f7d95", "#969696", "#c9ac6f", "#f6cb4c", "#fffbe6"]
)


def use_style():
    """The book's look: white paper in both themes, few lines, the colours above."""
    plt.rcParams.update(
        {
            "figure.figsize": (6.4, 3.2),
            "figure.facecolor": "white",
            "figure.constrained_layout.use": True,
            "font.size": 10,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "grid.color": "#e6e6e6",
            "axes.axisbelow": True,
            "axes.prop_cycle": plt.cycler(color=COLOURS),
            "lines.linewidth": 1.8,
            "legend.frameon": False,
        }
    )


def axes(ax, **settings):
    """The axes to draw on: those given, or new ones."""
    return plt.subplots(**settings)[1] if ax is None else ax


def colour(i):
    """The colour of the i-th class or curve, from 0."""
    return COLOURS[i % len(COLOURS)]


def tint(i, share=0.28):
    """The same colour on paper, thinned down to a share of it."""
    return tuple(1 - share * (1 - part) for part in to_rgb(colour(i)))


def halo(width=3):
    """White around letters and lines, so that they can be read on anything."""
    return [withStroke(linewidth=width, foreground="white")]


def legend_above(ax):
    """The legend as a row above the axes, where it hides nothing."""
    entries = len(ax.get_legend_handles_labels()[1])
    ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 1), ncols=min(entries, 4), handletextpad=0.3,
              columnspacing=1.2, borderaxespad=0.2)  # fmt: skip


def lettering(i):
    """The same colour darkened, so that small letters in it stand out from paper (4.5 to 1 at least)."""
    return tuple(0.78 * part for part in to_rgb(colour(i)))


def readable(background):
    """Black or white, whichever contrasts more with a background: at least 4.5 to 1 (WCAG 2.2)."""
    return "black" if luminance(background) > 0.179 else "white"


def luminance(rgb):
    """WCAG's relative luminance of a colour, 0 to 1."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(rgb))
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
