"""The graph of the backpropagation figure, its list of steps and its table, as Python draws them."""

from typing import NamedTuple

from byhand.figures.frame import line, number, tag
from byhand.figures.graph import FORWARDS, NAMES, STEPS, WEIGHTS, compute, nudged, reached
from byhand.figures.panel import folded_table

RADIUS = 16
NODES = {"x": (32, 150), "1": (120, 150), "2": (212, 76), "3": (212, 224), "f": (306, 150)}
ENDS = {"w1": ("x", "1"), "w2": ("1", "2"), "w3": ("1", "3"), "v2": ("2", "f"), "v3": ("3", "f")}
# Where each value is written, and which of its ends is there.
PLACES = {
    "a1": (142, 126, "end"), "d1": (142, 182, "end"), "a2": (212, 36, "middle"),
    "d2": (212, 52, "middle"), "a3": (212, 256, "middle"), "d3": (212, 272, "middle"),
    "f": (286, 126, "start"), "d": (286, 182, "start"), "L": (354, 20, "end"),
    "dw1": (76, 168, "middle"), "dw2": (154, 106, "end"), "dw3": (160, 214, "end"),
    "dv2": (266, 106, "start"), "dv3": (260, 214, "start"),
}  # fmt: skip
ABOVE = {"w1": (76, 142), "w2": (154, 91), "w3": (160, 200), "v2": (266, 91), "v3": (260, 200)}
SLOPES = tuple(f"d{name}" for name in WEIGHTS)
INTRO = "A graph: x leads to unit 1, unit 1 to units 2 and 3, and both to f."


class Walk(NamedTuple):
    """All that is drawn: the weights by name, one example, and how many steps are done."""

    weights: dict
    x: float
    y: float
    step: int

    @property
    def values(self):
        """Every value of the graph by name."""
        return compute(self.weights, self.x, self.y)


def draw(walk):
    """HTML: the graph beside the place for the controls, then the list of steps, the table of slopes."""
    panels = tag("div", _graph(walk) + tag("div", class_="controls", data_part="controls"), class_="panels")
    return panels + _steps(walk) + _table(walk)


def label(walk):
    """The graph in words: how far it is, and every value found."""
    weights = ", ".join(f"{NAMES[name]} = {number(w, 1)}" for name, w in walk.weights.items())
    found = ", ".join(said(walk, name) for name in reached(walk.step)) or "nothing yet"
    return f"{INTRO} x = {number(walk.x, 1)}, {weights}. Step {walk.step} of {len(STEPS)}, found: {found}."


def said(walk, name):
    """A value with its name."""
    return f"{NAMES[name]} = {number(walk.values[name], 4)}"


def _brief(walk, name):
    """A value as the graph shows it: a slope along a weight stands under that weight, and needs no name."""
    return said(walk, name).replace(NAMES[name] + " =", "∂") if name in SLOPES else said(walk, name)


def _graph(walk):
    shown = set(reached(walk.step))
    words = [
        tag("text", _brief(walk, name) if name in shown else "", x=x, y=y, text_anchor=end, class_="small",
            data_part=f"at-{name}")
        for name, (x, y, end) in PLACES.items()
    ]  # fmt: skip
    content = "".join(map(_edge, *zip(*_edges(walk), strict=True))) + "".join(map(_node, NODES))
    content += _given(walk) + "".join(words)
    return tag("svg", content, viewBox="0 0 360 284", role="img", aria_label=label(walk), data_part="graph")


def _edges(walk):
    """Each weight with its value, and whether the last step has used it."""
    used = STEPS[walk.step - 1].uses if walk.step else ()
    return [(name, w, name in used) for name, w in walk.weights.items()]


def _edge(name, weight, used):
    (x, y), (to_x, to_y) = (NODES[end] for end in ENDS[name])
    share = RADIUS / ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    dx, dy = share * (to_x - x), share * (to_y - y)
    d = line([(x + dx, y + dy), (to_x - dx, to_y - dy)])
    stroke = tag("path", d=d, class_="bold" if used else "faint", data_part=f"edge-{name}")
    anchor = PLACES[f"d{name}"][2]
    above = {"x": ABOVE[name][0], "y": ABOVE[name][1], "text_anchor": anchor}
    text = f"{NAMES[name]} = {number(weight, 1)}"
    return stroke + tag("text", text, **above, class_="small", data_part=f"weight-{name}")


def _node(name):
    x, y = NODES[name]
    ring = tag("circle", cx=x, cy=y, r=RADIUS, class_="off")
    return ring + tag("text", name, x=x, y=y + 5, text_anchor="middle")


def _given(walk):
    x = tag("text", f"x = {number(walk.x, 1)}", x=NODES["x"][0], y=126, text_anchor="middle", class_="small")
    return x + tag("text", f"y = {number(walk.y, 1)}", x=354, y=36, text_anchor="end", class_="small")


def _steps(walk):
    """The ordered list; what is not yet reached has its rule and no values."""
    return tag("ol", "".join(_step(walk, k) for k in range(1, len(STEPS) + 1)), class_="pairs")


def _step(walk, k):
    step = STEPS[k - 1]
    values = ", ".join(said(walk, name) for name in step.finds) if k <= walk.step else "?"
    now = tag("strong", "▸ " if k == walk.step else "", data_part=f"now{k}")
    way = "" if k not in (1, FORWARDS + 1) else tag("em", "Forwards. " if k == 1 else "Back. ")
    return tag("li", now + way + step.rule + "<br>" + tag("span", values, data_part=f"step{k}"))


def _table(walk):
    rows = [_row(walk, name) for name in WEIGHTS]
    head = ("weight", "its value", "slope, by these steps", "by moving it")
    return folded_table("The five slopes, and the same by moving each weight a thousandth", head, rows)


def _row(walk, name):
    measured = nudged(walk.weights, walk.x, walk.y, name)
    texts = {"value": number(walk.weights[name], 1), "slope": number(walk.values[f"d{name}"], 4)}
    texts |= {"moved": number(measured, 4)}
    cells = [tag("td", text, data_part=f"{part}-{name}") for part, text in texts.items()]
    return [tag("th", NAMES[name], scope="row"), *cells]
