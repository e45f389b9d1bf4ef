"""How fast a chapter is there and how smoothly its figure moves.

The limits hold on a machine that lays out a page of known lines in REFERENCE ms. One that takes longer for
these, always or just now, gets as many times longer for the chapter. Medians, as the machine is rarely alone.
"""

from statistics import median

import pytest
from pages import built_chapters
from serving import headers_of, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RUNS, TRIES = 5, 5
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


@pytest.fixture
def slowness(browser):
    """A function: how many times longer than REFERENCE this machine takes now, at least 1."""

    def measure():
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        quickest = min(page.evaluate(LAY_OUT) for _ in range(RUNS))
        context.close()
        return max(1, quickest / REFERENCE)

    return measure


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


def within(limits, measure, slowness=lambda: 1):
    """Whether medians of a few runs keep to the limits, at one of a few tries; the last, slowness first."""
    for _ in range(TRIES):
        runs = [(slowness(), *measure()) for _ in range(RUNS)]
        slow, *medians = map(median, zip(*runs, strict=True))
        if all(value <= slow * limit for value, limit in zip(medians, limits, strict=True)):
            return True, [slow, *medians]
    return False, [slow, *medians]


def test_a_try_that_keeps_to_the_limits_is_enough_and_none_is_too_little():
    noise = iter([90] * RUNS + [1, 2, 50, 3, 60])
    assert within([10], lambda: [next(noise)]) == (True, [1, 3])
    assert within([10], lambda: [11]) == (False, [1, 11])


def test_a_slow_machine_gets_as_many_times_longer():
    slowness = iter([2, 1, 9, 3, 8] * (1 + TRIES))
    assert within([10], lambda: [30], lambda: next(slowness)) == (True, [3, 30])
    assert within([10], lambda: [31], lambda: next(slowness)) == (False, [3, 31])


@pytest.mark.parametrize("name", built_chapters())
def test_a_chapter_is_there_at_once(browser, address, name, slowness):
    kept, medians = within([PAINT, TASK], lambda: visited(browser, f"{address}/{name}"), slowness)
    assert kept, "{:.1f} times slow, paint {:.0f} ms, longest task {:.0f} ms".format(*medians)


@pytest.mark.parametrize("name", built_chapters())
def test_a_figure_keeps_up_with_the_hand(browser, address, name):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/{name}")
    slider = page.locator("main input[type=range]").first
    if not slider.count():
        pytest.skip("Expected a slider. Received: a chapter without one")
    slider.scroll_into_view_if_needed()
    kept, (_, frame) = within([1.2 * FRAME], lambda: [dragged(page, slider.bounding_box())])
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
