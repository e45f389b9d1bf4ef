"""The status page says what runs and lock say; the citation is that of CITATION.cff, and can be read."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from pybtex.database import parse_string

import edition
import notebooks
import runs

ROOT = Path(__file__).parents[2]
CHAPTERS = notebooks.chapters()
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rows(site):
    """The cells of every row of the status page, by the words of the first."""
    page = BeautifulSoup((site / "book" / "status.html").read_text(encoding="utf-8"), "html.parser")
    cells = ([cell.get_text(strip=True) for cell in row.find_all("td")] for row in page.select("main tr"))
    return {first: rest for first, *rest in filter(None, cells)}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.stem)
def test_a_chapter_is_listed_with_its_run(rows, chapter):
    run = runs.noted()[chapter.stem]
    seconds, python, compared, held, digest = rows[edition.title(chapter.stem)]
    assert (seconds, python, digest) == (f"{run['seconds']} s", run["python"], run["digest"][:12])
    assert int(compared) > 10
    assert int(held) > 5


def test_the_digest_shown_is_the_notebooks_own():
    for chapter in CHAPTERS:
        assert notebooks.read(chapter).metadata["byhand"]["digest"] == runs.noted()[chapter.stem]["digest"]


def test_a_stale_run_says_so():
    assert "stale" not in edition.run_of(CHAPTERS[0], stale=False)[-1]
    assert edition.run_of(CHAPTERS[0], stale=True)[-1].endswith("(stale)")


def test_a_chapter_without_a_run_has_a_row(tmp_path):
    assert edition.run_of(tmp_path / "99-nothing.md", stale=True)[1] == "not run yet"


@pytest.mark.parametrize("name", edition.SHOWN)
def test_the_versions_are_those_of_the_lock(rows, name):
    assert re.search(
        rf"^{name}=={re.escape(rows[name][0])}\b", edition.LOCK.read_text(encoding="utf-8"), re.M
    )


# The citation


@pytest.mark.parametrize("chapter", [None, (3, "Why hidden layers must bend")])
@pytest.mark.parametrize("url", ["", "https://github.com/ada/book"])
def test_the_entry_can_be_read(chapter, url):
    (entry,) = parse_string(edition.bibtex(CITATION, url, chapter), "bibtex").entries.values()
    book = CITATION["preferred-citation"]
    assert entry.fields["year"] == str(book["year"])
    assert entry.fields["booktitle" if chapter else "title"] == book["title"]
    assert str(entry.persons["author"][0]).strip("{}") == book["authors"][0]["name"]
    assert entry.fields.get("url", "") == url
    assert (entry.type, entry.fields.get("chapter")) == (("incollection", "3") if chapter else ("book", None))


def test_the_page_shows_both_entries(site):
    page = BeautifulSoup((site / "book" / "cite.html").read_text(encoding="utf-8"), "html.parser")
    entries = parse_string("\n".join(pre.get_text() for pre in page.select("main pre")), "bibtex").entries
    assert [entry.type for entry in entries.values()] == ["book", "incollection"]


# The change log


def test_the_newest_entry_is_the_version_of_the_package():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    versions = re.findall(r"^## (\S+?),? ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert versions[0] == version
