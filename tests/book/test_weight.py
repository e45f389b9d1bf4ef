"""What a page weighs on a first visit, compressed, and whether it stands still while it comes.

The limits are those that the book set itself; peers weigh 840 to 1,500 kB a chapter.
"""

import pytest
from pages import built_chapters
from serving import headers_of, serving

pytestmark = pytest.mark.browser

PROSE, CHAPTER = 300, 600  # kB
REQUESTS = 20
SHIFT = 0.005
LISTEN = """
window.shift = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) shift += one.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
PAINTED = """() => new Promise((done) => {
  new PerformanceObserver(done).observe({ type: "paint", buffered: true });
})"""
# Pictures further down wait until they are near; here they count all the same. A shift is told a frame later.
LOAD_ALL = """async () => {
  document.querySelectorAll("img").forEach((image) => { image.loading = "eager"; });
  await Promise.all([...document.images].map((image) => image.decode()));
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
}"""
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


# Pictures with more points than the sharpest screen shows.
TOO_SHARP = """() => [...document.querySelectorAll("main img")]
  .filter((image) => image.naturalWidth > 2.5 * image.clientWidth).map((image) => image.currentSrc)"""


@pytest.fixture(scope="module")
def address(site):
    with serving(site, headers_of(site)) as where:
        yield where


@pytest.fixture
def first_visit(browser, address):
    """Open a page with nothing cached, the fonts as late as can be: when it has been painted without them.

    Returns the page and the bytes of each answer, headers included.
    """
    contexts = []

    def go(name, device):
        contexts.append(browser.new_context(**device))
        contexts[-1].add_init_script(LISTEN)
        page, loaded, held = contexts[-1].new_page(), [], []
        session = contexts[-1].new_cdp_session(page)
        session.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
        session.send("Network.enable")
        page.route("**/*.woff2", lambda font: held.append(font))
        page.goto(f"{address}/{name}", wait_until="domcontentloaded")
        page.evaluate(PAINTED)
        for font in held:
            font.continue_()
        page.evaluate(LOAD_ALL)
        return page, loaded

    yield go
    for context in contexts:
        context.close()


def test_a_page_is_light_and_stands_still(first_visit, page_name):
    page, loaded = first_visit(page_name, DESK)
    limit = CHAPTER if page.locator("figure[data-figure], .cell_output img").count() else PROSE
    assert sum(loaded) <= 1000 * limit
    assert len(loaded) <= REQUESTS
    assert page.evaluate("shift") < SHIFT
    assert page.evaluate(TOO_SHARP) == []


@pytest.mark.parametrize("name", built_chapters())
def test_a_chapter_stands_still_on_a_phone(first_visit, name):
    page, _ = first_visit(name, PHONE)
    assert page.evaluate("shift") < SHIFT
