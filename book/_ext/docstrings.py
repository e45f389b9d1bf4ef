"""Turn a docstring of the package into reStructuredText.

Sphinx's napoleon reads what stands before a colon under "Returns" as a type; here it is the name of an array
and after it comes a shape. So the four sections are read here: Args, Returns, Raises and Example.
"""

import inspect
import re

SECTION = re.compile(r"(Args|Returns|Raises|Example):")
TITLES = {"Args": "Arguments"}
ITEM = re.compile(r"(\w+): (.*)")
QUOTED = re.compile(r"`([^`]+)`")
LISTED = re.compile(
    r"^\(?(\w|\d+|[ivxlcdm]+|[IVXLCDM]+)[.)](?= |$)|^[-+•](?= )"
)  # would begin a list: "M." is its thirteenth letter
EQUATION = re.compile(r"\(?\b(eq-[a-z0-9-]+)\b\)?")


def to_rst(lines, link):
    """The lines of a docstring in reStructuredText.

    Args:
        lines: of the docstring, dedented.
        link: function name -> the full name of what is documented so, or None.
    """
    out, waiting = [], list(lines)
    while waiting:
        line = waiting.pop(0)
        section = SECTION.fullmatch(line)
        out += _section(section[1], _indented(waiting), link) if section else _text([line], link)
    return out


def sections(docstring):
    """{title: lines} of the sections of a docstring."""
    found, waiting = {}, inspect.cleandoc(docstring).splitlines()
    while waiting:
        if section := SECTION.fullmatch(waiting.pop(0)):
            found[section[1]] = _indented(waiting)
    return found


def items(lines):
    """[(name, lines)] of a section such as Args; a line that names nothing belongs to the item above."""
    found = []
    for line in lines:
        if item := ITEM.fullmatch(line):
            found.append((item[1], [item[2]]))
        elif found:
            found[-1][1].append(line.strip())
    return found


def _indented(waiting):
    """Take the lines of a section, up to the next line at its margin."""
    taken = []
    while waiting and (not waiting[0].strip() or waiting[0].startswith(" ")):
        taken.append(waiting.pop(0))
    return inspect.cleandoc("\n".join(["", *taken])).splitlines()


def _section(name, lines, link):
    """A field; its items, if they have names, as a definition list."""
    body = _text(lines, link)
    if ITEM.match(lines[0]):
        body = []
        for item, words in items(lines):
            body += [f"``{item}``", *(f"    {line}" for line in _text(words, link))]
    return [f":{TITLES.get(name, name)}:", *(f"    {line}" for line in body), ""]


def _text(lines, link):
    """Prose, with links and without marks that mean something to docutils; examples as they are."""
    out, in_example = [], False
    for line in lines:
        in_example = bool(line.strip()) and (in_example or line.lstrip().startswith(">>>"))
        out.append(line if in_example else _marked(line, link))
    return out


def _marked(line, link):
    parts = QUOTED.split(line)
    text = "".join(_quoted(part, link) if i % 2 else _plain(part) for i, part in enumerate(parts))
    return f"\\{text}" if LISTED.match(line) else text


def _quoted(text, link):
    target = link(text.split("(")[0])
    return rf"\ :py:obj:`{text} <{target}>`\ " if target else rf"\ ``{text}``\ "


def _plain(text):
    escaped = re.sub(r"([\\*|_])", r"\\\1", text)
    return EQUATION.sub(r"\\ :equation:`\1`\\ ", escaped)
