"""How fast a chapter is there and how smoothly its figure moves.

The limits hold on a machine that lays out a page of known lines in REFERENCE ms. A chapter's times are
divided by how many times longer this one takes for these just now. Medians, as the machine is rarely alone.
"""

from statistics import median

import pytest
from pages import SITE, built_chapters
from serving import headers_of, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RUNS, TRIES = 5, 3
PAINT, TASK, FRAME, REFERENCE = 400, 100, 1000 / 60, 70  # ms
LAY_OUT = """() => {
  const start = performance.now();
  document.body.replaceChildren(...Array.from({ length: 2000 }, (_, k) => {
    const line = document.createElement("p");
    line.textContent = `${k} words that wrap, `.repeat(12);
    return line;
  }));
  document.body.offsetHeight;
  return performance.now() - start;
}"""
LISTEN = """
window.paint = 0;
window.tasks = [0];
new PerformanceObserver((list) => { paint = list.getEntries().at(-1).startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)))
  .observe({ type: "longtask", buffered: true });
"""
COUNT_FRAMES = """() => {
  const mine = window.frames_ = [];
  const note = (now) => { if (mine === frames_) { mine.push(now); requestAnimationFrame(note); } };
  requestAnimationFrame(note);
}"""


MOVING = [name for name in built_chapters() if "moving-figure" in (SITE / name).read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def address(site):
    with serving(site, headers_of(site)) as where:
        yield where


def slowness(browser):
    """How many times longer than REFERENCE this machine takes now, at least 1."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    quickest = min(page.evaluate(LAY_OUT) for _ in range(RUNS))
    context.close()
    return max(1, quickest / REFERENCE)


def visited(browser, address):
    """A first visit: when the largest thing was painted, and the longest task, in ms of such a machine."""
    slow = slowness(browser)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = page.evaluate("[paint, Math.max(...tasks)]")
    context.close()
    return [time / slow for time in found]


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


@pytest.mark.parametrize("name", MOVING)
def test_a_figure_keeps_up_with_the_hand(browser, address, name):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/{name}")
    slider = page.locator("main input[type=range]").first
    slider.scroll_into_view_if_needed()
    kept, (frame,) = within([1.2 * FRAME], lambda: [dragged(page, slider.bounding_box())])
    context.close()
    assert kept, f"{1000 / frame:.0f} frames a second"


def dragged(page, box):
    """The mean time of a frame while a slider is dragged from end to end and back."""
    y = box["y"] + box["height"] / 2
    page.evaluate(COUNT_FRAMES)
    page.mouse.move(box["x"] + 5, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 5, y, steps=30)
    page.mouse.move(box["x"] + 5, y, steps=30)
    page.mouse.up()
    first, *_, last = times = page.evaluate("frames_")
    return (last - first) / (len(times) - 1)
