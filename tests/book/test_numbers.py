"""A number in the prose is glued from the run, or a given that numbers.yml lists with its words."""

import re
from pathlib import Path

import jupytext
import pytest
import yaml

import flatten
import notebooks

ALLOWED = yaml.safe_load(Path(__file__).with_name("numbers.yml").read_text(encoding="utf-8")) or {}
CHAPTERS = notebooks.chapters()
# Digits, and the words for numbers that are more often counted than said.
WORDS = "five six seven eight nine ten eleven twelve fifteen sixteen twenty thirty forty fifty sixty hundred "
WORDS += "thousand thousands million double twice tenth third quarter"
NUMBER = re.compile(r"\d[\d.,]*|\b(?:" + "|".join(WORDS.split()) + r")\b(?:-\w+)?", re.I)
NOT_PROSE = [
    r"\{[\w:-]+\}`[^`]+`",  # roles
    r"`[^`\n]+`",
    r"^\d+\. ",  # numbered lists
]


def prose(chapter):
    """The text of a chapter without code, formulas and roles."""
    cells = jupytext.read(chapter).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    text = "\n".join([*unfenced(text.splitlines()), *alternatives(cells)])
    text = re.sub(r"\$\$.*?\$\$(?: *\([\w-]+\))?", " ", text, flags=re.S)  # formulas: contracts check them
    text = re.sub(r"\$[^$\n]+\$", lambda m: m[0] if re.search(r"\d\.\d", m[0]) else " ", text)
    for pattern in NOT_PROSE:
        text = re.sub(pattern, " ", text, flags=re.M | re.S)
    return text


def alternatives(cells):
    """What stands in for the pictures."""
    images = [cell.metadata.get("mystnb", {}).get("image", {}) for cell in cells]
    return [image["alt"] for image in images if "alt" in image]


def unfenced(lines):
    """Lines without listings; of directives the argument and the body, without the options."""
    open_fences = []
    for line in lines:
        fence = flatten.FENCE.match(line)
        if open_fences and line.strip() == open_fences[-1][0]:
            open_fences.pop()
        elif fence:
            head = flatten.HEAD.match(fence["rest"])
            open_fences.append((fence["mark"], head is None))
            yield head["argument"] if head and head["name"] != "literalinclude" else ""
        elif not any(listing for _, listing in open_fences) and not flatten.OPTION.match(line):
            yield line


def loose_numbers(text, allowed):
    """Each number in the text that no allowed phrase covers, with the words around it."""
    text = " ".join(text.split())
    for phrase in sorted(allowed, key=len, reverse=True):
        text = text.replace(phrase, NUMBER.sub("#", phrase))
    return [text[max(0, m.start() - 30) : m.end() + 30].strip() for m in NUMBER.finditer(text)]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.stem)
def test_every_number_comes_from_the_run_or_is_a_given(chapter):
    loose = loose_numbers(prose(chapter), ALLOWED.get(chapter.stem, []))
    assert not loose, "neither glued nor listed in tests/book/numbers.yml:\n" + "\n".join(loose)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.stem)
def test_every_given_is_still_in_the_text(chapter):
    text = prose(chapter)
    text = " ".join(text.split())
    gone = [phrase for phrase in ALLOWED.get(chapter.stem, []) if phrase not in text]
    assert not gone, f"listed in tests/book/numbers.yml, but no longer in {chapter.name}: {gone}"


def test_a_changed_number_is_seen():
    assert loose_numbers("a 400-25-15-1 network of 157 steps", ["400-25-15-1 network"])
    assert not loose_numbers("a 400-25-15-1 network of steps", ["400-25-15-1 network"])
    assert loose_numbers("a 400-26-15-1 network", ["400-25-15-1 network"])
    assert loose_numbers("after nine steps", ["after five steps"])
