"""Every page as a reader opens it: from the disk, light and dark, on a desk and on a phone."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

# The rules that a narrow window can break, inside the frame that all pages share.
NARROW = ["target-size", "scrollable-region-focusable", "meta-viewport", "css-orientation-lock"]
FAULTS_IN_PAGE = Path(__file__).with_name("faults.js").read_text(encoding="utf-8")


# One worker for the page that runs cells (see the fixture).
one_worker = pytest.mark.xdist_group("everything")


def drawn(visited):
    """What went wrong while the page was loaded, unfolded and drawn."""
    visited.unfold()
    return visited.faults + visited.page.evaluate(FAULTS_IN_PAGE)


def test_page_is_clean(site, visit, page_name):
    visited = visit(site / page_name)
    assert drawn(visited) + visited.nameless() + visited.structure() == []
    assert visited.colours() == []
    visited.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert visited.colours() == []


def test_page_is_clean_in_a_narrow_window(site, visit, page_name):
    """A window of 1280 px is one of 640 at 200 %, and one of 320 at 400 %."""
    visited = visit(site / page_name, width=640)
    for width in (640, 390, 320):
        visited.page.set_viewport_size({"width": width, "height": 900})
        assert drawn(visited) == []
    assert visited.structure({"runOnly": NARROW}) == []


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frame_of_all_pages_is_clean(site, visit, scheme, width):
    visited = visit(site / "book/index.html", scheme, width)
    assert visited.page.evaluate("document.documentElement.dataset.theme") == scheme
    assert drawn(visited) + visited.axe() == []


PALE = '<p class="{}" style="color: #bbb; background: #fff">pale</p>'


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        ("<p>a</p>" * 5, 0),
        ("<p>a</p>" * 5 + PALE.format("x"), 1),
        ("<p>a</p>" * 5 + PALE.format("x") * 2, 1),  # alike
        ("<p>a</p>" * 5 + PALE.format("x") + "<div>" + PALE.format("x") + "</div>", 2),
        # What stands before a place stays: a rule may ask for it.
        (
            "<style>p + p { color: #bbb }</style><div><i>a</i></div><div><p>a</p></div>"
            "<div><p>a</p><p>pale</p></div>",
            1,
        ),
        ("<p>a</p>" * 5 + f"<section><p>a</p><p>b</p><div>{PALE.format('x')}</div></section>", 1),
    ],
)
def test_a_colour_without_contrast_is_found_among_much_that_is_alike(visit, tmp_path, html, faults):
    (tmp_path / "page.html").write_text(f"<!doctype html><html lang='en'><title>A</title><main>{html}</main>")
    assert len(visit(tmp_path / "page.html").colours()) == faults


@one_worker
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_a_chapter_may_hold(everything, visit, scheme, width):
    visited = visit(everything, scheme, width)
    assert drawn(visited) + visited.axe() == []


@one_worker
def test_workers_take_groups_whole(request):
    """Of a group that is torn apart, each worker would build the page; pytest 9.2 lets it happen silently."""
    name = request.node.nodeid
    assert name.endswith("@everything") or request.config.getoption("loadgroup", None) is not True


@one_worker
def test_exercises_share_no_ids(everything):
    ids = re.findall(r'\bid="([^"]+)"', everything.read_text(encoding="utf-8"))
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


@one_worker
def test_solutions_are_closed_at_first(everything, visit):
    page = visit(everything).page
    solutions = page.locator("details.solution")
    assert solutions.count() == 2
    assert not page.get_by_text("By the chain rule").is_visible()
    solutions.nth(1).locator("summary").click()
    assert page.get_by_text("By the chain rule").is_visible()


def test_pages_of_the_book_have_mathematics(site, visit):
    chapter = next(iter(sorted((site / "chapters").glob("*.html"))))
    assert visit(chapter).page.locator("math").count() > 0


def test_contents_open_by_keyboard_on_a_phone(site, visit):
    visited = visit(site / "book/index.html", "dark", 390)
    page = visited.page
    assert not page.locator("#contents").is_visible()
    page.get_by_role("button", name="Contents").focus()
    page.keyboard.press("Enter")
    assert page.locator("#contents").is_visible()
    assert visited.axe() == []
    page.keyboard.press("Escape")
    assert not page.locator("#contents").is_visible()


def test_theme_button_goes_round_and_is_remembered(site, visit):
    page = visit(site / "book/index.html").page
    button = page.locator("button.theme")
    seen = []
    for _ in range(3):
        button.click()
        seen.append((button.inner_text().strip(), page.evaluate("document.documentElement.dataset.theme")))
    assert seen == [("Light", "light"), ("Dark", "dark"), ("System colours", "light")]


def test_copy_buttons_stand_on_code_only(site, visit):
    page = visit(next(iter(sorted((site / "chapters").glob("*.html"))))).page
    assert page.locator(".cell_input .copy").count() == page.locator(".cell_input pre").count() > 0
    assert page.locator(".cell_output .copy").count() == 0


def test_what_scrolls_can_be_reached_by_keyboard(site, visit, build_book):
    page = visit(
        build_book("# One\n\n```python\nprint('" + "long " * 60 + "')\n```\n\n```python\n1\n```\n")
    ).page
    wide, narrow = page.locator("pre").all()
    page.wait_for_function("document.querySelector('pre').tabIndex === 0")
    assert wide.get_attribute("aria-label") == "Code, scrolls sideways"
    assert narrow.get_attribute("tabindex") is None


def test_search_finds_a_chapter_from_the_disk(site, visit):
    visited = visit(site / "book/index.html")
    page = visited.page
    page.get_by_role("searchbox").fill("training")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a")
    assert visited.faults == []
    page.wait_for_function("/found/.test(document.querySelector('.search-summary').textContent)")
    assert visited.axe() == []


def test_pages_can_be_read_without_scripts(site, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto((site / "book/index.html").as_uri())
    assert not page.locator("button.theme").is_visible()
    page.get_by_role("button", name="Contents").click()
    assert page.locator("#contents a").first.is_visible()
    context.close()
