"""What a formula says, as numbers.

Matrices multiply in the order of the page. A vector is a column until `^{\\top}` lays it down. A name that
holds a function takes what follows it; any other two neighbours are a product.
"""

import math
import operator
from dataclasses import dataclass, replace
from functools import reduce, singledispatch

import nodes
import numpy as np
from nodes import Name
from reading import Bracket, FormulaError

CONSTANTS = {
    "e": math.e,
    r"\pi": math.pi,
    r"\infty": math.inf,
    r"\text{otherwise}": True,
    r"\text{else}": True,
}
FUNCTIONS = {
    r"\log": np.log,
    r"\ln": np.log,
    r"\exp": np.exp,
    r"\tanh": np.tanh,
    r"\max": lambda *x: reduce(np.maximum, x if len(x) > 1 else x[0]),
    r"\min": lambda *x: reduce(np.minimum, x if len(x) > 1 else x[0]),
    r"\operatorname{diag}": np.diag,
    r"\operatorname{sign}": np.sign,
    r"\operatorname{erf}": np.vectorize(math.erf),
    r"\mathbf{1}": lambda holds: 1.0 * holds,
}
REDUCERS = {
    r"\sum": lambda terms: reduce(np.add, terms, 0.0),
    r"\prod": lambda terms: reduce(np.multiply, terms, 1.0),
    r"\max": lambda terms: reduce(np.maximum, terms),
    r"\min": lambda terms: reduce(np.minimum, terms),
}
RELATIONS = {
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
    r"\le": operator.le,
    r"\leq": operator.le,
    r"\ge": operator.ge,
    r"\geq": operator.ge,
    r"\ne": operator.ne,
    r"\neq": operator.ne,
}
WRAPPED = {
    "ceil": np.ceil,
    "floor": np.floor,
    "absolute": np.abs,
    "norm": np.linalg.norm,
    "sqrt": np.sqrt,
}


@dataclass(frozen=True)
class Scope:
    """What names stand for: the table, {code: value}, and {letter: whole number} for indices."""

    table: object
    values: dict
    bound: dict

    def at(self, **bound):
        """The same with an index bound."""
        return replace(self, bound=self.bound | bound)


@singledispatch
def evaluate(node, scope):
    """The value of a node: a number, an array or a function.

    Raises:
        FormulaError: for a name, index or product that makes no sense there.
    """
    raise FormulaError(f"Expected something to evaluate. Received: {node}")


@evaluate.register
def _(node: nodes.Number, scope):
    return node.value


@evaluate.register
def _(node: Name, scope):
    if not node.indices and node.layer is None and node.latex in scope.bound:
        return scope.bound[node.latex]
    symbol, indices = scope.table.find(node)
    if symbol is None:
        return elementary(node)
    return entry(symbol, given(symbol.code, scope), indices, node.layer, scope)


def elementary(node):
    """A function or constant that every book writes alike."""
    known = FUNCTIONS | CONSTANTS
    if node.latex not in known or node.indices or node.layer:
        raise FormulaError(f"Expected a symbol of book/symbols.yml. Received: {node}")
    return known[node.latex]


def given(code, scope):
    """The value that goes by a code name."""
    if code not in scope.values:
        raise FormulaError(f"Expected a value for {code}. Received: {', '.join(scope.values)}")
    return scope.values[code]


def entry(symbol, value, indices, layer, scope):
    """The layer of a value, then its entry."""
    first = symbol.first
    for index in (*([layer] if layer else []), *indices):
        value, first = pick(value, whole(evaluate(index, scope)), first), 1
    return value


def pick(value, index, first):
    """value[index] where counting begins at first; nothing wraps around."""
    if not 0 <= index - first < len(value):
        raise FormulaError(f"Expected an index from {first} to {first + len(value) - 1}. Received: {index}")
    return value[index - first]


def whole(number):
    """A whole number, for an index."""
    if np.ndim(number) or number != int(number):
        raise FormulaError(f"Expected a whole number as an index. Received: {number}")
    return int(number)


@evaluate.register
def _(node: nodes.Derivative, scope):
    code, indices, by = derivative(node, scope.table)
    return entry(by, given(code, scope), indices, node.by.layer, scope)


def derivative(node, table):
    """The code name of ∂of/∂by, the indices of both, and the symbol of `by`; of is the cost if left out."""
    (of, upper), (by, lower) = table.find(node.of or Name("J")), table.find(node.by)
    if of is None or by is None:
        raise FormulaError(f"Expected symbols of book/symbols.yml in a derivative. Received: {node}")
    return f"d{of.code}_d{by.code}", (*upper, *lower), by


@evaluate.register
def _(node: nodes.Wrapped, scope):
    body = evaluate(node.body, scope)
    return WRAPPED[node.kind](body)


@evaluate.register(Bracket)
@evaluate.register(nodes.Arguments)
def _(node, scope):
    values = tuple(evaluate(item, scope) for item in node.items)
    if isinstance(node, Bracket):  # [k = y] is 1 or 0
        values = tuple(float(value) if isinstance(value, bool) else value for value in values)
    return values[0] if len(values) == 1 else values


@evaluate.register
def _(node: nodes.Power, scope):
    base, exponent = evaluate(node.base, scope), evaluate(node.exponent, scope)
    if callable(base):  # log² z is (log z)²
        return lambda *x: base(*x) ** exponent
    return np.asarray(base, float) ** exponent


@evaluate.register
def _(node: nodes.Transpose, scope):
    base = np.asarray(evaluate(node.base, scope))
    return base[None, :] if base.ndim == 1 else base.T


@evaluate.register
def _(node: nodes.Fraction, scope):
    return np.divide(evaluate(node.top, scope), evaluate(node.bottom, scope))


@evaluate.register
def _(node: nodes.Sum, scope):
    terms = [evaluate(term, scope) for term in node.terms]
    signed = [
        term if sign == "+" else np.negative(term) for term, sign in zip(terms, node.signs, strict=True)
    ]
    return reduce(np.add, signed)


@evaluate.register
def _(node: nodes.Product, scope):
    """From right to left while functions wait for an argument, then from left to right."""
    if not node.factors:
        raise FormulaError("Expected something to multiply. Received: nothing")
    values, signs = [evaluate(factor, scope) for factor in node.factors], list(node.signs)
    for at in reversed(range(len(values) - 1)):
        if callable(values[at]) and not signs[at]:
            argument = values.pop(at + 1)
            values[at] = values[at](*argument) if isinstance(argument, tuple) else values[at](argument)
            del signs[at]
    if any(callable(value) or isinstance(value, tuple) for value in values):
        raise FormulaError("Expected each function beside its arguments. Received: one alone")
    return reduce(lambda a, pair: multiply(a, *pair), zip(signs, values[1:], strict=True), values[0])


def multiply(a, sign, b):
    """The product of two neighbours, by what they are: numbers, vectors, matrices."""
    a, b = np.asarray(a), np.asarray(b)
    if sign == "/":
        return a / b
    if not a.ndim or not b.ndim:
        return a * b
    if sign in (r"\odot", r"\circ"):
        if a.shape != b.shape:
            raise FormulaError(f"Expected one shape on both sides of {sign}. Received: {a.shape}, {b.shape}")
        return a * b
    if a.ndim == b.ndim == 1 and sign != r"\cdot":
        raise FormulaError("Expected a dot or a transpose between two vectors. Received: none")
    if a.ndim == 1 and b.ndim == 2:  # a column times a row
        a = a[:, None]
    if a.shape[-1] != len(b):
        raise FormulaError(f"Expected matrices that can be multiplied. Received: {a.shape}, {b.shape}")
    return (a @ b)[0] if b.ndim == 1 and a.ndim == 2 and len(a) == 1 else a @ b


@evaluate.register
def _(node: nodes.Reduction, scope):
    places = [scope.at(**{node.index: i}) for i in run(node, scope)]
    return REDUCERS[node.kind]([evaluate(node.body, at) for at in places])


def run(node, scope):
    """The numbers an index takes."""
    if node.upper is not None:
        return range(whole(evaluate(node.lower, scope)), whole(evaluate(node.upper, scope)) + 1)
    numbers = range_of(node.index, (node.body,), scope)
    return [i for i in numbers if node.test is None or evaluate(node.test, scope.at(**{node.index: i}))]


@evaluate.register
def _(node: nodes.Relation, scope):
    """Whether a condition holds."""
    sides = [evaluate(side, scope) for side in node.sides]
    pairs = zip(node.signs, sides, sides[1:], strict=False)
    return bool(np.all([RELATIONS[sign](a, b) for sign, a, b in pairs]))


@evaluate.register
def _(node: nodes.Cases, scope):
    for value, condition in zip(node.values, node.conditions, strict=True):
        if evaluate(condition, scope):
            return evaluate(value, scope)
    raise FormulaError("Expected a case that holds. Received: none")


def range_of(letter, trees, scope):
    """The numbers an index can be, wherever it stands: what every array it points at has a place for.

    Raises:
        FormulaError: if it points at nothing, or at sides of different lengths.
    """
    uses = [use for tree in trees for node in tree.walk() for use in places(node, letter, scope)]
    if not uses:
        raise FormulaError(f"Expected an array with the index {letter}. Received: none")
    exact = {place for place, plain in uses if plain}
    if len(exact) > 1:
        raise FormulaError(
            f"Expected sides of one length for the index {letter}. Received: {sorted(map(str, exact))}"
        )
    return sorted(set.intersection(*(set(place) for place, _ in uses)))


def places(node, letter, scope):
    """For each place in a node where the index stands: the numbers that fit, and whether it stands alone."""
    if isinstance(node, nodes.Derivative):
        code, indices, symbol = derivative(node, scope.table)
        layer = node.by.layer
    elif isinstance(node, Name):
        (symbol, indices), layer = scope.table.find(node), node.layer
        code = symbol.code if symbol else None
    else:
        return
    if code not in scope.values or callable(scope.values[code]):
        return
    value, first = scope.values[code], symbol.first
    for index in (*([layer] if layer else []), *indices):
        if letter in {part.latex for part in index.walk() if isinstance(part, Name)}:
            shift = shift_of(index, letter, scope)
            if shift is not None:
                plain = shift == 0 and first == 1
                yield range(first - shift, first - shift + len(value)), plain
        # Layers differ in size: one that is named is looked up, for a letter any of them will do.
        named = isinstance(index, nodes.Number)
        value, first = pick(value, int(index.value), first) if named else value[0], 1


def shift_of(index, letter, scope):
    """The number added to a letter in an index; None for one such as S(t − 1) + j, which bounds no letter."""
    others = {part.latex for part in index.walk() if isinstance(part, Name)} - {letter} - set(scope.bound)
    if any(symbol.latex in others for symbol in scope.table.symbols.values() if symbol.values == "index"):
        return None
    zero, one = (whole(evaluate(index, scope.at(**{letter: n}))) for n in (0, 1))
    return zero if one - zero == 1 else None
