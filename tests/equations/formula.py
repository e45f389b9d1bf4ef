"""Read a display equation: LaTeX as it stands in a chapter, into nodes that say what it means."""

import re
from functools import cache
from pathlib import Path

import lark
from reading import FormulaError, Read

# What is typography only, and other spellings of one thing. The order counts.
SPELLINGS = [
    (r"\\(?:left|right|big|Big|bigl|bigr|Bigl|Bigr|displaystyle|textstyle|limits)(?![A-Za-z])\.?", " "),
    (r"\\(?:quad|qquad)(?![A-Za-z])|(?<!\\)\\[,;:! ]|~", " "),
    (r"½", r"\\frac{1}{2}"),
    (r"\\[td]?frac\s*(\d)(\d)", r"\\frac{\1}{\2}"),
    (r"\\[td]frac(?![A-Za-z])", r"\\frac"),
    (r"\\(?:T|intercal)(?![A-Za-z])", r"\\top"),
    (r"\\(?:boldsymbol|bm|mathbfit)(?![A-Za-z])", r"\\mathbf"),
    (r"\\varepsilon(?![A-Za-z])", r"\\epsilon"),
    (r"\\to(?![A-Za-z])|\\gets(?![A-Za-z])", r"\\leftarrow"),
    (r"\\(hat|bar|tilde|mathbf|mathbb|mathcal)\s*(\\[A-Za-z]+(?!\s*\{)|\w)", r"\\\1{\2}"),
    (r"\\(hat|bar|tilde)\s*(\\mathbf\{\w\})", r"\\\1{\2}"),
    (r"\\text\{\s*(?:if|for|where)\s*\}", " "),
    (r"\\lvert(?![A-Za-z])(.*?)\\rvert(?![A-Za-z])", r"\\abs{\1}"),
    (r"\\lVert(?![A-Za-z])(.*?)\\rVert(?![A-Za-z])", r"\\norm{\1}"),
    (r"\|([^|]*)\|", r"\\abs{\1}"),
    (r"[.,;]\s*$", ""),
]
MARKUP = re.compile(r"\\(?:begin|end)\{(?:aligned|gathered|split)\}")


def normalise(latex):
    """One spelling for each thing, without spacing and sizes."""
    for pattern, plain in SPELLINGS:
        latex = re.sub(pattern, plain, latex, flags=re.S)
    return " ".join(latex.split())


def statements(latex):
    """The lines of an aligned block, each a formula; one that opens with a sign goes on."""
    if not MARKUP.search(latex):
        return [latex]
    rows = [row.strip() for row in re.split(r"\\\\(?:\[\w+\])?", MARKUP.sub("", latex).replace("&", " "))]
    joined: list[str] = []
    for row in filter(None, rows):
        if joined and re.match(r"=|<|>|\\(?:leq?|geq?|approx)\b", row):
            joined[-1] += " " + row
        else:
            joined.append(row)
    return joined


@cache
def _parser():
    return lark.Lark(Path(__file__).with_name("formula.lark").read_text(encoding="utf-8"), parser="lalr")


@cache
def parse(latex):
    """The relations that a block of LaTeX states.

    Raises:
        FormulaError: naming the place that can't be read.
    """
    found = []
    for statement in map(normalise, statements(latex)):
        try:
            found += Read().transform(_parser().parse(statement))
        except lark.exceptions.UnexpectedInput as error:
            here = statement[: error.pos_in_stream] + " ▸ " + statement[error.pos_in_stream :]
            raise FormulaError(f"Expected a formula in the book's notation. Received: {here}") from None
        except lark.exceptions.VisitError as error:
            raise FormulaError(f"{error.orig_exc} Received: {statement}") from None
    return tuple(found)
