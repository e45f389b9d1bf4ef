"""The whole book as one PDF, or as an EPUB: the built pages, everything unfolded, in the order of _toc.yml.

python book/_ext/paper.py pdf     _build/neural-networks-by-hand.pdf, printed by Chromium
python book/_ext/paper.py epub    _build/neural-networks-by-hand.epub
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import yaml
from bs4 import BeautifulSoup

import paper_page

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
LAST = "genindex"  # which no table of contents lists
NAME = "neural-networks-by-hand"


@dataclass(frozen=True)
class Article:
    """A page of the book for paper: its name, its title, whether it is a chapter, its text, its styles."""

    name: str
    title: str
    text: BeautifulSoup
    styles: tuple

    @property
    def key(self):
        """The page's name as an id."""
        return paper_page.key(self.name)


def names(toc):
    """The pages in reading order."""
    if isinstance(toc, list):
        return [name for entry in toc for name in names(entry)]
    own = [toc[kind] for kind in ("root", "file") if kind in toc]
    return own + [name for kind in ("parts", "chapters", "sections") for name in names(toc.get(kind, []))]


def reading_order():
    """The pages of _toc.yml, then the index."""
    return [*names(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))), LAST]


def articles(site=SITE, order=None):
    """Every page, ready for paper; links that stay inside the book lead to `key` or `key--id`."""
    order = order or reading_order()
    made = []
    for name in order:
        page = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        links = page.head.select('link[href*="_static/outputs/"]')
        styles = tuple((site / name).parent.joinpath(link["href"]).read_text("utf-8") for link in links)
        text = paper_page.prepare(page.find("article"), name, set(order))
        made.append(Article(name, " ".join(text.h1.get_text().split()), text, styles))
    return made


def citation():
    """What CITATION.cff says of the book."""
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("form", choices=["pdf", "epub"])
    form = parser.parse_args().form
    if not SITE.is_dir():
        parser.error(f"Expected built pages, made by `make pages`. Received: no folder {SITE}")
    target = ROOT / "_build" / f"{NAME}.{form}"
    if form == "pdf":
        import paper_pdf as writer
    else:
        import paper_epub as writer
    writer.write(articles(), citation(), target)
    print(f"   The book: {target.as_uri()} ({target.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
