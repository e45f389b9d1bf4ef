"""The drawings of descent before anything moves; descent.js then changes the parts that have a name."""

import math

import numpy as np

from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, line, number, pixel, place, tag
from byhand.figures.panel import folded_table, numbers, panel, ticks_below, ticks_beside

RULES = {"gradient_descent": "gradient descent", "momentum": "momentum", "rmsprop": "RMSProp", "adam": "Adam"}
LIMITS = (8, 5.5)  # of the start
SCALE = (RIGHT - LEFT) / 16  # drawing units for one unit of a parameter, alike on both axes
HALF = (BOTTOM - TOP) / SCALE / 2
ACROSS, UP = (-8, 8, LEFT, RIGHT), (-HALF, HALF, BOTTOM, TOP)
RATE, COST = (-3, 1, LEFT, RIGHT), (-8, 4, BOTTOM, TOP)  # powers of ten
RINGS = [2.0**k for k in range(-1, 8)]  # half the length of each ellipse
OUTSIDE, FAR = 40, 1000  # a way is drawn until it is outside, and never further than far
POWERS = {-8: "10⁻⁸", -4: "10⁻⁴", 0: "1", 4: "10⁴"}
RATES = {-3: "0.001", -2: "0.01", -1: "0.1", 0: "1", 1: "10"}
ROWS = (0, 1, 2, 3, 4, 5, 10, 20, 40)


def draw(walk):
    """HTML: the map and the curve, the numbers, the steps in a table, the place for the controls."""
    panels = tag("div", _map(walk) + _curve(walk), class_="panels")
    return panels + _numbers(walk) + _table(walk) + tag("div", class_="controls", data_part="controls")


def brief(value):
    """A number in three digits, with a power of ten where it is large or small; what is none as in Python."""
    if not math.isfinite(value):
        return str(value).replace("-", "−")
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 999.5:
        return f"{value:#.3g}".rstrip(".").replace("-", "−")
    digits, exponent = f"{value:.2e}".split("e")
    return f"{digits}e{int(exponent)}".replace("-", "−")


def verdict(walk):
    """What became of the way, by its first and last cost."""
    first, last = walk.costs[0], walk.costs[-1]
    if not last <= first:
        return "diverged" if walk.rule < 2 else "higher than at the start"
    return "arrived" if last <= 1e-4 * first else "on the way"


def label_of_map(walk):
    """The map in words."""
    turned = f", turned by {walk.turn} degrees" if walk.turn else ""
    start, end = (f"({brief(at[0])}, {brief(at[1])})" for at in (walk.start, walk.way[-1]))
    return (
        f"Ellipses of equal cost, curvatures 1 and {walk.curvature}{turned}. {_name(walk)} from {start} with "
        f"learning rate {brief(walk.rate)}: after {len(walk.way) - 1} steps at {end}, "
        f"cost {brief(walk.costs[-1])}; {verdict(walk)}."
    )


def label_of_rates(walk):
    """The curve in words."""
    found = np.where(np.isfinite(walk.by_rate), walk.by_rate, np.inf)
    lowest, k = found.min(), int(found.argmin())
    return (
        f"Cost after {len(walk.way) - 1} steps against the learning rate, both on log axes: lowest, "
        f"{brief(lowest)}, at {brief(10 ** (k / 10 - 3))}. "
        f"The limit 2/λ of gradient descent is {brief(walk.limit)}."
    )


def _name(walk):
    name = list(RULES.values())[walk.rule]
    return name[0].upper() + name[1:]


def rings(curvature):
    """Path data of all ellipses around 0, their axes not turned."""
    return "".join(_ellipse(r * SCALE, r * SCALE / math.sqrt(curvature)) for r in RINGS)


def _ellipse(a, b):
    there, back = (f"a{pixel(a)} {pixel(b)} 0 1 0 {pixel(side * 2 * a)} 0" for side in (1, -1))
    return f"M{pixel(-a)} 0{there}{back}"


def spots(way):
    """Where the way is drawn: up to the first point outside, and that one not too far out."""
    out = np.flatnonzero(~(np.abs(way) <= OUTSIDE).all(axis=1))
    seen = np.clip(np.nan_to_num(way[: out[0] + 1] if out.size else way, nan=FAR), -FAR, FAR)
    return [(place(a, ACROSS), place(b, UP)) for a, b in seen]


def height(cost):
    """Where a cost is drawn on the log axis, whose ends stand for all beyond."""
    power = math.log10(cost) if 0 < cost < math.inf else (-8 if cost == 0 else 4)
    return place(min(max(power, -8), 4), COST)


def _map(walk):
    points = spots(walk.way)
    middle = (place(0, ACROSS), place(0, UP))
    turn = f"translate({pixel(middle[0])} {pixel(middle[1])}) rotate({-walk.turn})"
    drawing = tag("path", d=rings(walk.curvature), class_="faint", data_part="rings", transform=turn)
    drawing += tag("path", d=f"M{pixel(middle[0] - 5)} {pixel(middle[1])}h10m-5 -5v10")
    drawing += tag("path", d=line(points), class_="next bold", data_part="way")
    dots = "".join(f"M{pixel(x)} {pixel(y)}h0" for x, y in points)
    drawing += tag("path", d=dots, class_="one stops", data_part="dots")
    start = {"cx": points[0][0], "cy": points[0][1], "r": 7.0}
    drawing += tag("circle", **start, class_="off", data_part="start")
    ticks = ticks_below((-8, -4, 0, 4, 8), ACROSS) + ticks_beside((-4, 0, 4), UP)
    return panel("map", label_of_map(walk), "second parameter", "first parameter", drawing, ticks)


def _curve(walk):
    xs = np.linspace(LEFT, RIGHT, len(walk.by_rate))
    points = [(x, height(cost)) for x, cost in zip(xs, walk.by_rate, strict=True)]
    limit, start = place(math.log10(walk.limit), RATE), height(walk.costs[0])
    drawing = tag(
        "path", d=f"M{pixel(LEFT)} {pixel(start)}H{pixel(RIGHT)}", class_="faint", data_part="level"
    )
    drawing += tag("text", "start", x=LEFT + 4.0, y=start - 5, class_="small", data_part="level-name")
    upright = f"M{pixel(limit)} {TOP}V{BOTTOM}"
    drawing += tag("path", d=upright, class_="one dashed bold", data_part="limit")
    drawing += tag("text", "2/λ", x=limit + 5, y=BOTTOM - 8.0, data_part="limit-name")
    drawing += tag("path", d=line(points), class_="next bold", data_part="curve")
    here = {"cx": place(math.log10(walk.rate), RATE), "cy": height(walk.costs[-1]), "r": 6.0}
    drawing += tag("circle", **here, data_part="here")
    ticks = ticks_beside(POWERS, COST, POWERS) + "".join(
        tag("text", word, x=place(power, RATE), y=BOTTOM + 16, text_anchor=_anchor(power))
        for power, word in RATES.items()
    )
    title = f"cost after {len(walk.way) - 1} steps"
    return panel("rates", label_of_rates(walk), title, "learning rate", drawing, ticks)


def _anchor(power):
    return {RATE[0]: "start", RATE[1]: "end"}.get(power, "middle")


def _numbers(walk):
    texts = {
        "first": ("cost at the start", brief(walk.costs[0])),
        "last": (f"after {len(walk.way) - 1} steps", brief(walk.costs[-1])),
        "limit-number": ("2/λ", brief(walk.limit)),
        "verdict": ("result", verdict(walk)),
    }
    return numbers(texts)


def _table(walk):
    rows = [_row(walk, t) for t in ROWS]
    return folded_table("The steps as numbers", ("step", "first", "second", "cost"), rows)


def _row(walk, t):
    values = {"a": walk.way[t][0], "b": walk.way[t][1], "J": walk.costs[t]}
    cells = [tag("td", brief(value), data_part=f"{name}{t}") for name, value in values.items()]
    return [tag("th", number(t, 0), scope="row"), *cells]
