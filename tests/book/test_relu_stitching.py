"""The figure of stitched lines in a browser: sliders by keyboard, all that is shown compared with Python."""

import re

import numpy as np
import pytest
from moving import assert_close, sentence, shown, tab_to, text, visits

from byhand import figures

pytestmark = pytest.mark.browser

ANSWER = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
FIGURE = figures.relu_stitching()


@pytest.fixture
def visit(browser, tmp_path):
    yield from visits(browser, tmp_path, FIGURE._repr_html_())


def check(page, **state):
    """All that the page shows is what Python draws when it starts from there."""
    fresh = figures.relu_stitching(**state)
    labels = [page.locator(f"[data-part={part}]").get_attribute("aria-label") for part in ("left", "right")]
    assert " ".join(["relu-stitching.", *labels]) == repr(fresh)
    assert page.locator("output").all_text_contents() == [shown(state[name], 1) for name in ANSWER]
    for tag in re.findall(r"<(?:path|circle) [^>]*data-part=[^>]*>", fresh.body):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        part = page.locator(f"[data-part={attributes.pop('data-part')}]")
        for name, value in attributes.items():
            assert_close(part.get_attribute(name), value)
    for part, value in re.findall(r'<(?:td|dd|text)[^>]* data-part="(\w+)"[^>]*>([^<]*)<', fresh.body):
        assert text(page, part) == value


def press(page, name, key, times):
    tab_to(page, name)
    for _ in range(times):
        page.keyboard.press(key)


def test_unit_2_is_found_by_arrow_keys(visit):
    page = visit()
    press(page, "weight w₂", "ArrowRight", 20)
    check(page, w1=1, b1=-1, w2=2, b2=0)
    press(page, "bias b₂", "ArrowLeft", 40)
    check(page, **ANSWER)
    assert sentence(page).startswith("f meets the target on all three pieces.")


def test_the_slope_of_the_target_is_one_too_much(visit):
    page = visit("?relu-stitching=w2:3,b2:-6#relu-stitching")
    check(page, w1=1, b1=-1, w2=3, b2=-6)
    assert sentence(page) == (
        "f meets the target on [0, 1] and [1, 2]. At x = 2.5 the slopes of the units that are on add up "
        "to 4.0; the target's is 3.0."
    )


def test_both_flat_leaves_unit_0_alone(visit):
    page = visit()
    page.get_by_role("button", name="Both flat").press("Enter")
    check(page, w1=0, b1=0, w2=0, b2=0)
    assert sentence(page).startswith("f meets the target on [0, 1]. At x = 1.5 the slopes")


@pytest.mark.parametrize("seed", range(8))
def test_any_setting_is_drawn_as_python_draws_it(visit, seed):
    rng = np.random.default_rng(seed)
    state = {name: float(rng.integers(-10 * reach, 10 * reach + 1)) / 10
             for name, reach in FIGURE.model["reach"].items()}  # fmt: skip
    setting = ",".join(f"{name}:{value}" for name, value in state.items())
    check(visit(f"?relu-stitching={setting}#relu-stitching"), **state)


@pytest.mark.parametrize("w1", [-1, 0])
def test_a_unit_that_faces_left_or_nowhere(visit, w1):
    check(visit(f"?relu-stitching=w1:{w1},b1:2"), w1=w1, b1=2, w2=0, b2=0)


def test_a_link_beyond_the_sliders_stops_at_their_ends(visit):
    check(visit("?relu-stitching=w1:99,b2:-99"), w1=4, b1=-1, w2=0, b2=-6)
