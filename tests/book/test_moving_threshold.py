"""The threshold figure in a browser: moved by keyboard, every number compared with scikit-learn's."""

import re

import numpy as np
import pytest
from moving import assert_close, sentence, tab_to, text, visits

from byhand import figures
from byhand.figures.threshold import rates

pytestmark = pytest.mark.browser

RNG = np.random.default_rng(6)
Y = (RNG.random((60, 3)) < [0.6, 0.25, 0.45]).astype(int)
Z = (RNG.normal(0, 3, (60, 3)) + 4 * (Y - 0.5)).round(2)
Z[:3, 2] = (-0.5, 0.5, 1.0)  # at thresholds
NAMES = ["car", "bus", "pedestrian"]
START = {"label": 3, "t": 0.0}
LINK = '<p><a href="?threshold=t:-2,label:1#threshold">set</a></p>'
BODY = LINK + figures.threshold(Z, Y, NAMES, **START)._repr_html_()


@pytest.fixture
def visit(browser, tmp_path):
    yield from visits(browser, tmp_path, BODY)


def check(page, **change):
    """All that the page shows is what Python draws when it starts from there."""
    setting = START | change
    fresh = figures.threshold(Z, Y, NAMES, **setting)
    labels = [page.locator(f"[data-part={p}]").get_attribute("aria-label") for p in ("scores", "rates")]
    assert " ".join(["threshold.", *labels]) == repr(fresh)
    for tag in re.findall(r"<(?:path|circle|g) [^>]*data-part=[^>]*>", fresh.body):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        part = page.locator(f"[data-part={attributes.pop('data-part')}]")
        for name, value in attributes.items():
            assert_close(part.get_attribute(name), value)
    for part, value in re.findall(r'<(?:td|dd|tspan)[^>]* data-part="([\w-]+)">([^<]*)<', fresh.body):
        assert text(page, part) == value
    k = setting["label"] - 1
    reading = rates(Z[:, k], Y[:, k], setting["t"])
    assert [int(text(page, kind)) for kind in ("tp", "fp", "fn", "tn")] == list(reading[:4])
    assert page.locator("output").text_content() == f"{setting['t']:.1f}".replace("-", "−")
    assert page.locator("select").input_value() == str(setting["label"])


def test_the_first_drawing_of_javascript_is_the_picture_python_drew(visit):
    still, moving = visit(java_script_enabled=False), visit()
    for selector in (".panels", "dl", "table"):
        assert_close(moving.locator(selector).inner_html(), still.locator(selector).inner_html())
    assert moving.locator("figure[data-live]").count() == 1
    check(moving)


def test_the_threshold_moves_by_arrow_keys_and_stops_at_its_ends(visit):
    page = visit()
    tab_to(page, "threshold z")
    for presses, t in ((1, -0.5), (3, -2.0), (2, -3.0)):
        for _ in range(presses):
            page.keyboard.press("ArrowLeft")
        check(page, t=t)
    for key, t in (("End", 6.0), ("Home", -6.0)):
        page.keyboard.press(key)
        check(page, t=t)


@pytest.mark.parametrize("label", [1, 2, 3])
def test_the_label_is_chosen_by_its_name(visit, label):
    page = visit()
    page.locator("select").select_option(label=NAMES[label - 1])
    check(page, label=label)
    assert text(page, "name") == NAMES[label - 1]


def test_the_label_is_chosen_by_keyboard_and_the_sentence_says_what_came(visit):
    page = visit()
    tab_to(page, "label")
    page.keyboard.press("b")
    check(page, label=2)
    found = rates(Z[:, 1], Y[:, 1], 0)
    assert sentence(page) == (
        f"bus, a ≥ 0.500: precision {found.precision:.3f}, recall {found.recall:.3f}; "
        f"misses {found.fn}, false alarms {found.fp}."
    )


def test_reset_by_keyboard_brings_all_back(visit):
    page = visit("?threshold=t:3.5,label:1")
    check(page, t=3.5, label=1)
    tab_to(page, "Reset")
    page.keyboard.press("Enter")
    check(page)


def test_links_open_a_setting_and_the_one_offered_leads_back(visit):
    page = visit()
    page.get_by_role("link", name="set", exact=True).click()
    check(page, t=-2.0, label=1)
    again = visit(page.get_by_role("link", name="Link to this setting").get_attribute("href"))
    check(again, t=-2.0, label=1)


@pytest.mark.parametrize(
    ("setting", "change"),
    [
        ("t:abc,label:0,z:3", {}),
        ("t:99", {"t": 6.0}),
        ("t:-1.3", {"t": -1.5}),
        ("label:2.5,t:NaN", {}),
        ("label:-1", {}),
    ],
)
def test_a_link_with_nonsense_does_no_harm(visit, setting, change):
    check(visit("?threshold=" + setting), **change)


def test_without_javascript_the_picture_stays_and_no_control_is_dead(visit):
    page = visit(java_script_enabled=False)
    assert page.locator("[role=img]").count() == 2
    assert page.locator("figcaption").is_visible()
    assert page.locator("input, select, button, output").count() == 0
    page.locator("summary").click()
    assert page.locator("tbody tr").count() == 13


def test_fits_a_narrow_screen_with_targets_large_enough(visit):
    page = visit("?threshold=t:-6", viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    controls = page.locator("input, select, button, summary, .controls a")
    assert controls.count() == 5
    for control in controls.all():
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] + box["width"] <= 320


def test_jupyterlab_leaves_the_keys_to_the_controls(visit):
    controls = visit().locator("figure :is(input, select, button, a, summary)")
    assert all(control.get_attribute("data-lm-suppress-shortcuts") for control in controls.all())
