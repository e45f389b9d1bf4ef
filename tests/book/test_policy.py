"""The strict policy that the book is published with: every page keeps to it, and everything still works."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from serving import headers_of, serving
from sphinx.errors import SphinxError

import policy

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""
# Everything that can be pressed or moved, once; what a figure has drawn by then is told.
USE_ALL = """() => {
  document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  for (const slider of document.querySelectorAll("main input[type=range]")) {
    slider.value < slider.max ? slider.stepUp() : slider.stepDown();
    slider.dispatchEvent(new Event("input")); slider.dispatchEvent(new Event("change"));
  }
  for (const list of document.querySelectorAll("main select")) {
    list.selectedIndex = list.options.length - 1;
    list.dispatchEvent(new Event("change"));
  }
  document.querySelectorAll("button:not([type=submit])").forEach((button) => button.click());
  document.querySelectorAll("a.term").forEach((link) => link.focus());
  window.scrollTo(0, document.body.scrollHeight);
}"""
INLINE = {
    "script inside": re.compile(r"<script(?![^>]*\bsrc=)(?! type=\"application/json\")[^>]*>"),
    "style inside": re.compile(r"<style"),
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle=\"[^\"]*\""),
    "handler attribute": re.compile(r"<[a-z][^>]*\son[a-z]+="),
    "script address": re.compile(r"(?:href|src|action)=\"\s*(?:javascript|data):"),
    "another host": re.compile(r"<(?:script|img|iframe|link|form)[^>]*(?:src|href|action)=\"(?:https?:)?//"),
}  # fmt: skip


def test_the_policy_trusts_only_the_books_own_files():
    assert policy.POLICY["default-src"] == "'none'"
    assert set(policy.POLICY.values()) == {"'none'", "'self'"}
    assert {"script-src", "style-src", "base-uri", "form-action", "frame-ancestors"} <= set(policy.POLICY)


def test_the_policy_lies_beside_the_pages(site):
    assert headers_of(site)["Content-Security-Policy"] == policy.policy()


def test_the_policy_stands_in_the_readme(root):
    assert f'Content-Security-Policy "{policy.policy()}"' in (root / "README.md").read_text(encoding="utf-8")


def test_a_page_holds_nothing_the_policy_forbids(site, page_name):
    html = (site / page_name).read_text(encoding="utf-8")
    assert [what for what, pattern in INLINE.items() if pattern.search(html)] == []


@pytest.mark.parametrize("line", ["<script>1</script>", '<p style="color:red">', '<a href="javascript:1">',
                                  '<p onclick="x">', "<style>", '<img src="//h/x.png">'])  # fmt: skip
def test_what_is_forbidden_would_be_seen(line):
    assert any(pattern.search(line) for pattern in INLINE.values())


def test_styles_and_scripts_of_a_cell_become_files(tmp_path):
    class App:
        outdir = tmp_path

    html = '<style>p{}</style><p>A</p><script type="module">\nlet a = 1;\n</script><style>p{}</style>'
    body = BeautifulSoup(html, "html.parser")
    styles, scripts = policy.move_out(body, App)
    assert str(body) == "<p>A</p>"
    assert [(tmp_path / name).read_text() for name in styles] == ["p{}"]
    assert [(tmp_path / name).read_text() for name in scripts] == [policy.alone("let a = 1;")]


def styled(html):
    body = BeautifulSoup(html, "html.parser")
    policy.drop_styles(body, None)
    return str(body)


def test_styles_of_formulas_and_pictures_become_classes_and_sizes(root):
    assert styled('<mtd class="a" style="padding-left:0em;padding-right:1em;">') == (
        '<mtd class="a tml-left-0 tml-right-1em"></mtd>'
    )
    assert styled('<math style="display:block math;"></math>') == "<math></math>"
    assert styled('<img style="width: 651px; height: 331px;"/>') == '<img height="331" width="651"/>'
    css = (root / "book" / "_static" / "book.css").read_text(encoding="utf-8")
    assert [name for name in policy.CLASSES.values() if name and f".{name} " not in css] == []


def test_a_style_without_a_class_is_refused():
    with pytest.raises(SphinxError, match=r"Expected styles with a class .* Received: style=\['color:red'\]"):
        styled('<p style="color:red">')


@pytest.fixture(scope="module")
def address(site):
    """Where the book is served with its headers."""
    with serving(site, headers_of(site)) as where:
        yield where


@pytest.fixture(scope="module")
def context(browser):
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    made.add_init_script(VIOLATIONS)
    yield made
    made.close()


@pytest.fixture
def go(context, address):
    """Open a page of the served book; whatever is logged, blocked or asked of another host is a fault."""
    page, faults = context.new_page(), []
    page.on("console", lambda message: message.type in ("error", "warning") and faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: request.url.startswith(address) or faults.append(request.url))
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))

    def open_page(name):
        page.goto(f"{address}/{name}")
        return page

    yield open_page
    faults += page.evaluate("violations")
    page.close()
    assert not faults, "\n".join(faults)


@pytest.mark.browser
def test_everything_on_a_page_works_under_the_policy(go, page_name):
    page = go(page_name)
    before = page.evaluate(DRAWN)
    page.evaluate(USE_ALL)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(
        "[...document.querySelectorAll('figure[data-figure]')].every(f => 'live' in f.dataset)"
    )
    page.get_by_role("button", name="Reset").evaluate_all("all => all.forEach(one => one.click())")
    for slider in page.locator("main input[type=range]").all()[:1]:
        slider.press("ArrowRight")
        assert page.evaluate(DRAWN) != before


DRAWN = "[...document.querySelectorAll('figure[data-figure] svg')].map(one => one.outerHTML).join()"


@pytest.mark.browser
def test_a_page_follows_the_policy_only_if_it_is_in_force(context, address):
    """What the tests above rely on: the browser was told, obeys, and says so."""
    page = context.new_page()
    page.goto(f"{address}/book/index.html")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">Red</p>')")
    assert page.evaluate("window.ran") is None
    kinds = {violation.split(":")[0] for violation in page.evaluate("violations")}
    assert kinds == {"script-src-elem", "style-src-attr"}
    page.close()


@pytest.mark.browser
def test_search_shows_its_summaries_under_the_policy(go):
    page = go("book/index.html")
    page.get_by_role("searchbox").fill("training")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li p.context")
    assert page.locator("#search-results li").count() > 5


@pytest.mark.browser
def test_the_theme_is_kept_under_the_policy(go):
    page = go("book/index.html")
    while page.locator("button.theme").inner_text().strip() != "Dark":
        page.locator("button.theme").click()
    go("chapters/01-training-steps.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.evaluate("localStorage.clear()")


FIGURE = """# One

```{raw} html
<style>.made { color: rgb(1, 2, 3) }</style><p class="made">no</p>
<script type="module">document.querySelector(".made").textContent = "yes";</script>
```
"""


@pytest.mark.browser
@pytest.mark.parametrize("served", [True, False])
def test_a_host_without_headers_gets_the_policy_in_each_page(build_book, monkeypatch, browser, served):
    monkeypatch.setenv("BOOK_POLICY", "1")
    page, file = browser.new_page(), Path(build_book(FIGURE))
    assert policy.policy(policy.IGNORED_IN_PAGES) in file.read_text(encoding="utf-8")
    with serving(file.parents[1]) as where:
        page.goto(f"{where}/chapters/one.html" if served else file.as_uri())
        assert page.locator(".made").text_content() == "yes"
        assert page.locator(".made").evaluate("one => getComputedStyle(one).color") == "rgb(1, 2, 3)"
        assert page.evaluate("document.documentElement.dataset.theme")
    page.close()
