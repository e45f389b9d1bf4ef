"""The book in one file: nothing folded, nothing lost, links and numbers of pages that are right."""

import re
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import needed
import pytest
from bs4 import BeautifulSoup

import paper
import paper_epub
import paper_page

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def articles(site):
    return needed.book()


# One page


def prepared(html, name="chapters/one", names=("chapters/one", "book/two")):
    article = BeautifulSoup(f"<article><h1>One</h1> {html}</article>", "html.parser").article
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


def test_a_place_in_words_that_were_a_link_stays():
    text = prepared('<p><a href="../notebooks/one.ipynb" id="use">loss</a> <a href="#use">1</a></p>')
    assert text.find(id="chapters-one--use").name == "span"


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


def test_a_quiz_has_its_options_and_its_answers_stand_at_the_end():
    text = prepared(QUIZ + "<p>More.</p>")
    options, answers = text.find_all("ol")
    assert [item.get_text(strip=True) for item in options.find_all("li")] == ["So.", "Thus."]
    assert [item.get_text(" ", strip=True) for item in answers.find_all("li")] == [
        "Not quite. No.",
        "Right. Yes.",
    ]
    assert options is text.select_one(".quiz > ol")
    assert answers.parent is text.find_all(recursive=False)[-1]
    assert text.select_one(".quiz .away a")["href"] == "#" + answers["id"]
    assert text.select_one(".answers .away a")["href"] == "#" + text.select_one(".quiz")["id"]


def test_questions_are_numbered_and_a_page_without_any_has_no_answers():
    text = prepared(QUIZ + QUIZ.replace('"q"', '"r"'))
    assert [span.get_text() for span in text.select(".quiz-number")] == ["Question 1. ", "Question 2. "]
    assert [link.get_text() for link in text.select(".answers .away a")] == ["Question 1", "Question 2"]
    assert prepared("<p>Text</p>").h2 is None


def test_a_list_of_pages_goes_with_its_heading_unless_that_has_more():
    contents = '<div class="toctree-wrapper"><ul><li>One</li></ul></div>'
    alone = prepared(f"<section><h2>Pages</h2>{contents}</section>")
    beside = prepared(f"<section><h2>Pages</h2><p>Read.</p>{contents}</section>")
    assert alone.get_text().split() == ["One"]
    assert beside.get_text() == "One PagesRead."


@pytest.mark.parametrize(
    ("code", "marks"),
    [
        ("x = 1\n" * 20, []),
        ("x = 1\n" * 40, ["long"]),
        (f"x = {'1' * 80}\n", []),
        (f"y = 1\nx = {'1' * 100}\n", ["wide"]),
        ("", []),
    ],
)
def test_a_long_listing_may_run_on_and_a_wide_one_is_set_smaller(code, marks):
    assert prepared(f"<pre>{code}</pre>").pre["class"] == marks


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


def test_every_page_is_there_in_the_order_of_the_contents(site):
    names = paper.reading_order()
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
        assert len(article.text.select(".quiz ol > li")) == len(page.select("details.option"))
        assert len(article.text.select(".answers ol > li")) == len(page.select("details.option"))
        assert len(article.text.find_all("math")) == len(
            [one for one in page.article.find_all("math") if not one.find_parent(class_="definition")]
        )
        assert len(article.text.find_all("img")) == len(page.article.find_all("img"))


def test_ids_occur_once_and_every_link_inside_has_its_place(articles):
    ids = [part["id"] for article in articles for part in article.text.find_all(id=True)]
    ids += [article.text["id"] for article in articles]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []
    links = {link["href"][1:] for article in articles for link in article.text.select("a[href^='#']")}
    assert len(links) > 80
    assert sorted(links - set(ids)) == []


# The EPUB


@pytest.fixture(scope="module")
def epub(site, tmp_path_factory):
    """The book as an EPUB."""
    target = tmp_path_factory.mktemp("epub") / "book.epub"
    paper_epub.write(needed.book(), paper.citation(), target)
    return target


def test_the_epub_holds_every_page_as_xml_and_every_link_leads_somewhere(epub):
    with zipfile.ZipFile(epub) as book:
        assert book.namelist()[0] == "mimetype"
        assert book.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        trees = {n: ElementTree.fromstring(book.read(n)) for n in book.namelist() if n.endswith(".xhtml")}
        names = set(book.namelist())
    assert {f"book/{key}.xhtml" for key in (a.key for a in needed.book())} <= trees.keys()
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
    epubcheck = needed.need("epubcheck")
    result = epubcheck.EpubCheck(str(epub))
    assert [
        str(message) for message in result.messages if message.level in ("ERROR", "FATAL", "WARNING")
    ] == []
