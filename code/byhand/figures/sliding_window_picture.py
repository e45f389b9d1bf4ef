"""The drawings of sliding_window before anything moves; sliding_window.js then changes what has a name."""

import numpy as np

from byhand.figures.frame import LEFT, RIGHT, line, number, pixel, place, tag
from byhand.figures.panel import folded_table

HEIGHT = 316
SIGNAL, SCORES = (24, 112), (136, 212)  # top and bottom of the two curves
CELL = 7.6
PICTURE, MAP = (12, 30), (196, 30)  # upper left corners; the map lies as its windows' middles do
SHADES, STEPS = 8, 4
COLUMNS = (140, 192, 244, 296, 348)  # right ends of the numbers under the signal
GRIDS = ((42, 78, 114), (164, 190, 216), (264, 306, 348))  # and of those under the picture
WORDS = ("holds", "kernel", "product")
NAMES = ("signal", "picture")


def draw(windows):
    """HTML: two drawings, the place for the controls, every product in a fold."""
    panels = tag("div", _signal(windows) + _picture(windows), class_="panels")
    return panels + tag("div", class_="controls", data_part="controls") + _table(windows)


def label(windows, side):
    """One drawing in words."""
    (row, column), z = windows.at[side], total(windows, side)
    score = f"The sum here is {amount(z, windows.w[side])}."
    if side == 0:
        samples, kernel = windows.x[0].shape[1], ", ".join(map(weight, windows.w[0].ravel()))
        return (
            f"A heartbeat of {samples} samples with a window on samples {column} to {column + 4}, and below "
            f"it the {samples - 4} scores of the kernel {kernel}. {score}"
        )
    return (
        f"A handwritten digit with a window of 3 × 3 pixels from row {row} and column {column} on, and "
        f"beside it the map of its 18 × 18 scores. {score}"
    )


def held(windows, side):
    """What the window holds."""
    (row, column), w = windows.at[side], windows.w[side]
    return windows.x[side][row - 1 : row - 1 + w.shape[0], column - 1 : column - 1 + w.shape[1]]


def total(windows, side):
    """The score where the window is."""
    row, column = windows.at[side]
    return windows.z[side][row - 1, column - 1]


def weight(value):
    """A weight in the digits it has, one at most."""
    return number(value, 1).removesuffix(".0")


def amount(value, w):
    """A product or a sum: two digits, or three where the weights have one."""
    return number(value, 2 if (w == np.round(w)).all() else 3)


def heights(values, edges):
    """Lowest and highest value, 0 among them, and where each is drawn."""
    low, high = min(values.min(), 0), max(values.max(), 0)
    return float(low), float(high if high > low else low + 1), edges[1] - 3, edges[0] + 3


def _across(samples):
    """Where samples are drawn, counted from 1."""
    return 1, samples, LEFT, RIGHT


def _signal(windows):
    (x,), (z,), at = windows.x[0], windows.z[0], windows.at[0][1]
    wide, up, high = _across(len(x)), heights(x, SIGNAL), heights(z, SCORES)
    middle = place(at + 2, wide)
    zero = "".join(line([(LEFT, place(0, s)), (RIGHT, place(0, s))]) for s in (up, high))
    content = (
        tag("text", "heartbeat x", x=LEFT, y=16)
        + tag("text", "scores z", x=LEFT, y=130)
        + tag("path", d=zero, class_="faint")
        + tag("path", d=line([(place(t + 1, wide), place(v, up)) for t, v in enumerate(x)]))
        + tag("path", d=_curve(z, wide, high), class_="one", data_part="scores")
        + tag(
            "path",
            d=_box(wide),
            class_="next bold",
            data_part="window0",
            transform=f"translate({middle:.1f})",
        )
        + tag("circle", cx=middle, cy=place(z[at - 1], high), r="5", data_part="here0")
    )
    for k, word in enumerate((*WORDS[:2], "products")):
        content += tag("text", word, x=LEFT, y=234 + 19 * k)
    content += _cells(windows, 0, [[(x, 234 + 19 * k) for x in COLUMNS] for k in range(3)])
    return _svg(windows, 0, content)


def _curve(z, wide, high):
    return line([(place(t + 3, wide), place(v, high)) for t, v in enumerate(z)])


def _box(wide):
    """Five samples from the top of the signal to its bottom, around 0."""
    half = 2.5 * (RIGHT - LEFT) / (wide[1] - 1)
    return f"M{pixel(-half)} {SIGNAL[0]}h{pixel(2 * half)}V{SIGNAL[1]}h{pixel(-2 * half)}z"


def _picture(windows):
    row, column = windows.at[1]
    shift = [(x + CELL * (column - 1), y + CELL * (row - 1)) for x, y in (PICTURE, MAP)]
    middle = {"cx": shift[0][0] + 1.5 * CELL, "cy": shift[0][1] + 1.5 * CELL}
    frames = "".join(f"M{x} {y}h{20 * CELL:.1f}v{20 * CELL:.1f}h{-20 * CELL:.1f}z" for x, y in (PICTURE, MAP))
    content = (
        tag("text", "digit x", x=PICTURE[0], y=16)
        + tag("text", "scores z", x=MAP[0], y=16)
        + tag("path", d=frames, class_="faint")
        + "".join(_shade(windows.x[1], k) for k in range(1, SHADES + 1))
        + tag("g", "".join(_level(windows.z[1], sign, k) for sign in (1, -1) for k in range(1, STEPS + 1)))
        + _square("window1", 0, 3, shift[0])
        + tag("circle", r=3 * CELL, fill_opacity="0", data_part="grip", **middle)
        + _square("here1", 1, 1, shift[1])
    )
    for (_, _, end), word in zip(GRIDS, (*WORDS[:2], "products"), strict=True):
        content += tag("text", word, x=end, y=202, text_anchor="end")
    grids = [[(ends[j % 3], 223 + 19 * (j // 3)) for j in range(9)] for ends in GRIDS]
    return _svg(windows, 1, content + _cells(windows, 1, grids))


def _square(part, first, cells, at):
    side = CELL * cells
    d = f"M{pixel(CELL * first)} {pixel(CELL * first)}h{pixel(side)}v{pixel(side)}h{pixel(-side)}z"
    translate = f"translate({at[0]:.1f} {at[1]:.1f})"
    return tag("path", d=d, class_="next bold", data_part=part, transform=translate)


def _shade(x, k):
    """The pixels of one shade, each a short thick stroke."""
    cells = np.argwhere(np.ceil(SHADES * x - 1e-9) == k)
    return tag("path", d=strokes(cells, PICTURE), stroke_width=CELL, stroke_opacity=f"{k / SHADES:.3f}")


def _level(z, sign, k):
    """The scores of one sign and one level: thick strokes above 0, thin ones below."""
    d = strokes(np.argwhere(levels(z) == sign * k) + 1, MAP)
    kind = (
        {"class_": "one", "stroke_width": CELL} if sign > 0 else {"class_": "zero", "stroke_width": CELL / 3}
    )
    return tag("path", d=d, stroke_opacity=f"{k / STEPS:.2f}", data_part=f"level{sign * k}", **kind)


def levels(z):
    """From −4 to 4, by the share of the largest score without its sign; rounded, a half towards 0."""
    return np.sign(z) * np.ceil(STEPS * np.abs(z) / (np.abs(z).max() or 1) - 0.5 - 1e-9)


def strokes(cells, corner):
    """Path data: for each (row, column) a stroke across its cell."""
    return "".join(
        f"M{pixel(corner[0] + CELL * c)} {pixel(corner[1] + CELL * (r + 0.5))}h{CELL}" for r, c in cells
    )


def _cells(windows, side, places):
    """What the window holds, kernel and products, each number at its place, and the sum below."""
    texts = _columns(windows, side)
    content = ""
    for part, numbers, ats in zip("xwp", texts, places, strict=True):
        for j, (text, (x, y)) in enumerate(zip(numbers, ats, strict=True)):
            content += tag(
                "text", text, x=x, y=y, text_anchor="end", class_="small", data_part=f"{part}{side}{j}"
            )
    text = f"sum z = {amount(total(windows, side), windows.w[side])}"
    return content + tag("text", text, x=RIGHT, y=HEIGHT - 14, text_anchor="end", data_part=f"sum{side}")


def _columns(windows, side):
    x, w = held(windows, side).ravel(), windows.w[side].ravel()
    return [number(v, 2) for v in x], [*map(weight, w)], [amount(v, windows.w[side]) for v in x * w]


def _svg(windows, side, content):
    label_ = {"role": "img", "aria-label": label(windows, side), "data-part": f"panel{side}"}
    return tag("svg", content, viewBox=f"0 0 360 {HEIGHT}", **label_)


def _table(windows):
    head = ("window on", *WORDS)
    rows = [row for side in (0, 1) for row in _rows(windows, side)]
    return folded_table("Every product as a table", head, rows)


def _rows(windows, side):
    for j, texts in enumerate(zip(*_columns(windows, side), strict=True)):
        name = f"{NAMES[side]}, {j + 1}"
        cells = [
            tag("td", text, data_part=f"t{part}{side}{j}") for part, text in zip("xwp", texts, strict=True)
        ]
        yield [tag("th", name, scope="row"), *cells]
