"""The figure of one logit in a browser: moved by keyboard, every number compared with the package."""

import re

import pytest
from moving import assert_close, sentence, tab_to, text, visits

from byhand import figures

pytestmark = pytest.mark.browser

LINK = '<p><a href="?stability=z:-30,y:1,bits:32#stability">set</a></p>'
BODY = LINK + figures.stability()._repr_html_()


@pytest.fixture
def visit(browser, tmp_path):
    yield from visits(browser, tmp_path, BODY)


def check(page, z=40, y=0, bits=64):
    """All that the page shows is what Python draws when it starts from there."""
    fresh = figures.stability(z, y, bits)
    labels = [page.locator(f"[data-part=panel{side}]").get_attribute("aria-label") for side in (0, 1)]
    assert " ".join(["stability.", *labels]) == repr(fresh)
    for tag in re.findall(r"<path [^>]*data-part=[^>]*>", fresh.body):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        part = page.locator(f"[data-part={attributes.pop('data-part')}]")
        for name, value in attributes.items():
            assert_close(part.get_attribute(name) or "", value)
    for part, value in re.findall(r'<(?:td|dd) data-part="([\w-]+)">([^<]*)<', fresh.body):
        assert text(page, part) == value
    assert float(page.get_by_label("exactly").input_value()) == z
    assert page.get_by_label("label y").input_value() == str(y)
    assert page.get_by_label("bits").input_value() == str(bits)


def set_exactly(page, z):
    page.get_by_label("exactly").fill(str(z))
    page.keyboard.press("Enter")


def test_the_first_drawing_of_javascript_is_the_picture_python_drew(visit):
    still, moving = visit(java_script_enabled=False), visit()
    for selector in (".panels", "dl", "table"):
        assert_close(moving.locator(selector).inner_html(), still.locator(selector).inner_html())
    assert moving.locator("figure[data-live]").count() == 1
    check(moving)


def test_the_slider_reaches_small_and_huge_logits_by_keys(visit):
    page = visit()
    tab_to(page, "logit z")
    page.keyboard.press("End")
    check(page, z=1000)
    page.keyboard.press("Home")
    check(page, z=-1000)
    seen = []
    for _ in range(120):
        page.keyboard.press("ArrowRight")
        seen.append(float(page.get_by_label("exactly").input_value()))
    assert seen == sorted(seen)
    assert seen[-1] == 1000
    assert 0 in seen
    assert sum(abs(z) < 1 for z in seen) > 8
    assert sum(abs(z) > 100 for z in seen) > 30


def test_a_logit_is_typed(visit):
    page = visit()
    tab_to(page, "exactly")
    for z in (-0.25, 36.5, 16.2, -746, 0):
        set_exactly(page, z)
        check(page, z=z)
    set_exactly(page, 5000)
    check(page, z=1000)
    set_exactly(page, "")
    check(page, z=1000)


@pytest.mark.parametrize("bits", [64, 32])
@pytest.mark.parametrize("y", [0, 1])
def test_label_and_bits_are_chosen_by_keyboard(visit, y, bits):
    page = visit()
    tab_to(page, "label y")
    page.keyboard.press("ArrowDown" if y else "Home")
    tab_to(page, "bits")
    page.keyboard.press("ArrowDown" if bits == 32 else "Home")
    check(page, y=y, bits=bits)
    for z in (17, -17, 3, 15, -43):
        set_exactly(page, z)
        check(page, z=z, y=y, bits=bits)


def test_what_happened_is_said_in_a_sentence(visit):
    page = visit()
    set_exactly(page, 1000)
    assert sentence(page) == (
        "z = 1000, y = 0, float64. Loss and slope: "
        "naive inf and nan; clipped 16.118 and 0; stable 1000 and 1."
    )


def test_reset_brings_back_the_first_state(visit):
    page = visit("?stability=z:3,y:1,bits:32#stability")
    check(page, z=3, y=1, bits=32)
    again = visit()
    before = [again.locator(selector).inner_html() for selector in (".panels", "dl", "table")]
    set_exactly(again, -7)
    tab_to(again, "bits")
    again.keyboard.press("ArrowDown")
    tab_to(again, "Reset")
    again.keyboard.press("Enter")
    check(again)
    assert [again.locator(selector).inner_html() for selector in (".panels", "dl", "table")] == before


def test_a_link_sets_it_and_the_link_offered_leads_back(visit):
    page = visit()
    page.get_by_role("link", name="set", exact=True).click()
    check(page, z=-30, y=1, bits=32)
    target = page.get_by_role("link", name="Link to this setting").get_attribute("href")
    check(visit(target), z=-30, y=1, bits=32)


@pytest.mark.parametrize("setting", ["z:abc", "z", "y:2", "bits:16", "z:NaN,y:Infinity", "other:1", ""])
def test_a_link_with_nonsense_changes_nothing(visit, setting):
    check(visit("?stability=" + setting))


def test_without_javascript_the_picture_and_its_numbers_stay(visit):
    page = visit(java_script_enabled=False)
    assert page.locator("[role=img]").count() == 2
    assert page.locator("input, select, button, output, fieldset").count() == 0
    assert page.locator("tbody tr").count() == 3
    assert page.locator("td").first.is_visible()


def test_fits_a_narrow_screen_with_targets_large_enough(visit):
    page = visit(viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for control in page.locator("input, select, button, .controls a").all():
        box = control.bounding_box()
        assert min(box["height"], box["width"]) >= 24
        assert box["x"] + box["width"] <= 320


def test_nothing_moves_by_itself(visit):
    page = visit(reduced_motion="reduce")
    set_exactly(page, 5)
    assert page.evaluate("document.getAnimations().length") == 0
