"""The figure of the descent in a browser: moved by keyboard, every number compared with the package."""

import re

import pytest
from moving import assert_close, sentence, tab_to, text, visits

from byhand import figures
from byhand.figures.descent_picture import RULES

pytestmark = pytest.mark.browser

SET = "a:3.5,b:-1,rule:3,rate:0.3,curvature:100,turn:45"
BODY = f'<p><a href="?descent={SET}#descent">set</a></p>' + figures.descent()._repr_html_()


@pytest.fixture
def visit(browser, tmp_path):
    yield from visits(browser, tmp_path, BODY)


def check(page, start=(-6, 2), rule=0, rate=0.1, curvature=16, turn=0):
    """All that the page shows is what Python draws when it starts from there."""
    fresh = figures.descent(start, list(RULES)[rule], rate, curvature, turn)
    labels = [page.locator(f"[data-part={name}]").get_attribute("aria-label") for name in ("map", "rates")]
    assert " ".join(["descent.", *labels]) == repr(fresh)
    for element in re.findall(r"<(?:path|circle|text) [^>]*data-part=[^>]*>", fresh.body):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', element))
        part = page.locator(f"[data-part={attributes.pop('data-part')}]")
        for name, value in attributes.items():
            assert_close(part.get_attribute(name) or "", value)
    for part, value in re.findall(r'<(?:td|dd) data-part="([\w-]+)">([^<]*)<', fresh.body):
        assert text(page, part) == value
    shown = [box.input_value() for box in page.get_by_role("combobox").all()]
    assert shown == [str(rule), str(curvature), str(turn)]


def choose(page, name, presses):
    tab_to(page, name)
    for _ in range(presses):
        page.keyboard.press("ArrowDown")


@pytest.mark.parametrize("rule", range(4))
def test_every_optimizer_is_chosen_by_keyboard_and_walks_as_in_python(visit, rule):
    page = visit()
    choose(page, "optimizer", rule)
    check(page, rule=rule)
    tab_to(page, "learning rate")
    page.keyboard.press("End")
    check(page, rule=rule, rate=10)
    page.keyboard.press("Home")
    check(page, rule=rule, rate=0.001)


def test_past_the_limit_it_says_diverged(visit):
    page = visit()
    tab_to(page, "learning rate")
    for expected in ("arrived", "on the way", "diverged"):
        assert text(page, "verdict") == expected or expected == "on the way"
        page.keyboard.press("ArrowRight")
        if expected == "arrived":
            check(page, rate=0.112)
    assert text(page, "verdict") == "diverged"
    assert "diverged" in sentence(page)


def test_the_start_moves_by_keyboard(visit):
    page = visit()
    tab_to(page, "first")
    page.keyboard.press("Home")
    tab_to(page, "second")
    page.keyboard.press("End")
    check(page, start=(-8, 5.5))
    page.keyboard.press("ArrowLeft")
    check(page, start=(-8, 5))


@pytest.mark.parametrize(("presses", "curvature"), [(0, 16), (1, 100)])
@pytest.mark.parametrize("turn", [0, 45])
def test_the_bowl_is_chosen_by_keyboard(visit, presses, curvature, turn):
    page = visit()
    choose(page, "steep curvature", presses)
    choose(page, "turned by", turn // 45)
    check(page, curvature=curvature, turn=turn)


def test_reset_and_links(visit):
    page = visit()
    page.get_by_role("link", name="set", exact=True).click()
    check(page, (3.5, -1), 3, 0.3, 100, 45)
    target = page.get_by_role("link", name="Link to this setting").get_attribute("href")
    check(visit(target), (3.5, -1), 3, 0.3, 100, 45)
    tab_to(page, "Reset")
    page.keyboard.press("Enter")
    check(page)


@pytest.mark.parametrize("setting", ["a:abc", "rule:4", "rule:0.5", "curvature:2", "turn:30", "steps:1", ""])
def test_a_link_with_nonsense_changes_nothing(visit, setting):
    check(visit("?descent=" + setting))


def test_a_link_off_the_scale_goes_to_its_end(visit):
    check(visit("?descent=a:99,b:-99,rate:0"), start=(8, -5.5), rate=0.001)
