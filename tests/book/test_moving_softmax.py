"""The softmax figure in a browser: moved by keyboard, every number compared with the package."""

import re

import numpy as np
import pytest
from moving import assert_close, sentence, tab_to, text, visits

from byhand import figures
from byhand.losses import softmax, softmax_cross_entropy

pytestmark = pytest.mark.browser

START = {"z": [2, 1, -1, 0], "target": 2, "rise": 0, "temperature": 1}
LINK = '<p><a href="?softmax=r:800,tau:2#softmax">set</a></p>'
BODY = LINK + figures.softmax(**START)._repr_html_()
SLIDERS = ["z₁", "z₂", "z₃", "z₄", "raise all by r"]


@pytest.fixture
def visit(browser, tmp_path):
    yield from visits(browser, tmp_path, BODY)


def check(page, **change):
    """All that the page shows is what Python draws when it starts from there."""
    setting = START | change
    fresh = figures.softmax(**setting)
    labels = [
        page.locator(f"[data-part={p}]").get_attribute("aria-label") for p in ("scores", "probabilities")
    ]
    assert " ".join(["softmax.", *labels]) == repr(fresh)
    for tag in re.findall(r"<(?:path|text) [^>]*data-part=[^>]*>", fresh.body):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        part = page.locator(f"[data-part={attributes.pop('data-part')}]")
        for name, value in attributes.items():
            assert_close(part.get_attribute(name), value)
    for part, value in re.findall(r'<(?:td|dd|text)[^>]* data-part="([\w-]+)">([^<]*)<', fresh.body):
        assert text(page, part) == value
    z = (np.array(setting["z"], float) + setting["rise"]) / setting["temperature"]
    assert [float(text(page, f"softmax{k}")) for k in range(4)] == pytest.approx(softmax(z), abs=6e-5)
    loss, _ = softmax_cross_entropy(z, setting["target"] - 1)
    assert float(text(page, "loss")) == pytest.approx(loss, abs=6e-5)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_the_first_drawing_of_javascript_is_the_picture_python_drew(visit):
    still, moving = visit(java_script_enabled=False), visit()
    for selector in (".panels", "dl", "table"):
        assert_close(moving.locator(selector).inner_html(), still.locator(selector).inner_html())
    assert moving.locator("figure[data-live]").count() == 1
    check(moving)


def test_every_slider_moves_by_arrow_keys_and_stops_at_its_ends(visit):
    page, z = visit(), list(START["z"])
    for k, name in enumerate(SLIDERS[:4]):
        tab_to(page, name)
        for _ in range(7):
            page.keyboard.press("ArrowLeft")
        z[k] = round(z[k] - 0.7, 1)
        check(page, z=z)
    for key, end in (("Home", -8), ("End", 8)):
        page.keyboard.press(key)
        check(page, z=[*z[:3], end])


def test_all_scores_are_raised_and_the_plain_formula_fails(visit):
    page = visit()
    tab_to(page, "raise all by r")
    for presses, rise in ((70, 700), (1, 710)):
        for _ in range(presses):
            page.keyboard.press("ArrowRight")
        check(page, rise=rise)
    assert "gives nan for 3 of 4 classes" in sentence(page)  # the lowest score, 709, is finite over inf: 0
    assert text(page, "formula0") == "nan"
    for key, rise in (("Home", -800), ("End", 800)):
        page.keyboard.press(key)
        check(page, rise=rise)


def test_between_right_and_nan_the_plain_formula_is_wrong_in_silence(visit):
    page = visit("?softmax=r:-740")
    check(page, rise=-740)
    assert re.search(r"The plain formula is off by up to 0\.\d{4}\.", sentence(page))


@pytest.mark.parametrize("tau", [0.25, 0.5, 1.0, 2.0, 4.0])
def test_the_temperature_is_chosen(visit, tau):
    page = visit()
    page.get_by_label("temperature τ").select_option(f"{tau:g}")
    check(page, temperature=tau)


@pytest.mark.parametrize("target", [1, 2, 3, 4])
def test_the_true_class_is_chosen_by_keyboard(visit, target):
    page = visit()
    tab_to(page, "true class")
    page.keyboard.press(str(target))
    check(page, target=target)
    assert page.locator("[data-part^=left]").all_text_contents()[target - 1] == f"{target} true"


def test_buttons_by_keyboard(visit):
    page = visit()
    tab_to(page, "Raise to 800")
    page.keyboard.press("Enter")
    check(page, rise=800)
    a = ", ".join(f"{share:.4f}" for share in softmax(np.array(START["z"], float)))
    assert sentence(page).startswith(f"a = {a}; loss ")
    tab_to(page, "Reset")
    page.keyboard.press("Space")
    check(page)


def test_reset_brings_all_back(visit):
    page = visit("?softmax=z1:-3,z4:5.5,r:-200,tau:4,y:3")
    check(page, z=[-3, 1, -1, 5.5], rise=-200, temperature=4, target=3)
    press(page, "Reset")
    check(page)


def test_links_open_a_setting_and_the_one_offered_leads_back(visit):
    page = visit()
    page.get_by_role("link", name="set", exact=True).click()
    check(page, rise=800, temperature=2)
    again = visit(page.get_by_role("link", name="Link to this setting").get_attribute("href"))
    check(again, rise=800, temperature=2)


@pytest.mark.parametrize(
    ("setting", "change"),
    [
        ("z1:abc,scales:3,y:7,tau:3", {}),
        ("z1:99,r:-9999", {"z": [8, 1, -1, 0], "rise": -800}),
        ("y:2.5,tau:0,z2:NaN", {}),
    ],
)
def test_a_link_with_nonsense_does_no_harm(visit, setting, change):
    check(visit("?softmax=" + setting), **change)


def test_without_javascript_the_picture_stays_and_no_control_is_dead(visit):
    page = visit(java_script_enabled=False)
    assert page.locator("[role=img]").count() == 2
    assert page.locator("figcaption").is_visible()
    assert page.locator("input, select, button, output").count() == 0
    assert page.locator("tbody tr").count() == 4


def test_fits_a_narrow_screen_with_targets_large_enough(visit):
    page = visit("?softmax=r:-800", viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    controls = page.locator("input, select, button, .controls a")
    assert controls.count() == 10
    for control in controls.all():
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] + box["width"] <= 320


def test_jupyterlab_leaves_the_keys_to_the_controls(visit):
    controls = visit().locator("figure :is(input, select, button, a)")
    assert all(control.get_attribute("data-lm-suppress-shortcuts") for control in controls.all())
