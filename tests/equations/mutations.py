r"""Misprints: every way we know to get a formula wrong, made on the page's own text, one place at a time.

A rule is a pattern and what may stand there instead. `names` tries every other symbol of the formula.
"""

import re

from formula import normalise, parse
from reading import FormulaError

BRACED = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
RULES = [
    ("a sign turned", r"\+", ["-"]),
    ("a sign turned", r"-", ["+"]),
    ("a shift of an index dropped", r"(?<=\w)\s*[-+]\s*1(?=\s*[\]})])", [""]),
    ("a number off by one", r"(?<![\d.])(\d+)(?![\d.])", [lambda m: str(int(m[1]) + 1)]),
    ("1.5 for ½", r"\\[td]?frac\{1\}\{2\}|½", ["1.5"]),
    ("a fraction dropped", r"\\[td]?frac\{1\}" + BRACED, [""]),
    ("a fraction upside down", r"\\([td]?frac)" + BRACED + BRACED, [r"\\\1{\3}{\2}"]),
    ("a denominator dropped", r"\\[td]?frac" + BRACED + BRACED, [r"(\1)"]),
    ("a power dropped", r"\^(?:\d|\{-?[\w\\]+\})", [""]),
    ("a transpose lost", r"\^\{?\\(?:top|T)\}?|(?<=\])\\top", [""]),
    ("a hat or bar lost", r"\\(?:hat|bar|tilde)\s*(?:\{(.*?)\}|(\\?[A-Za-z]+))", [lambda m: m[1] or m[2]]),
    ("a prime lost", r"'", [""]),
    ("a layer lost", r"\^\{\[[^]]*\]\}", [""]),
    ("brackets lost", r"(?:\\left)?\(([^()]*[-+][^()]*)(?:\\right)?\)", [r" \1 "]),
    ("a root lost", r"\\sqrt" + BRACED, [r"\1"]),
    ("a logarithm lost", r"\\(?:log|ln)(?![A-Za-z])", [""]),
    ("an exponential lost", r"e\^" + BRACED, [r"(\1)"]),
    ("max for min", r"\\max(?![A-Za-z])", [r"\\min"]),
    ("min for max", r"\\min(?![A-Za-z])", [r"\\max"]),
    ("rounded down", r"\\([lr])ceil", None),
    ("an element-wise product lost", r"\\odot(?![A-Za-z])", [""]),
    ("a sum for a product", r"\\prod(?![A-Za-z])", [r"\\sum"]),
    ("a product for a sum", r"\\sum(?![A-Za-z])", [r"\\prod"]),
    ("a relation turned", r"(?<![\\\w])>", ["<"]),
    ("a relation turned", r"(?<![\\\w])<", [">"]),
    ("a relation turned", r"\\(?:leq?|geq?)(?![A-Za-z])", [lambda m: r"\ge" if "l" in m[0] else r"\le"]),
]
SYMBOL = re.compile(
    r"(?P<name>\\(?:hat|bar|tilde|mathbf|mathbb)\s*(?:\{\\?\w+\}|\\?[A-Za-z]+)"
    r"|\\(?:alpha|beta|gamma|delta|epsilon|varepsilon|theta|lambda|mu|rho|sigma|tau|eta|Delta|phi)(?![A-Za-z])"
    r"|(?<![\\A-Za-z])[A-Za-z](?![A-Za-z]))"
)
PARTIAL = re.compile(r"\\partial\s*$")


def misprints(latex):
    """{text: what was done to it}: every misprint that can still be read and does not read the same."""
    found = {}
    for said, text in [*ruled(latex), *renamed(latex), *dropped(latex)]:
        if normalise(text) != normalise(latex) and text not in found and reads_differently(text, latex):
            found[text] = said
    return found


def reads_differently(text, latex):
    """Whether the text can be read at all, as something else than the formula."""
    try:
        return parse(text) != parse(latex)
    except FormulaError:
        return False


def ruled(latex):
    """What the rules make of it."""
    for said, pattern, others in RULES:
        if others is None:
            yield said, re.sub(r"\\([lr])ceil", r"\\\1floor", latex)
            continue
        for match in re.finditer(pattern, latex):
            for other in others:
                new = other(match) if callable(other) else match.expand(other)
                yield said, latex[: match.start()] + new + latex[match.end() :]


def renamed(latex):
    """Another symbol of the formula in the place of each."""
    symbols = [match for match in SYMBOL.finditer(latex) if match["name"] != "e"]
    names = sorted({match["name"] for match in symbols})
    for match in symbols:
        for other in names:
            if other != match["name"]:
                text = latex[: match.start()] + other + " " + latex[match.end() :]
                yield f"{other} for {match['name']}", text


def dropped(latex):
    """Each symbol left out, where it is a factor of its own."""
    for match in SYMBOL.finditer(latex):
        after = latex[match.end() :].lstrip()
        if not after.startswith(("_", "^", "(", "'", r"\left(")) and not PARTIAL.search(
            latex[: match.start()]
        ):
            yield f"{match['name']} dropped", latex[: match.start()] + " " + latex[match.end() :]
