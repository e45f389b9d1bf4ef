"""The drawings of draw_digit before anything moves; draw_digit.js then changes the parts that have a name."""

import numpy as np

from byhand.figures.draw_digit_samples import FIELD
from byhand.figures.frame import number, pixel, tag
from byhand.figures.panel import folded_table, numbers

EDGE, SIDE, TOP = 60, 240, 28  # the square that is drawn in: its left edge, its side, its upper edge
GREYS = 15  # shades beside white that the picture is drawn in
ACROSS, APART, LARGEST = 5, 48, 15  # hidden units: in a row, from one to the next, radius of the strongest
BAR, LONGEST, LINE = 60, 210, 24  # outputs: where bars begin, how long 1 is, from one to the next


def draw(seen):
    """HTML: four panels, the numbers, the place for the controls, the table of outputs."""
    drawings = (_field(seen), _answers(seen), _read(seen), _hidden(seen))
    parts = (
        tag("div", _panel(part, label, title, content), data_part=f"{part}-frame")
        for part, label, title, content in zip(
            ("field", "answers", "read", "hidden"), labels(seen),
            ("draw here", "the ten outputs", "what the network reads", "hidden units"), drawings, strict=True,
        )
    )  # fmt: skip
    controls = tag("div", class_="controls", data_part="controls")
    return tag("div", "".join(parts), class_="panels") + _numbers(seen) + controls + _table(seen)


def labels(seen):
    """Each drawing in words."""
    strokes = f"{len(seen.strokes)} stroke{'s' * (len(seen.strokes) != 1)}"
    on = [np.count_nonzero(layer > 0) for layer in seen.outputs[:-1]]
    strongest = [int(layer.argmax()) for layer in seen.outputs[:-1]]
    layers = (
        f"layer {k}: {on[k - 1]} of {len(seen.outputs[k - 1])} units on, the strongest is unit "
        f"{strongest[k - 1]}" for k in (1, 2)
    )  # fmt: skip
    return (
        f"The drawing: {strokes}.",
        "The outputs: " + ", ".join(f"{k} {number(p, 2)}" for k, p in enumerate(seen.probabilities)) + ".",
        f"The drawing as 20 by 20 greys, {number(100 * seen.picture.mean(), 0)} % ink.",
        f"Hidden {'; '.join(layers)}.",
    )


def label_of_answer(seen):
    """The answer in a sentence."""
    first, second = np.argsort(-seen.probabilities, kind="stable")[:2]
    one, other = (number(seen.probabilities[k], 3) for k in (first, second))
    return f"Answer {first} with probability {one}; next {second} with {other}."


def _panel(part, label, title, content):
    label = {"role": "img", "aria-label": label, "data-part": part}
    return tag("svg", tag("text", title, x=EDGE, y=TOP - 9) + content, viewBox="0 0 360 304", **label)


def _square():
    return {"x": EDGE, "y": TOP, "width": SIDE, "height": SIDE}


def _field(seen):
    """The paper, the strokes, and a cross where the keys would draw; nobody has used them yet."""
    scale = f"translate({EDGE} {TOP}) scale({SIDE // FIELD})"
    ink = tag("path", d=ink_of(seen.strokes), data_part="ink", stroke_width="3", stroke_linecap="round",
              stroke_linejoin="round")  # fmt: skip
    cursor = tag("path", d="", data_part="cursor", class_="next", stroke_width="1")
    return tag("rect", **_square(), class_="faint", data_part="paper") + tag(
        "g", ink + cursor, transform=scale
    )


def ink_of(strokes):
    """Path data of strokes; a single place becomes a dot."""
    return "".join("M" + "L".join(f"{x} {y}" for x, y in stroke) + "h0" for stroke in strokes)


def _read(seen):
    scale = f"translate({EDGE} {TOP}) scale({SIDE // 20})"
    shades = (
        tag("path", d=cells(seen.picture, shade), data_part=f"grey{shade}", stroke_width="1",
            stroke_opacity=f"{shade / GREYS:.2f}")
        for shade in range(1, GREYS + 1)
    )  # fmt: skip
    return tag("rect", **_square(), class_="faint") + tag("g", "".join(shades), transform=scale)


def cells(picture, shade):
    """Path data of the pixels of one shade."""
    mine = np.flatnonzero(np.floor(picture * GREYS + 0.5) == shade)
    return "".join(f"M{i % 20} {i // 20}.5h1" for i in mine)


def _hidden(seen):
    """Both layers, five in a row, a gap between them."""
    circles = ""
    for layer, a in enumerate(seen.outputs[:-1]):
        for unit in range(len(a)):
            x, y = _place(layer, unit)
            kind = "" if a[unit] > 0 else "off"
            name = f"unit{layer}-{unit}"
            circles += tag("circle", cx=x, cy=y, r=radius(a, unit), class_=kind, data_part=name)
    names = "".join(
        tag("text", f"layer {layer + 1}", x="4", y=_place(layer, 0)[1] + 4, class_="small")
        for layer in (0, 1)
    )
    return circles + names


def _place(layer, unit):
    """Rows 0–4 are the first layer's, rows 5–7 the second's, a little lower."""
    row = unit // ACROSS + 5 * layer
    return EDGE + 24 + APART * (unit % ACROSS), TOP + 15 + 31 * row + 12 * layer


def radius(a, unit):
    """So that areas are as outputs; off is a small ring."""
    return LARGEST * np.sqrt(a[unit] / a.max()) if a[unit] > 0 else 4.0


def _answers(seen):
    rows = ""
    best = int(seen.probabilities.argmax())
    for k, p in enumerate(seen.probabilities):
        y = TOP + 12 + LINE * k
        rows += tag("text", str(k), x=BAR - 12, y=y + 5, text_anchor="end")
        rows += tag("path", d=bar(k, p), data_part=f"bar{k}", class_="one" if k == best else "zero",
                    stroke_width="14")  # fmt: skip
        rows += tag("text", number(p, 2), x=BAR + LONGEST + 46, y=y + 5, text_anchor="end", data_part=f"p{k}")
    mark = tag("text", "▸", x="14", y=TOP + 17 + LINE * best, data_part="best")
    return rows + mark


def bar(k, p):
    """Path data of one output."""
    return f"M{BAR} {TOP + 12 + LINE * k}h{pixel(LONGEST * p)}"


def _numbers(seen):
    first, second = np.argsort(-seen.probabilities, kind="stable")[:2]
    on = [f"{np.count_nonzero(layer > 0)} of {len(layer)}" for layer in seen.outputs[:-1]]
    texts = {
        "answer": ("answer", str(first)),
        "sure": ("probability", number(seen.probabilities[first], 3)),
        "next": ("next", f"{second}, {number(seen.probabilities[second], 3)}"),
        "on0": ("on in layer 1", on[0]),
        "on1": ("in layer 2", on[1]),
    }
    return numbers(texts)


def _table(seen):
    rows = [
        [
            tag("th", str(k), scope="row"),
            tag("td", number(seen.outputs[-1][k], 2), data_part=f"z{k}"),
            tag("td", number(seen.probabilities[k], 4), data_part=f"a{k}"),
        ]
        for k in range(10)
    ]
    return folded_table("The ten scores and probabilities", ("digit", "score z", "probability"), rows)
