"""One drawing of a figure: its frame, title, axis and ticks."""

from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, number, pixel, place, tag


def panel(part, label, title, axis, drawing, ticks):
    """One drawing: what lies in the frame is cut at its edge, title and axes stand around it."""
    width, height = RIGHT - LEFT, BOTTOM - TOP
    box = {"x": pixel(LEFT), "y": pixel(TOP), "width": pixel(width), "height": pixel(height)}
    inside = tag("svg", drawing, **box, viewBox=f"{LEFT} {TOP} {width} {height}")
    words = tag("text", title, x=LEFT, y=TOP - 9)
    words += tag("text", axis, x=(LEFT + RIGHT) / 2, y=BOTTOM + 36, text_anchor="middle")
    frame = tag("rect", **box, class_="faint")
    label = {"role": "img", "aria-label": label, "data-part": part}
    return tag("svg", frame + inside + words + ticks, viewBox=f"0 0 360 {BOTTOM + 44}", **label)


def ticks_below(values, scale):
    """Whole numbers under a drawing."""
    return "".join(
        tag("text", number(value, 0), x=place(value, scale), y=BOTTOM + 16, text_anchor="middle")
        for value in values
    )


def ticks_beside(values, scale, words=None):
    """Whole numbers left of a drawing; words says some of them in another way."""
    return "".join(
        tag("text", (words or {}).get(value, number(value, 0)), x=LEFT - 6, y=place(value, scale) + 5,
            text_anchor="end")
        for value in values
    )  # fmt: skip
