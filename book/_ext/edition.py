"""What this edition is made of: {runs} of the chapters, {locked} packages, and {how-to-cite} it.

All three read what the build itself stands on: notebooks/, the lock and CITATION.cff.
"""

import hashlib
import re
from pathlib import Path

import yaml
from sphinx.util.docutils import SphinxDirective

import notebooks
import runs
from equations import FOUND, Rows, findings, title

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "lock.txt"
CITATION = ROOT / "CITATION.cff"
# What computes, draws, runs and builds; {locked} says how many stand behind these.
SHOWN = ("numpy", "scipy", "scikit-learn", "matplotlib", "keras", "tensorflow", "jupytext", "sphinx")


def short(digest):
    """The first twelve digits: enough to compare by eye."""
    return digest[:12]


def run_of(chapter, stale):
    """What is known of a chapter's committed run, as the cells of a row."""
    run, notebook = runs.noted().get(chapter.stem), notebooks.read(chapter)
    if not run or notebook is None:
        return [f"{{doc}}`../chapters/{chapter.stem}`", "not run yet", "", "", "", ""]
    held = sum(found["chapter"] == chapter.stem for found in findings().values())
    state = " (stale)" if stale else ""
    return [
        f"{{doc}}`../chapters/{chapter.stem}`",
        f"{run['seconds']} s",
        run["python"],
        str(compared(notebook)),
        str(held),
        f"`{short(run['digest'])}`{state}",
    ]


def compared(notebook):
    """How many cells have an output that every test compares with a fresh run."""
    return sum(bool(outputs) for outputs in notebooks.outputs_of(notebook))


class Runs(Rows):
    """{runs}: a row for each chapter."""

    header = ("Chapter", "Run time", "Python", "Outputs compared", "Formulas held", "Digest")

    def run(self):
        """The table."""
        for path in (runs.FILE, FOUND, LOCK, *map(notebooks.notebook_of, notebooks.chapters())):
            self.env.note_dependency(str(path))
        stale = self.env.stale_chapters
        return [self.table([(None, run_of(chapter, chapter in stale)) for chapter in notebooks.chapters()])]


def locked():
    """{package: version} of the lock; where systems differ, the first."""
    pairs = re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK.read_text(encoding="utf-8"), re.M)
    return dict(reversed(pairs))


class Locked(Rows):
    """{locked}: the versions that a reader may ask for, and the digest of the whole lock."""

    header = ("Package", "Version")

    def run(self):
        """A table and a line."""
        self.env.note_dependency(str(LOCK))
        versions = locked()
        digest = short(hashlib.sha256(LOCK.read_bytes()).hexdigest())
        line = f"In all {len(versions)} packages, each with its hashes; digest of the lock: `{digest}`."
        rows = [(None, (f"`{name}`", versions[name])) for name in SHOWN]
        return [self.table(rows), *self.parse_text_to_nodes(line)]


def bibtex(citation, url="", chapter=None):
    """An entry for the book, or for a chapter given as (number, title), from what CITATION.cff says."""
    book = citation["preferred-citation"]
    title = book["title"]
    fields = {
        "author": "{" + " and ".join(author["name"] for author in book["authors"]) + "}",
        **({"title": chapter[1], "chapter": chapter[0], "booktitle": title} if chapter else {"title": title}),
        "year": book["year"],
        "edition": f"version {citation['version']}",
        **({"url": url} if url else {}),
        "note": f"Licence {book['license']}",
    }
    kind, key = ("incollection", f"byhand-{chapter[0]}") if chapter else ("book", "byhand")
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{key},\n{lines}}}"


class HowToCite(SphinxDirective):
    """{how-to-cite}: a line of text, an entry for the book and one for its first chapter."""

    def run(self):
        """Markdown, parsed."""
        self.env.note_dependency(str(CITATION))
        return self.parse_text_to_nodes(
            how_to_cite(yaml.safe_load(CITATION.read_text(encoding="utf-8")), self.url)
        )

    @property
    def url(self):
        """The repository that the book is built from, if any."""
        owner_and_name = self.config.book_repository[:2]
        return f"https://github.com/{'/'.join(owner_and_name)}" if owner_and_name else ""


def how_to_cite(citation, url):
    """The page's Markdown."""
    book = citation["preferred-citation"]
    authors = ", ".join(author["name"] for author in book["authors"])
    where = f" {url}" if url else ""
    first = notebooks.chapters()[0].stem
    return "\n\n".join(
        [
            f"> {authors} ({book['year']}). *{book['title']}*, version {citation['version']}.{where}",
            f"```bibtex\n{bibtex(citation, url)}\n```",
            "And one chapter:",
            f"```bibtex\n{bibtex(citation, url, (int(first[:2]), title(first)))}\n```",
        ]
    )


def setup(app):
    """Add the directives."""
    app.add_directive("runs", Runs)
    app.add_directive("locked", Locked)
    app.add_directive("how-to-cite", HowToCite)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
