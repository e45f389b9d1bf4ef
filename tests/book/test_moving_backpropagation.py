"""The graph in a browser: its steps walked by keyboard, every number compared with the package's."""

import re

import pytest
from moving import assert_close, sentence, tab_to, text, visits

from byhand import figures
from byhand.figures.backpropagation_graph import START
from byhand.figures.graph import STEPS, WEIGHTS

pytestmark = pytest.mark.browser

LINK = '<p><a href="?backpropagation-graph=v2:0,step:8#backpropagation-graph">set</a></p>'
BODY = LINK + figures.backpropagation_graph()._repr_html_()
LAST = len(STEPS)


@pytest.fixture
def visit(browser, tmp_path):
    yield from visits(browser, tmp_path, BODY)


def check(page, step=LAST, **weights):
    """All that the page shows is what Python draws when it starts from there."""
    fresh = figures.backpropagation_graph(weights, step=step)
    label = page.locator("[data-part=graph]").get_attribute("aria-label")
    assert_close(f"backpropagation-graph. {label}", repr(fresh))
    for part, value in re.findall(r'<(?:td|text|span|strong)[^>]* data-part="([\w-]+)">([^<]*)<', fresh.body):
        assert_close(text(page, part), value)
    for part, name in re.findall(r'class="(\w+)" data-part="(edge-\w+)"', fresh.body):
        assert page.locator(f"[data-part={name}]").get_attribute("class") == part
    for name, output in zip(WEIGHTS, page.locator("output").all_text_contents(), strict=True):
        assert output == f"{(START | weights)[name]:.1f}".replace("-", "−")


def press(page, name, times=1):
    tab_to(page, name)
    for _ in range(times):
        page.keyboard.press("Enter")


def test_the_first_drawing_of_javascript_is_the_picture_python_drew(visit):
    still, moving = visit(java_script_enabled=False), visit()
    for selector in ("svg", "ol", "table"):
        assert_close(moving.locator(selector).inner_html(), still.locator(selector).inner_html())
    check(moving)


def test_the_list_is_walked_by_keyboard_one_step_at_a_time(visit):
    page = visit()
    press(page, "To the start")
    check(page, step=0)
    assert sentence(page).startswith("The start: 5 steps forwards, then 6 back.")
    tab_to(page, "Forward")
    for step in range(1, LAST + 1):
        page.keyboard.press("Enter")
        check(page, step=step)
        assert sentence(page).startswith(f"Step {step} of {LAST}: ")
        assert text(page, f"step{step}") in sentence(page)
    page.keyboard.press("Enter")
    check(page)


def test_back_stops_at_the_start_and_the_end_is_one_key_away(visit):
    page = visit()
    press(page, "Back", 3)
    check(page, step=LAST - 3)
    press(page, "Back", LAST)
    check(page, step=0)
    press(page, "To the end")
    check(page)


@pytest.mark.parametrize(("label", "name"), list(zip(["w₁", "w₂", "w₃", "v₂", "v₃"], WEIGHTS, strict=True)))
def test_each_weight_is_moved_by_keyboard_and_the_walk_stays_where_it_is(visit, label, name):
    page = visit()
    press(page, "Back", 2)
    tab_to(page, label)
    page.keyboard.press("ArrowLeft")
    check(page, step=LAST - 2, **{name: round(START[name] - 0.1, 1)})
    for key, end in (("End", 2.0), ("Home", -2.0)):
        page.keyboard.press(key)
        check(page, step=LAST - 2, **{name: end})


def test_without_a_say_in_f_a_unit_is_told_nothing(visit):
    """The caption's question: with v₂ = 0 the slope along w₂ is 0, the one along v₂ is not."""
    page = visit()
    page.get_by_role("link", name="set", exact=True).click()
    check(page, step=8, v2=0.0)
    assert text(page, "slope-w2") == "0.0000"
    assert text(page, "slope-v2") != "0.0000"


def test_reset_and_the_link_lead_back(visit):
    page = visit("?backpropagation-graph=w1:-0.3,step:4")
    check(page, step=4, w1=-0.3)
    again = visit(page.get_by_role("link", name="Link to this setting").get_attribute("href"))
    check(again, step=4, w1=-0.3)
    press(page, "Reset")
    check(page)


@pytest.mark.parametrize(
    ("setting", "step", "weights"),
    [
        ("step:99", LAST, {}),
        ("step:-3", 0, {}),
        ("step:2.4", 2, {}),
        ("w3:17", LAST, {"w3": 2.0}),
        ("w3:0.44", LAST, {"w3": 0.4}),
        ("x:3,y:7,reach:9,names:1", LAST, {}),
        ("step:NaN,w1:abc", LAST, {}),
    ],
)
def test_a_link_with_nonsense_does_no_harm(visit, setting, step, weights):
    check(visit("?backpropagation-graph=" + setting), step=step, **weights)


def test_the_list_is_a_list_and_stays_without_javascript(visit):
    page = visit(java_script_enabled=False)
    items = page.get_by_role("listitem")
    assert items.count() == LAST
    assert "two paths meet, and add" in items.nth(9).text_content()
