"""Each moving figure, before it moves: what the script would draw, in the words and signs of HTML and SVG.

The scripts draw every part anew from the model, in a language and a file of their own: as long as Python
draws the same, both are right, or wrong in the same way. page.js stands in for the browser.
"""

import json
import math
import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from py_mini_racer import MiniRacer

from byhand import figures
from byhand.figures import frame
from byhand.figures.descent_picture import height
from byhand.layers import Dense
from byhand.losses import softmax_cross_entropy
from byhand.network import Network
from byhand.step_time import Cluster

PAGE = Path(__file__).with_name("page.js").read_text(encoding="utf-8")
X, Y = np.linspace(-2, 2.5, 9), np.array([0, 0, 1, 0, 1, 0, 1, 1, 1])
SCORES, LABELS = np.column_stack([2 * X, 1 - X, X**2 - 2]), np.column_stack([Y, Y[::-1], 1 - Y])
NETWORK = Network(400, [Dense(25, "relu"), Dense(15, "relu"), Dense(10)], softmax_cross_entropy)
PICTURE = np.random.default_rng(8).random((20, 20)) * (np.arange(20) % 3 > 0)


def draw_digit(**settings):
    return figures.draw_digit(NETWORK, NETWORK.initialize(np.random.default_rng(3), np.float64), **settings)


MADE = {
    "backpropagation-graph": lambda: figures.backpropagation_graph(),
    "backpropagation-graph, half way": lambda: figures.backpropagation_graph({"w1": -0.4}, 0.7, -2.0, step=8),
    "backpropagation-graph, before": lambda: figures.backpropagation_graph({"v3": 2}, step=0),
    "descent": lambda: figures.descent(),
    "descent, another": lambda: figures.descent((3.2, -4.1), "momentum", 0.05, 4, 45),
    "descent, away": lambda: figures.descent((-2, 5), "gradient_descent", 3.0, 100),
    "descent, at rest": lambda: figures.descent((0, 0), "adam", 0.01, 1),
    "draw-digit": draw_digit,
    "draw-digit, another": lambda: draw_digit(sample="7", turn=-25.0),
    "one-unit": lambda: figures.one_unit(X, Y),
    "one-unit, another": lambda: figures.one_unit(X, Y, w=2.5, b=-1.2, learning_rate=7, feature="warmth"),
    "one-unit, far off": lambda: figures.one_unit(X, Y, w=-20, b=15),
    "relu-stitching": lambda: figures.relu_stitching(),
    "relu-stitching, another": lambda: figures.relu_stitching(2.5, -4, -3, 4.6),
    "relu-stitching, solved": lambda: figures.relu_stitching(1, -1, 2, -4),
    "sliding-window": lambda: figures.sliding_window(np.sin(np.arange(30.0)), np.eye(20), at=9),
    "sliding-window, another": lambda: figures.sliding_window(
        np.cos(0.4 * np.arange(120.0) ** 1.1), PICTURE, at=70, row=3, column=16, kernel=1, flip=1
    ),
    "slopes": lambda: figures.slopes(),
    "slopes, another": lambda: figures.slopes(-2.3),
    "slopes, at an end": lambda: figures.slopes(-6),
    "slopes, at the other": lambda: figures.slopes(6),
    "softmax": lambda: figures.softmax([2, 1, -1, 0]),
    "softmax, another": lambda: figures.softmax([-3, 4.5, 7, 1], target=3, rise=-40, temperature=0.5),
    "softmax, broken": lambda: figures.softmax([5, 1, -1, 6], target=2, rise=800),
    "softmax, rough": lambda: figures.softmax([5, 1, -1, 6], target=2, rise=-745),
    "speed-up": lambda: figures.speed_up(),
    "speed-up, another": lambda: figures.speed_up(Cluster(1e5, 4096, 3e-3, 1e8, 1e-3), 7),
    "stability": lambda: figures.stability(),
    "stability, another": lambda: figures.stability(-120, 1, 32),
    "stability, near": lambda: figures.stability(0.8, 1),
    "threshold": lambda: figures.threshold(SCORES, LABELS, ["car", "bus", "tram"]),
    "threshold, another": lambda: figures.threshold(SCORES, LABELS, ["car", "bus", "tram"], 3, -1.5),
}  # fmt: skip

every = pytest.mark.parametrize("name", MADE)
once = pytest.mark.parametrize("name", [name for name in MADE if "," not in name])


def tree(name):
    """The body of a figure, read strictly."""
    return ElementTree.fromstring(f"<body>{MADE[name]().body}</body>".replace("<br>", "<br/>"))


def text(element):
    return "".join(element.itertext())


def parts(root):
    return [element for element in root.iter() if "data-part" in element.attrib]


# The script


def written(figure, root):
    """[(part, {attribute: value that the script's first drawing gives it})]; "text" is what stands in it."""
    racer = MiniRacer()
    racer.eval(PAGE + frame.inlined(figure.name.replace("-", "_") + ".js"))
    given = [figure.name, figure.model, [element.attrib for element in parts(root)]]
    call = f"firstDrawing(figure, {', '.join(map(json.dumps, given))})"
    return json.loads(racer.eval(f"JSON.stringify({call})"))


NUMBER = r"-?\d+(?:\.\d+)?"
CONTROLS = {"role", "tabindex", "aria-label", "data-lm-suppress-shortcuts"}  # a field becomes one to draw in


def assert_close(one, other):
    """Two texts alike but for the last of the digits that each of their numbers has."""
    assert re.sub(r"\d", "0", re.sub(r"-?\d+(?=\.)", "0", one)) == re.sub(
        r"\d", "0", re.sub(r"-?\d+(?=\.)", "0", other)
    )
    for a, b in zip(re.findall(NUMBER, one), re.findall(NUMBER, other), strict=True):
        assert abs(float(a) - float(b)) < 1.1 * 10.0 ** -len(a.partition(".")[2]) * ("." in a) + 1e-9


@every
def test_the_script_s_first_drawing_is_the_picture_python_drew(name):
    figure, root = MADE[name](), tree(name)
    drawn = written(figure, root)
    for element, (part, values) in zip(parts(root), drawn, strict=True):
        for key in values.keys() - {"children"} - (CONTROLS if part == "field-frame" else set()):
            if not key.startswith("on "):
                assert_close(text(element) if key == "text" else element.attrib[key], values[key])


@once
def test_the_script_uses_every_part_that_has_a_name(name):
    idle = {part for part, values in written(MADE[name](), tree(name)) if not values}
    by_hand = {"paper", "cursor", "answers-frame", "read-frame", "hidden-frame"}  # while somebody draws
    assert idle == (by_hand if name == "draw-digit" else set())


# The languages

# What an element must have, and may have besides; from the specifications of SVG 1.1 and HTML.
MUST = {
    "circle": "cx cy r", "line": "x1 y1 x2 y2", "path": "d", "rect": "x y width height", "text": "x y",
    "svg": "viewBox", "th": "scope",
}  # fmt: skip
PAINT = (
    "class data-part transform stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin"
)
MAY = dict.fromkeys(("circle", "line", "path", "rect", "g"), PAINT + " fill-opacity")
MAY |= {"text": "class data-part text-anchor", "svg": "x y width height role aria-label data-part"}
MAY |= dict.fromkeys(("tspan", "td", "dd", "span", "strong"), "data-part")
MAY |= dict.fromkeys(("div", "ol", "li", "table", "p"), "class data-part")
MAY |= dict.fromkeys(["th", "dl", "dt", "tr", "thead", "tbody", "details", "summary", "em", "sup", "br"], "")
VALUES = {
    "text-anchor": "start|middle|end", "role": "img", "scope": "col|row",
    "stroke-linecap": "round|butt|square",
    "stroke-linejoin": "round|miter|bevel", "stroke-opacity": r"0|1|0?\.\d+|1\.0+",
    "fill-opacity": r"0|1|0?\.\d+|1\.0+",
    "stroke-dasharray": r"[\d.]+( [\d.]+)*", "viewBox": rf"{NUMBER}( {NUMBER}){{3}}",
    "transform": r"((translate|scale|rotate)\([-\d., ]+\) ?)+",
    "class": ".*", "d": ".*",
} | dict.fromkeys("cx cy r x y x1 y1 x2 y2 width height stroke-width".split(), NUMBER)  # noqa: SIM905  # fmt: skip


@every
def test_elements_and_what_is_said_of_them_are_those_of_html_and_svg(name):
    for element in list(tree(name).iter())[1:]:
        must = set(MUST.get(element.tag, "").split())
        assert must <= set(element.attrib) <= must | set(MAY[element.tag].split()), element.attrib
        for key, value in element.items():
            assert re.fullmatch(VALUES.get(key, ".+"), value, re.S), (element.tag, key, value)
        assert_path(element.get("d", ""))
        if element.tag in ("circle", "line", "path", "rect", "g", "svg", "div", "tr", "table", "dl"):
            assert not "".join([element.text or "", *(child.tail or "" for child in element)]).strip()


NUMBERS_OF = {"M": 2, "L": 2, "H": 1, "V": 1, "Z": 0, "A": 7}


def assert_path(data):
    """Each command of a path has as many numbers as it needs, and the first is a move."""
    assert re.fullmatch(r"(M.*|)", data)
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        found = re.findall(NUMBER, numbers)
        needed = NUMBERS_OF[command.upper()]
        assert len(found) == needed or (command in "lL" and len(found) % needed == 0), (command, numbers)
        assert not re.sub(NUMBER, "", numbers).strip()


@every
def test_colours_and_strokes_are_those_of_the_style(name):
    known = set(re.findall(r"\.([a-z][a-z-]*)", frame.STYLE))
    for element in tree(name).iter():
        assert set(element.get("class", "").split()) <= known


@once
def test_panels_come_first_then_the_controls_and_every_picture_says_what_it_is(name):
    figure, root = MADE[name](), tree(name)
    first, *_ = root
    assert "panels" in (first.get("class"), *(child.get("class") for child in first))
    assert [child.get("class") for child in root.iter() if child.get("data-part") == "controls"] == [
        "controls"
    ]
    for picture in root.iter("svg"):
        assert ("role" in picture.attrib) == ("aria-label" in picture.attrib) == ("x" not in picture.attrib)
        assert picture.get("aria-label", figure.summary) in figure.summary


@once
def test_tables_have_a_head_and_as_many_cells_in_each_row(name):
    for table in tree(name).iter("table"):
        head, body = table
        assert (head.tag, body.tag) == ("thead", "tbody")
        rows = [list(row) for row in (*head, *body)]
        assert len(rows) >= 4
        assert {len(row) for row in rows} == {len(rows[0])}
        assert {cell.tag for cell in rows[0]} == {"th"}
        assert all(text(cell) for row in rows for cell in row)
    for details in tree(name).iter("details"):
        assert [child.tag for child in details] == ["summary", "table"]
    for pairs in tree(name).iter("dl"):
        assert {tuple(child.tag for child in pair) for pair in pairs} == {("dt", "dd")}


# The words


def words(root):
    """What stands in a figure and no script changes, in its order."""
    fixed = [element for element in root.iter() if "data-part" not in element.attrib]
    pieces = [piece for element in fixed for piece in [element.text, *(child.tail for child in element)]]
    return [piece.strip() for piece in pieces if piece and piece.strip()]


WORDS = {
    "backpropagation-graph":
    "x | 1 | 2 | 3 | f | x = 1.5 | y = 1.0 | z₁ = w₁x, a₁ = g(z₁) | Forwards. | z₂ = w₂a₁, a₂ = g(z₂) |"
    " z₃ = w₃a₁, a₃ = g(z₃) | f = v₂a₂ + v₃a₃ | L = ½(f − y)² | δ = ∂L/∂f = f − y | Back. | ∂L/∂v₂ = "
    "δa₂, ∂L/∂v₃ = δa₃ | δ₂ = δv₂g′(z₂), δ₃ = δv₃g′(z₃) | ∂L/∂w₂ = δ₂a₁, ∂L/∂w₃ = δ₃a₁ | δ₁ = (δ₂w₂ + "
    "δ₃w₃)g′(z₁): two paths meet, and add | ∂L/∂w₁ = δ₁x | The five slopes, and the same by moving each"
    " weight a thousandth | weight | its value | slope, by these steps | by moving it | w₁ | w₂ | w₃ | "
    "v₂ | v₃",
    "descent":
    "second parameter | −8 | −4 | 0 | 4 | 8 | −4 | 0 | 4 | first parameter | cost after 40 steps | 10⁻⁸"
    " | 10⁻⁴ | 1 | 10⁴ | 0.001 | 0.01 | 0.1 | 1 | 10 | learning rate | cost at the start | after 40 "
    "steps | 2/λ | result | The steps as numbers | step | first | second | cost | 0 | 1 | 2 | 3 | 4 | 5"
    " | 10 | 20 | 40",
    "draw-digit":
    "draw here | the ten outputs | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | what the network reads | "
    "hidden units | layer 1 | layer 2 | answer | probability | next | on in layer 1 | in layer 2 | The "
    "ten scores and probabilities | digit | score z | probability | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |"
    " 9",
    "one-unit":
    "f = ½ | output f = g(wx + b) | −2 | −1 | 0 | 1 | 2 | 0 | ½ | 1 | x: ink in the middle | 0.59 | "
    "0.68 | 0.85 | 1.15 | 1.71 | cost J(w, b) | −2 | 0 | 2 | 4 | −2 | 0 | 2 | b | w | w | b | cost J | "
    "∂J/∂w | ∂J/∂b | steps taken | The numbers of each example | x | y | f | loss | −2.00 | 0 | −1.44 |"
    " 0 | −0.88 | 1 | −0.31 | 0 | 0.25 | 1 | 0.81 | 0 | 1.38 | 1 | 1.94 | 1 | 2.50 | 1",
    "relu-stitching":
    "target - - and sum f — | 0 | 1 | 2 | 3 | −1 | 0 | 1 | 2 | 3 | 4 | 5 | 6 | x | 0 | 0 | 0 | 0 | 1 | "
    "2 | 3 | x | gap on [0, 1]: | gap on [1, 2]: | gap on [2, 3]: | corner of unit 1: | corner of unit "
    "2: | The numbers at each half step | x | target | unit 0 | unit 1 | unit 2 | f | 0.0 | 2.00 | 0.5 "
    "| 1.00 | 1.0 | 0.00 | 1.5 | 0.50 | 2.0 | 1.00 | 2.5 | 2.50 | 3.0 | 4.00",
    "sliding-window":
    "heartbeat x | scores z | holds | kernel | products | digit x | scores z | holds | kernel | "
    "products | Every product as a table | window on | holds | kernel | product | signal, 1 | signal, 2"
    " | signal, 3 | signal, 4 | signal, 5 | picture, 1 | picture, 2 | picture, 3 | picture, 4 | "
    "picture, 5 | picture, 6 | picture, 7 | picture, 8 | picture, 9",
    "slopes":
    "sigmoid | −6 | −4 | −2 | 0 | 2 | 4 | 6 | −1 | 0 | 1 | z | tanh | −6 | −4 | −2 | 0 | 2 | 4 | 6 | −1"
    " | 0 | 1 | z | ReLU | −6 | −4 | −2 | 0 | 2 | 4 | 6 | 0 | 2 | 4 | 6 | z | SiLU | −6 | −4 | −2 | 0 |"
    " 2 | 4 | 6 | 0 | 2 | 4 | 6 | z | activation | a | slope | after ten | sigmoid | tanh | ReLU | SiLU",
    "softmax":
    "scores z | r | class | probabilities a | 0 | ½ | 1 | class | sum of a | loss | sum by the plain "
    "formula | its loss | class | e | z/τ | plain a | a | a − truth | 1 | 2 | 3 | 4",
    "speed-up":
    "speed-up | 1 | 4 | 16 | 64 | 256 | 0.1 | 1 | 10 | 100 | workers | time, one worker’s step = 1 | 1 "
    "| 4 | 16 | 64 | 256 | 0.01 | 0.1 | 1 | 10 | workers | workers | step | speed-up | speed-up a "
    "worker | best number | speed-up there | two pay from a batch of | The numbers at each doubling | "
    "workers | computing | sending | waiting | step | speed-up | 1 | 2 | 4 | 8 | 16 | 32 | 64 | 128 | "
    "256 | 512 | 1024",
    "stability":
    "loss L | −10³ | −100 | −10 | 0 | 10 | 100 | 10³ | 0 | 1 | 10 | 100 | 10³ | inf | logit z | slope "
    "∂L/∂z | −10³ | −100 | −10 | 0 | 10 | 100 | 10³ | −1 | 0 | 1 | logit z | z | stored f | stored 1 − "
    "f | form | loss | slope | that is | × naive, from f | □ clipped, from f | ○ stable, from z",
    "threshold":
    ", tallest bar | −6 | −4 | −2 | 0 | 2 | 4 | 6 | has the label | hasn’t | logit z | precision | 0 | "
    "½ | 1 | 0 | ½ | 1 | recall | hits TP | false alarms FP | misses FN | rightly denied TN | precision"
    " | recall | accuracy | The numbers at each threshold | z | a | TP | FP | FN | TN | precision | "
    "recall | −6 | 0.002 | −5 | 0.007 | −4 | 0.018 | −3 | 0.047 | −2 | 0.119 | −1 | 0.269 | 0 | 0.500 |"
    " 1 | 0.731 | 2 | 0.881 | 3 | 0.953 | 4 | 0.982 | 5 | 0.993 | 6 | 0.998",
}  # fmt: skip


def looks(root):
    """Which parts are drawn in which colour, stroke and dash; a dash for those without a name."""
    found = {}
    for element in root.iter():
        if element.tag in ("path", "circle", "line"):
            said = [element.get(key) for key in ("class", "stroke-width", "stroke-dasharray")]
            kind = f"{element.tag} {' '.join(filter(None, said)) or 'plain'}"
            found.setdefault(kind, {})[re.sub(r"\d+", "", element.get("data-part", "–"))] = True
    return " | ".join(f"{kind}: {', '.join(parts)}" for kind, parts in sorted(found.items()))


# As the captions have it: orange is class 1, blue is class 0, teal what comes next; errors are dashes.
LOOKS = {
    "backpropagation-graph":
    "circle off: – | path bold: edge-w | path faint: edge-w, edge-v",
    "descent":
    "circle off: start | circle plain: here | path faint: rings, level | path next bold: way, curve | "
    "path one dashed bold: limit | path one stops: dots | path plain: –",
    "draw-digit":
    "circle off: unit- | circle plain: unit- | path 1: grey | path 3: ink | path next 1: cursor | path "
    "one 14: bar | path zero 14: bar",
    "one-unit":
    "circle plain: dot | circle zero bold: – | line one 2.4: loss | line zero 2.4: loss | path bold: "
    "curve | path dashed: – | path faint 10: – | path faint dashed: – | path next bold: arrow | path "
    "one bold: – | path plain: –, path | path stops: stops",
    "relu-stitching":
    "circle off: corner | path bold: a | path bold one: a | path bold zero: a | path dashed: z | path "
    "dashed bold: – | path dashed one: z | path dashed zero: z | path faint: gaps, – | path next bold: "
    "sum",
    "sliding-window":
    "circle plain: here, grip | path 7.6: – | path faint: – | path next bold: window, here | path one: "
    "scores | path one 7.6: level | path plain: – | path zero 2.5: level-",
    "slopes":
    "circle plain: sigmoid-dot, tanh-dot, relu-dot, silu-dot | path bold: – | path faint: – | path next"
    " bold: sigmoid-mark, tanh-mark, relu-mark, silu-mark | path next bold dashed: – | path one bold: "
    "sigmoid-tangent, tanh-tangent, relu-tangent, silu-tangent",
    "softmax":
    "path bold: plain | path faint: – | path next bold: arrow | path one 34: z, a | path zero 34: z, a",
    "speed-up":
    "circle plain: mark-speed, mark-time | path bold: speed, time | path dashed: – | path faint: – | "
    "path next 2 2 4: waiting | path one 2 9 4 2 4: sending | path zero dashed 2: computing",
    "stability":
    "path faint: here, – | path faint dashed: – | path next 7: stable | path next bold: mark-stable | "
    "path one 2.5 8 4: clipped | path one bold: mark-clipped | path zero 2 2 3: naive | path zero bold:"
    " mark-naive",
    "threshold":
    "circle plain: dot | path bold: curve | path faint: – | path next bold: – | path one 9: bars-tp | "
    "path one dashed 9: bars-fn | path zero 9: bars-tn | path zero dashed 9: bars-fp",
}  # fmt: skip


@once
def test_colours_strokes_and_dashes_say_what_the_captions_tell(name):
    assert looks(tree(name)) == LOOKS[name]


@once
def test_the_words_and_numbers_that_stay(name):
    assert " | ".join(words(tree(name))) == WORDS[name]


def test_all_figures_of_the_package_are_tested():
    scripts = {file.stem for file in frame.FOLDER.glob("*.js") if file.with_suffix(".py").exists()}
    assert {name.replace("-", "_") for name in WORDS} == scripts - {"frame"}


def seen(picture):
    """The texts of a drawing, but for those that are cut off with all that lies beyond the frame within."""
    inner = picture.find("svg")
    for element in picture.iter("text"):
        cut = inner is not None and element in list(inner.iter("text"))
        _, top, _, high = map(float, (inner if cut else picture).get("viewBox").split())
        if not cut or top <= float(element.get("y")) <= top + high:
            yield element


def boxes(picture):
    """(left, right, top, bottom, text) of each text in a drawing, letters taken as half as wide as high."""
    for element in seen(picture):
        size = 12 if "small" in element.get("class", "") else 14
        width = 0.5 * size * len(text(element))
        left = float(element.get("x")) - {"middle": width / 2, "end": width}.get(
            element.get("text-anchor"), 0
        )
        y = float(element.get("y"))
        yield left, left + width, y - 0.72 * size, y, text(element)


def pictures(root):
    return [svg for svg in root.iter("svg") if svg.get("role") == "img"]


@every
def test_no_two_texts_of_a_drawing_overlap_or_leave_it(name):
    for picture in pictures(tree(name)):
        _, _, wide, high = map(float, picture.get("viewBox").split())
        found = list(boxes(picture))
        for left, right, top, bottom, said in found:
            assert min(left, wide - right, top, high - bottom) > -2, said
        for a, b in combinations(found, 2):
            apart = a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
            assert apart or not a[4] or not b[4], (a, b)


def test_what_a_window_holds_its_kernel_and_the_products_stand_beside_their_names():
    for picture in pictures(tree("sliding-window")):
        heights = {text(e): float(e.get("y")) for e in picture.iter("text")}
        for letter, word in zip("xwp", ("holds", "kernel", "products"), strict=True):
            cells = [
                e for e in picture.iter("text") if re.fullmatch(letter + r"\d\d", e.get("data-part", ""))
            ]
            assert len({e.get("x") for e in cells}) in (3, 5, 9)
            assert abs(min(float(e.get("y")) for e in cells) - heights[word]) < 25, word


def test_names_of_marks_and_settings_are_as_given():
    (limit,) = (part for part in parts(tree("descent")) if part.get("data-part") == "limit-name")
    assert text(limit) == "2/λ"
    model = MADE["backpropagation-graph, half way"]().model
    assert {"w1": -0.4, "x": 0.7, "y": -2.0, "step": 8}.items() <= model.items()
    assert {"at": 70, "row": 3, "column": 16, "kernel": 1, "flip": 1}.items() <= MADE[
        "sliding-window, another"
    ]().model.items()


def test_settings_that_are_left_out_are_those_of_the_docstrings():
    model = figures.sliding_window(np.sin(np.arange(90.0)), PICTURE).model
    assert {"at": 40, "row": 7, "column": 4, "kernel": 0, "flip": 0}.items() <= model.items()
    assert MADE["threshold"]().model["names"] == ["car", "bus", "tram"]


def test_others_than_finite_scores_are_counted():
    scores = np.where(np.arange(27).reshape(9, 3) < 2, np.inf, SCORES)
    with pytest.raises(ValueError, match=r"^Expected finite scores\. Received: 2 others$"):
        figures.threshold(scores, LABELS, ["car", "bus", "tram"])


def test_a_window_is_five_samples_wide():
    for name, samples in (("sliding-window", 30), ("sliding-window, another", 120)):
        (window,) = (part for part in parts(tree(name)) if part.get("data-part") == "window0")
        left, _, wide, *_ = map(float, re.findall(NUMBER, window.get("d")))
        assert wide == pytest.approx(5 * 316 / (samples - 1), abs=0.06)
        assert left == pytest.approx(-wide / 2, abs=0.11)


def test_costs_beyond_the_frame_are_drawn_at_its_edge():
    assert height(1e-30) == height(0) == height(1e-8)
    assert height(1e30) == height(math.inf) == height(1e4)
    assert height(1e-8) > height(1e-7) > height(1e3) > height(1e4)


@once
def test_lines_that_stay_lead_straight_across_or_down(name):
    two = rf"M({NUMBER}) ({NUMBER})L({NUMBER}) ({NUMBER})"
    for element in tree(name).iter("path"):
        still = "faint" in element.get("class", "") and "data-part" not in element.attrib
        if still and re.fullmatch(f"({two})+", element.get("d")):
            for x1, y1, x2, y2 in re.findall(two, element.get("d")):
                assert x1 == x2 or y1 == y2, element.attrib


@once
def test_numbers_beside_a_frame_stand_left_of_it(name):
    for picture in pictures(tree(name)):
        boxes = [[float(box.get(key)) for key in ("x", "y", "height")] for box in picture.iter("rect")]
        for tick in picture.iter("text"):
            x, y = float(tick.get("x")), float(tick.get("y"))
            beside = [left for left, top, high in boxes if top <= y <= top + high + 8]
            fixed = tick.get("text-anchor") == "end" and "data-part" not in tick.attrib
            if fixed and value(text(tick)) is not None and beside:
                assert any(x < left for left in beside), tick.attrib


def test_with_the_lowest_threshold_all_is_found():
    """There recall is 1, so that the curve begins above the tick of 1."""
    (curve,) = (part for part in parts(tree("threshold")) if part.get("data-part") == "curve")
    ticks = [e for e in tree("threshold").iter("text") if text(e) == "1" and e.get("text-anchor") == "middle"]
    assert [e.get("x") for e in ticks] == [re.findall(NUMBER, curve.get("d"))[0]]


def test_edges_of_the_graph_lead_from_rim_to_rim():
    root = tree("backpropagation-graph")
    middles = [
        (float(unit.get("cx")), float(unit.get("cy")), float(unit.get("r"))) for unit in root.iter("circle")
    ]
    for edge in (part for part in parts(root) if part.get("data-part").startswith("edge")):
        (x1, y1), (x2, y2) = np.array(re.findall(NUMBER, edge.get("d")), float).reshape(2, 2)
        for x, y in ((x1, y1), (x2, y2)):
            assert min(abs(math.hypot(x - cx, y - cy) - r) for cx, cy, r in middles) < 0.2


def test_the_plain_formula_is_told_where_it_is_off():
    said = repr(MADE["softmax, rough"]())
    assert re.search(r"The plain formula is off by up to 0\.\d{4}\.", said)
    assert "The plain formula agrees." in repr(MADE["softmax"]())


def test_what_the_script_moves_in_a_frame_is_not_cut_off():
    inner = tree("descent").findall(".//svg/svg")
    for frame_of, element in ((svg, text) for svg in inner for text in svg.iter("text")):
        _, top, _, high = map(float, frame_of.get("viewBox").split())
        assert top < float(element.get("y")) < top + high


def value(written):
    """A tick's number, or None."""
    plain = written.replace("½", "0.5").replace("−", "-").translate(str.maketrans("⁻⁰¹²³⁴⁸", "-012348"))
    if power := re.fullmatch("(−?)10([⁻⁰¹²³⁴⁸]+)", written):
        return (-1 if power[1] else 1) * 10.0 ** int(plain.removeprefix("-")[2:])
    return float(plain) if re.fullmatch(NUMBER, plain) else None


@once
def test_a_tick_stands_where_its_number_lies(name):
    """Three or more on one axis: their places grow like the numbers, or like their logarithms."""
    for picture in pictures(tree(name)):
        axes = {}
        for element in picture.iter("text"):
            number, anchor = value(text(element)), element.get("text-anchor")
            if number is not None and "data-part" not in element.attrib and anchor in ("middle", "end"):
                at = [float(element.get(key)) for key in ("x", "y")]
                axes.setdefault((anchor, at[anchor == "middle"]), []).append((number, at[anchor == "end"]))
        for ticks in axes.values():
            numbers, places = np.array(ticks).T
            if len(set(numbers)) > 2:
                scales = [numbers, np.sign(numbers) * np.log1p(np.abs(numbers))]
                scales += [np.log(numbers)] if (numbers > 0).all() else []
                off = [np.abs(np.polyval(np.polyfit(s, places, 1), s) - places).max() for s in scales]
                assert min(off) < 0.11, ticks
