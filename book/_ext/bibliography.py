"""The book's references as plain text, for notebooks: "Author (year)" and full entries."""

from functools import cache
from pathlib import Path

from pybtex.database import parse_file
from pybtex.plugin import find_plugin

FILE = Path(__file__).resolve().parents[1] / "references.bib"


@cache
def _database():
    return parse_file(str(FILE))


def authors_and_years():
    """{key: ("Glorot and Bengio", "2010")} for every reference."""
    return {key: (_names(entry), entry.fields["year"]) for key, entry in _database().entries.items()}


def _names(entry):
    people = [" ".join(person.prelast_names + person.last_names) for person in entry.persons["author"]]
    if len(people) > 2:
        return f"{people[0]} et al."
    return " and ".join(people)


def entries(keys):
    """The full references of these keys as Markdown, in the order of the keys: by author, then year."""
    style, backend = (
        find_plugin("pybtex.style.formatting", "plain")(),
        find_plugin("pybtex.backends", "markdown")(),
    )
    formatted = style.format_entries([_database().entries[key] for key in sorted(keys)])
    return [" ".join(entry.text.render(backend).split()) for entry in formatted]
