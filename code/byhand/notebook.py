"""What a chapter asks of its notebook: quiet libraries, comparable figures, numbers for the text."""

import os
import re
from importlib.util import find_spec

import numpy as np

PREFIX = "application/papermill.record/"
# For Keras: what computes, nothing in its log, sums in a fixed order.
ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_DETERMINISTIC_OPS": "1",
}
LIBRARIES = ("keras", "tensorflow")  # what the chapters compare themselves with


def prepare():
    """Make this notebook's outputs repeatable; call it before Keras is imported.

    TensorFlow logs nothing and sums in a fixed order, figures are sharp on any screen, and each carries
    the numbers it shows as text, so that a later run can be compared with this one.

    Raises:
        ImportError: if Keras or TensorFlow is not installed.
    """
    _check_libraries()
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        return
    shell.run_line_magic("matplotlib", "inline")
    shell.run_line_magic("config", "InlineBackend.figure_formats = ['retina']")
    from matplotlib.figure import Figure

    from byhand import plots

    plots.use_style()
    shell.display_formatter.formatters["text/plain"].for_type(Figure, _print_summary)


def _check_libraries():
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        wanted = f"{' and '.join(LIBRARIES)}, which the chapters compare themselves with"
        install = f"pip install {' '.join(missing)}"
        raise ImportError(f"Expected {wanted}: {install}. Received: no {', no '.join(missing)}")


def glue(**values):
    """Name values for the text around the cells: {glue:text}`name` shows the value of this very run.

    Args:
        values: each a string already in the digits to show, or a whole number.

    Raises:
        TypeError: for anything whose digits are not settled, such as a float.
    """
    from IPython.display import display

    for name, value in values.items():
        if not isinstance(value, str | int):
            raise TypeError(f"Expected a string or a whole number for the text. Received: {name}={value!r}")
        text = re.sub(r"-(?=\d)", "−", f"{value:,}" if isinstance(value, int) else value)
        display(
            {PREFIX + "text/plain": repr(text)},  # quoted, as MyST-NB expects: 0.50 stays 0.50
            raw=True,
            metadata={"scrapbook": {"name": name, "mime_prefix": PREFIX}},
        )


def summary(figure):
    """What a matplotlib figure shows, as text: for comparison, and for whoever can't see it.

    A first line `alt: …` says it in words, where `plots` drew the figure; the page takes that line as the
    picture's text alternative unless the cell has one. Then follow the numbers.
    """
    from byhand.plots import alternative

    words = alternative(figure)
    return "\n".join([f"alt: {words}"] * bool(words) + [line for ax in figure.axes for line in _numbers(ax)])


def _numbers(ax):
    """A line for everything on the axes that data can change."""
    yield f"axes {ax.get_title()!r}, x {ax.get_xlabel()!r}, y {ax.get_ylabel()!r}"
    yield from (f"  line {line.get_label()!r}: {_ends(line.get_ydata())}" for line in ax.lines)
    yield from (f"  image: {_ends(image.get_array())}" for image in ax.images)
    yield from (f"  shape {_box(p.get_path().vertices, p.get_patch_transform())}" for p in ax.patches)
    for drawn in ax.collections:
        yield from _collection(drawn)
    yield from (f"  text {text.get_text()!r}" for text in ax.texts)


def _collection(drawn):
    """Points, a mesh of cells, lines of equal height, or areas."""
    from matplotlib.collections import QuadMesh
    from matplotlib.contour import ContourSet

    if isinstance(drawn, ContourSet):  # a rounding changes how many vertices a line has, not where it is
        for level, path in zip(drawn.levels, drawn.get_paths(), strict=False):
            yield f"  contour at {level:.3g}: {_box(path.vertices)}"
    elif isinstance(drawn, QuadMesh):
        yield f"  mesh: {_ends(drawn.get_array())}"
    elif len(drawn.get_offsets()) > 1:
        yield f"  points: {_ends(drawn.get_offsets())}"
    else:
        yield from (f"  area: {_ends(path.vertices)}" for path in drawn.get_paths())


def _box(vertices, transform=None):
    """From where to where a path goes, to two digits."""
    points = np.asarray(vertices if transform is None else transform.transform(vertices), float)
    if not points.size:
        return "nowhere"
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    return f"from ({left:.2g}, {bottom:.2g}) to ({right:.2g}, {top:.2g})"


def _ends(values):
    """How many values, the first, the mean and the last to three digits, and where their weight lies."""
    v: np.ndarray = np.nan_to_num(np.ma.filled(np.ma.asarray(values, float), np.nan).ravel())
    if not v.size:
        return "0 values"
    centre = np.arange(v.size) @ np.abs(v) / (np.abs(v).sum() or 1) / v.size
    noise = 1e-12 * np.abs(v).max()  # a mean of 0 is not always summed to 0
    first, mean, last = (0.0 if abs(n) <= noise else n for n in (v[0], v.mean(), v[-1]))
    return f"{v.size} values, {first:.3g} … mean {mean:.3g} … {last:.3g}, weight at {centre:.3f}"


def _print_summary(figure, printer, cycle):
    printer.text(summary(figure))
