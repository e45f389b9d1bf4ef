"""The drawings of stability before anything moves; stability.js then changes the parts that have a name."""

import math

import numpy as np

from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, line, number, place, tag
from byhand.figures.panel import panel

# The name of each form, its sign, and how its curve is drawn: wide, dashed, dotted.
FORMS = {
    "stable": ("○ stable, from z", {"class_": "next", "stroke_width": "7", "stroke_opacity": ".5"}),
    "clipped": ("□ clipped, from f", {"class_": "one", "stroke_width": "2.5", "stroke_dasharray": "8 4"}),
    "naive": ("× naive, from f", {"class_": "zero", "stroke_width": "2", "stroke_dasharray": "2 3"}),
}
MARKS = {
    "naive": "m-6-6l12 12m0-12l-12 12",
    "clipped": "m-6-6h12v12h-12z",
    "stable": "m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0",
}
TITLES = ("loss L", "slope ∂L/∂z")
T = math.log10(1001)  # where 1000 stands on an axis that widens
ACROSS = (-T, T, LEFT, RIGHT)
UP = ((0, 3.5, BOTTOM, TOP), (-1.15, 1.15, BOTTOM, TOP))
BELOW = {-1000: "−10³", -100: "−100", -10: "−10", 0: "0", 10: "10", 100: "100", 1000: "10³"}
BESIDE = (
    {0: "0", 1: "1", 10: "10", 100: "100", 1000: "10³", math.inf: "inf"},
    {-1: "−1", 0: "0", 1: "1"},
)
INFINITE = 3.35  # the line on which infinity is marked


def draw(logit):
    """HTML: two panels, the stored numbers, what each form prints, the place for the controls."""
    panels = tag("div", _panel(logit, 0) + _panel(logit, 1), class_="panels")
    return panels + _numbers(logit) + _table(logit) + tag("div", class_="controls", data_part="controls")


def widen(value):
    """Where a value stands on an axis that widens: alike for both signs, and 0 in the middle."""
    return math.copysign(math.log10(1 + abs(value)), value)


def height(value, side):
    """Where a loss (side 0) or a slope (side 1) is drawn; None for what is no number."""
    if math.isnan(value):
        return None
    shown = INFINITE if value == math.inf else widen(value) if side == 0 else value
    return place(shown, UP[side])


def printed(value):
    """A number in five digits, as it is in Python where it is none."""
    if not math.isfinite(value):
        return str(value).replace("-", "−")
    if value == int(value):
        return number(value, 0)
    if 1e-3 <= abs(value) < 1e5:
        return f"{value:#.5g}".replace("-", "−")
    digits, exponent = f"{value:.3e}".split("e")
    return f"{digits}e{int(exponent)}".replace("-", "−")


def plainly(z):
    """A logit with the digits it has, four at most after the point."""
    return number(z, 4).rstrip("0").rstrip(".")


def verdict(found, right):
    """What became of loss and slope, in two or three words."""
    (loss, slope), (exact, exact_slope) = found, right
    if not (math.isfinite(loss) and math.isfinite(slope)):
        return "no number" if math.isnan(loss) else "infinite" if loss == math.inf else "no slope"
    if slope == 0 and abs(exact_slope) > 1e-3:
        return "never mended"
    off = (loss - exact) / max(exact, 1e-300)
    return "right" if abs(off) < 1e-2 else "too high" if off > 0 else "too low"


def label(logit, side):
    """One drawing in words."""
    what = ("Loss", "Slope of the loss")[side]
    values = ", ".join(f"{name} {printed(logit.found[name][side])}" for name in reversed(FORMS))
    return (
        f"{what} of one example with y = {logit.y} against its logit z, float{logit.bits}. "
        f"At z = {plainly(logit.z)}: {values}."
    )


def _panel(logit, side):
    at = place(widen(logit.z), ACROSS)
    here = tag(
        "path",
        d=f"M0 {TOP}V{BOTTOM}",
        class_="faint",
        data_part=f"here{side}",
        transform=f"translate({at:.1f})",
    )
    top = tag(
        "path", d=line([(LEFT, height(math.inf, 0)), (RIGHT, height(math.inf, 0))]), class_="faint dashed"
    )
    level = tag("path", d=line([(LEFT, height(0, side)), (RIGHT, height(0, side))]), class_="faint")
    curves = "".join(_curve(logit, name, side) for name in FORMS)
    marks = "".join(_mark(logit, name, side, at) for name in FORMS)
    drawing = (level if side else top) + here + curves + marks
    return panel(f"panel{side}", label(logit, side), TITLES[side], "logit z", drawing, _ticks(side))


def _curve(logit, name, side):
    xs = np.linspace(LEFT, RIGHT, len(logit.curves[name]))
    points = zip(xs, logit.curves[name][:, side], strict=True)
    return tag("path", d=pieces(points, side), data_part=f"{name}{side}", **FORMS[name][1])


def pieces(points, side):
    """Path data of a curve, cut where it is no finite number."""
    runs: list[list] = [[]]
    for x, value in points:
        if math.isfinite(value):
            runs[-1].append((x, height(value, side)))
        elif runs[-1]:
            runs.append([])
    return "".join(line(run) for run in runs if run)


def _mark(logit, name, side, x):
    y = height(logit.found[name][side], side)
    d = "" if y is None else f"M{x:.1f} {y:.1f}{MARKS[name]}"
    return tag("path", d=d, class_=FORMS[name][1]["class_"] + " bold", data_part=f"mark-{name}{side}")


def _ticks(side):
    below = "".join(
        tag("text", word, x=place(widen(z), ACROSS), y=BOTTOM + 16, text_anchor="middle")
        for z, word in BELOW.items()
    )
    return below + "".join(
        tag("text", word, x=LEFT - 5, y=height(value, side) + 5, text_anchor="end")
        for value, word in BESIDE[side].items()
    )


def _numbers(logit):
    texts = {
        "z": ("z", plainly(logit.z)),
        "f": ("stored f", printed(logit.f)),
        "rest": ("stored 1 − f", printed(logit.rest)),
    }
    pairs = (
        tag("div", tag("dt", word) + tag("dd", text, data_part=part)) for part, (word, text) in texts.items()
    )
    return tag("dl", "".join(pairs))


def _table(logit):
    head = "".join(tag("th", word, scope="col") for word in ("form", "loss", "slope", "that is"))
    rows = "".join(_row(name, logit) for name in reversed(FORMS))
    return tag("table", tag("thead", tag("tr", head)) + tag("tbody", rows))


def _row(name, logit):
    loss, slope = logit.found[name]
    cells = tag("td", printed(loss), data_part=f"loss-{name}") + tag(
        "td", printed(slope), data_part=f"slope-{name}"
    )
    words = tag("td", verdict(logit.found[name], logit.right), data_part=f"verdict-{name}")
    return tag("tr", tag("th", FORMS[name][0], scope="row") + cells + words)
