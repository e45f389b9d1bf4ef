"""Random values for the symbols of a formula, in the shapes of the table; no two sizes alike and none 1."""

import numpy as np
from evaluate import Scope, evaluate
from formula import parse
from reading import FormulaError

VALUES = {
    "normal": lambda draw, shape: draw.rng.normal(size=shape),
    "positive": lambda draw, shape: draw.rng.uniform(0.2, 2.0, shape),
    "share": lambda draw, shape: draw.rng.uniform(0.1, 0.9, shape),
    "bit": lambda draw, shape: draw.rng.integers(0, 2, shape),
    "class": lambda draw, shape: draw.rng.integers(1, draw.sizes["K"] + 1, shape),
    "distribution": lambda draw, shape: draw.rng.dirichlet(np.ones(shape[-1]), shape[:-1]),
}
NOT_DRAWN = ("size", "index", "function")


class Draw:
    """One set of sizes, and values as they are asked for.

    Args:
        table: `symbols.Table`.
        seed: of the generator.
    """

    def __init__(self, table, seed):
        self.table, self.rng = table, np.random.default_rng(seed)
        names = [code for code, symbol in table.symbols.items() if symbol.values == "size" and code != "N"]
        layers = int(self.rng.integers(2, 5))
        lengths = self.rng.permutation(np.arange(3, 3 + len(names) + layers))
        self.sizes = {"N": layers} | dict(zip(names, lengths.tolist(), strict=False))
        self.widths = np.array([self.sizes["n"], *lengths[len(names) :]])

    def values(self, codes, kinds=None):
        """{code: value} for each code, as a contract asks for them; kinds as in `contract.Contract`."""
        return {code: self.value(code, (kinds or {}).get(code)) for code in codes}

    def value(self, code, kind=None):
        """A value for one symbol: an array, or a list of them by layer."""
        if code in self.sizes or code == "s":
            return self.sizes.get(code, self.widths)
        symbol = self.table.symbols.get(
            code.removeprefix("dJ_d")
        )  # a slope has the shape of what it is along
        if symbol is None or symbol.values not in VALUES:
            raise FormulaError(f"Expected a symbol of book/symbols.yml that can be drawn. Received: {code}")
        if not symbol.layered:
            return self.one(symbol, kind=kind)
        return [self.one(symbol, layer, kind) for layer in range(symbol.first, self.sizes["N"] + 1)]

    def one(self, symbol, layer=None, kind=None):
        """A value in the shape of the table."""
        scope = Scope(self.table, self.sizes | {"s": self.widths}, {"l": layer})
        shape = tuple(int(evaluate(parse(str(side))[0], scope)) for side in symbol.shape)
        value = VALUES[kind or symbol.values](self, shape)
        return value if shape else np.asarray(value).item()
