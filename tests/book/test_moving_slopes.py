"""The figure of four slopes in a browser: moved by keyboard, every number compared with the package."""

import re

import pytest
from moving import assert_close, sentence, shown, tab_to, text, visits

from byhand.figures.slopes import KINDS, brief, output_and_slope, slopes

pytestmark = pytest.mark.browser

BODY = '<p><a href="?slopes=z:4#slopes">set</a></p>' + slopes()._repr_html_()


@pytest.fixture
def visit(browser, tmp_path):
    yield from visits(browser, tmp_path, BODY)


def check(page, z):
    """All that the page shows is what Python draws when it starts from z."""
    for name in KINDS:
        a, slope = output_and_slope(name, z)
        assert text(page, f"{name}-a") == shown(a, 4).replace("−0.0000", "0.0000")
        assert text(page, f"{name}-g") == shown(slope, 4).replace("−0.0000", "0.0000")
        assert text(page, f"{name}-left") == brief(slope**10)
    fresh = slopes(z)
    labels = [page.locator(f"[data-part={name}]").get_attribute("aria-label") for name in KINDS]
    assert " ".join(["slopes.", *labels]) == repr(fresh)
    for tag in re.findall(r"<(?:path|circle) [^>]*data-part=[^>]*>", fresh.body):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        part = page.locator(f"[data-part={attributes.pop('data-part')}]")
        for name, value in attributes.items():
            assert_close(part.get_attribute(name), value)
    assert page.locator("output").text_content() == shown(z, 1)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_the_first_drawing_of_javascript_is_the_picture_python_drew(visit):
    still, moving = visit(java_script_enabled=False), visit()
    for selector in (".panels", "table"):
        assert_close(moving.locator(selector).inner_html(), still.locator(selector).inner_html())
    assert moving.locator("figure[data-live]").count() == 1
    check(moving, 1.0)


def test_the_slider_moves_by_arrow_keys_and_stops_at_its_ends(visit):
    page = visit()
    tab_to(page, "z of the unit")
    for _ in range(13):
        page.keyboard.press("ArrowLeft")
    check(page, -0.3)
    for key, end in (("Home", -6.0), ("End", 6.0)):
        page.keyboard.press(key)
        check(page, end)


@pytest.mark.parametrize(("name", "z"), [("z = −4", -4.0), ("z = 0", 0.0), ("z = 4", 4.0)])
def test_buttons_lead_to_a_z_and_reset_leads_back(visit, name, z):
    page = visit()
    tab_to(page, name)
    page.keyboard.press("Enter")
    check(page, z)
    each = ", ".join(f"{KINDS[kind][0]} {shown(output_and_slope(kind, z)[1], 4)}" for kind in KINDS)
    assert sentence(page) == f"z = {shown(z, 1)}, slopes: {each}."
    press(page, "Reset")
    check(page, 1.0)


def test_a_link_opens_a_setting_and_the_one_offered_leads_back(visit):
    page = visit("?slopes=z:-2.5#slopes")
    check(page, -2.5)
    page.get_by_role("link", name="set", exact=True).click()
    check(page, 4.0)
    check(visit(page.get_by_role("link", name="Link to this setting").get_attribute("href")), 4.0)


@pytest.mark.parametrize(
    ("setting", "z"), [("z:abc", 1.0), ("kinds:1", 1.0), ("z:99", 6.0), ("z:0.123", 0.1)]
)
def test_a_link_with_nonsense_does_no_harm(visit, setting, z):
    check(visit("?slopes=" + setting), z)


def test_without_javascript_the_picture_stays_and_no_control_is_dead(visit):
    page = visit(java_script_enabled=False)
    assert page.locator("[role=img]").count() == 4
    assert page.locator("figcaption").is_visible()
    assert page.locator("input, button, output").count() == 0
    assert page.locator("tbody tr").count() == 4


def test_fits_a_narrow_screen_with_targets_large_enough(visit):
    page = visit(viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for control in page.locator("input, button, .controls a").all():
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] + box["width"] <= 320
