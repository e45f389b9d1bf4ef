"""Write the book as an EPUB: a page of XHTML for each page, MathML as it is, pictures, one style sheet."""

import uuid
import zipfile
from copy import copy
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
FONT = "stix-two-math.woff2"
MEDIA = {".png": "image/png", ".svg": "image/svg+xml", ".jpg": "image/jpeg"}
NAMESPACES = {"math": "http://www.w3.org/1998/Math/MathML", "svg": "http://www.w3.org/2000/svg"}
# HTML may write these small; XML may not.
CAPITALS = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio", "textlength": "textLength"}
ACCESS = {
    "accessMode": ("textual", "visual"),
    "accessModeSufficient": ("textual",),
    "accessibilityFeature": ("MathML", "alternativeText", "tableOfContents", "structuralNavigation"),
    "accessibilityHazard": ("none",),
    "accessibilitySummary": ("Formulas are MathML, pictures have text alternatives, nothing is folded.",),
}
CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/content.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
PAGE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" '
    'xml:lang="en"><head><title>{title}</title><link rel="stylesheet" href="style.css"/></head>'
    "<body>{body}</body></html>"
)


def write(articles, citation, target, site=SITE):
    """The EPUB of these articles."""
    images = {}
    pages = {f"{article.key}.xhtml": xhtml(article, site, images) for article in articles}
    styles = dict.fromkeys(style for article in articles for style in article.styles)
    sheet = "\n".join([Path(__file__).with_name("epub.css").read_text(encoding="utf-8"), *styles])
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("book/content.opf", package(pages, images, citation))
        book.writestr("book/nav.xhtml", navigation(articles, citation))
        book.writestr("book/style.css", sheet)
        book.write(site / "_static" / "math" / FONT, f"book/{FONT}")
        for name, text in pages.items():
            book.writestr(f"book/{name}", text)
        for name, file in images.items():
            book.write(file, f"book/{name}")


def xhtml(article, site, images):
    """A page; the pictures that it shows are added to `images`, {name in the book: file}."""
    text = copy(article.text)
    for image in text.find_all("img", src=True):
        file = (site / Path(article.name).parent / image["src"]).resolve()
        images[f"images/{file.name}"] = file
        image["src"] = f"images/{file.name}"
        image.attrs.pop("loading", None)
    for link in text.select("a.inside"):
        page = link["href"].removeprefix("#").split("--")[0]
        link["href"] = f"{page}.xhtml" + (link["href"] if "--" in link["href"] else "")
    for name, space in NAMESPACES.items():
        for part in text.find_all(name):
            part["xmlns"] = space
    for part in text.find_all(lambda tag: CAPITALS.keys() & tag.attrs.keys()):
        part.attrs = {CAPITALS.get(name, name): value for name, value in part.attrs.items()}
    return PAGE.format(title=escape(article.title), body=text)


def package(pages, images, citation):
    """content.opf: what the book is, what is in it, and in which order."""
    spine = "".join(f'<itemref idref="{Path(name).stem}"/>' for name in pages)
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">'
        f"{metadata(citation)}<manifest>{manifest(pages, images)}</manifest>"
        f"<spine>{spine}</spine></package>"
    )


def metadata(citation):
    """What the book is: its names and rights, and whom it suits."""
    book = citation["preferred-citation"]
    fields = [
        *[("creator", author["name"]) for author in book["authors"]],
        ("title", book["title"]),
        ("language", "en"),
        ("date", book["year"]),
        ("rights", f"{book['license']}; code BSD-3-Clause"),
        ("description", " ".join(citation["abstract"].split())),
    ]
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{book['title']} {citation['version']}")
    about = [("dcterms:modified", f"{book['year']}-01-01T00:00:00Z")]
    about += [(f"schema:{name}", value) for name, values in ACCESS.items() for value in values]
    return (
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>'
        + "".join(f"<dc:{name}>{escape(str(value))}</dc:{name}>" for name, value in fields)
        + "".join(f'<meta property="{name}">{value}</meta>' for name, value in about)
        + "</metadata>"
    )


def manifest(pages, images):
    """Every file, and of each page whether it has formulas and drawings."""
    items = [
        ("nav", "nav.xhtml", "application/xhtml+xml", "nav"),
        ("style", "style.css", "text/css", ""),
        ("font", FONT, "font/woff2", ""),
    ]
    for name, text in pages.items():
        inside = " ".join(word for word, mark in (("mathml", "<math"), ("svg", "<svg")) if mark in text)
        items.append((Path(name).stem, name, "application/xhtml+xml", inside))
    for k, name in enumerate(sorted(images)):
        items.append((f"image-{k}", name, MEDIA[Path(name).suffix], ""))
    return "".join(item(*fields) for fields in items)


def item(name, href, media, inside):
    """A line of the manifest."""
    properties = f' properties="{inside}"' if inside else ""
    return f'<item id="{name}" href="{href}" media-type="{media}"{properties}/>'


def navigation(articles, citation):
    """nav.xhtml: the pages, and the sections of each."""
    rows = []
    for article in articles:
        headings = [h for h in article.text.find_all("h2") if h.parent.get("id")]
        inner = "".join(line(f"{article.key}.xhtml#{h.parent['id']}", h.get_text()) for h in headings)
        deeper = f"<ol>{inner}</ol>" if inner else ""
        rows.append(line(f"{article.key}.xhtml", article.title, deeper))
    title = escape(citation["title"])
    body = f'<nav epub:type="toc" id="toc"><h1>{title}</h1><ol>{"".join(rows)}</ol></nav>'
    return PAGE.format(title=title, body=body)


def line(href, text, deeper=""):
    """A line of the contents, with the lines under it."""
    return f'<li><a href="{href}">{escape(" ".join(text.split()))}</a>{deeper}</li>'
