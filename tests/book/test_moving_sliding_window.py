"""The sliding windows in a browser: by keyboard, mouse and touch; every number compared with the package."""

import re

import numpy as np
import pytest
from moving import assert_close, sentence, tab_to, text, visits

from byhand import figures

pytestmark = pytest.mark.browser

RNG = np.random.default_rng(3)
SIGNAL, PICTURE = RNG.normal(size=100).round(2), (RNG.uniform(size=(20, 20)) ** 4).round(2)
FIRST = {"at": 40, "row": 7, "column": 4, "kernel": 0, "flip": 0}
LABELS = {
    "at": "first sample",
    "row": "first row",
    "column": "first column",
    "kernel": "kernel",
    "flip": "turned round",
}
LINK = '<p><a href="?sliding-window=at:3,row:2,kernel:1#sliding-window">set</a></p>'
BODY = LINK + figures.sliding_window(SIGNAL, PICTURE)._repr_html_()


@pytest.fixture
def visit(browser, tmp_path):
    yield from visits(browser, tmp_path, BODY)


def check(page, **change):
    """All that the page shows is what Python draws when it starts from there."""
    setting = FIRST | change
    fresh = figures.sliding_window(SIGNAL, PICTURE, **setting)
    labels = [page.locator(f"[data-part=panel{side}]").get_attribute("aria-label") for side in (0, 1)]
    assert " ".join(["sliding-window.", *labels]) == repr(fresh)
    for tag in re.findall(r"<(?:path|circle) [^>]*data-part=[^>]*>", fresh.body):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        part = page.locator(f'[data-part="{attributes.pop("data-part")}"]')
        for name, value in attributes.items():
            assert_close(part.get_attribute(name) or "", value)
    for part, value in re.findall(r'<(?:td|text)[^>]* data-part="([\w-]+)">([^<]*)<', fresh.body):
        assert text(page, part) == value
    for key, value in setting.items():
        assert chosen(page, key) == str(value)


def chosen(page, key):
    """What a slider or a list stands at; a list's label holds its options' words as well."""
    return page.locator("label", has_text=LABELS[key]).locator("input, select").input_value()


def middle(page, part):
    box = page.locator(f"[data-part={part}]").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def cell(page):
    """How many pixels of the screen one pixel of the digit takes."""
    return page.locator("[data-part=panel1]").bounding_box()["width"] * 7.6 / 360


def test_the_first_drawing_of_javascript_is_the_picture_python_drew(visit):
    still, moving = visit(java_script_enabled=False), visit()
    for selector in (".panels", "table"):
        assert_close(moving.locator(selector).inner_html(), still.locator(selector).inner_html())
    check(moving)


def test_the_windows_are_moved_by_keys(visit):
    page = visit()
    for key, step, value in (
        ("at", "End", 96), ("at", "ArrowLeft", 95), ("row", "ArrowRight", 8), ("column", "Home", 1),
        ("column", "ArrowRight", 2), ("row", "End", 18), ("at", "Home", 1),
    ):  # fmt: skip
        tab_to(page, LABELS[key])
        page.keyboard.press(step)
        assert chosen(page, key) == str(value)
    check(page, at=1, row=18, column=2)


@pytest.mark.parametrize("flip", [0, 1])
@pytest.mark.parametrize("kernel", range(3))
def test_kernel_and_flip_are_chosen_by_keyboard(visit, kernel, flip):
    page = visit()
    tab_to(page, "kernel")
    for _ in range(kernel):
        page.keyboard.press("ArrowDown")
    tab_to(page, "turned round")
    page.keyboard.press("ArrowDown" if flip else "Home")
    check(page, kernel=kernel, flip=flip)


def test_the_window_on_the_heartbeat_is_dragged_with_the_mouse(visit):
    page = visit()
    x, y = middle(page, "window0")
    sample = page.locator("[data-part=panel0]").bounding_box()["width"] * (350 - 34) / 360 / 99
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 9.8 * sample, y + 3, steps=4)
    assert not sentence(page)
    check(page, at=50)
    page.mouse.move(x + 900, y)
    page.mouse.up()
    check(page, at=96)
    assert sentence(page).startswith("Samples 96 to 100: products ")
    page.mouse.move(x, y)
    check(page, at=96)


def test_the_window_on_the_digit_is_dragged_and_the_map_leads_it_too(visit):
    page = visit()
    x, y = middle(page, "window1")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 3 * cell(page), y + 5 * cell(page), steps=3)
    check(page, row=12, column=7)
    page.mouse.move(x + 60 * cell(page), y - 90 * cell(page))
    page.mouse.up()
    check(page, row=1, column=18)
    x, y = middle(page, "here1")
    page.mouse.click(x - 6 * cell(page), y + 2 * cell(page))
    check(page, row=3, column=12)
    assert sentence(page).startswith("Rows 3 to 5, columns 12 to 14: products ")


def test_a_click_on_the_numbers_moves_nothing(visit):
    page = visit()
    for side in (0, 1):
        page.locator(f"[data-part=sum{side}]").click()
    page.get_by_role("img").first.click(button="right")
    check(page)


def touch(page, start, end, steps=6):
    """One finger, as the browser's own protocol sends it."""
    session = page.context.new_cdp_session(page)
    for k in range(steps + 1):
        x, y = (a + (b - a) * k / steps for a, b in zip(start, end, strict=True))
        kind = "touchMove" if k else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_drags_the_windows(visit):
    page = visit(has_touch=True, viewport={"width": 390, "height": 1200})
    x, y = middle(page, "window1")
    touch(page, (x, y), (x + 4 * cell(page), y + 6 * cell(page)))
    check(page, row=13, column=8)
    x, y = middle(page, "window0")
    sample = page.locator("[data-part=panel0]").bounding_box()["width"] * (350 - 34) / 360 / 99
    touch(page, (x, y), (x - 20 * sample, y))
    check(page, at=20, row=13, column=8)


def test_the_page_still_scrolls_under_a_finger(visit):
    """Only the window itself keeps a finger; beside it the page scrolls."""
    page = visit(
        body=BODY + '<p style="height:1500px">', has_touch=True, viewport={"width": 390, "height": 500}
    )
    page.locator("[data-part=panel1]").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    box = page.locator("[data-part=panel1]").bounding_box()
    x, y = box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.5
    touch(page, (x, y), (x, y - 150), steps=12)
    page.wait_for_function(f"scrollY > {before} + 50", timeout=3000)


def test_what_a_finger_grips_is_large_enough(visit):
    page = visit(viewport={"width": 320, "height": 900})
    box = page.locator("[data-part=grip]").bounding_box()
    assert min(box["width"], box["height"]) >= 24


def test_what_happened_is_said_in_a_sentence(visit):
    page = visit("?sliding-window=at:10,row:3#sliding-window")
    tab_to(page, LABELS["column"])
    page.keyboard.press("Home")
    w = np.array([[-1, 0, 1]] * 3)
    products = (PICTURE[2:5, :3] * w).ravel()
    said = ", ".join(f"{p:.2f}".replace("-", "" if abs(p) < 0.005 else "−") for p in products)
    total = f"{products.sum():.2f}".replace("-", "−")
    assert sentence(page) == f"Rows 3 to 5, columns 1 to 3: products {said}; sum {total}."


def test_a_link_sets_it_and_reset_leads_back(visit):
    page = visit()
    page.get_by_role("link", name="set", exact=True).click()
    check(page, at=3, row=2, kernel=1)
    target = page.get_by_role("link", name="Link to this setting").get_attribute("href")
    check(visit(target), at=3, row=2, kernel=1)
    tab_to(page, "Reset")
    page.keyboard.press("Enter")
    check(page)


@pytest.mark.parametrize(
    ("setting", "change"),
    [("at:4000", {"at": 96}), ("at:-5,row:0", {"at": 1, "row": 1}), ("kernel:9", {"kernel": 2}),
     ("flip:7,column:3.6", {"flip": 1, "column": 4})],
)  # fmt: skip
def test_a_link_beyond_the_edge_stops_there(visit, setting, change):
    check(visit("?sliding-window=" + setting), **change)
