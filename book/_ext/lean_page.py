"""Make the pages lean and clean: our own frame, one style sheet, one small script, tidy HTML inside.

The frame is book/_templates/layout.html on Sphinx's bare theme `basic`; what Sphinx and MyST-NB write into
it is tidied here, one function a fault.
"""

import hashlib
import re
from copy import copy
from pathlib import Path
from xml.etree import ElementTree

from bs4 import BeautifulSoup, NavigableString
from PIL import Image

import pictures
import policy

OURS = Path(__file__).parent.parent
VERSIONED = ["_static/book.css", "_static/book.js", "_static/theme.js", "_ext/lean_page.py", "_ext/policy.py"]
UNUSED = ["basic.css", "file.png", "minus.png", "plus.png", "pygments.css", "exercise.css", "mystnb.*.css",
          "design-tabs.js"]  # fmt: skip


def scroll_tables(body, _page):
    """A wide table scrolls inside its own box, not the page."""
    for table in body.find_all("table"):
        box = body.new_tag("div", attrs={"class": "scroller", "data-name": "Table"})
        table.wrap(box)


def name_table_corners(body, _page):
    """A header cell without text heads nothing; pandas writes one into each corner."""
    for cell in body.find_all("th"):
        if not cell.get_text(strip=True) and not cell.find("img"):
            cell.name = "td"


def name_rows(body, _page):
    """Under an empty corner the first column names the rows; Markdown has no way to say so."""
    for corner in body.select("thead td:first-child"):
        rows = corner.find_parent("table").select("tbody > tr > :first-child")
        for cell in (cell for cell in rows if cell.get_text(strip=True)):
            cell.name, cell["scope"] = "th", "row"


def drop_false_labels(body, _page):
    """A label that differs from the visible text misleads who speaks to the page."""
    for summary in body.find_all("summary", attrs={"aria-label": True}):
        del summary["aria-label"]


def name_summaries(body, _page):
    """A fold needs a name."""
    for summary in body.find_all("summary"):
        if not summary.get_text(strip=True):
            summary.string = "Details"


def flatten_summaries(body, _page):
    """A summary may hold words, not paragraphs."""
    for paragraph in body.select("summary p"):
        paragraph.name = "span"


def demote_asides(body, _page):
    """An aside inside the text is a note, not a landmark of the page."""
    for aside in body.find_all("aside", attrs={"role": None}):
        aside.name = "div"
        aside["role"] = "note"


def level_captions(body, _page):
    """Sphinx calls the caption of a list of chapters a heading, but does not say of which level."""
    for caption in body.find_all(attrs={"role": "heading", "aria-level": None}):
        caption["aria-level"] = "2"


def name_figures(body, _page):
    """A screen reader announces a figure by a short name; browsers don't take it from the caption."""
    for figure in body.find_all("figure", attrs={"aria-label": None}):
        if moving := figure.get("data-figure"):
            figure["aria-label"] = f"Moving figure: {moving.replace('-', ' ')}"
        elif figure.figcaption:
            caption = figure.figcaption.get_text(" ", strip=True)
            figure["aria-label"] = re.split(r"(?<=[.?!]) ", caption)[0]


def list_citations(body, _page):
    """Roles that screen readers no longer know give way to those that they do."""
    for entry in body.find_all(attrs={"role": "doc-biblioentry"}):
        entry["role"] = "listitem"


def drop_script_classes(body, _page):
    """Class names for MathJax, which is not here."""
    for section in body.select(".tex2jax_ignore"):
        kept = [name for name in section["class"] if not name.endswith("jax_ignore")]
        section["class"] = kept
        if not kept:
            del section["class"]


def hold_together(body, _page):
    """No line ends between a formula and a comma, a bracket or an ending that belongs to it."""
    for formula in body.select("math:not(.math-block > math)"):
        start, end = taken(formula.previous_sibling, r"\S+$"), taken(formula.next_sibling, r"^\S+")
        if start or end:
            held = formula.wrap(body.new_tag("span", attrs={"class": "held"}))
            held.insert(0, start)
            held.append(end)


def taken(text, pattern):
    """What of a text matches, taken out of it."""
    found = type(text) is NavigableString and re.search(pattern, text)
    if not found:
        return ""
    text.replace_with(re.sub(pattern, "", text))
    return found[0]


def size_images(body, page):
    """The browser keeps the place of an image that has not come yet, if it knows the size."""
    for image in body.find_all("img", src=True):
        if image.get("width") or image.get("height"):
            continue
        if size := size_of(page.image_files.get(Path(image["src"]).name)):
            image["width"], image["height"] = size


FIXES = [scroll_tables, name_table_corners, name_rows, drop_false_labels, name_summaries, flatten_summaries,
         demote_asides, level_captions, name_figures, list_citations, drop_script_classes, policy.drop_styles,
         hold_together, size_images, pictures.lighten]  # fmt: skip


# Names, operators, brackets and spaces in code have no colour of their own: half of a listing's elements.
PLAIN = re.compile(r'<span class="(?:n|o|p|w)">([^<]*)</span>')


def size_of(path):
    """Width and height of an image file in CSS pixels, or None."""
    if path is None or not path.is_file():
        return None
    if path.suffix == ".svg":
        return svg_size(path)
    with Image.open(path) as image:
        return image.size


def svg_size(path):
    """Width and height of a drawing, from its view box."""
    box = ElementTree.parse(path).getroot().get("viewBox", "").replace(",", " ").split()
    return tuple(round(float(side)) for side in box[2:]) if len(box) == 4 else None


def tidy(html, page):
    """The text of a page, parsed, with every fix applied."""
    body = BeautifulSoup(PLAIN.sub(r"\1", html), "html.parser")
    for fix in FIXES:
        fix(body, page)
    return body


class Page:
    """What a fix may ask about the page it works on."""

    def __init__(self, app):
        self.pictures = Path(app.outdir, app.builder.imagedir)
        self.drafts = Path(app.doctreedir, "pictures")
        self.image_files = {name: Path(app.srcdir, path) for path, name in app.builder.images.items()}


def describe(body, limit=155):
    """The first paragraph, cut at a word, for search engines and previews."""
    paragraph = copy(body.select_one("section > p")) or body.new_tag("p")
    for source in paragraph.find_all("annotation"):
        source.decompose()
    text = " ".join(paragraph.get_text().split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def inner_sections(toc):
    """The sections of this page without its title, which every reader has just read."""
    lists = BeautifulSoup(toc or "", "html.parser").find_all("ul")
    return str(lists[1]) if len(lists) > 1 else ""


def fill_page(app, _pagename, _template, context, doctree):
    """Tidy the text and hand the frame what it shows around it."""
    context["page_version"] = app.config.page_version
    context["author"] = app.config.author
    context["sections"] = inner_sections(context.get("toc"))
    if doctree is None:
        return
    body = tidy(context["body"], Page(app))
    context["output_styles"], context["output_scripts"] = policy.move_out(body, app)
    context["body"] = str(body)
    context["has_math"] = "<math" in context["body"]
    context["has_design"] = bool(re.search(r'class="[^"]*\bsd-', context["body"]))
    if 'name="description"' not in context["metatags"]:
        context["description"] = describe(body) or f"{context['title']}: {app.config.project}"


def version(root=OURS):
    """Changes when style or script do: browsers then fetch them anew and Sphinx rewrites every page."""
    return hashlib.sha256(b"".join(Path(root, name).read_bytes() for name in VERSIONED)).hexdigest()[:8]


def settle(_app, config):
    """Undo what Jupyter Book sets for its own theme."""
    config.html_theme_options = {}
    config.page_version = version()


def write_root(app, exception):
    """The page at the root leads to the front page, as a page in its own right."""
    if exception or app.builder.format != "html" or app.config.root_doc == "index":
        return
    front = app.builder.get_target_uri(app.config.root_doc)
    Path(app.outdir, "index.html").write_text(
        f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{app.config.html_title}</title>\n'
        f'<meta http-equiv="Refresh" content="0; url={front}">\n<p><a href="{front}">To the book</a></p>\n'
        "</html>\n",
        encoding="utf-8",
    )


def drop_unused(app, exception):
    """What no page asks for is not shipped."""
    if exception or app.builder.format != "html":
        return
    for pattern in UNUSED:
        for path in Path(app.outdir, "_static").glob(pattern):
            path.unlink()


def setup(app):
    """Connect the steps; `comments_config` is set by Jupyter Book for an extension that is not loaded."""
    app.add_config_value("comments_config", {}, "")
    app.add_config_value("page_version", "", "html")
    app.connect("config-inited", settle)
    app.connect("html-page-context", fill_page, priority=900)
    app.connect("build-finished", write_root, priority=100)  # before sphinx_external_toc writes a bare one
    app.connect("build-finished", drop_unused, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
