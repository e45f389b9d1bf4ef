"""The graph of four units without a browser: its arithmetic in V8, its HTML, what it refuses."""

import math
import re

import numpy as np
import pytest

from byhand import figures
from byhand.figures.backpropagation_graph import START
from byhand.figures.graph import FORWARDS, NAMES, NUDGE, STEPS, WEIGHTS, compute, nudged, reached

RNG = np.random.default_rng(9)
DRAWN = [
    *[(RNG.uniform(-2, 2, 5), RNG.normal(0, 2), RNG.normal()) for _ in range(20)],
    (np.zeros(5), 1.5, 1.0),
    (np.array([2, -2, 2, -2, 2.0]), -3.0, 0.0),
]


def named(weights):
    return dict(zip(WEIGHTS, map(float, weights), strict=True))


def by_loops(weights, x, y):
    """The loss, written out once more without the package."""
    g = [lambda z: 1 / (1 + math.exp(-z))] * 3
    w1, w2, w3, v2, v3 = weights
    a1 = g[0](w1 * x)
    return (v2 * g[1](w2 * a1) + v3 * g[2](w3 * a1) - y) ** 2 / 2


@pytest.mark.parametrize(("weights", "x", "y"), DRAWN)
def test_javascript_agrees_with_the_package(arithmetic, weights, x, y):
    theirs, ours = arithmetic("graphPass", weights, x, y), compute(named(weights), x, y)
    assert set(theirs) == set(ours) == set(reached(len(STEPS)))
    for name, value in ours.items():
        assert theirs[name] == pytest.approx(value, rel=1e-12, abs=1e-14), name


@pytest.mark.parametrize(("weights", "x", "y"), DRAWN)
@pytest.mark.parametrize("k", range(5))
def test_every_slope_is_what_moving_the_weight_says(arithmetic, weights, x, y, k):
    """To rounding: of two losses over 2h, so many thousandths of a unit in the last place."""
    name = WEIGHTS[k]
    ours, theirs = nudged(named(weights), x, y, name), arithmetic("graphNudged", weights, x, y, k, NUDGE)
    rounding = 1e-15 * max(1, compute(named(weights), x, y)["L"]) / NUDGE
    assert theirs == pytest.approx(ours, rel=1e-12, abs=4 * rounding)
    step = 1e-4 * np.eye(5)[k]
    direct = (by_loops(weights + step, x, y) - by_loops(weights - step, x, y)) / 2e-4
    assert compute(named(weights), x, y)[f"d{name}"] == pytest.approx(direct, rel=1e-5, abs=1e-6)


def test_the_steps_find_every_value_once_and_the_loss_last_of_the_way_forwards():
    names = reached(len(STEPS))
    assert len(names) == len(set(names)) == 19
    assert STEPS[FORWARDS - 1].finds == ("L",)
    assert set(names) | set(WEIGHTS) == set(NAMES)
    assert reached(0) == []
    assert [name for name in names if name[0] == "d" and name[1:] in WEIGHTS] == [
        "dv2", "dv3", "dw2", "dw3", "dw1"
    ]  # fmt: skip


def test_the_question_of_the_caption_has_its_answer():
    found = compute(START | {"v2": 0.0}, 1.5, 1.0)
    assert [name for name in WEIGHTS if found[f"d{name}"] == 0] == ["w2"]
    assert found["dv2"] != 0


def test_at_one_half_the_two_paths_cancel():
    found = compute(START | {"w2": 0.5}, 1.5, 1.0)
    assert abs(found["d1"]) < 5e-4
    assert min(abs(found["p2"]), abs(found["p3"])) > 0.09
    assert found["p2"] * found["p3"] < 0


def test_the_picture_says_in_words_what_it_shows():
    figure = figures.backpropagation_graph({"w2": 0.5}, step=6)
    (label,) = re.findall(r'role="img" aria-label="([^"]+)"', figure.body)
    assert f"backpropagation-graph. {label}" == repr(figure)
    assert "Step 6 of 11" in label
    assert "δ = " in label
    assert "∂L" not in label
    assert figure.body.count(">?<") == len(STEPS) - 6
    assert "nothing yet" in repr(figures.backpropagation_graph(step=0))
    assert "Predict first" in figure.caption


def test_each_step_adds_what_it_finds_and_marks_its_weights():
    for k, step in enumerate(STEPS, 1):
        body = figures.backpropagation_graph(step=k).body
        assert re.findall(r'class="bold" data-part="edge-(\w+)"', body) == list(step.uses)
        assert body.count("▸") == 1
        for name in step.finds:
            assert f"{NAMES[name]} = " in re.search(rf'data-part="step{k}">([^<]*)<', body)[1]


def test_the_table_sets_each_slope_beside_the_moved_one():
    body = figures.backpropagation_graph().body
    for name in WEIGHTS:
        slope, moved = (re.search(rf'data-part="{p}-{name}">([^<]*)<', body)[1] for p in ("slope", "moved"))
        assert slope == moved


def test_bytes_are_few_and_the_same_each_time():
    html = figures.backpropagation_graph()._repr_html_()
    assert html == figures.backpropagation_graph(dict(START), 1.5, 1, 11)._repr_html_()
    assert len(html.encode()) < 22_500
    assert not re.search(r"https?:|blob:|data:|\beval\(|new Function|\bimport\b|\bexport\b|src=|url\(", html)
    assert not re.search(r'\son\w+="|style="', html)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"weights": {"w4": 1.0}}, "weights={'w4': 1.0}"),
        ({"weights": {"w1": 2.1}}, "weights={'w1': 2.1}"),
        ({"weights": {"v3": math.nan}}, "weights={'v3': nan}"),
        ({"x": math.inf}, "x=inf"),
        ({"y": math.nan}, "y=nan"),
        ({"step": -1}, "step=-1"),
        ({"step": 12}, "step=12"),
        ({"step": 2.5}, "step=2.5"),
    ],
)
def test_bad_input_is_refused(change, said):
    with pytest.raises(ValueError, match=r"^Expected .*\. Received: .+") as error:
        figures.backpropagation_graph(**change)
    assert said in str(error.value)
