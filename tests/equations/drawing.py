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
        lengths = self.rng.permutation(np.arange(5, 5 + len(names)))
        layers = int(self.rng.integers(2, 5))
        self.sizes = {"N": layers} | {name: int(length) for name, length in zip(names, lengths, strict=True)}
        hidden = self.rng.permutation(np.arange(6 + len(names), 7 + len(names) + layers))[:layers]
        self.widths = np.array([self.sizes["n"], *hidden])

    def values(self, codes):
        """{code: value} for each code, as a contract asks for them."""
        return {code: self.value(code) for code in codes}

    def value(self, code):
        """A value for one symbol: an array, or a list of them by layer."""
        if code in self.sizes or code == "s":
            return self.sizes.get(code, self.widths)
        symbol = self.table.symbols.get(
            code.removeprefix("dJ_d")
        )  # a slope has the shape of what it is along
        if symbol is None or symbol.values not in VALUES:
            raise FormulaError(f"Expected a symbol of book/symbols.yml that can be drawn. Received: {code}")
        if not symbol.layered:
            return self.one(symbol)
        return [self.one(symbol, layer) for layer in range(symbol.first, self.sizes["N"] + 1)]

    def one(self, symbol, layer=None):
        """A value in the shape of the table."""
        scope = Scope(self.table, self.sizes | {"s": self.widths}, {"l": layer})
        shape = tuple(int(evaluate(parse(str(side))[0], scope)) for side in symbol.shape)
        value = VALUES[symbol.values](self, shape)
        return value if shape else np.asarray(value).item()
