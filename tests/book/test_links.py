"""Every link leads somewhere, every id occurs once, nothing comes from another host."""

import re
from functools import cache
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

RESOURCES = {"img": "src", "script": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"}
POINTERS = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget")
EXTERNAL = ("http", "https", "mailto")
LABEL = re.compile(r"^\$\$[ \t]*\(([^)\s]+)\)", re.MULTILINE)
FENCE = re.compile(r"(```|~~~|:::)+\s*\{[a-z-]+\}")


@cache
def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def ids(path):
    return frozenset(tag["id"] for tag in soup(path).find_all(id=True))


def targets(page):
    """Everything a page links to or loads, as (tag, address)."""
    for tag in page.find_all(True):
        for attribute in ("href", "src"):
            if tag.get(attribute):
                yield tag, tag[attribute]


def missing(path, address):
    """Why an address leads nowhere, or None."""
    parts = urlsplit(address)
    if parts.scheme in (*EXTERNAL, "data"):
        return None
    file = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not file.is_file():
        return f"no such file: {address}"
    if parts.fragment and file.suffix == ".html" and unquote(parts.fragment) not in ids(file):
        return f"no such place: {address}"
    return None


def test_links_lead_somewhere(site, page_name):
    path = site / page_name
    assert [fault for _, address in targets(soup(path)) if (fault := missing(path, address))] == []


def test_nothing_comes_from_another_host(site, page_name):
    resources = [(tag, address) for tag, address in targets(soup(site / page_name)) if tag.name != "a"]
    foreign = [str(tag)[:200] for tag, address in resources if re.match(r"(https?:)?//", address)]
    assert [one for one in foreign if 'rel="canonical"' not in one] == []


def test_ids_occur_once(site, page_name):
    names = [tag["id"] for tag in soup(site / page_name).find_all(id=True)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_pointers_point_at_something(site, page_name):
    page = soup(site / page_name)
    pointers = ((tag, name) for name in POINTERS for tag in page.find_all(attrs={name: True}))
    words = ((str(tag)[:120], word) for tag, name in pointers for word in tag[name].split())
    assert [(tag, word) for tag, word in words if word not in ids(site / page_name)] == []


def test_no_directive_is_left_as_text(site, page_name):
    """A fence of backticks with code in its first line, for one, is no directive, and nothing warns."""
    main = BeautifulSoup(str(soup(site / page_name).main), "html.parser")
    for code in main.find_all(["pre", "code", "script", "style"]):
        code.decompose()
    assert FENCE.findall(main.get_text()) == []


def test_page_has_a_description(site, page_name):
    described = soup(site / page_name).find("meta", attrs={"name": "description"})
    assert described, f"Expected a first paragraph to describe {page_name} with. Received: description=None"


def test_page_is_light(site, page_name):
    page = soup(site / page_name)
    own, figures = [], []
    for tag in page.find_all("script", src=True):
        (figures if "_static/outputs/" in tag["src"] else own).append(tag)
    scripts = [tag["src"].split("?")[0].rsplit("/", 1)[-1] for tag in own]
    sheets = page.find_all("link", rel="stylesheet")
    expected = ["theme.js", "book.js"]
    if page_name == "search.html":
        tools = ["doctools.js", "sphinx_highlight.js", "language_data.js", "searchtools.js", "searchindex.js"]
        expected = ["theme.js", "documentation_options.js", "book.js", *tools]
    assert scripts == expected
    assert len(sheets) <= 2 + bool(figures)
    assert len(figures) == len(page.select("figure[data-figure]"))
    assert all(tag.has_attr("defer") for tag in own[1:] + figures)


def test_style_and_script_stay_small(site):
    sizes = {name: (site / "_static" / name).stat().st_size for name in ("book.css", "book.js", "theme.js")}
    assert sizes["book.css"] < 32_000
    assert sizes["book.js"] < 6_800
    assert sizes["theme.js"] < 1_200


def test_style_loads_nothing_from_another_host(site):
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", sheet.read_text(encoding="utf-8")), sheet.name


def test_index_leads_to_the_book(site):
    refresh = soup(site / "index.html").find("meta", attrs={"http-equiv": "Refresh"})
    assert missing(site / "index.html", refresh["content"].split("url=")[1]) is None


@pytest.mark.parametrize("folder", ["chapters"])
def test_labelled_equations_are_referred_to(root, folder):
    """A number that nothing points at is noise."""
    texts = [
        path.read_text(encoding="utf-8") for part in (folder, "book") for path in (root / part).glob("*.md")
    ]
    labels = {label for text in texts for label in LABEL.findall(text)}
    used = {label for text in texts for label in re.findall(r"\{eq\}`(?:[^`<]*<)?([^`>]+)>?`", text)}
    assert sorted(labels - used) == []
