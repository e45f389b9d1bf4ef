"""What a formula is made of, once it has been read."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Node:
    """A part of a formula."""

    def walk(self):
        """This node and all below it."""
        yield self
        for field in fields(self):
            below = getattr(self, field.name)
            for node in below if isinstance(below, tuple) else (below,):
                if isinstance(node, Node):
                    yield from node.walk()


@dataclass(frozen=True)
class Number(Node):
    """A number as printed."""

    value: float


@dataclass(frozen=True)
class Name(Node):
    r"""A name with its primes, its indices, and the number of its layer: w^{[l]}_{jk}."""

    latex: str
    indices: tuple = ()
    layer: Node | None = None


@dataclass(frozen=True)
class Derivative(Node):
    """∂of/∂by; of is None where the page leaves out that it is the cost."""

    of: Name | None
    by: Name


@dataclass(frozen=True)
class Wrapped(Node):
    """⌈x⌉, ⌊x⌋, |x|, ‖x‖, √x."""

    kind: str
    body: Node


@dataclass(frozen=True)
class Arguments(Node):
    """Several things between brackets."""

    items: tuple


@dataclass(frozen=True)
class Power(Node):
    """base to the exponent."""

    base: Node
    exponent: Node


@dataclass(frozen=True)
class Transpose(Node):
    """A matrix turned over, a vector laid down."""

    base: Node


@dataclass(frozen=True)
class Fraction(Node):
    """One over the other."""

    top: Node
    bottom: Node


@dataclass(frozen=True)
class Product(Node):
    """Factors side by side, and the signs between them ("" for none): one fewer."""

    factors: tuple
    signs: tuple


@dataclass(frozen=True)
class Reduction(Node):
    """Σ, Π, max or min over an index: from lower to upper, or wherever the test holds."""

    kind: str
    index: str
    lower: Node | None
    upper: Node | None
    test: Node | None
    body: Node


@dataclass(frozen=True)
class Sum(Node):
    """Terms, and the sign before each."""

    terms: tuple
    signs: tuple


@dataclass(frozen=True)
class Relation(Node):
    """Sides, and the signs between them: one fewer."""

    sides: tuple
    signs: tuple


@dataclass(frozen=True)
class Cases(Node):
    """Values, and for each the condition under which it is taken."""

    values: tuple
    conditions: tuple
