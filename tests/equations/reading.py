"""From the parser's tree to nodes: which scripts are indices, powers or layers, and what Σ and ∂ take."""

from dataclasses import dataclass, replace

from lark import Transformer
from nodes import (
    Arguments,
    Cases,
    Derivative,
    Fraction,
    Name,
    Node,
    Number,
    Power,
    Product,
    Reduction,
    Relation,
    Sum,
    Transpose,
    Wrapped,
)

REDUCERS = (r"\sum", r"\prod", r"\max", r"\min")
PARTIAL, TOP = Name(r"\partial"), Name(r"\top")


class FormulaError(ValueError):
    """A formula that can't be read, or asks for something that isn't there."""


@dataclass(frozen=True)
class Bracket(Arguments):
    """[…]: like other brackets, but raised it is the number of a layer."""


@dataclass(frozen=True)
class Script:
    """What stands below, above, or as a prime beside a name."""

    kind: str
    items: tuple = ()


def pieces(listed):
    """Things side by side one by one: ij as two indices, [l]⊤ as a layer and a transpose."""
    for node in listed:
        yield from node.factors if isinstance(node, Product) else [node]


def listed(parts):
    """What stands in a script; a single thing may come without braces."""
    return parts[0] if isinstance(parts[0], list) else parts


def wrapped(kind):
    """The method that reads a pair of signs around one thing."""
    return lambda _, parts: Wrapped(kind, parts[0])


class Read(Transformer):
    """Each method makes one node of what the grammar's rule of that name has found."""

    start = list = list
    case = tuple
    ceil, floor, absolute = wrapped("ceil"), wrapped("floor"), wrapped("absolute")
    norm, sqrt = wrapped("norm"), wrapped("sqrt")

    def name(self, parts):
        return Name(str(parts[0]))

    def number(self, parts):
        return Number(float(parts[0]))

    def sub(self, parts):
        return Script("sub", tuple(pieces(listed(parts))))

    def sup(self, parts):
        apart = tuple(pieces(listed(parts)))
        special = any(item == TOP or isinstance(item, Bracket) for item in apart)
        return Script("sup", apart if special else tuple(listed(parts)))

    def prime(self, _):
        return Script("prime")

    def relation(self, parts):
        return parts[0] if len(parts) == 1 else Relation(tuple(parts[::2]), tuple(map(str, parts[1::2])))

    def sum(self, parts):
        signed = ["+", *parts] if len(parts) % 2 else parts
        terms, signs = tuple(signed[1::2]), tuple(map(str, signed[::2]))
        return terms[0] if signs == ("+",) else Sum(terms, signs)

    def product(self, parts):
        factors, signs, sign = [], [], ""
        for at, part in enumerate(parts):
            if not isinstance(part, Node):
                sign = str(part)
            elif factors and factors[-1] == PARTIAL:
                factors[-1] = Derivative(None, part)
            else:
                signs.append(sign)
                sign = ""
                if isinstance(part, Reduction):  # takes all that follows
                    factors.append(replace(part, body=self.product(parts[at + 1 :])))
                    break
                factors.append(part)
        return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(signs[1:]))

    def factor(self, parts):
        node, *marks = parts
        lower = tuple(item for mark in marks if mark.kind == "sub" for item in mark.items)
        upper = [item for mark in marks if mark.kind == "sup" for item in mark.items]
        if isinstance(node, Name):
            if node.latex in REDUCERS and lower:
                return reduction(node.latex, lower[0], upper)
            layers = [item.items[0] for item in upper if isinstance(item, Bracket)] or [node.layer]
            primes = "'" * sum(mark.kind == "prime" for mark in marks)
            node = Name(node.latex + primes, node.indices + lower, layers[0])
        elif lower:
            raise FormulaError("Expected a name before an index. Received: brackets")
        for item in (item for item in upper if not isinstance(item, Bracket)):
            node = Transpose(node) if item == TOP else Power(node, item)
        return node

    def group(self, parts):
        return parts[0][0] if len(parts[0]) == 1 else Arguments(tuple(parts[0]))

    def bracket(self, parts):
        return Bracket(tuple(parts[0]))

    def fraction(self, parts):
        top, bottom = parts
        if isinstance(top, Derivative) and isinstance(bottom, Derivative):
            return Derivative(top.by, bottom.by)
        return Fraction(top, bottom)

    def cases(self, parts):
        return Cases(*zip(*parts, strict=True))


def reduction(kind, lower, upper):
    """Σ with its limits, its body still to come."""
    if not isinstance(lower, Relation):
        return Reduction(kind, lower.latex, None, None, None, PARTIAL)
    if len(lower.sides) == 3:  # 1 ≤ j ≤ F
        first, index, last = lower.sides
        if not set(lower.signs) <= {r"\le", r"\leq"}:
            raise FormulaError(f"Expected first ≤ index ≤ last under {kind}. Received: {lower}")
        return Reduction(kind, index.latex, first, last, None, PARTIAL)
    index, first = lower.sides
    if lower.signs == ("=",) and upper:
        return Reduction(kind, index.latex, first, upper[0], None, PARTIAL)
    return Reduction(kind, index.latex, None, None, lower, PARTIAL)
