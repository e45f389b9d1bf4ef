"""The figure to draw in, in a browser: by mouse, touch and keys; every number compared with Python's."""

import re

import numpy as np
import pytest
from moving import assert_close, sentence, tab_to, text, visits

from byhand import figures
from byhand.figures.draw_digit import label_of_answer, look
from byhand.figures.draw_digit_picture import draw
from byhand.figures.draw_digit_samples import FIELD, SAMPLES, strokes
from byhand.figures.packed import rounded
from byhand.layers import Dense
from byhand.losses import softmax_cross_entropy
from byhand.network import Network

pytestmark = pytest.mark.browser

NETWORK = Network(400, [Dense(25, "relu"), Dense(15, "relu"), Dense(10)], softmax_cross_entropy)
THETA = 2 * NETWORK.initialize(np.random.default_rng(3), np.float64)
LINK = '<p><a href="?draw-digit=sample:7,turn:-20#draw-digit">set</a></p>'
BODY = LINK + figures.draw_digit(NETWORK, THETA)._repr_html_()


@pytest.fixture
def visit(browser, tmp_path):
    yield from visits(browser, tmp_path, BODY)


def check(page, drawing, turn=0.0):
    """All that the page shows is what Python makes of the same strokes."""
    seen = look(NETWORK, rounded(NETWORK, THETA), drawing, turn)
    fresh = draw(seen)
    for tag in re.findall(r"<(?:path|circle|text|svg) [^>]*data-part=[^>]*>", fresh):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        name = attributes.pop("data-part")
        if name != "cursor":
            part = page.locator(f"[data-part={name}]")
            for key, value in attributes.items():
                assert_close(part.get_attribute(key), value)
    for part, value in re.findall(r'<(?:td|dd|text)[^>]* data-part="([\w-]+)">([^<]*)<', fresh):
        assert text(page, part) == value
    return label_of_answer(seen)


def sample(name):
    return strokes(SAMPLES[name])


def at(page, x, y):
    """Where a place of the field is on the screen."""
    box = page.locator("[data-part=paper]").bounding_box()
    return box["x"] + box["width"] * x / FIELD, box["y"] + box["height"] * y / FIELD


def test_the_first_drawing_of_javascript_is_the_picture_python_drew(visit):
    page = visit()
    assert sentence(page) == check(page, sample("3"))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_button_brings_each_sample(visit, name):
    page = visit()
    page.get_by_role("button", name=name, exact=True).click()
    assert sentence(page) == check(page, sample(name))


def test_the_mouse_draws_and_later_strokes_are_added(visit):
    page = visit()
    for places in ([(15, 10), (45, 10), (25, 50)], [(20, 30), (40, 30)]):
        page.mouse.move(*at(page, *places[0]))
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*at(page, *place))
        page.mouse.up()
    drawing = [[(15, 10), (45, 10), (25, 50)], [(20, 30), (40, 30)]]
    assert sentence(page) == check(page, drawing)
    assert not page.get_by_role("link", name="Link to this setting").is_visible()
    page.get_by_role("button", name="Undo stroke").click()
    check(page, drawing[:1])
    page.mouse.move(*at(page, 30, 30))  # not pressed: nothing is drawn
    check(page, drawing[:1])


def test_the_right_button_draws_nothing(visit):
    page = visit()
    page.mouse.move(*at(page, 10, 10))
    page.mouse.down(button="right")
    page.mouse.move(*at(page, 40, 40))
    page.mouse.up(button="right")
    check(page, sample("3"))


def test_a_stroke_off_the_paper_stays_at_its_edge(visit):
    page = visit()
    page.mouse.move(*at(page, 30, 30))
    page.mouse.down()
    page.mouse.move(*at(page, 90, 30))
    page.mouse.up()
    check(page, [[(30, 30), (60, 30)]])


def test_a_finger_draws_and_does_not_scroll(visit):
    page = visit(has_touch=True, viewport={"width": 390, "height": 500})
    page.locator("[data-part=paper]").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    client = page.context.new_cdp_session(page)
    places = [(30, 8), (30, 20), (30, 52)]
    for kind, place in zip(
        ("touchStart", "touchMove", "touchMove", "touchEnd"), [*places, None], strict=True
    ):
        x, y = at(page, *place) if place else (0, 0)
        points = [{"x": x, "y": y}] if place else []
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert page.evaluate("scrollY") == before
    check(page, [[(30, 8), (30, 20), (30, 52)]])


def test_the_keys_draw(visit):
    page = visit()
    page.keyboard.press("Tab")  # the link
    page.keyboard.press("Tab")
    field = page.locator("[data-part=field-frame]")
    assert field.evaluate("e => e === document.activeElement")
    assert text(page, "cursor") is not None
    for _ in range(7):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    for key in ["ArrowDown"] * 14 + ["ArrowRight"] * 2:
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    assert sentence(page).startswith("36 right, 51 down, pen up. Answer")
    down = [(30, 9 + 3 * k) for k in range(15)]
    drawing = [[*down, (33, 51), (36, 51)]]
    check(page, drawing)
    page.keyboard.press("ArrowLeft")  # the pen is up
    check(page, drawing)
    page.keyboard.press("Backspace")
    assert sentence(page).startswith("Nothing is drawn, and still there is an answer. ")
    check(page, [])


def test_the_cross_stays_on_the_paper_and_goes_when_the_field_is_left(visit):
    page = visit()
    field = page.locator("[data-part=field-frame]")
    field.focus()
    for _ in range(30):
        page.keyboard.press("ArrowLeft")
    assert "0 right, 30 down" in sentence(page)
    assert page.locator("[data-part=cursor]").get_attribute("d").startswith("M-5 30")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.locator("[data-part=cursor]").get_attribute("d") == ""
    check(page, [[(0, 30)]])
    page.get_by_role("button", name="Clear").click()
    check(page, [])


def test_keys_with_a_modifier_are_left_to_the_browser(visit):
    page = visit()
    page.locator("[data-part=field-frame]").focus()
    page.keyboard.press("Control+ArrowLeft")
    page.keyboard.press("x")
    assert "30 right" not in sentence(page)
    check(page, sample("3"))


@pytest.mark.parametrize("turn", [-35, 20])
def test_the_slider_turns_the_drawing_that_is_read(visit, turn):
    page = visit()
    tab_to(page, "turn first")
    for _ in range(abs(turn) // 5):
        page.keyboard.press("ArrowRight" if turn > 0 else "ArrowLeft")
    assert sentence(page) == check(page, sample("3"), turn)
    assert page.locator("output").text_content() == f"{turn}°".replace("-", "−")


def test_a_turn_keeps_what_was_drawn_by_hand(visit):
    page = visit()
    page.mouse.move(*at(page, 20, 10))
    page.mouse.down()
    page.mouse.move(*at(page, 20, 50))
    page.mouse.up()
    page.locator("input[type=range]").press("ArrowRight")
    check(page, [[(20, 10), (20, 50)]], 5)


def test_reset_brings_all_back(visit):
    page = visit("?draw-digit=sample:11,turn:30")
    check(page, sample("X"), 30)
    page.mouse.move(*at(page, 20, 10))
    page.mouse.down()
    page.mouse.up()
    check(page, [[(20, 10)]], 30)
    tab_to(page, "Reset")
    page.keyboard.press("Enter")
    check(page, sample("3"))


def test_links_open_a_setting_and_the_one_offered_leads_back(visit):
    page = visit()
    page.get_by_role("link", name="set", exact=True).click()
    check(page, sample("7"), -20)
    again = visit(page.get_by_role("link", name="Link to this setting").get_attribute("href"))
    check(again, sample("7"), -20)


@pytest.mark.parametrize(
    ("setting", "name", "turn"),
    [("sample:99,turn:abc", "3", 0), ("turn:99", "3", 60), ("turn:-7", "3", -5), ("sample:2.5", "3", 0)],
)
def test_a_link_with_nonsense_does_no_harm(visit, setting, name, turn):
    check(visit("?draw-digit=" + setting), sample(name), turn)


def test_parameters_of_another_version_leave_the_picture(visit):
    body = BODY.replace('"version":1', '"version":2')
    assert body != BODY
    page = visit(body=body)
    assert page.locator("button").count() == 0
    assert text(page, "answer") == re.search(r'data-part="answer">(\d)', BODY)[1]
