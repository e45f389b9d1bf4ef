"""The table of symbols, book/symbols.yml: what a name on the page stands for, its shape, its name in code."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from formula import parse
from nodes import Name, Number

TABLE = Path(__file__).parents[2] / "book" / "symbols.yml"
STEPS = ("t", "s")  # letters that count steps


@dataclass(frozen=True)
class Symbol:
    """One row of the table.

    Args:
        code: its name in contracts, and mostly in the package.
        latex: the whole of it.
        meaning: in words.
        entry: one entry of it, with indices.
        shape: of the whole, in letters of sizes: [m, K], [s_{l-1}, s_l].
        values: what it can be, a key of `drawing.VALUES`.
        first: where its first index, or its layers, begin to count.
    """

    code: str
    latex: str
    meaning: str
    entry: str = ""
    shape: tuple = ()
    values: str = "normal"
    first: int = 1

    @property
    def keys(self):
        """How formulas name it, as `key` says."""
        return [key(name) for latex in (self.latex, self.entry) if latex for name in parse(latex)]

    @property
    def layered(self):
        """Whether there is one for each layer."""
        return any(name.layer is not None for name in parse(self.latex))


def key(name):
    """(name with its given numbers or words, number of indices, layered or not, over steps or not)."""
    given = [index for index in name.indices if is_given(index)]
    if given and len(given) == len(name.indices):
        return name.latex + "_" + ",".join(map(spelled, given)), 0, name.layer is not None, False
    return name.latex, len(name.indices), name.layer is not None, is_timed(name)


def is_timed(name):
    """Whether one of its indices is a step, t, or an earlier one, s: v_t is not the v_u of a unit."""
    parts = [part for index in name.indices for part in index.walk()]
    return any(isinstance(part, Name) and part.latex in STEPS for part in parts)


def is_given(index):
    """Whether an index is a number or a word, and no letter that runs."""
    return isinstance(index, Number) or (isinstance(index, Name) and index.latex.startswith(r"\text"))


def spelled(index):
    return f"{index.value:g}" if isinstance(index, Number) else index.latex


class Table:
    """All symbols of the book."""

    def __init__(self, path=TABLE):
        groups = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = [row for group in groups.values() for row in group]
        self.symbols = {row["code"]: Symbol(**{**row, "shape": tuple(row.get("shape", ()))}) for row in rows}
        if len(self.symbols) < len(rows):
            raise ValueError(f"Expected a code name of its own for each symbol. Received: {path}")

    @cached_property
    def by_key(self):
        """{key: symbol}; two symbols with one key would be one name for two things."""
        found = {}
        for symbol in self.symbols.values():
            for each in symbol.keys:
                if each in found:
                    raise ValueError(
                        f"Expected one meaning for {each}. Received: {found[each].code}, {symbol.code}"
                    )
                found[each] = symbol
        return found

    def find(self, name):
        """The symbol a Name stands for, and the indices that are still to be taken; None if there is none.

        With numbers for indices, such as g_1, it is an entry of an array, or else of a series over steps.
        """
        exact = self.by_key.get(key(name))
        if exact and not key(name)[1]:
            return exact, ()
        plain = (name.latex, len(name.indices), name.layer is not None)
        timed = (True, False) if is_timed(name) else (False, True)
        return next((self.by_key[*plain, t] for t in timed if (*plain, t) in self.by_key), None), name.indices
