"""The drawings of softmax before anything moves; softmax.js then changes the parts that have a name."""

import numpy as np

from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, line, number, pixel, place, tag
from byhand.figures.panel import panel, ticks_beside

WIDTH, ARROW = "34", 50  # of a bar; length of an arrow where a − [k = y] is −1
SUBSCRIPTS = "₁₂₃₄"
NUMBERS = {
    "sum": "sum of a",
    "loss": "loss",
    "plain-sum": "sum by the plain formula",
    "plain-loss": "its loss",
}


def draw(scores):
    """HTML: two panels, the numbers, the table of the classes, the place for the controls."""
    panels = tag("div", _score_panel(scores) + _probability_panel(scores), class_="panels")
    return panels + _numbers(scores) + _table(scores) + tag("div", class_="controls", data_part="controls")


def label_of_scores(scores):
    """The left drawing in words."""
    bars = ", ".join(f"z{SUBSCRIPTS[k]} = {number(z, 1)}" for k, z in enumerate(scores.raised))
    arrows = ", ".join(number(-slope, 4) for slope in scores.slopes)
    return (
        f"Bars of four scores: {bars}. The true class is {scores.target + 1}. "
        f"The arrows, truth minus answer: {arrows}."
    )


def label_of_probabilities(scores):
    """The right drawing in words."""
    bars = ", ".join(f"a{SUBSCRIPTS[k]} = {number(a, 4)}" for k, a in enumerate(scores.a))
    return (
        f"Bars of the probabilities at temperature {scores.tau:g}: {bars}. "
        f"The loss is {number(scores.loss, 4)}. {verdict(scores)}"
    )


def verdict(scores):
    """How the plain formula fared."""
    lost = int(np.isnan(scores.plain).sum())
    if lost:
        return f"The plain formula gives nan for {lost} of 4 classes."
    apart = np.abs(scores.plain - scores.a).max()
    return "The plain formula " + ("agrees." if apart < 5e-5 else f"is off by up to {number(apart, 4)}.")


def power(value):
    """A power of e in three digits, as 7.39e0."""
    digits, _, exponent = f"{value:.2e}".partition("e")
    return f"{digits}e{number(int(exponent), 0)}" if exponent else digits


def column(scores, k):
    """Where class k stands, from the left."""
    return place(k + 1, scores.scales["k"])


def _bar(scores, part, k, level, tip):
    kind = "one" if k == scores.target else "zero"
    x = column(scores, k)
    return tag(
        "path", d=line([(x, level), (x, tip)]), stroke_width=WIDTH, class_=kind, data_part=f"{part}{k}"
    )


def _value(part, k, x, tip, text, below=False):
    """The number at the end of a bar."""
    y = tip + (16 if below else -6)
    return tag("text", text, x=x, y=y, text_anchor="middle", class_="small", data_part=f"{part}{k}")


def _names(scores):
    """The classes under a drawing; the true one says so."""
    return "".join(
        tag("text", f"{k + 1} true" if k == scores.target else str(k + 1), x=column(scores, k), y=BOTTOM + 16,
            text_anchor="middle", data_part=f"{{}}{k}")
        for k in range(len(scores.z))
    )  # fmt: skip


def _score_panel(scores):
    scale = scores.scales["z"]
    level = place(0, scale)
    drawing = tag("path", d=line([(LEFT, level), (RIGHT, level)]), class_="faint")
    for k, z in enumerate(scores.z):
        x, tip = column(scores, k), place(z, scale)
        drawing += _bar(scores, "z", k, level, tip)
        drawing += _value("score", k, x, tip, number(scores.raised[k], 1), below=z < 0)
        drawing += tag(
            "path", d=arrow(x + 26, tip, -ARROW * scores.slopes[k]), class_="next bold", data_part=f"arrow{k}"
        )
    base = tag("text", "r", x=LEFT - 10, y=level + 5, text_anchor="end")
    names = _names(scores).replace("{}", "left")
    return panel("scores", label_of_scores(scores), "scores z", "class", drawing, base + names)


def arrow(x, y, up):
    """Path data of an upright arrow, `up` long; below zero it points down. A short one has no head."""
    end, head = y - up, 5 if up > 0 else -5
    shaft = line([(x, y), (x, end)])
    return shaft + line([(x - 4, end + head), (x, end), (x + 4, end + head)]) if abs(up) >= 2 else shaft


def _probability_panel(scores):
    scale = scores.scales["a"]
    drawing = ""
    for k, a in enumerate(scores.a):
        x, tip = column(scores, k), place(a, scale)
        drawing += _bar(scores, "a", k, BOTTOM, tip)
        drawing += _value("probability", k, x, tip, number(a, 4))
        drawing += tag("path", d=mark(x + 26, scores.plain[k], scale), class_="bold", data_part=f"plain{k}")
        lost = "◇ nan" if np.isnan(scores.plain[k]) else ""
        drawing += tag("text", lost, x=x, y=TOP + 16, text_anchor="middle", data_part=f"lost{k}")
    ticks = ticks_beside((0, 0.5, 1), scale, {0.5: "½"}) + _names(scores).replace("{}", "right")
    return panel("probabilities", label_of_probabilities(scores), "probabilities a", "class", drawing, ticks)


def mark(x, value, scale):
    """Path data of ◇ at a value; none where there is no number."""
    return "" if np.isnan(value) else f"M{pixel(x)} {pixel(place(value, scale))}m-5 0l5-5l5 5l-5 5z"


def _numbers(scores):
    texts = {
        "sum": number(scores.a.sum(), 4), "loss": number(scores.loss, 4),
        "plain-sum": number(scores.plain.sum(), 4), "plain-loss": number(scores.plain_loss, 4),
    }  # fmt: skip
    pairs = (
        tag("div", tag("dt", word) + tag("dd", texts[name], data_part=name)) for name, word in NUMBERS.items()
    )
    return tag("dl", "".join(pairs))


def _table(scores):
    words = ("class", "e<sup>z/τ</sup>", "plain a", "a", "a − truth")
    head = "".join(tag("th", word, scope="col") for word in words)
    rows = "".join(tag("tr", _row(scores, k)) for k in range(len(scores.z)))
    return tag("table", tag("thead", tag("tr", head)) + tag("tbody", rows), class_="small")


def _row(scores, k):
    texts = {
        "power": power(scores.powers[k]), "formula": number(scores.plain[k], 4),
        "softmax": number(scores.a[k], 4), "slope": number(scores.slopes[k], 4),
    }  # fmt: skip
    cells = "".join(tag("td", text, data_part=f"{part}{k}") for part, text in texts.items())
    return tag("th", str(k + 1), scope="row") + cells
