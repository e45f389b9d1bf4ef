"""Contracts: what the package computes where a formula of the book says what it should be."""

import inspect
from dataclasses import dataclass, field
from itertools import product as every

import numpy as np
from drawing import Draw
from evaluate import RELATIONS, Scope, evaluate, range_of
from formula import parse
from nodes import Name, Reduction, Relation
from reading import FormulaError

DRAWS, LIMIT, SEEN = 6, 1e-10, 1e-7
CONTRACTS: dict[str, "Contract"] = {}


@dataclass(frozen=True)
class Contract:
    """A label, and a function from drawn values to what the package makes of them.

    Args:
        label: of the equation.
        by: the functions of the package that are held to it.
        function: its parameters are code names of book/symbols.yml; it returns {code name: value}.
        kinds: {code name: key of `drawing.VALUES`} of what is drawn otherwise than the table says.
    """

    label: str
    by: tuple
    function: object
    kinds: dict = field(default_factory=dict)
    givens: tuple = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "givens", tuple(inspect.signature(self.function).parameters))

    @property
    def source(self):
        """The contract as it is written."""
        return inspect.getsource(self.function)


def contract(label, by, **kinds):
    """Register the function below as the contract of a label.

    Args:
        label: `eq-…`, as in the chapter.
        by: the function of the package that is held to the formula, or several.
        kinds: of values, where they aren't the table's: y="class" for a label that is one of K.
    """

    def register(function):
        if label in CONTRACTS:
            raise ValueError(f"Expected one contract for each label. Received: label={label!r} twice")
        CONTRACTS[label] = Contract(label, by if isinstance(by, tuple) else (by,), function, kinds)
        return function

    return register


@dataclass(frozen=True)
class Step:
    """Two sides of a formula that should agree, and what they came to."""

    sign: str
    left: list
    right: list
    difference: float


def steps(held, latex, table, seed):
    """Each two neighbouring sides of each relation, for one draw of values."""
    for relation, found in evaluated(held, latex, table, seed):
        yield from compared(relation, found)


def compared(relation, found):
    """The steps of one relation, from the values of its sides at each place."""
    sides = list(zip(*found, strict=True))
    for sign, left, right in zip(relation.signs, sides, sides[1:], strict=False):
        largest = max(apart(sign, a, b) for a, b in zip(left, right, strict=True))
        yield Step(sign, list(left), list(right), largest)


def differs(held, latex, table, seed):
    """Whether neighbouring sides are too far apart for rounding; the first place where they are is enough."""
    with np.errstate(all="ignore"):
        return any(
            apart(sign, a, b) > SEEN
            for relation, found in evaluated(held, latex, table, seed)
            for row in found
            for sign, a, b in zip(relation.signs, row, row[1:], strict=False)
        )


def evaluated(held, latex, table, seed):
    """Each relation, and what its sides come to, place by place, for one draw of values.

    Raises:
        FormulaError: if the formula can't be read or evaluated.
    """
    draw = Draw(table, seed)
    given = draw.values(held.givens, held.kinds)
    found = held.function(**given)
    unknown = set(found) - set(table.symbols) - {code for code in found if code.startswith("d")}
    if unknown:
        raise FormulaError(f"Expected code names of book/symbols.yml. Received: {sorted(unknown)}")
    sizes = draw.sizes | {"s": draw.widths}
    before, after = sizes | found | given, sizes | given | found
    for relation in parse(latex):
        if not isinstance(relation, Relation):
            raise FormulaError(f"Expected two sides. Received: {latex}")
        yield relation, rows(relation, table, before, after)


def rows(relation, table, before, after):
    """The values of all sides, place by place; left of an arrow is what comes after, right of it before."""
    update = r"\leftarrow" in relation.signs
    scopes = [Scope(table, after, {}), *[Scope(table, before if update else after, {})] * len(relation.signs)]
    free = sorted(free_indices(relation, table))
    ranges = [range_of(letter, relation.sides, scopes[0]) for letter in free]
    places = [dict(zip(free, place, strict=True)) for place in every(*ranges)]
    if not places:
        raise FormulaError(f"Expected a place to compare at. Received: none for {free}")
    for place in places:
        yield [evaluate(side, scope.at(**place)) for side, scope in zip(relation.sides, scopes, strict=True)]


def free_indices(relation, table):
    """The letters that run over all there is: every index that no Σ has bound."""
    letters = {symbol.latex for symbol in table.symbols.values() if symbol.values == "index"}
    named = {node.latex for node in relation.walk() if isinstance(node, Name) and not node.indices}
    return named & letters - {node.index for node in relation.walk() if isinstance(node, Reduction)}


def apart(sign, a, b):
    """How far two values are from what the sign between them says, relative where they are large."""
    if callable(a) or callable(b) or isinstance(a, tuple) or isinstance(b, tuple):
        raise FormulaError("Expected numbers on both sides. Received: a function alone")
    if np.shape(a) != np.shape(b):
        raise FormulaError(f"Expected one shape on both sides. Received: {np.shape(a)} {sign} {np.shape(b)}")
    if sign in ("=", r"\leftarrow"):
        difference = np.abs(np.subtract(a, b)) / np.maximum(1, np.abs(a))
        return float(np.max(np.nan_to_num(difference, nan=np.inf), initial=0))
    return 0.0 if np.all(RELATIONS[sign](a, b)) else np.inf


def difference(held, latex, table, seed):
    """The largest difference between neighbouring sides, for one draw."""
    with np.errstate(all="ignore"):
        return max(step.difference for step in steps(held, latex, table, seed))


def largest_difference(held, latex, table, draws=DRAWS):
    """The largest difference between neighbouring sides, over several draws."""
    return max(difference(held, latex, table, seed) for seed in range(draws))


def report(held, latex, table):
    """The equation, what each side comes to where they are furthest apart, and what the package gave."""
    names = ", ".join(f"{function.__module__}.{function.__qualname__}" for function in held.by)
    lines = [f"equation {held.label}: {' '.join(latex.split())}"]
    try:
        with np.errstate(all="ignore"):
            found = [
                (step.difference, seed, step)
                for seed in range(DRAWS)
                for step in steps(held, latex, table, seed)
            ]
        largest, seed, step = max(found, key=lambda entry: entry[0])
        lines += [f"left of {step.sign}: {shown(step.left)}", f"right of it: {shown(step.right)}"]
        lines += [f"largest difference: {largest:.3g}, limit {LIMIT:g}"]
    except FormulaError as error:
        seed, lines = 0, [*lines, f"can't be evaluated: {error}"]
    package = held.function(**Draw(table, seed).values(held.givens, held.kinds))
    lines += [f"the package ({names}) gives {code} = {shown(value)}" for code, value in package.items()]
    return "The formula on the page is not what the package computes.\n  " + "\n  ".join(lines)


def shown(value):
    """A value in a line, rounded."""
    if callable(value):
        return "a function"
    return " ".join(
        str(
            [np.round(v, 6).tolist() for v in value] if isinstance(value, list) else np.round(value, 6)
        ).split()
    )
