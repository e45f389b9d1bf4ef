"""The glossary's terms: linked where chapters use them, opened in place, found by index and search."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from docutils import nodes

import terms

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
AWAITED = yaml.safe_load(Path(__file__).with_name("awaited.yml").read_text(encoding="utf-8"))
CHAPTERS = sorted(path.stem for path in (ROOT / "chapters").glob("*.md"))


@cache
def soup(name):
    return BeautifulSoup((SITE / name).read_text(encoding="utf-8"), "html.parser")


def glossary():
    """{name: forms} as the page has them."""
    found, forms = {}, []
    for tag in soup("book/glossary.html").select("dl.glossary > *"):
        if tag.name == "dt":
            forms.append(tag)
        else:
            found[forms[0]["id"].removeprefix("term-")] = [form.find(string=True).strip() for form in forms]
            forms = []
    return found


def linked(chapter):
    return {tag["id"].removeprefix("use-") for tag in soup(f"chapters/{chapter}.html").select("a.term")}


def test_the_glossary_is_in_order(site):
    def key(forms):
        return forms[0].lower().replace("-", " ")

    names = list(glossary().values())
    assert len(names) > 100
    assert names == sorted(names, key=key)


def test_every_term_is_linked_in_a_chapter_or_awaited(site):
    used = set().union(*map(linked, CHAPTERS))
    awaited = {name for names in AWAITED.values() for name in names}
    assert sorted(glossary().keys() - used - awaited) == []
    assert sorted(awaited - glossary().keys()) == []


def test_no_term_is_awaited_from_a_chapter_that_is_there():
    written = {chapter[:2] for chapter in CHAPTERS}
    late = {number: names for number, names in AWAITED.items() if number in written}
    assert not late, "take these lines out of tests/book/awaited.yml, and see what is not linked"


def test_the_first_use_is_linked_and_only_once(site):
    for chapter in CHAPTERS:
        page = soup(f"chapters/{chapter}.html")
        boxes = [box["id"].removeprefix("define-") for box in page.select(".definition")]
        assert sorted(boxes) == sorted(linked(chapter))
        assert len(boxes) > 15
        assert not page.select(
            "pre a.term, h1 a.term, h2 a.term, h3 a.term, summary a.term, a a, math a.term"
        )


def test_a_definition_says_the_same_on_every_page(site):
    says = {dt["id"]: dt.find_next("dd").p.get_text() for dt in soup("book/glossary.html").select("dt[id]")}
    for chapter in CHAPTERS:
        for box in soup(f"chapters/{chapter}.html").select(".definition"):
            text = says[f"term-{box['id'].removeprefix('define-')}"]
            assert box.p.get_text().split(": ", 1)[1] == text


def test_the_glossary_leads_back_to_every_chapter(site):
    back = {link["href"] for link in soup("book/glossary.html").select(".places a")}
    there = {f"../chapters/{chapter}.html#use-{name}" for chapter in CHAPTERS for name in linked(chapter)}
    assert back == there


def test_the_index_and_the_search_know_every_term(site):
    index = {
        item.find(string=True).split(":")[0].strip() for item in soup("genindex.html").select(".entries li")
    }
    script = (SITE / "searchindex.js").read_text(encoding="utf-8")
    known = json.loads(script.removeprefix("Search.setIndex(").removesuffix(")"))["indexentries"]
    forms = [form for names in glossary().values() for form in names]
    assert [form for form in forms if form not in index] == []
    assert [form for form in forms if form.lower() not in known] == []


# What counts as a use


def entry(*forms):
    return terms.Entry(f"term-{forms[0]}", list(forms), nodes.definition())


def found(*parts):
    """What is found in a paragraph of texts and nodes, as {name: words}."""
    paragraph = nodes.paragraph("", "", *(nodes.Text(p) if isinstance(p, str) else p for p in parts))
    entries = [entry("cost"), entry("loss"), entry("gradient descent"), entry("gradient", "slope")]
    at = terms.uses(nodes.section("", paragraph), entries)
    return {name: use.node.astext()[use.start : use.end] for name, use in at.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The loss and the loss.", {"loss": "loss"}),
        ("Losses fall.", {"loss": "Losses"}),
        ("a lossless floss", {}),
        ("stochastic gradient\ndescent", {"gradient descent": "gradient\ndescent"}),
        ("its slope", {"gradient": "slope"}),
        ("it costs one subtraction", {}),
        ("loss-free", {}),
    ],
)
def test_a_term_is_found_as_it_is_written(text, expected):
    assert found(text) == expected


def test_a_definition_goes_before_an_earlier_mention():
    document = nodes.section(
        "", nodes.paragraph("", "a loss, "), nodes.paragraph("", "", nodes.emphasis(text="loss"))
    )
    use = terms.uses(document, [entry("loss")])["loss"]
    assert isinstance(use.node.parent, nodes.emphasis)


def test_code_and_links_are_left_alone():
    assert found(nodes.literal(text="loss"), nodes.reference(text="cost"), nodes.strong(text="slope")) == {
        "gradient": "slope"
    }


# In the browser


@pytest.fixture
def chapter(site, visit):
    visited = visit(site / "chapters" / f"{CHAPTERS[3]}.html")
    yield visited
    assert visited.faults == []


def open_boxes(page):
    return page.locator(".definition:popover-open")


@pytest.mark.browser
def test_a_definition_opens_to_a_pointer_and_stays_while_it_is_read(chapter):
    page = chapter.page
    page.locator("#use-score").hover()
    open_boxes(page).wait_for()
    page.locator("#define-score a").hover()
    page.wait_for_timeout(500)
    assert open_boxes(page).count() == 1
    assert chapter.axe() == []
    page.locator("h1").hover()
    open_boxes(page).wait_for(state="detached")


@pytest.mark.browser
def test_a_definition_opens_to_the_keyboard_and_closes_by_escape(chapter):
    page = chapter.page
    page.locator("#use-score").focus()
    open_boxes(page).wait_for()
    page.keyboard.press("Escape")
    assert open_boxes(page).count() == 0
    assert page.evaluate("document.activeElement.id") == "use-score"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("glossary.html#term-score"))


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 320])
def test_a_tap_opens_a_definition_inside_the_page(site, browser, width):
    context = browser.new_context(viewport={"width": width, "height": 700}, has_touch=True)
    page = context.new_page()
    page.goto((site / "chapters" / f"{CHAPTERS[3]}.html").as_uri())
    page.locator("#use-softmax-regression").tap()
    open_boxes(page).wait_for()
    box = open_boxes(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.locator("#define-softmax-regression a").tap()
    page.wait_for_url(re.compile("#one-unit-for-each-class"))
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("word", ["one-hot", "log-sum-exp", "L-BFGS", "ReLU", "held-out"])
def test_the_search_page_finds_a_term(site, visit, word):
    page = visit(site / "search.html").page
    page.goto(f"{(site / 'search.html').as_uri()}?q={word}")
    page.wait_for_function("/found/.test(document.querySelector('.search-summary')?.textContent)")
    assert page.locator("#search-results a[href*='glossary.html']").count() >= 1
