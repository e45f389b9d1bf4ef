"""The drawings of one_unit before anything moves; one_unit.js then changes the parts that have a name."""

from html import escape

import numpy as np
from contourpy import contour_generator

from byhand.activations import sigmoid
from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, line, number, pixel, place, tag
from byhand.figures.panel import folded_table, numbers, panel, ticks_below, ticks_beside, whole

NUMBERS = {"w": "w", "b": "b", "J": "cost J", "dw": "∂J/∂w", "db": "∂J/∂b", "steps": "steps taken"}


def draw(unit):
    """HTML: two panels, the numbers below them, the place for the controls, the table of examples."""
    panels = tag("div", _unit_panel(unit) + _map_panel(unit), class_="panels")
    return panels + _numbers(unit) + tag("div", class_="controls", data_part="controls") + _table(unit)


def label_of_unit(unit):
    """The left drawing in words."""
    w, b = unit.theta
    side = f"f is above ½ to the {'right' if w > 0 else 'left'} of x = {number(-b / w, 2)}." if w else ""
    correct = int(np.sum((unit.z > 0) == (unit.y == 1)))
    return (
        f"Output f of the unit against x, {unit.feature}, with w = {number(w, 3)} and b = {number(b, 3)}. "
        f"{side or 'The curve is flat.'} {correct} of {len(unit.x)} examples are classified correctly. "
        f"The cost is J = {number(unit.J, 4)}."
    )


def label_of_map(unit):
    """The right drawing in words."""
    w, b, next_w, next_b, best_w, best_b = (number(v, 3) for v in (*unit.theta, *unit.after, *unit.minimum))
    return (
        f"Contour map of the cost J over w and b. The dot is at w = {w}, b = {b}, "
        f"where J = {number(unit.J, 4)}; the next step leads to w = {next_w}, b = {next_b}. "
        f"The minimum, J = {number(unit.lowest, 4)}, is at w = {best_w}, b = {best_b}."
    )


def _grid(scale, count):
    return np.linspace(scale[0], scale[1], count)


def _unit_panel(unit):
    x, f = unit.scales["x"], unit.scales["f"]
    half = tag("path", d=line([(LEFT, place(0.5, f)), (RIGHT, place(0.5, f))]), class_="faint dashed")
    drawing = half + _boundary(unit) + _errors(unit) + _curve(unit) + _marks(unit)
    ticks = ticks_below(whole(x, 1), x) + ticks_beside((0, 0.5, 1), f, {0.5: "½"})
    return panel(
        "left", label_of_unit(unit), "output f = g(wx + b)", f"x: {escape(unit.feature)}", drawing, ticks
    )


def _curve(unit):
    w, b = unit.theta
    xs = _grid(unit.scales["x"], 61)
    points = zip(place(xs, unit.scales["x"]), place(sigmoid(w * xs + b), unit.scales["f"]), strict=True)
    return tag("path", d=line(points), class_="bold", data_part="curve")


def _boundary(unit):
    """Where f = ½; a flat curve has none, its line waits outside the frame."""
    w, b = unit.theta
    at = np.clip(place(-b / w, unit.scales["x"]), -99, 999) if w else -99
    stroke = tag("path", d=f"M0 {TOP}V{BOTTOM}", class_="dashed")
    return tag(
        "g", stroke + tag("text", "f = ½", x=5, y=BOTTOM - 40, class_="small"),
        data_part="boundary", transform=f"translate({pixel(at)})",
    )  # fmt: skip


def _errors(unit):
    """A line from each example to the curve: as long as its error, thicker with its loss."""
    lines = []
    for i, (x, y, f, loss) in enumerate(zip(unit.x, unit.y, unit.f, unit.loss, strict=True)):
        at = place(x, unit.scales["x"])
        ends = {"x1": at, "x2": at, "y1": place(y, unit.scales["f"]), "y2": place(f, unit.scales["f"])}
        width = pixel(min(1 + 2 * loss, 10))
        lines.append(
            tag("line", **ends, stroke_width=width, class_="one" if y else "zero", data_part=f"loss{i}")
        )
    return "".join(lines)


def _marks(unit):
    """Zeros as circles, ones as crosses."""
    marks = ""
    for x, y in zip(place(unit.x, unit.scales["x"]), unit.y, strict=True):
        at = pixel(place(y, unit.scales["f"]))
        if y:
            marks += tag("path", d=f"M{pixel(x)} {at}m-5-5l10 10m0-10l-10 10", class_="one bold")
        else:
            marks += tag("circle", cx=x, cy=at, r="5", class_="zero bold")
    return marks


def _map_panel(unit):
    w, b = unit.scales["w"], unit.scales["b"]
    ticks = ticks_below(whole(w, 2), w) + ticks_beside(whole(b, 2), b)
    ticks += tag("text", "b", x=LEFT - 6, y=TOP - 9, text_anchor="end")
    drawing = _contours(unit) + _minimum(unit) + _walk(unit)
    return panel("right", label_of_map(unit), "cost J(w, b)", "w", drawing, ticks)


def _at(unit, theta):
    return place(theta[0], unit.scales["w"]), place(theta[1], unit.scales["b"])


def _contours(unit):
    """Levels of J, each about twice as far above the minimum as the one within."""
    ws, bs = _grid(unit.scales["w"], 81), _grid(unit.scales["b"], 81)
    J = unit.costs(ws, bs)
    levels = (unit.lowest + np.geomspace(0.01, J.max() - unit.lowest, 10)[:-1]).round(2)
    trace = contour_generator(place(ws, unit.scales["w"]), place(bs, unit.scales["b"]), J).lines
    rings = {level: lines for level in levels if (lines := trace(level))}  # some pass between points
    paths = "".join(_tenths(points) for lines in rings.values() for points in lines)
    heights = "".join(_height(level, lines, unit) for level, lines in list(rings.items())[-5:])
    return tag("path", d=paths, class_="faint", transform="scale(.1)", stroke_width="10") + heights


def _tenths(points):
    """Path data in tenths of a unit, few points, each relative to the one before: a third of the bytes."""
    kept = np.linspace(0, len(points) - 1, min(len(points), 32)).astype(int)
    tenths = np.rint(points[kept] * 10).astype(int)
    steps = np.diff(tenths, axis=0)
    return (
        "M" + "{} {}".format(*tenths[0]) + "l" + " ".join(f"{dx} {dy}" for dx, dy in steps).replace(" -", "-")
    )


def _height(level, lines, unit):
    """The level's J, written where it passes above the minimum."""
    points = np.concatenate(lines)
    x, y = _at(unit, unit.minimum)
    above = points[points[:, 1] < y]
    if not len(above):
        return ""
    at_x, at_y = above[np.argmin(np.abs(above[:, 0] - x))]
    return tag("text", number(level, 2), x=at_x, y=at_y - 3, class_="small", text_anchor="middle")


def _minimum(unit):
    x, y = _at(unit, unit.minimum)
    return tag("path", d=f"M{pixel(x)} {pixel(y)}m-6 0l6-6l6 6l-6 6z")


def _walk(unit):
    here, there = _at(unit, unit.theta), _at(unit, unit.after)
    path = tag("path", d=line([here]), data_part="path")
    stops = tag("path", d=line([here]) + "h0", class_="stops", data_part="stops")
    arrow = tag("path", d=_arrow(here, there), class_="next bold", data_part="arrow")
    return path + stops + tag("circle", cx=here[0], cy=here[1], r="5", data_part="dot") + arrow


def _arrow(start, end):
    start, end = np.array(start), np.array(end)
    length = np.hypot(*(end - start))
    if length < 2:
        return line([start, end])
    back = (start - end) / length * 7
    across = np.array([-back[1], back[0]]) / 2
    return line([start, end]) + line([end + back + across, end, end + back - across])


def _numbers(unit):
    (w, b), (dw, db) = unit.theta, unit.gradient
    texts = {"w": number(w, 3), "b": number(b, 3), "J": number(unit.J, 4), "steps": "0"}
    texts |= {"dw": number(dw, 4), "db": number(db, 4)}
    return numbers({name: (word, texts[name]) for name, word in NUMBERS.items()})


def _table(unit):
    rows = [
        [tag("td", number(x, 2)), tag("td", str(y)), tag("td", number(f, 3), data_part=f"f{i}"),
         tag("td", number(loss, 3), data_part=f"l{i}")]
        for i, (x, y, f, loss) in enumerate(zip(unit.x, unit.y, unit.f, unit.loss, strict=True))
    ]  # fmt: skip
    return folded_table("The numbers of each example", ("x", "y", "f", "loss"), rows)
