"""What a teacher plans with, from the chapters: {minutes} of each, of its {parts}, and what it {needs}."""

import html
import re
from dataclasses import dataclass, fields

import jupytext
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import flatten
import notebooks
from equations import Rows, title

# Minutes for one of each. Words: 200 a minute.
RATES = {"words": 1 / 200, "equations": 0.5, "cells": 1, "quizzes": 1, "exercises": 5, "open": 15}
PIECE = re.compile(r"^(?=## |`{3,}\{(?:exercise|solution)-)", re.M)
START, END = (re.compile(rf"`{{3,}}\{{(?:exercise|solution)-{end}\}}") for end in ("start", "end"))
# Quizzes; display equations; directives and their options; roles, code and formulas inside a line.
NO_WORDS = [
    re.compile(pattern, re.M | re.S)
    for pattern in (
        r"^(:{3,}|`{3,})\{quiz\}.*?^\1$",
        r"\$\$.*?\$\$(?: *\([\w-]+\))?",
        r"^(?:`{3,}|:)[^\n]*",
        r"(?:\{[\w:-]+\})?`[^`\n]*`|\$[^$\n]*\$",
    )
]
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LABEL = re.compile(r"^\(([\w-]+)\)=$", re.M)
REFERENCE = re.compile(r"\{ref\}`(?:[^`<]*<)?([\w-]+)>?`")


@dataclass
class Part:
    """What a part of a chapter, from one heading of the second level to the next, asks of a reader."""

    name: str
    words: int = 0
    equations: int = 0
    cells: int = 0
    quizzes: int = 0
    exercises: int = 0
    open: int = 0

    def minutes(self, *kinds):
        """The minutes of these kinds, or of all."""
        return sum(RATES[kind] * getattr(self, kind) for kind in kinds or RATES)

    def __add__(self, other):
        sums = {f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)[1:]}
        return Part(self.name, **sums)


def parts_of(chapter):
    """The parts of a chapter; hidden cells, and what stands inside exercises and solutions, are left out."""
    parts, inside = [Part("")], False
    for cell in jupytext.read(chapter).cells:
        if cell.cell_type == "code":
            parts[-1].cells += not inside and "remove-cell" not in cell.metadata.get("tags", [])
            continue
        for piece in PIECE.split(cell.source):
            inside = bool(START.match(piece)) or (inside and not END.match(piece))
            if piece.startswith("## "):
                parts.append(Part(piece.splitlines()[0].removeprefix("## ")))
            if not inside or "{exercise-start}" in piece:
                count(piece, parts[-1])
    return parts[1:]


def count(text, part):
    """Add what a piece of text holds; the words of a question or an exercise are in its own minutes."""
    if "{exercise-start}" in text:
        is_open = bool(re.search(r"^Open: ", text, re.M))
        part.open += is_open
        part.exercises += not is_open
        return
    part.quizzes += text.count("{quiz}")
    part.equations += len(flatten.EQUATION.findall(text))
    for pattern in NO_WORDS:
        text = pattern.sub(" ", text)
    part.words += len(WORD.findall(text))


def fives(minutes):
    """Rounded up to five minutes: nobody is more precise."""
    return f"{5 * -(-minutes // 5):.0f}"


class Minutes(Rows):
    """{minutes}: a row a chapter."""

    header = ("Chapter", "Read", "Run cells", "Quizzes", "Exercises", "Open exercise", "In all")

    def run(self):
        """The table."""
        rows = []
        for chapter in notebooks.chapters():
            self.env.note_dependency(str(chapter))
            whole = sum(parts_of(chapter), Part(""))
            groups = (("words", "equations"), ("cells",), ("quizzes",), ("exercises",), ("open",), RATES)
            rows.append((None, [link(chapter), *(fives(whole.minutes(*kinds)) for kinds in groups)]))
        return [self.table(rows)]


class Parts(SphinxDirective):
    """{parts}: a fold a chapter, with a row a part."""

    def run(self):
        """The folds."""
        return [node for chapter in notebooks.chapters() for node in self.fold(chapter)]

    def fold(self, chapter):
        """The parts of one chapter."""
        self.env.note_dependency(str(chapter))
        lines = [
            f"| {part.name} | {part.minutes('words', 'equations'):.0f} | {part.cells} | {minutes:.0f} |"
            for part in parts_of(chapter)
            if (minutes := part.minutes()) >= 0.5
        ]
        table = ["| Part | Read, minutes | Cells to run | In all, minutes |", "|---|---|---|---|", *lines]
        text = [f"::::{{dropdown}} {int(chapter.stem[:2])}. {title(chapter.stem)}", *table, "::::"]
        return self.parse_text_to_nodes("\n".join(text))


def link(chapter):
    """A chapter as a link."""
    return f"{{doc}}`../chapters/{chapter.stem}`"


def needs():
    """{chapter: the chapters it needs}, from the line "You need" of each card."""
    texts = {chapter.stem: chapter.read_text(encoding="utf-8") for chapter in notebooks.chapters()}
    home = {label: stem for stem, text in texts.items() for label in LABEL.findall(text)}
    cards = {stem: re.search(r"^\*\*You need\*\*.*$", text, re.M)[0] for stem, text in texts.items()}
    found = {
        stem: {home[label] for label in REFERENCE.findall(card)} - {stem} for stem, card in cards.items()
    }
    return {stem: sorted(needed) for stem, needed in found.items()}


class Needs(SphinxDirective):
    """{needs}: the chapters one below the other, an arc to each from what it builds on; then in words."""

    def run(self):
        """The drawing and the list."""
        found = needs()
        for chapter in notebooks.chapters():
            self.env.note_dependency(str(chapter))
        words = [f"- {link_of(stem)}: {sentence(needed)}" for stem, needed in found.items()]
        drawing = nodes.raw("", drawn(found), format="html")
        return [drawing, *self.parse_text_to_nodes("\n".join(words))]


def link_of(stem):
    """A chapter's number and title as a link."""
    return f"{{doc}}`{int(stem[:2])}. {title(stem)} <../chapters/{stem}>`"


def sentence(needed):
    """What a chapter needs, in words."""
    numbers = [str(int(stem[:2])) for stem in needed]
    if not numbers:
        return "needs no other chapter"
    *most, last = numbers
    return f"needs chapters {', '.join(most)} and {last}" if most else f"needs chapter {last}"


def drawn(found, step=34, left=130):
    """The drawing as SVG; arcs lie left of the titles, longer ones further out."""
    stems = list(found)
    at = {stem: step * (k + 0.5) for k, stem in enumerate(stems)}
    far = 1.25 * left / (step * len(stems))
    arcs = [arc(at[needed], at[stem], left - 14, far) for stem in stems for needed in found[stem]]
    titles = [
        f'<circle cx="{left - 10}" cy="{at[stem]}" r="4"/>'
        f'<text x="{left + 4}" y="{at[stem] + 5}">{int(stem[:2])}. {html.escape(title(stem))}</text>'
        for stem in stems
    ]
    size = f'viewBox="0 0 440 {step * len(stems)}" width="440" height="{step * len(stems)}"'
    label = "Which chapter builds on which; the list below says it in words."
    return f'<svg class="needs" role="img" aria-label="{label}" {size}>{"".join(arcs + titles)}</svg>'


def arc(top, bottom, x, far):
    """From a chapter down to the one that needs it, with an arrow's head at its end."""
    out = x - (bottom - top) * far
    curve = f'<path d="M{x} {top}C{out:.0f} {top} {out:.0f} {bottom} {x} {bottom}"/>'
    return f'{curve}<path d="M{x - 7} {bottom - 4}L{x} {bottom}L{x - 7} {bottom + 4}"/>'


def setup(app):
    """Add the directives."""
    app.add_directive("minutes", Minutes)
    app.add_directive("parts", Parts)
    app.add_directive("needs", Needs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
