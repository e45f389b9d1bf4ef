"""Print the book: Chromium twice, the second time with the pages that the first one found."""

import io
import logging
import re
import shutil
import sys
import tempfile
from copy import copy
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup
from playwright.sync_api import Error, sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

import paper_page

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
SHEETS = ("sphinx-design.min.css", "book.css")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
logging.getLogger("pypdf").setLevel(logging.ERROR)  # it counts Chromium's objects aloud
UNKNOWN = "000"  # as wide as a page's number


def write(articles, citation, target, site=SITE):
    """The PDF of these articles."""
    html = document(articles, citation, site)
    numbers = pages_of(PdfReader(io.BytesIO(printed(html))))
    final = printed(number(html, numbers))
    writer = PdfWriter(clone_from=io.BytesIO(final))
    writer.pdf_header = "%PDF-1.7"  # else pypdf says 1.3, which has no tags
    headings = BeautifulSoup(html, "html.parser").find_all(re.compile("h[1-6]"))
    spell(writer.root_object.get("/Outlines"), {bare(h.get_text()): h.get_text() for h in headings})
    writer.create_viewer_preferences().display_doctitle = True
    writer.add_metadata(metadata(citation))
    writer.write(target)


def metadata(citation):
    """What a PDF says of itself."""
    book = citation["preferred-citation"]
    authors = ", ".join(author["name"] for author in book["authors"])
    abstract = " ".join(citation["abstract"].split())
    return {"/Title": book["title"], "/Author": authors, "/Subject": abstract}


def bare(text):
    """The letters alone."""
    return re.sub(r"\s", "", text)


def spell(mark, titles):
    """Give the bookmarks under this one their blanks: Chromium drops those at which a heading's line ends."""
    mark = mark and mark.get("/First")
    while mark:
        mark = mark.get_object()
        title = titles.get(bare(mark["/Title"]), mark["/Title"])
        mark[NameObject("/Title")] = TextStringObject(" ".join(title.split()))
        spell(mark, titles)
        mark = mark.get("/Next")


def document(articles, citation, site):
    """One page of HTML with everything in it."""
    styles = dict.fromkeys(style for article in articles for style in article.styles)
    sheets = "".join(
        f'<link rel="stylesheet" href="{(site / "_static" / name).as_uri()}">' for name in SHEETS
    )
    own = Path(__file__).with_name("paper.css").read_text(encoding="utf-8")
    body = "".join(str(pictures_of(article, site)) for article in articles)
    return (
        f'<!DOCTYPE html><html lang="en" data-theme="light"><head><meta charset="utf-8">'
        f"<title>{escape(citation['title'])}</title>{sheets}"
        f"{''.join(f'<style>{style}</style>' for style in styles)}<style>{own}</style></head>"
        f'<body class="paper">{title_page(citation)}{contents(articles)}<main>{body}</main></body></html>'
    )


def pictures_of(article, site):
    """The article with its pictures' full addresses; numbers of pages in the index and beside questions."""
    text = copy(article.text)
    for image in text.find_all("img", src=True):
        image["src"] = (site / Path(article.name).parent / image["src"]).resolve().as_uri()
        image["loading"] = "eager"
    for link in text.select(".entries a.inside"):
        link["class"] = "page"
        link.string = UNKNOWN
    for link in text.select(".away a"):
        link.insert_after(", page ", paper_page.tag("a", UNKNOWN, **{"class": "page", "href": link["href"]}))
    return text


def title_page(citation):
    """Title, authors, version, licences."""
    book, said = citation["preferred-citation"], metadata(citation)
    return (
        f'<section class="title-page"><p class="title">{escape(said["/Title"])}</p>'
        f"<p>{escape(said['/Author'])}</p><p>{escape(said['/Subject'])}</p>"
        f"<p>Version {citation['version']}, {book['year']}</p>"
        f"<p>Text and figures under {book['license']}, code under BSD-3-Clause. This is the paper edition of "
        f"a book whose pages run: its notebooks, the checks of its exercises and its moving figures are "
        f"there.</p></section>"
    )


def contents(articles):
    """The table of contents: pages, and the sections of chapters."""
    rows = []
    for article in articles:
        rows.append(row(article.title, article.key, "chapter"))
        if article.name.startswith("chapters/"):
            for heading in article.text.find_all("h2"):
                rows.append(row(" ".join(heading.get_text().split()), heading.parent["id"], "section"))
    head = '<section class="contents" id="table-of-contents"><h1>Contents</h1>'
    return f"{head}<ul>{''.join(rows)}</ul></section>"


def row(text, place, kind):
    """A line of the contents."""
    number = f'<a class="page" href="#{place}">{UNKNOWN}</a>'
    return f'<li class="{kind}"><a href="#{place}">{escape(text)}</a> {number}</li>'


def number(html, numbers):
    """The document with the numbers of pages filled in; in the index each page once, in order."""
    page = BeautifulSoup(html, "html.parser")
    for link in page.select("a.page"):
        link.string = str(numbers[link["href"].removeprefix("#")])
    for entry in page.select(".entries li"):
        order_numbers(entry)
    return str(page)


def order_numbers(entry):
    """The numbers of an entry of the index: each page once, from the first to the last."""
    links = entry.find_all("a", class_="page", recursive=False)
    once = {link.string: link for link in reversed(links)}
    for part in [*entry.find_all(string=re.compile(r"^\s*,\s*$"), recursive=False), *links]:
        part.extract()
    ordered = sorted(once.values(), key=lambda link: int(link.string))
    place = next((k for k, child in enumerate(entry.contents) if child.name), len(entry.contents))
    for k, link in enumerate(ordered):
        entry.insert(place + 2 * k, link)
        entry.insert(place + 2 * k + 1, ", " if link is not ordered[-1] else "")


def printed(html):
    """The bytes of the PDF that Chromium makes."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder, "book.html")
        file.write_text(html, encoding="utf-8")
        chromium = launched(playwright)
        page = chromium.new_page()
        page.set_default_timeout(600_000)
        page.goto(file.as_uri())
        page.evaluate(
            "document.fonts.ready.then(() => Promise.all([...document.images].map(i => i.decode())))"
        )
        made = page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)
        chromium.close()
    return made


def launched(playwright):
    """Chromium: the system's, or else the one of Playwright."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    try:
        return playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--headless"])
    except Error as error:
        reason = str(error).splitlines()[0]
        wanted = f"{', '.join(BROWSERS)} or `{sys.executable} -m playwright install chromium`"
        raise SystemExit(f"Expected Chromium ({wanted}). Received: {reason}") from None


def pages_of(reader):
    """{id: number of its page} of everything that a link leads to."""
    found = {}
    for name, place in reader.named_destinations.items():
        found[name.removeprefix("/")] = reader.get_destination_page_number(place) + 1
    return found
