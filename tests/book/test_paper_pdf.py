"""The book as a PDF: contents, bookmarks and index name the right pages, and nothing is cut off."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import needed
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Error

import paper

pypdf = needed.need("pypdf")
import paper_pdf  # noqa: E402

SITE = Path(__file__).parents[2] / "_build" / "html"
TEXT = 627  # pixels between the margins of A4
# Whatever ends to the right of the text, or is wider inside than outside.
CUT = """() => {
  const edge = document.querySelector("main").getBoundingClientRect().right + 1;
  const parts = [...document.querySelectorAll("main :is(pre, table, img, svg, math, p, li, dl, h1, h2, h3)")];
  const wide = (part) => part.getBoundingClientRect().right > edge
    || (part.matches("pre") && part.scrollWidth > part.clientWidth + 1);
  return parts.filter((part) => !part.closest("svg svg, .visually-hidden") && wide(part))
    .map((part) => `${part.closest("article").id}: ${part.outerHTML.slice(0, 120)}`);
}"""
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pdf")]


def squeezed(text):
    """Letters alone: a PDF knows little of blanks."""
    return re.sub(r"\W", "", text)


@pytest.fixture(scope="module")
def small(site, browser, tmp_path_factory):
    """A few pages of the book as a PDF, which is read again."""
    some, target = needed.few(), tmp_path_factory.mktemp("pdf") / "book.pdf"
    with ThreadPoolExecutor(1) as pool:  # a thread without the loop of the tests' own browser
        pool.submit(paper_pdf.write, some, paper.citation(), target).result()
    reader = pypdf.PdfReader(target)
    return some, paper_pdf.pages_of(reader), reader


@pytest.fixture(scope="module")
def texts(small):
    """The letters of each page."""
    return [squeezed(page.extract_text()) for page in small[-1].pages]


def test_the_contents_name_the_page_on_which_a_part_stands(small, texts):
    some, numbers, _reader = small
    for article in some:
        assert squeezed(article.title) in texts[numbers[article.key] - 1]
        assert squeezed(f"{article.title}{numbers[article.key]}") in texts[1] + texts[2]


def test_every_page_but_the_title_bears_its_number(texts):
    for number, text in enumerate(texts, 1):
        assert (squeezed(f"{number}Neural Networks by Hand") in text) is (number > 1), number


def test_questions_and_answers_name_each_others_pages(small):
    some, numbers, _reader = small
    html = paper_pdf.number(paper_pdf.document(some, paper.citation(), SITE), numbers)
    page = BeautifulSoup(html, "html.parser")
    links = page.select(".away a.page")
    assert len(links) == 2 * len(page.select(".quiz")) > 4
    assert all(link.string == str(numbers[link["href"][1:]]) for link in links)
    assert len({link.string for link in links}) > 2


def test_the_pdf_has_bookmarks_with_their_blanks(small):
    some, numbers, reader = small
    marks = [mark for mark in reader.outline if not isinstance(mark, list)]
    places = {mark.title: reader.get_destination_page_number(mark) + 1 for mark in marks}
    assert {article.title: numbers[article.key] for article in some}.items() <= places.items()


def test_a_bookmark_gets_the_blank_back_that_a_line_end_took():
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    first = writer.add_outline_item(title="Softmax andmulticlass", page_number=0)
    writer.add_outline_item(title="Two waysto see", page_number=0, parent=first)
    titles = {"Softmaxandmulticlass": "Softmax and\n multiclass", "Twowaystosee": "Two ways to see"}
    paper_pdf.spell(writer.root_object["/Outlines"], titles)
    saved = io.BytesIO()
    writer.write(saved)
    top, (inner,) = pypdf.PdfReader(saved).outline
    assert (top.title, inner.title) == ("Softmax and multiclass", "Two ways to see")


def test_the_pdf_says_what_it_is(small):
    _some, _numbers, reader = small
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Neural Networks by Hand"
    assert reader.metadata.author == "The Neural Networks by Hand authors"


def test_the_pdf_shows_solutions_answers_code_and_every_picture(small, texts):
    some, _numbers, reader = small
    for words in ("Solution to Exercise 3.1", "Answers to the questions", "def collapse(weights):"):
        assert squeezed(words) in "".join(texts)
    drawn = [one for page in reader.pages for one in page["/Resources"].get("/XObject", {}).values()]
    pictures = sum(one.get_object()["/Subtype"] == "/Image" for one in drawn)
    assert pictures >= len(some[1].text.find_all("img"))


def test_nothing_is_cut_at_the_right(site, browser, tmp_path):
    file = tmp_path / "book.html"
    file.write_text(paper_pdf.document(needed.book(), paper.citation(), SITE), encoding="utf-8")
    page = browser.new_page(viewport={"width": TEXT, "height": 900})
    page.set_default_timeout(120_000)
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(file.as_uri())
    cut, shown = page.evaluate(CUT), page.locator("#table-of-contents, .solution").first.is_visible()
    paper_white = page.evaluate("getComputedStyle(document.body).colorScheme")
    page.close()
    assert cut == []
    assert shown
    assert "dark" not in paper_white


def test_the_numbers_of_an_entry_stand_once_and_in_order():
    entry = '<ul class="entries"><li>loss: {}, {}, {}</li></ul>'
    links = [f'<a class="page" href="#{name}">000</a>' for name in "abc"]
    numbered = paper_pdf.number(entry.format(*links), {"a": 80, "b": 9, "c": 80})
    assert " ".join(BeautifulSoup(numbered, "html.parser").get_text().split()) == "loss: 9, 80"


def test_a_missing_chromium_is_named(monkeypatch):
    class Chromium:
        @staticmethod
        def launch(**_options):
            raise Error("no such file\nand more")

    monkeypatch.setattr(paper_pdf.shutil, "which", lambda _name: None)
    playwright = type("Playwright", (), {"chromium": Chromium})
    with pytest.raises(SystemExit, match=r"Expected Chromium \(chromium, .*Received: no such file$"):
        paper_pdf.launched(playwright)
