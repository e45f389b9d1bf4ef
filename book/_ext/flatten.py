"""Turn a chapter's MyST text into the Markdown that Colab and JupyterLab show.

Directives become quotes, folds and code; roles become text. An unknown one is an error, so that nothing
reaches a reader as raw markup.
"""

import ast
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import quiz

FENCE = re.compile(r"^(?P<mark>`{3,}|:{3,})(?P<rest>.*)$")
HEAD = re.compile(r"^\{(?P<name>[\w:-]+)\}\s*(?P<argument>.*)$")
OPTION = re.compile(r"^:(?P<key>[\w-]+):\s*(?P<value>.*)$")
ROLE = re.compile(r"\{(?P<name>[\w:-]+)\}`(?P<text>[^`]+)`")
EQUATION = re.compile(r"^\$\$[ ]*\((?P<label>[\w-]+)\)[ ]*$", re.M)
LABEL = re.compile(r"\(?\b(eq-[a-z0-9-]+)\b\)?")  # of an equation, in a docstring
TITLED = re.compile(r"^(?P<title>.*?)\s*<(?P<target>[^<>]+)>$", re.S)
ADMONITIONS = ("note", "tip", "hint", "important", "warning", "caution", "attention", "seealso")


@dataclass
class Context:
    """What the text of one chapter refers to, and what was met so far."""

    folder: Path
    equations: dict = field(default_factory=dict)
    exercises: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    bibliography: dict = field(default_factory=dict)
    runtime: str = ""
    cited: list = field(default_factory=list)
    solving: str = ""


@dataclass
class Directive:
    """A fenced directive: its name, argument, options, and the lines of its body."""

    name: str
    argument: str
    options: dict
    body: list


def number_equations(text, chapter):
    """{label: "chapter.k"} in the order the labelled equations stand in the text."""
    return {match["label"]: f"{chapter}.{k}" for k, match in enumerate(EQUATION.finditer(text), 1)}


def number_exercises(text, chapter):
    """{label: ("chapter.k", title)} of the exercises."""
    starts = re.finditer(r"^`{3,}\{exercise-start\}[ ]*(.*)\n((?::.*\n)*)", text, re.M)
    labels = ((re.search(r":label:\s*(\S+)", m[2])[1], m[1]) for m in starts)
    return {label: (f"{chapter}.{k}", title) for k, (label, title) in enumerate(labels, 1)}


def flatten(text, context):
    """The Markdown of one cell."""
    out, lines = [], text.splitlines()
    while lines:
        line = lines.pop(0)
        fence = FENCE.match(line)
        if fence:
            out += _fenced(fence, _until(lines, fence["mark"]), context)
        elif line.startswith("%") or re.fullmatch(r"\([\w-]+\)=", line):
            continue
        else:
            out.append(line)
    plain = "\n".join(out).strip()
    plain = EQUATION.sub(lambda m: rf"\tag{{{context.equations[m['label']]}}}$$", plain)
    plain = _outside_code(plain, lambda part: _links(ROLE.sub(lambda m: _role(m, context), part)))
    plain = re.sub(r"\n{3,}", "\n\n", plain)
    if context.solving and plain:
        return f"<details><summary>Solution to exercise {context.solving}</summary>\n\n{plain}\n\n</details>"
    return plain


def _until(lines, mark):
    """Take the lines up to the closing fence."""
    body = []
    while lines:
        line = lines.pop(0)
        if line.strip() == mark:
            return body
        body.append(line)
    raise ValueError(f"Expected a closing {mark}. Received: the end of the cell")


def _fenced(fence, body, context):
    head = HEAD.match(fence["rest"])
    if not head:
        return [fence.group(), *body, fence["mark"]]
    options = {}
    while body and (option := OPTION.match(body[0])):
        options[option["key"]] = option["value"]
        body.pop(0)
    directive = Directive(head["name"], head["argument"], options, body)
    name = "admonition" if directive.name in ADMONITIONS else directive.name
    if name not in HANDLERS:
        raise ValueError(f"Expected a directive among {', '.join(HANDLERS)}. Received: {directive.name!r}")
    return ["", *HANDLERS[name](directive, context), ""]


def _inner(directive, context):
    """The body flattened; a solution's fold is put around the cell, not around its parts."""
    solving, context.solving = context.solving, ""
    lines = flatten("\n".join(directive.body), context).splitlines()
    context.solving = solving
    return lines


def _admonition(directive, context):
    title = directive.argument or directive.name.capitalize()
    return [f"> **{title}**", ">", *(f"> {line}".rstrip() for line in _inner(directive, context))]


def _dropdown(directive, context):
    return [
        f"<details><summary>{directive.argument}</summary>",
        "",
        *_inner(directive, context),
        "",
        "</details>",
    ]


def _exercise(directive, context):
    number, title = context.exercises[directive.options["label"]]
    return [f"### Exercise {number}" + (f": {title}" if title else "")]


def _solution(directive, context):
    context.solving = context.exercises[directive.argument.strip()][0]
    return []


def _solution_end(directive, context):
    return []


def _quiz(directive, context):
    options = [f":{key}: {value}" for key, value in directive.options.items()]
    return quiz.to_markdown(quiz.parse(directive.argument, "\n".join(options + directive.body))).splitlines()


def _literalinclude(directive, context):
    """The real source of one function or class, as the page shows it."""
    source = Path(os.path.normpath(context.folder / directive.argument))
    lines = source.read_text(encoding="utf-8").splitlines()
    name = directive.options["pyobject"]
    first, last = _lines_of(ast.parse("\n".join(lines)), name)
    shown = [_numbered(line, context) for line in _dedent(lines[first - 1 : last])]
    return [f"`{source.relative_to(context.folder.parent)}`:", "", "```python", *shown, "```"]


def _numbered(line, context):
    """A line of the package with the numbers of this chapter's equations for their labels."""
    number = {label: f"({k})" for label, k in context.equations.items()}
    return LABEL.sub(lambda m: number.get(m[1], m[0]), line)


def _lines_of(tree, dotted):
    node = tree
    for name in dotted.split("."):
        node = next(n for n in node.body if getattr(n, "name", None) == name)
    return min([node.lineno, *(d.lineno for d in node.decorator_list)]), node.end_lineno


def _dedent(lines):
    margin = len(lines[0]) - len(lines[0].lstrip())
    return [line[margin:] for line in lines]


HANDLERS = {
    "admonition": _admonition,
    "dropdown": _dropdown,
    "exercise-start": _exercise,
    "exercise-end": lambda directive, context: [],
    "solution-start": _solution,
    "solution-end": _solution_end,
    "quiz": _quiz,
    "literalinclude": _literalinclude,
}


def _role(match, context):
    name, text = match["name"], match["text"]
    titled = TITLED.match(text)
    if name == "eq":
        return f"({context.equations[text]})"
    if name in ("cite:t", "cite:p"):
        return ", ".join(_citation(key.strip(), name, context) for key in text.split(","))
    if name == "glue:text":
        return context.values[text]
    if name == "run-time":
        return context.runtime
    if name in ("ref", "doc", "term", "prf:ref") and titled:
        return titled["title"]
    if name == "term":
        return text
    if name == "ref" and text in context.exercises:
        return f"exercise {context.exercises[text][0]}"
    raise ValueError(f"Expected a role this book turns into plain text. Received: {match.group()!r}")


def _citation(key, role, context):
    if key not in context.cited:
        context.cited.append(key)
    authors, year = context.bibliography[key]
    return f"{authors} ({year})" if role == "cite:t" else f"({authors}, {year})"


def _links(text):
    """Links to other pages and places of the book, as words: a notebook has no such neighbour."""
    return re.sub(r"(?<!!)\[([^\]]+)\]\((?!https?:)[^)\s]*\)", r"\1", text)


def _outside_code(text, change):
    """Text with `change` applied everywhere but in fenced code."""
    parts = re.split(r"(^`{3,}.*?^`{3,}$)", text, flags=re.M | re.S)
    return "".join(part if i % 2 else change(part) for i, part in enumerate(parts))
