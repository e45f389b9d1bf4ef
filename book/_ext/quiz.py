"""Read a multiple-choice question, and write it for a notebook: each option is a fold with its feedback."""

import html
import re
import textwrap
from dataclasses import dataclass

RIGHT, WRONG = "Right.", "Not quite."
OPTION = re.compile(r"^- \[([ xX])\] *(.*)$")
NAME = re.compile(r"^:name: *(\S+) *$", re.MULTILINE)


@dataclass(frozen=True)
class Option:
    """One answer, raw markdown: what it says, whether it is right, what the reader learns by choosing it."""

    text: str
    right: bool
    feedback: str


@dataclass(frozen=True)
class Quiz:
    """A question with its options; the name is the anchor on the page."""

    name: str
    question: str
    options: list[Option]


def parse(question, body):
    r"""Read a quiz from the directive's argument and body.

    >>> parse("1 + 1?", "- [x] 2\n\n  Yes.\n- [ ] 3\n\n  One too many.").options[1].feedback
    'One too many.'
    """
    name = NAME.search(body)
    options = read_options(body.splitlines())
    complain(question, options)
    return Quiz(name[1] if name else name_of(question), question.strip(), options)


def name_of(question):
    """A name for a quiz that has none, from the words of its question."""
    return "quiz-" + re.sub(r"[^a-z0-9]+", "-", question.lower()).strip("-")[:60]


def read_options(lines):
    """Cut the body where an option starts, at `- [ ]` or `- [x]` in the first column."""
    starts = [index for index, line in enumerate(lines) if OPTION.match(line)]
    ends = [*starts[1:], len(lines)]
    return [read_option(lines[start:end]) for start, end in zip(starts, ends, strict=False)]


def read_option(lines):
    """An option's text ends at the first blank line; the indented rest is its feedback."""
    mark, first = OPTION.match(lines[0]).groups()
    blank = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
    text = " ".join([first, *(line.strip() for line in lines[1:blank])])
    feedback = textwrap.dedent("\n".join(lines[blank:])).strip()
    return Option(text.strip(), mark in "xX", feedback)


def complain(question, options):
    """Refuse what would leave a reader without an answer."""
    right = sum(option.right for option in options)
    if len(options) < 2:
        raise ValueError(
            f"Expected two options or more in quiz {question!r}. Received: options={len(options)}"
        )
    if right != 1:
        raise ValueError(f"Expected exactly one right option in quiz {question!r}. Received: right={right}")
    for option in options:
        if not option.text or not option.feedback:
            raise ValueError(
                f"Expected a text and feedback for every option of {question!r}. Received: {option}"
            )


def verdict(option):
    """The word that feedback starts with, so that colour is never alone in saying it."""
    return RIGHT if option.right else WRONG


def letter(index):
    """The label of an option, from A."""
    return chr(ord("A") + index)


def to_markdown(quiz):
    r"""The quiz as a notebook's markdown cell shows it, in Colab and JupyterLab.

    >>> quiz = parse("1 + 1?", "- [x] `2`\n\n  Yes.\n- [ ] 3\n\n  Too many.")
    >>> to_markdown(quiz).splitlines()[2]
    '<details><summary>A. <code>2</code></summary>'
    """
    folds = (option_markdown(index, option) for index, option in enumerate(quiz.options))
    return "\n\n".join([f"**{quiz.question}**", *folds]) + "\n"


def option_markdown(index, option):
    """One option as a fold; blank lines let the feedback be read as markdown."""
    summary = f"<summary>{letter(index)}. {inline_html(option.text)}</summary>"
    return f"<details>{summary}\n\n**{verdict(option)}** {option.feedback}\n\n</details>"


def inline_html(text):
    """Code, strong and emphasis as HTML tags: inside a summary, markdown is not read."""
    parts = re.split(r"(`+)(.+?)\1", text)
    code = (f"<code>{html.escape(part, quote=False)}</code>" for part in parts[2::3])
    prose = [emphasis(html.escape(part, quote=False)) for part in parts[0::3]]
    return "".join(piece for pair in zip(prose, [*code, ""], strict=True) for piece in pair)


def emphasis(text):
    """Strong and emphasis outside formulas."""
    if "$" in text:
        return text
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text))
