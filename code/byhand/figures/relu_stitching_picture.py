"""The drawings of relu_stitching before anything moves; relu_stitching.js then changes the named parts."""

from itertools import pairwise

import numpy as np

from byhand.activations import relu
from byhand.figures.frame import LEFT, line, number, place, tag
from byhand.figures.panel import (
    folded_table,
    framed,
    numbers,
    panel,
    picture,
    ticks_below,
    ticks_beside,
    whole,
)

STRIPS = ((28, 94), (111, 177), (194, 260))  # top and bottom of each unit's strip
REACH_OF_Z = 4  # a strip shows z from −4 to 4
GAP_LINES = np.linspace(0, 3, 25)
TABLE = (0, 0.5, 1, 1.5, 2, 2.5, 3)
COLOURS = ("", " zero", " one")


def draw(units, corners, heights, scales):
    """HTML: the sum beside its units, the numbers below, the place for the controls, the table."""
    sums, single = _sum_panel(units, corners, heights, scales), _units_panel(units, scales["x"])
    controls = tag("div", class_="controls", data_part="controls")
    return tag("div", sums + single, class_="panels") + _numbers(units, corners) + controls + _table(
        units, corners, heights
    )  # fmt: skip


def label_of_sum(units, corners):
    """The left drawing in words."""
    values = ", ".join(f"{number(float(units.sum(x)), 2)} at {x:.0f}" for x in corners)
    gaps = zip(_pieces(corners), units.gaps(), strict=True)
    said = ", ".join(f"{number(gap, 2)} on {piece}" for piece, gap in gaps)
    return (
        "The target falls from 2 at x = 0 to 0 at 1, then rises to 1 at 2 and to 4 at 3. "
        f"f, the sum of the units, is {values}. Largest gap: {said}."
    )


def label_of_units(units):
    """The right drawing in words."""
    return " ".join(f"{_name(units, u)} {_where_on(units, u)}." for u in range(3))


def _pieces(corners):
    return [f"[{low:.0f}, {high:.0f}]" for low, high in pairwise(corners)]


def _name(units, u):
    b = units.b[u]
    return f"unit {u}: max(0, {number(units.w[u], 1)}x {'−' if b < 0 else '+'} {number(abs(b), 1)})"


def _where_on(units, u):
    """Where z is above 0."""
    if not units.w[u]:
        return "is on everywhere" if units.b[u] > 0 else "is off everywhere"
    return f"is on {'right' if units.w[u] > 0 else 'left'} of x = {number(units.corner(u), 2)}"


def _at(x, values, across, up):
    return line(zip(place(np.asarray(x), across), place(np.asarray(values), up), strict=True))


def _sum_panel(units, corners, heights, scales):
    across, up = scales["x"], scales["f"]
    target = tag("path", d=_at(corners, heights, across, up), class_="dashed bold")
    ends = units.bends(*across[:2])
    total = tag("path", d=_at(ends, units.sum(ends), across, up), class_="next bold", data_part="sum")
    ticks = ticks_below(whole(across, 1), across) + ticks_beside(whole(up, 1), up)
    label = label_of_sum(units, corners)
    title = "target - - and sum f —"
    return panel(
        "left", label, title, "x", _gaps(units, corners, heights, across, up) + target + total, ticks
    )


def _gaps(units, corners, heights, across, up):
    """Thin lines from the target to f."""
    path = ""
    for x in GAP_LINES:
        aim = np.interp(x, corners, heights)
        path += _at([x, x], [aim, units.sum(x)], across, up)
    return tag("path", d=path, class_="faint", data_part="gaps")


def _units_panel(units, across):
    content = "".join(_strip(units, u, across) for u in range(3)) + ticks_below(whole(across, 1), across)
    return picture("right", label_of_units(units), "x", content)


def _strip(units, u, across):
    """One unit: the axis, z dashed, a solid, its corner."""
    top, bottom = STRIPS[u]
    up = (-REACH_OF_Z, REACH_OF_Z, bottom, top)
    ends, bends = np.array(across[:2]), units.bends(*across[:2])
    axis = tag("path", d=_at(ends, [0, 0], across, up), class_="faint")
    z = tag(
        "path",
        d=_at(ends, units.scores(ends)[u], across, up),
        class_="dashed" + COLOURS[u],
        data_part=f"z{u}",
    )
    a = tag("path", d=_at(bends, relu(units.scores(bends))[u], across, up), class_="bold" + COLOURS[u],
            data_part=f"a{u}")  # fmt: skip
    corner = units.corner(u)
    at = place(corner, across) if 0 <= corner <= 3 else -99
    dot = tag("circle", cx=at, cy=place(0, up), r="4.5", class_="off", data_part=f"corner{u}")
    words = tag("text", _name(units, u), x=LEFT, y=top - 5, class_="small", data_part=f"name{u}")
    return framed(axis + z + a + dot, top, bottom) + words + ticks_beside((0,), up)


def _numbers(units, corners):
    texts = {
        f"gap{k}": (f"gap on {piece}:", number(gap, 2))
        for k, (piece, gap) in enumerate(zip(_pieces(corners), units.gaps(), strict=True))
    }
    texts |= {f"at{u}": (f"corner of unit {u}:", corner_text(units.corner(u))) for u in (1, 2)}
    return numbers(texts)


def corner_text(corner):
    """Where a corner is, or that there is none."""
    return number(corner, 2) if np.isfinite(corner) else "none"


def _table(units, corners, heights):
    rows = []
    for k, x in enumerate(TABLE):
        values = [*relu(units.scores(x)), units.sum(x)]
        cells = [tag("td", number(x, 1)), tag("td", number(np.interp(x, corners, heights), 2))]
        names = ("a0", "a1", "a2", "f")
        cells += [
            tag("td", number(v, 2), data_part=f"{name}_{k}")
            for name, v in zip(names, values, strict=True)
        ]  # fmt: skip
        rows.append(cells)
    return folded_table(
        "The numbers at each half step", ("x", "target", "unit 0", "unit 1", "unit 2", "f"), rows
    )
