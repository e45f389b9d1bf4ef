"""Link a chapter's terms to the glossary: the first use of each opens its definition, and enters the index.

Where a chapter sets a term in emphasis it defines it, and that place is linked rather than an earlier one.
A {term} role of the chapter's own wins over both. The definitions stand hidden at the end of the page, so
that they open from the disk; without a script the links lead to the glossary.
"""

# ruff: noqa: D101, D102, D103
import re
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

import quiz_page

GLOSSARY = "book/glossary"
CHAPTERS = "chapters/"
# Everyday words too: where a chapter doesn't set them in emphasis, it may not be speaking of the term.
EVERYDAY = {"attention", "costs", "patience", "pipeline", "precision", "recall", "temperature"}
EVERYDAY |= {"view", "views", "window", "windows"}
# Headings, boxes, tables, code, formulas, other links.
CLOSED = (nodes.title, nodes.Admonition, nodes.table, nodes.figure, nodes.caption, nodes.container)
CLOSED += (nodes.literal, nodes.FixedTextElement, nodes.math, nodes.reference, addnodes.pending_xref)
CLOSED += (nodes.Invisible, quiz_page.quiz_node)


class term_boxes(nodes.comment):  # noqa: N801
    """The definitions of a page's terms; a comment, so that the search does not find them on every page."""


class term_box(nodes.General, nodes.Element):  # noqa: N801
    pass


class term_link(nodes.Inline, nodes.TextElement):  # noqa: N801
    pass


@dataclass
class Entry:
    """A definition of the glossary: its anchor there, its forms, its text, and the chapters that use it."""

    anchor: str
    forms: list
    text: nodes.Element  # a copy, free of the glossary's page
    pages: list = field(default_factory=list)

    @property
    def name(self):
        return self.anchor.removeprefix("term-")


@dataclass
class Use:
    """Where a chapter uses a term: the node and the characters in it."""

    node: nodes.Node
    start: int = 0
    end: int = 0
    emphatic: bool = False


def definition_items(doctree):
    """What the glossary's page defines: a few terms, then a definition."""
    return (item for glossary in doctree.findall(addnodes.glossary) for item in glossary[0].children)


def read_glossary(doctree):
    """Every entry of the glossary's page."""
    for *terms, text in definition_items(doctree):
        yield Entry(terms[0]["ids"][0], [term.astext() for term in terms], text.deepcopy())


def pattern(entries):
    """A pattern that finds every form, the longer ones first, and the form that a match stands for."""
    forms = {form: entry for entry in entries for form in entry.forms}
    longest = sorted(forms, key=len, reverse=True)
    parts = [rf"(?P<form{k}>{expression(form)})" for k, form in enumerate(longest)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?:e?s)?(?![\w-])"), longest, forms


def expression(form):
    """A form as it may stand in a sentence: with a capital, with a line's end for a blank."""
    first = f"[{form[0]}{form[0].upper()}]"
    return first + re.escape(form[1:]).replace(r"\ ", r"\s+")


def uses(doctree, entries):
    """{name: Use} of the terms in a chapter."""
    finder, forms, owner = pattern(entries)
    found = {}
    for role in doctree.findall(addnodes.pending_xref):
        if role.get("reftype") == "term":
            found.setdefault(owner[role["reftarget"]].name, Use(role, emphatic=True))
    for text in doctree.findall(nodes.Text):
        if is_closed(text):
            continue
        for match in finder.finditer(text):
            form = forms[int(match.lastgroup.removeprefix("form"))]
            emphatic = isinstance(text.parent, nodes.emphasis) and match.span() == (0, len(text))
            known = found.get(owner[form].name)
            if emphatic > bool(known and known.emphatic) or (not known and match[0] not in EVERYDAY):
                found[owner[form].name] = Use(text, *match.span(), emphatic)
    return found


def is_closed(node):
    """Whether no link belongs there."""
    while node := node.parent:
        if isinstance(node, CLOSED):
            return True
    return False


def collect(app, env):
    """Once all pages are read: find the uses, and enter them into the index."""
    if GLOSSARY not in env.found_docs:
        return []
    env.glossary = list(read_glossary(env.get_doctree(GLOSSARY)))
    index = env.get_domain("index").entries
    for page in sorted(name for name in env.found_docs if name.startswith(CHAPTERS)):
        found = uses(env.get_doctree(page), env.glossary)
        index[page] = [entry for entry in index.get(page, []) if not entry[2].startswith("use-")]
        for entry in env.glossary:
            if entry.name in found:
                entry.pages.append(page)
                index[page] += [("single", form, f"use-{entry.name}", "", None) for form in entry.forms]
    return []


class LinkTerms(SphinxPostTransform):
    """Before the links are resolved, for the definitions bring links of their own."""

    default_priority = 5
    formats = ("html",)

    def run(self, **kwargs):
        entries = {entry.name: entry for entry in getattr(self.env, "glossary", ())}
        if self.env.docname == GLOSSARY:
            for item in definition_items(self.document):
                item[-1] += self.places(entries[item[0]["ids"][0].removeprefix("term-")])
        elif entries and self.env.docname.startswith(CHAPTERS):
            found = uses(self.document, entries.values())
            self.link(found, entries)
            boxes = [self.box(entries[name]) for name in sorted(found)]
            self.document += term_boxes("", "", *boxes)

    def places(self, entry):
        """The chapters that use a term, each a link to the place."""
        links = [part for page in entry.pages for part in (nodes.Text(" "), self.place(page, entry))]
        word = nodes.Text("In chapters" if len(entry.pages) > 1 else "In chapter")
        return [nodes.paragraph("", "", word, *links, classes=["places"])] if links else []

    def place(self, page, entry):
        number = self.env.toc_secnumbers[page][""][0]
        title = self.env.titles[page].astext()
        text = nodes.Text(str(number))
        return make_refnode(self.app.builder, GLOSSARY, page, f"use-{entry.name}", text, title)

    def link(self, found, entries):
        """Put the links into the text, all those of one piece of text at once."""
        for node in {id(use.node): use.node for use in found.values()}.values():
            here = sorted((use.start, use.end, name) for name, use in found.items() if use.node is node)
            links = [(start, end, self.term(entries[name])) for start, end, name in here]
            node.parent.replace(node, around(node, links))

    def term(self, entry):
        """A link to the glossary, still without words."""
        page = self.app.builder.get_relative_uri(self.env.docname, GLOSSARY)
        return term_link(name=entry.name, href=f"{page}#{entry.anchor}")

    def box(self, entry):
        """A definition with its links, which are to be found from this page and not from the glossary."""
        box = term_box("", *entry.text.deepcopy().children, name=entry.name)
        box[0].insert(0, [nodes.strong(text=entry.forms[0]), nodes.Text(": ")])
        for link in box.findall(addnodes.pending_xref):
            link["refdoc"] = self.env.docname
        return box


def around(node, links):
    """The pieces of a text, links among them; a role of the chapter's own becomes a link as a whole."""
    if not isinstance(node, nodes.Text):
        links[0][2].extend(node.children)
        return [links[0][2]]
    pieces, at, text = [], 0, node.astext()
    for start, end, link in links:
        link += nodes.Text(text[start:end])
        pieces += [nodes.Text(text[at:start]), link]
        at = end
    return [*pieces, nodes.Text(text[at:])]


def visit_term(self, node):
    name = node["name"]
    self.body.append(
        f'<a class="term" id="use-{name}" href="{node["href"]}" aria-describedby="define-{name}">'
    )


def visit_definition(self, node):
    self.body.append(f'<div class="definition" id="define-{node["name"]}" popover>')


def closing(tag):
    return lambda self, node: self.body.append(tag)


def name_pages(_app, pagename, _template, context, _doctree):
    """The index says where its links lead, instead of numbering them."""
    if pagename == "genindex":
        context["title_of"] = {page: title.astext() for page, title in _app.env.titles.items()}


def setup(app):
    app.add_node(term_boxes, html=(lambda self, node: None, lambda self, node: None))
    app.add_node(term_box, html=(visit_definition, closing("</div>\n")))
    app.add_node(term_link, html=(visit_term, closing("</a>")))
    app.add_post_transform(LinkTerms)
    app.connect("env-updated", collect)
    app.connect("html-page-context", name_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
