"""Speed-up in a browser: moved by keyboard, all that it shows compared with what Python draws."""

import re
from dataclasses import replace

import pytest
from moving import assert_close, sentence, tab_to, text, visits

from byhand import figures
from byhand.figures.speed_up import CLUSTER

pytestmark = pytest.mark.browser

BODY = '<p><a href="?speed-up=batch:8192,workers:256#speed-up">set</a></p>' + figures.speed_up()._repr_html_()


@pytest.fixture
def visit(browser, tmp_path):
    yield from visits(browser, tmp_path, BODY)


def check(page, workers=64, **change):
    """All that the page shows is what Python draws when it starts from there."""
    fresh = figures.speed_up(replace(CLUSTER, **change), workers)
    labels = [page.locator(f"[data-part={p}]").get_attribute("aria-label") for p in ("speeds", "times")]
    assert " ".join(["speed-up.", *labels]) == repr(fresh)
    for tag in re.findall(r"<(?:path|circle|g) [^>]*data-part=[^>]*>", fresh.body):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        part = page.locator(f"[data-part={attributes.pop('data-part')}]")
        for name, value in attributes.items():
            assert_close(part.get_attribute(name), value)
    for part, value in re.findall(r'<(?:td|dd)[^>]* data-part="([\w-]+)">([^<]*)<', fresh.body):
        assert text(page, part) == value
    return fresh


def outputs(page):
    return page.locator("output").all_text_contents()


def test_the_first_state(visit):
    page = visit()
    check(page)
    assert outputs(page) == ["25 M", "256", "10 ms", "1.25 GB/s", "50 µs", "64"]


@pytest.mark.parametrize(
    ("slider", "key", "change", "said"),
    [
        ("parameters", "ArrowRight", {"parameters": 3.2e7}, "32 M"),
        ("batch", "ArrowLeft", {"batch": 128}, "128"),
        ("an example takes", "End", {"example_seconds": 1.0}, "1 s"),
        ("bandwidth", "ArrowRight", {"bandwidth": 1.6e9}, "1.6 GB/s"),
        ("latency", "Home", {"latency": 1e-7}, "100 ns"),
        ("workers", "ArrowLeft", {"workers": 32}, "32"),
        ("workers", "Home", {"workers": 1}, "1"),
    ],
)
def test_each_slider_moves_by_keyboard(visit, slider, key, change, said):
    page = visit()
    tab_to(page, slider)
    page.keyboard.press(key)
    check(page, **change)
    assert said in outputs(page)
    assert re.fullmatch(r"\d+ workers?: a step takes [\d.]+ m?s, speed-up [\d.]+\.", sentence(page))


def test_doubling_as_the_caption_asks(visit):
    page = visit()
    tab_to(page, "bandwidth")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    check(page, bandwidth=2.5e9)


def test_a_network_so_small_that_one_worker_is_best(visit):
    page = visit("?speed-up=parameters:1e4,batch:1,example_seconds:0.000001,workers:2")
    check(page, parameters=1e4, batch=1, example_seconds=1e-6, workers=2)
    assert text(page, "best") == "1"


def test_reset_by_keyboard_brings_all_back(visit):
    page = visit("?speed-up=latency:0.01,workers:1000")
    check(page, latency=0.01, workers=1000)
    tab_to(page, "Reset")
    page.keyboard.press("Enter")
    check(page)


def test_a_link_in_the_text_sets_it_and_the_one_offered_leads_back(visit):
    page = visit()
    page.get_by_role("link", name="set", exact=True).click()
    check(page, batch=8192, workers=256)
    again = visit(page.get_by_role("link", name="Link to this setting").get_attribute("href"))
    check(again, batch=8192, workers=256)


@pytest.mark.parametrize(
    ("setting", "change"),
    [
        ("workers:99999", {"workers": 1024}),
        ("workers:2.4", {"workers": 2}),
        ("bandwidth:1e30", {"bandwidth": 1e12}),
        ("latency:-1", {"latency": 1e-7}),
        ("batch:NaN,z:3", {}),
    ],
)
def test_a_link_off_the_scale_is_kept_on_it(visit, setting, change):
    check(visit("?speed-up=" + setting), **change)
