"""Four activations side by side: one z moves a point on each, and shows what a slope has left behind it."""

import numpy as np

from byhand import activations
from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, Figure, line, number, pixel, place, tag
from byhand.figures.panel import panel, ticks_below, ticks_beside

Z = (-6, 6, LEFT, RIGHT)
SMALL, LARGE = (-1.25, 1.25, BOTTOM, TOP), (-1.5, 6.5, BOTTOM, TOP)
REACH = 1.2  # half a tangent, in z
LAYERS = 10
HALVES = np.linspace(-6, -1e-9, 41), np.linspace(1e-9, 6, 41)
# Name in the registry: title, shape in words, scale of a.
KINDS = {
    "sigmoid": ("sigmoid", "an S from 0 to 1, level at both ends", SMALL),
    "tanh": ("tanh", "an S from −1 to 1, level at both ends", SMALL),
    "relu": ("ReLU", "0 up to z = 0, then a straight line", LARGE),
    "silu": ("SiLU", "a dip below 0 on the left, then nearly a straight line", LARGE),
}
CAPTION = (
    "Four activations, solid, and their slopes, dashed; mind the two scales. ● is the output a of the "
    "unit at its z, with the tangent through it, and ◇ the slope there. The last column of the table is what "
    "ten such units in a chain leave of a slope, if all weights are 1: the slope to the tenth power."
    "<br><strong>Predict first:</strong> at z = 4, which slope is the smallest, and is any above "
    "1? At z = −4, is any exactly 0, or below 0? Then move the slider and see."
)
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def slopes(z=1.0):
    """Sigmoid, tanh, ReLU and SiLU with their slopes, and a point at z on each of them.

    Args:
        z: where the point starts, a number from −6 to 6, in tenths.

    Returns:
        Figure.

    Raises:
        ValueError: if z is outside −6 … 6, or no number.
    """
    if not Z[0] <= z <= Z[1]:
        raise ValueError(f"Expected z from −6 to 6. Received: z={z!r}")
    z = round(float(z), 1)
    panels = tag("div", "".join(_panel(name, z) for name in KINDS), class_="panels")
    body = panels + tag("div", class_="controls", data_part="controls") + _table(z)
    model = {
        "z": z, "axis": Z, "reach": REACH, "layers": LAYERS,
        "kinds": [{"name": n, "title": t, "shape": w, "scale": s} for n, (t, w, s) in KINDS.items()],
    }  # fmt: skip
    return Figure("slopes", model, CAPTION, body, "slopes. " + " ".join(_label(n, z) for n in KINDS))


def output_and_slope(name, z):
    """A and g′(z) of the activation called name."""
    g = activations.get(name)
    a = g.function(np.float64(z))
    return float(a), float(g.derivative(a if g.in_output else np.float64(z)))


def brief(value):
    """A value ≥ 0 in four digits, or where they would all be 0 as a power of ten."""
    if value == 0 or value >= 1e-4:
        return number(value, 4)
    digit, exponent = f"{value:.0e}".split("e")
    return f"{digit}·10{str(int(exponent)).translate(RAISED)}"


def _label(name, z):
    title, shape, _ = KINDS[name]
    a, slope = (number(value, 4) for value in output_and_slope(name, z))
    return f"{title}: {shape}. At z = {number(z, 1)} the output is {a} and the slope {slope}."


def _panel(name, z):
    title, _, scale = KINDS[name]
    whole = (-1, 0, 1) if scale is SMALL else (0, 2, 4, 6)
    ticks = ticks_below(range(-6, 7, 2), Z) + ticks_beside(whole, scale)
    return panel(name, _label(name, z), title, "z", _axes(scale) + _curves(name) + _point(name, z), ticks)


def _axes(scale):
    at_zero = [
        [(LEFT, place(0, scale)), (RIGHT, place(0, scale))],
        [(place(0, Z), TOP), (place(0, Z), BOTTOM)],
    ]
    return tag("path", d="".join(map(line, at_zero)), class_="faint")


def _curves(name):
    """The function and its slope, in two halves: where a slope jumps, no line claims values between."""
    scale, curve, dashed = KINDS[name][2], "", ""
    for zs in HALVES:
        a, slope = np.array([output_and_slope(name, z) for z in zs]).T
        curve += line(zip(place(zs, Z), place(a, scale), strict=True))
        dashed += line(zip(place(zs, Z), place(slope, scale), strict=True))
    return tag("path", d=dashed, class_="next bold dashed") + tag("path", d=curve, class_="bold")


def _point(name, z):
    """What moves: the tangent, the slope's mark, the output's."""
    (a, slope), scale = output_and_slope(name, z), KINDS[name][2]
    ends = [(place(z + dz, Z), place(a + slope * dz, scale)) for dz in (-REACH, REACH)]
    at = {"x": place(z, Z), "y": place(slope, scale)}
    tangent = tag("path", d=line(ends), class_="one bold", data_part=f"{name}-tangent")
    mark = tag("path", d=_diamond(at["x"], at["y"]), class_="next bold", data_part=f"{name}-mark")
    return tangent + mark + tag("circle", cx=at["x"], cy=place(a, scale), r="5", data_part=f"{name}-dot")


def _diamond(x, y):
    return f"M{pixel(x)} {pixel(y)}m-6 0l6-6l6 6l-6 6z"


def _table(z):
    words = ("activation", "a", "slope", "after ten")
    head = "".join(tag("th", word, scope="col") for word in words)
    rows = "".join(tag("tr", _row(name, z)) for name in KINDS)
    return tag("table", tag("thead", tag("tr", head)) + tag("tbody", rows))


def _row(name, z):
    a, slope = output_and_slope(name, z)
    texts = {"a": number(a, 4), "g": number(slope, 4), "left": brief(slope**LAYERS)}
    cells = "".join(tag("td", text, data_part=f"{name}-{part}") for part, text in texts.items())
    return tag("th", KINDS[name][0], scope="row") + cells
