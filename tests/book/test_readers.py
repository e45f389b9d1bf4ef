"""Readers of every kind: by keyboard, on paper, without motion, without scripts.

By ear and enlarged: test_pages.py.
"""

import os

import pytest
from pages import LAID_OUT, built_chapters, built_pages

pytestmark = pytest.mark.browser

# With WHOLE_BOOK set, as in the public checks, Tab is pressed through every page: some have 2,000 stops.
CHAPTERS = built_chapters()
WALKED = built_pages() if os.environ.get("WHOLE_BOOK") else [*CHAPTERS, "book/index.html", "search.html"]

# Before each step of Tab: what has the focus now, is it marked, and in sight?
WATCH = """() => {
  const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  window.stops = new Set([...document.querySelectorAll(controls)].filter((one) => one.checkVisibility()));
  window.unseen = [];
  document.addEventListener("keydown", () => {
    const one = document.activeElement;
    if (one === document.body) return;
    stops.delete(one);
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const { top, bottom, left, right } = one.getBoundingClientRect();
    const bar = document.querySelector("header").getBoundingClientRect().bottom;
    const covered = !one.closest("header, nav, .skip") && (bottom <= bar || top >= innerHeight);
    const marked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    if (!marked || covered || right <= 0 || left >= innerWidth) unseen.push(one.outerHTML.slice(0, 150));
  });
  return stops.size;
}"""
ROUND = "document.activeElement.matches('body, .skip')"
LEFT_OUT = "[...stops].filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 150))"

# What paper cuts off, and what it hides: a fold's content without a place of its own.
CUT = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const { overflowX, display } = getComputedStyle(one);
  if (display === "inline" || one.closest("math, svg, .visually-hidden, .definition")) return false;
  const sticksOut = one.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
  return sticksOut || (overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1);
}).map((one) => one.outerHTML.slice(0, 150))"""
FOLDED = """() => [...document.querySelectorAll("main details > :not(summary)")]
  .filter((one) => !one.closest("details.source") && !one.checkVisibility({ contentVisibilityAuto: true })
    && !one.matches(".controls, [data-part=controls]")).map((one) => one.outerHTML.slice(0, 150))"""


@pytest.mark.parametrize("name", WALKED)
def test_tab_reaches_everything_and_shows_where_it_is(site, visit, name):
    page = visit(site / name).page
    page.emulate_media(reduced_motion="reduce")  # so that a stop is in sight at once
    for _ in range(page.evaluate(WATCH) + 1):
        page.keyboard.press("Tab")
    for _ in range(60):  # boxes that scroll become stops once the fonts are there
        if page.evaluate(ROUND):
            break
        page.keyboard.press("Tab")
    assert page.evaluate("unseen") == []
    assert page.evaluate(LEFT_OUT) == []
    assert page.evaluate(ROUND), "a stop holds the focus"


@pytest.mark.parametrize(
    ("html", "missing"), [("<button>Go</button>", 0), ("<button></button>", 1), ("<input type=range>", 1)]
)
def test_a_control_without_a_name_is_heard(visit, tmp_path, html, missing):
    (tmp_path / "page.html").write_text(f"<!doctype html><title>A</title>{html}")
    assert len(visit(tmp_path / "page.html").nameless()) == missing


@pytest.mark.parametrize("name", CHAPTERS)
def test_paper_cuts_nothing_and_opens_every_fold(site, visit, name):
    page = visit(site / name, "dark", 718).page  # A4 less its margins
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(CUT) == []
    assert page.evaluate(FOLDED) == []
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 33, 37)"


@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_moves_for_those_who_asked_for_that(site, visit, name):
    page = visit(site / name).page
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('main button').forEach((button) => button.click())")
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.fixture(scope="module")
def plain(browser):
    """A browser without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_without_scripts_has_text_formulas_pictures_and_no_dead_button(site, plain, name):
    page = plain.new_page()
    page.goto((site / name).as_uri())
    for selector in ("math", "article img", "article svg[role=img]"):
        for one in page.locator(selector).all()[:12]:
            if one.is_visible():
                assert one.bounding_box()["width"] > 0
    assert page.locator("article p").count() > 20
    assert page.locator("math").first.is_visible()
    buttons = [button.inner_text().strip() for button in page.get_by_role("button").all()]
    assert set(buttons) <= {"Search"}
    solution = page.locator("details.solution").first
    solution.locator("summary").click()
    assert solution.locator(":scope > :not(summary)").first.is_visible()
    page.close()


def test_a_long_page_is_laid_out_to_its_end_and_at_once_for_who_comes_to_a_place(site, browser):
    page, address = browser.new_page(reduced_motion="reduce"), (site / CHAPTERS[0]).as_uri()
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { first = document.documentElement.dataset.layout; })"
    )
    page.goto(address)
    assert page.evaluate("first") == "part"
    page.wait_for_function(LAID_OUT)
    sections = page.locator("main section")
    ways = sections.evaluate_all("all => all.map((one) => getComputedStyle(one).contentVisibility)")
    assert set(ways) == {"visible"}
    page.evaluate("scrollTo(0, 5000)")
    page.reload()
    assert page.evaluate("[first ?? '', scrollY]") == ["", 5000]
    page.goto("about:blank")
    page.goto(f"{address}#one-unit-by-hand")
    assert page.evaluate("first ?? ''") == ""
    assert 0 <= page.locator("#one-unit-by-hand").bounding_box()["y"] < 200
    page.close()
