"""The book in one file: nothing folded, nothing lost, links and numbers of pages that are right."""

import io
import os
import re
import shutil
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

import paper
import paper_epub
import paper_page

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
XHTML = "{http://www.w3.org/1999/xhtml}"


def need(module):
    """A package of requirements/paper.txt: a reader may do without, the public checks may not."""
    return __import__(module) if os.environ.get("CI") else pytest.importorskip(module)


@cache
def book():
    """Every page, ready for paper. Tests don't change it."""
    return paper.articles()


@pytest.fixture(scope="module")
def articles(site):
    return book()


# One page


def prepared(html, name="chapters/one", names=("chapters/one", "book/two")):
    article = BeautifulSoup(f"<article><h1>One</h1>{html}</article>", "html.parser").article
    return paper_page.prepare(article, name, set(names))


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("#here", "#chapters-one--here"),
        ("../book/two.html", "#book-two"),
        ("../book/two.html#x/y", "#book-two--x-y"),
        ("https://example.org/a", "https://example.org/a"),
    ],
)
def test_a_link_leads_into_the_book(href, expected):
    assert prepared(f'<p><a href="{href}">x</a></p>').a["href"] == expected


def test_a_link_to_what_is_not_on_paper_is_only_words():
    text = prepared('<p>see <a href="../notebooks/one.ipynb">the notebook</a></p>')
    assert text.a is None
    assert text.p.get_text() == "see the notebook"


def test_ids_belong_to_their_page_and_pointers_to_nothing_go():
    text = prepared('<p id="x" aria-labelledby="x">a</p><p aria-describedby="gone">b</p>')
    first, second = text.find_all("p")
    assert (first["id"], first["aria-labelledby"]) == ("chapters-one--x", "chapters-one--x")
    assert "aria-describedby" not in second.attrs


QUIZ = """<div class="quiz" id="q"><p class="quiz-question">Why?</p>
<details class="option wrong" name="q"><summary><span class="letter">A</span><span>So.</span></summary>
<p><strong>Not quite.</strong> No.</p></details>
<details class="option right" name="q"><summary><span class="letter">B</span><span>Thus.</span></summary>
<p><strong>Right.</strong> Yes.</p></details></div>"""


def test_a_quiz_has_its_options_and_then_its_answers():
    options, answers = prepared(QUIZ).find_all("ol")
    assert [item.get_text(strip=True) for item in options.find_all("li")] == ["So.", "Thus."]
    assert [item.get_text(" ", strip=True) for item in answers.find_all("li")] == [
        "Not quite. No.",
        "Right. Yes.",
    ]


def test_a_fold_is_open_and_keeps_its_heading():
    text = prepared('<details class="solution"><summary>Solution to 1</summary><p>It is 4.</p></details>')
    assert text.find("details") is None
    assert text.select_one(".solution.unfolded > .unfolded-title").get_text() == "Solution to 1"
    assert "It is 4." in text.get_text()


def test_the_input_of_a_cell_needs_no_heading():
    text = prepared('<details class="admonition hide"><summary>Show</summary><pre>x = 1</pre></details>')
    assert text.get_text().split() == ["One", "x", "=", "1"]


def test_what_is_pressed_or_moves_is_left_out():
    text = prepared('<ul class="launch"><li>Colab</li></ul><script>1</script><button>Go</button><p>Text</p>')
    assert text.get_text().split() == ["One", "Text"]


# The whole book


def test_every_page_is_there_in_the_order_of_the_contents(articles):
    names = [article.name for article in articles]
    built = {p.relative_to(SITE).with_suffix("").as_posix() for p in SITE.rglob("*.html")}
    assert set(names) == built - {"index", "search"}
    chapters = [name for name in names if name.startswith("chapters/")]
    assert chapters == sorted(chapters)
    assert names[0] == "book/index"
    assert names[-1] == "genindex"


def test_nothing_is_folded_and_nothing_can_be_pressed(articles):
    for article in articles:
        assert article.text.select("details, summary, script, button, input, .headerlink") == [], article.name


def test_every_solution_and_every_answer_is_there(articles):
    for article in articles:
        page = BeautifulSoup((SITE / f"{article.name}.html").read_text(encoding="utf-8"), "html.parser")
        assert len(article.text.select(".solution")) == len(page.select("details.solution"))
        assert len(article.text.select(".quiz ol > li")) == 2 * len(page.select("details.option"))
        assert len(article.text.find_all("math")) == len(
            [one for one in page.article.find_all("math") if not one.find_parent(class_="definition")]
        )
        assert len(article.text.find_all("img")) == len(page.article.find_all("img"))


def test_ids_occur_once_and_every_link_inside_has_its_place(articles):
    ids = [part["id"] for article in articles for part in article.text.find_all(id=True)]
    ids += [article.key for article in articles if article.key not in ids]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []
    links = {link["href"][1:] for article in articles for link in article.text.select("a[href^='#']")}
    assert len(links) > 500
    assert sorted(links - set(ids)) == []


# The PDF


@pytest.fixture(scope="module")
def small(site, browser):
    """A PDF of four pages of the book, as bytes read again."""
    pypdf = need("pypdf")
    import paper_pdf

    order = ["book/index", "chapters/03-why-nonlinear", "book/cite", "genindex"]
    some = paper.articles(order=order)
    html = paper_pdf.document(some, paper.citation(), SITE)
    numbers = paper_pdf.pages_of(pypdf.PdfReader(io.BytesIO(paper_pdf.printed(html))))
    final = paper_pdf.printed(paper_pdf.number(html, numbers))
    return some, numbers, pypdf.PdfReader(io.BytesIO(final))


def squeezed(text):
    """Letters alone: a PDF knows little of blanks."""
    return re.sub(r"\W", "", text)


@pytest.mark.browser
@pytest.mark.xdist_group("pdf")
def test_the_contents_name_the_page_on_which_a_part_stands(small):
    some, numbers, reader = small
    for article in some:
        page = reader.pages[numbers[article.key] - 1].extract_text()
        assert squeezed(article.title) in squeezed(page)
        line = f"{article.title}{numbers[article.key]}"
        assert squeezed(line) in squeezed(reader.pages[1].extract_text() + reader.pages[2].extract_text())


@pytest.mark.browser
@pytest.mark.xdist_group("pdf")
def test_the_pdf_has_bookmarks_page_numbers_and_tags(small):
    some, numbers, reader = small
    marks = [mark for mark in reader.outline if not isinstance(mark, list)]
    places = {squeezed(mark.title): reader.get_destination_page_number(mark) + 1 for mark in marks}
    assert {squeezed(a.title): numbers[a.key] for a in some}.items() <= places.items()
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.pages[4].extract_text().strip().split()[-1] == "5" or "5" in reader.pages[4].extract_text()


@pytest.mark.browser
@pytest.mark.xdist_group("pdf")
def test_the_pdf_shows_solutions_code_and_every_picture(small):
    some, _numbers, reader = small
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    assert squeezed("Solution to Exercise 3.1") in text
    assert squeezed("def collapse(weights):") in text
    pictures = sum(len(page.images) for page in reader.pages)
    assert pictures >= len(some[1].text.find_all("img"))


def test_the_numbers_of_an_entry_stand_once_and_in_order():
    need("pypdf")
    import paper_pdf

    entry = '<ul class="entries"><li>loss: {}, {}, {}</li></ul>'
    links = [f'<a class="page" href="#{name}">000</a>' for name in "abc"]
    numbered = paper_pdf.number(entry.format(*links), {"a": 80, "b": 9, "c": 80})
    assert " ".join(BeautifulSoup(numbered, "html.parser").get_text().split()) == "loss: 9, 80"


# The EPUB


@pytest.fixture(scope="module")
def epub(site, tmp_path_factory):
    """The whole book as an EPUB."""
    target = tmp_path_factory.mktemp("epub") / "book.epub"
    paper_epub.write(paper.articles(), paper.citation(), target)
    return target


def test_the_epub_holds_every_page_as_xml_and_every_link_leads_somewhere(epub):
    with zipfile.ZipFile(epub) as book:
        assert book.namelist()[0] == "mimetype"
        assert book.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        trees = {n: ElementTree.fromstring(book.read(n)) for n in book.namelist() if n.endswith(".xhtml")}
        names = set(book.namelist())
    assert {f"book/{key}.xhtml" for key in (a.key for a in paper.articles())} <= trees.keys()
    ids = {name: {part.get("id") for part in tree.iter() if part.get("id")} for name, tree in trees.items()}
    for name, tree in trees.items():
        for part in tree.iter(f"{XHTML}a"):
            file, _, place = part.get("href", "").partition("#")
            if not re.match(r"\w+:", file):
                assert f"book/{file}" in ids, (name, file)
                assert not place or place in ids[f"book/{file}"], (name, file, place)
        for part in tree.iter(f"{XHTML}img"):
            assert f"book/{part.get('src')}" in names
            assert part.get("alt")


def test_the_epub_is_valid(epub):
    if not shutil.which("java"):
        pytest.skip("epubcheck needs Java")
    epubcheck = need("epubcheck")
    result = epubcheck.EpubCheck(str(epub))
    assert [
        str(message) for message in result.messages if message.level in ("ERROR", "FATAL", "WARNING")
    ] == []
