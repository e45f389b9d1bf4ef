"""One drawing of a figure: a frame with what lies in it, a title, an axis and its ticks."""

import numpy as np

from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, number, pixel, place, tag


def panel(part, label, title, axis, drawing, ticks):
    """One drawing: what lies in the frame is cut at its edge, title and axes stand around it."""
    words = tag("text", title, x=LEFT, y=TOP - 9)
    return picture(part, label, axis, framed(drawing, TOP, BOTTOM) + words + ticks)


def picture(part, label, axis, content):
    """An SVG image with its label in words, and the name of its horizontal axis."""
    content += tag("text", axis, x=(LEFT + RIGHT) / 2, y=BOTTOM + 36, text_anchor="middle")
    label = {"role": "img", "aria-label": label, "data-part": part}
    return tag("svg", content, viewBox=f"0 0 360 {BOTTOM + 44}", **label)


def framed(drawing, top, bottom):
    """A frame from top to bottom, and the drawing cut at its edge."""
    width, height = RIGHT - LEFT, bottom - top
    box = {"x": pixel(LEFT), "y": pixel(top), "width": pixel(width), "height": pixel(height)}
    inside = tag("svg", drawing, **box, viewBox=f"{LEFT} {top} {width} {height}")
    return tag("rect", **box, class_="faint") + inside


def ticks_below(values, scale):
    """Numbers under the frame."""
    return "".join(
        tag("text", number(value, 0), x=place(value, scale), y=BOTTOM + 16, text_anchor="middle")
        for value in values
    )


def ticks_beside(values, scale, words=None):
    """Numbers, or words for them, left of the frame."""
    return "".join(
        tag("text", (words or {}).get(value, number(value, 0)), x=LEFT - 6, y=place(value, scale) + 5,
            text_anchor="end")
        for value in values
    )  # fmt: skip


def whole(scale, step):
    """The multiples of step within a scale; where more than ten would touch, of five times the step."""
    while scale[1] - scale[0] > 10 * step:
        step *= 5
    return range(int(np.ceil(scale[0] / step)) * step, int(scale[1] // 1) + 1, step)


def numbers(texts):
    """The numbers below the drawings, from {part: (its name, its value)}."""
    return tag(
        "dl",
        "".join(
            tag("div", tag("dt", name) + tag("dd", value, data_part=part))
            for part, (name, value) in texts.items()
        ),
    )


def folded_table(summary, head, rows):
    """A table in a fold; rows are lists of cells."""
    top = tag("tr", "".join(tag("th", word, scope="col") for word in head))
    body = "".join(tag("tr", "".join(row)) for row in rows)
    return tag("details", tag("summary", summary) + tag("table", tag("thead", top) + tag("tbody", body)))
