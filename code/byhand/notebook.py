"""What a chapter asks of its notebook: quiet libraries, comparable figures, numbers for the text."""

import os
import re

import numpy as np

PREFIX = "application/papermill.record/"
# For Keras: what computes, nothing in its log, sums in a fixed order.
ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_DETERMINISTIC_OPS": "1",
}


def prepare():
    """Make this notebook's outputs repeatable; call it before Keras is imported.

    TensorFlow logs nothing and sums in a fixed order, figures are sharp on any screen, and each carries
    the numbers it shows as text, so that a later run can be compared with this one.
    """
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
    """The numbers a matplotlib figure shows, as text: for comparison, and for whoever can't see it."""
    lines = []
    for ax in figure.axes:
        lines.append(f"axes {ax.get_title()!r}, x {ax.get_xlabel()!r}, y {ax.get_ylabel()!r}")
        lines += [f"  line {line.get_label()!r}: {_ends(line.get_ydata())}" for line in ax.lines]
        lines += [f"  image: {_ends(image.get_array())}" for image in ax.images]
        lines += [f"  points: {_ends(dots.get_offsets())}" for dots in ax.collections if _scatters(dots)]
        areas = [path for area in ax.collections if not _scatters(area) for path in area.get_paths()]
        lines += [f"  area: {_ends(path.vertices)}" for path in areas]
        lines += [f"  text {text.get_text()!r}" for text in ax.texts]
    return "\n".join(lines)


def _ends(values):
    """How many values, the first, the mean and the last to three digits, and where their weight lies."""
    v: np.ndarray = np.nan_to_num(np.ma.filled(np.ma.asarray(values, float), np.nan).ravel())
    if not v.size:
        return "0 values"
    centre = np.arange(v.size) @ np.abs(v) / (np.abs(v).sum() or 1) / v.size
    return f"{v.size} values, {v[0]:.3g} … mean {v.mean():.3g} … {v[-1]:.3g}, weight at {centre:.3f}"


def _scatters(collection):
    """Whether a collection draws points at places, and not one area."""
    return len(collection.get_offsets()) > 1


def _print_summary(figure, printer, cycle):
    printer.text(summary(figure))
