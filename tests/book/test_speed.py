"""How fast a chapter is there and how smoothly its figure moves: medians, as the machine is rarely alone."""

from itertools import pairwise
from statistics import median

import psutil
import pytest
from pages import built_chapters
from serving import headers_of, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RUNS, TRIES = 5, 3
PAINT, TASK, FRAME = 400, 100, 1000 / 60  # ms
LISTEN = """
window.paint = 0;
window.tasks = [0];
new PerformanceObserver((list) => { paint = list.getEntries().at(-1).startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)))
  .observe({ type: "longtask", buffered: true });
"""
COUNT_FRAMES = """() => {
  window.frames_ = [];
  const note = (now) => { frames_.push(now); requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""


@pytest.fixture(autouse=True)
def quiet():
    """Times mean nothing beside other work: wait for its end, or do without them."""
    for _ in range(60):
        busy = psutil.cpu_percent(1)
        if busy < 30:
            return
    pytest.skip(f"Expected a quiet machine within a minute. Received: busy={busy:.0f} %")


@pytest.fixture(scope="module")
def address(site):
    with serving(site, headers_of(site)) as where:
        yield where


def visited(browser, address):
    """A first visit: when the largest thing was painted, and the longest task, in ms."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = page.evaluate("[paint, Math.max(...tasks)]")
    context.close()
    return found


def within(limits, measure):
    """Whether medians of a few runs keep to the limits, at one of a few tries; and the last medians."""
    for _ in range(TRIES):
        medians = [median(values) for values in zip(*(measure() for _ in range(RUNS)), strict=True)]
        if all(value <= limit for value, limit in zip(medians, limits, strict=True)):
            return True, medians
    return False, medians


def test_a_try_that_keeps_to_the_limits_is_enough_and_none_is_too_little():
    noise = iter([90] * RUNS + [1, 2, 50, 3, 60])
    assert within([10], lambda: [next(noise)]) == (True, [3])
    assert within([10], lambda: [11]) == (False, [11])


@pytest.mark.parametrize("name", built_chapters())
def test_a_chapter_is_there_at_once(browser, address, name):
    kept, medians = within([PAINT, TASK], lambda: visited(browser, f"{address}/{name}"))
    assert kept, "paint {:.0f} ms, longest task {:.0f} ms".format(*medians)


@pytest.mark.parametrize("name", built_chapters())
def test_a_figure_keeps_up_with_the_hand(browser, address, name):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/{name}")
    slider = page.locator("main input[type=range]").first
    if not slider.count():
        pytest.skip("Expected a slider. Received: a chapter without one")
    slider.scroll_into_view_if_needed()
    kept, (frame,) = within([1.2 * FRAME], lambda: [dragged(page, slider.bounding_box())])
    context.close()
    assert kept, f"{1000 / frame:.0f} frames a second"


def dragged(page, box):
    """The median time of a frame while a slider is dragged from end to end and back."""
    y = box["y"] + box["height"] / 2
    page.evaluate(COUNT_FRAMES)
    page.mouse.move(box["x"] + 5, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 5, y, steps=30)
    page.mouse.move(box["x"] + 5, y, steps=30)
    page.mouse.up()
    times = page.evaluate("frames_")
    return median(later - earlier for earlier, later in pairwise(times))
