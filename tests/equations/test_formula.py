"""The reader of formulas, on what SciPy, NumPy and loops say of the same notation."""

import math

import numpy as np
import pytest
import symbols
from contract import Contract, compared, largest_difference, rows
from drawing import Draw
from evaluate import Scope, evaluate
from formula import parse
from reading import FormulaError
from scipy.special import logsumexp

RNG = np.random.default_rng(0)
Z, X, Y, W3, D3 = (RNG.normal(size=shape) for shape in ((4,), (7, 5), (7, 4), (5, 4), (7, 4)))
A = np.exp(Z - logsumexp(Z))
ROWS = [
    {"code": "K", "latex": "K", "values": "size", "meaning": "classes"},
    {"code": "j", "latex": "j", "values": "index", "meaning": "a class"},
    {"code": "k", "latex": "k", "values": "index", "meaning": "a class"},
    {"code": "l", "latex": "l", "values": "index", "meaning": "a layer"},
    {"code": "t", "latex": "t", "values": "index", "meaning": "a step"},
    {"code": "z", "latex": r"\mathbf z", "entry": "z_k", "shape": ["K"], "meaning": "scores"},
    {"code": "z_steps", "latex": "z_t", "first": 0, "meaning": "a number at each step"},
    {"code": "u", "latex": "u", "meaning": "a number"},
    {"code": "y", "latex": "y", "meaning": "the true class"},
    {"code": "beta_1", "latex": r"\beta_1", "meaning": "memory"},
    {"code": "a", "latex": r"\mathbf a", "entry": "a_k", "shape": ["K"], "meaning": "shares"},
    {"code": "m", "latex": "m_t", "meaning": "mean gradient", "first": 0},
    {"code": "m_hat", "latex": r"\hat m_t", "meaning": "mean gradient, corrected", "first": 0},
    {"code": "z_bar", "latex": r"\bar{\mathbf z}", "entry": r"\bar z_k", "meaning": "mean scores"},
    {"code": "W", "latex": "W^{[l]}", "entry": "w^{[l]}_{jk}", "meaning": "weights"},
    {"code": "delta", "latex": r"\delta^{[l]}", "meaning": "slopes"},
    {"code": "X", "latex": "X", "entry": "x_{kj}", "meaning": "inputs"},
    {"code": "g", "latex": "g", "values": "function", "meaning": "activation"},
    {"code": "g_prime", "latex": "g'", "values": "function", "meaning": "its derivative"},
    {"code": "J", "latex": "J", "meaning": "cost"},
]
VALUES = {
    "K": 4, "z": Z, "z_bar": 3 * Z, "u": 1.7, "y": 3, "beta_1": 0.9, "a": A, "m": np.array([0, 0.1, 0.3]),
    "z_steps": np.array([0, 5.0, 7.0]),
    "W": [np.eye(2), np.eye(3), W3], "delta": [X, X, D3], "X": X, "g": np.tanh,
    "g_prime": lambda z: 1 - np.tanh(z) ** 2,    "dJ_dz": 2 * Z, "da_dz": np.arange(16.0).reshape(4, 4),
}  # fmt: skip


@pytest.fixture(scope="module")
def scope():
    table = symbols.Table.__new__(symbols.Table)
    table.symbols = {row["code"]: symbols.Symbol(**row) for row in ROWS}
    return Scope(table, VALUES, {})


@pytest.mark.parametrize(
    ("latex", "value"),
    [
        (r"-u^2", -(1.7**2)),
        (r"2u(u+1)", 2 * 1.7 * 2.7),
        (r"u - 1 - u", -1),
        (r"\log \sum_{k=1}^{K} e^{z_k}", logsumexp(Z)),
        (r"\max_k z_k + \log \sum_{j} e^{z_j - \max_k z_k}", logsumexp(Z)),
        (r"\sum_{j \ne y} z_j", Z.sum() - Z[2]),
        (r"\max_{2 \le j \leq K} z_j + \min_{1 \le k \le 2} z_{2(2-k)+k}", max(Z[1:]) + min(Z[2], Z[1])),
        (r"\sum_{s=1}^{2} z_s + \sum_{k=1}^{2} z_k", 12 + Z[:2].sum()),  # steps, and classes
        (r"z_1 + m_1", Z[0] + 0.1),
        (r"z_{y} - z_y + z_1 + z_K", Z[0] + Z[3]),
        (r"\prod_{k=1}^{3} z_k", Z[0] * Z[1] * Z[2]),
        (r"\left\lceil \tfrac{7}{2} \right\rceil - \lfloor 3.5 \rfloor", 1),
        (r"\sqrt{u} + |{-u}| + \lVert \mathbf z \rVert^2", math.sqrt(1.7) + 1.7 + Z @ Z),
        (r"\max(u, 2) - \min(u, 2)", 0.3),
        (r"g(u) g'(u)", np.tanh(1.7) * (1 - np.tanh(1.7) ** 2)),
        (r"u g(u) - \tanh u \cdot u", 0),
        (r"\beta_1^{2}", 0.81),
        (r"\frac{m_1}{1 - \beta_1^1}", 1.0),
        (r"\mathbf z^{\top} \mathbf z", Z @ Z),
        (r"\mathbf z \cdot \bar{\mathbf z} - \bar z_2", 3 * Z @ Z - 3 * Z[1]),
        (r"\mathbf z \cdot \mathbf z", Z @ Z),
        (r"\mathbf z \mathbf z^{\top}", np.outer(Z, Z)),
        (r"\operatorname{diag}(\mathbf a) - \mathbf a \mathbf a^\top", np.diag(A) - np.outer(A, A)),
        (r"(\delta^{[3]} W^{[3]\top}) \odot g'(X)", D3 @ W3.T * (1 - np.tanh(X) ** 2)),
        (r"{W^{[3]}}^{\top}", W3.T),
        (r"x_{2,3}", X[1, 2]),
        (r"\begin{cases} u & \text{if } u > 0 \\ 0 & \text{otherwise} \end{cases}", 1.7),
        (r"\begin{cases} 0 & u > 2 \\ u & 1 \le u \leq 2 \end{cases}", 1.7),
        (r"\sum_k \mathbf 1[k = y] z_k + \sum_k [k = y] z_k", 2 * Z[2]),
        (r"u - [2 = y] - [y = 3]", 0.7),
        (r"\frac{\partial J}{\partial z_2}", 2 * Z[1]),
        (r"\frac{\partial a_2}{\partial z_3}", 6.0),
        (r"\partial z_2", 2 * Z[1]),
        (r"\frac12 u + ½ u", 1.7),
        (r"\log^2 u", math.log(1.7) ** 2),
        (r"u / 2", 0.85),
    ],
)  # fmt: skip
def test_a_formula_has_the_value_it_says(latex, value, scope):
    (tree,) = parse(latex)
    np.testing.assert_allclose(evaluate(tree, scope), value, rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"u +", "notation"),
        (r"\frac{u}", "notation"),
        (r"v + u", "book/symbols.yml"),
        (r"z_5", "from 1 to 4"),
        (r"z_0", "from 1 to 4"),
        (r"\mathbf z \mathbf z", "between two vectors"),
        (r"g + u", "ufunc|callable|operand|function"),
        (r"X \odot \mathbf z", "one shape"),
        (r"\hat m_1", "a value for m_hat"),
        (r"(u + 1)_2", "a name before an index"),
        (r"z_{u}", "whole number"),
        (r"\begin{cases} u & u > 2 \end{cases}", "a case that holds"),
        (r"\prod_{k=1}^{4} + u", "something to multiply"),
        (r"\max_{1 \ge j \ge K} z_j", "first ≤ index ≤ last"),
    ],
)
def test_what_makes_no_sense_is_refused(latex, said, scope):
    with pytest.raises((FormulaError, TypeError), match=said):
        evaluate(parse(latex)[0], scope)


def sides(latex, scope, after=None):
    (relation,) = parse(latex)
    return list(compared(relation, rows(relation, scope.table, VALUES, VALUES | (after or {}))))


def test_free_indices_run_over_every_place(scope):
    (step,) = sides(r"z_k = z_k", scope)
    np.testing.assert_array_equal(step.left, Z)


def test_the_index_of_a_named_layer_has_the_places_of_that_layer(scope):
    (step,) = sides(r"w^{[3]}_{jk} = w^{[3]}_{jk}", scope)
    np.testing.assert_array_equal(step.left, W3.ravel())


def test_a_chain_is_compared_side_by_side(scope):
    steps = sides(r"u = 1.7 = 1.8 = 1.8", scope)
    assert [round(step.difference, 3) for step in steps] == [0, pytest.approx(0.059, abs=1e-3), 0]


def test_left_of_an_arrow_stands_what_is_new(scope):
    assert sides(r"u \leftarrow u + 1", scope, {"u": 2.7})[0].difference == 0
    assert sides(r"u \leftarrow u + 1", scope)[0].difference > 0.3


def test_time_runs_where_every_array_has_a_place(scope):
    (step,) = sides(r"m_{t+1} - m_t = m_{t+1} - m_t", scope)
    np.testing.assert_allclose(step.left, [0.1, 0.2])


def test_an_index_in_strides_runs_where_its_plain_one_does(scope):
    every_other = {"z": X[::2, 0]}
    (step,) = sides(r"z_k = \sum_{j=1}^{1} x_{2(k-1)+j,\,j}", scope, every_other)
    np.testing.assert_array_equal(step.right, every_other["z"])
    with pytest.raises(FormulaError, match="from 1 to 7"):
        sides(r"z_k = x_{3(k-1)+1,\,1}", scope, every_other)


def test_other_lengths_for_one_index_are_refused(scope):
    with pytest.raises(FormulaError, match="one length for the index j"):
        sides(r"z_j = x_{1j}", scope)


def test_a_shape_apart_is_refused_even_where_numpy_would_stretch_it(scope):
    with pytest.raises(FormulaError, match="one shape"):
        sides(r"\mathbf z = u", scope)


def test_an_inequality_holds_or_not(scope):
    assert sides(r"u \leq 2", scope)[0].difference == 0
    assert sides(r"u \geq 2", scope)[0].difference == math.inf


def test_lines_of_an_aligned_block_are_formulas_of_their_own():
    block = r"\begin{aligned} u &= 1 + y \\ &= y + 1 \\ y &= u \end{aligned}"
    assert parse(block) == parse(r"u = 1 + y = y + 1, \quad y = u")


def test_sizes_differ_and_none_is_one():
    for seed in range(20):
        draw = Draw(symbols.Table(), seed)
        lengths = [*(v for k, v in draw.sizes.items() if k != "N"), *draw.widths[1:]]
        assert len(set(lengths)) == len(lengths)
        assert min(lengths) > 1
        assert draw.sizes["N"] > 1


def test_the_same_seed_draws_the_same(table):
    held = Contract("eq-x", (), lambda x, w: {"z": x @ w})
    assert largest_difference(held, r"z = \mathbf x \cdot \mathbf w", table) < 1e-14
    first, second = (Draw(table, 3).values(["x", "w"]) for _ in range(2))
    np.testing.assert_array_equal(first["x"], second["x"])


def test_a_contract_may_ask_for_another_kind(table):
    held = Contract("eq-x", (), lambda y, y_all, f: {}, {"y": "class", "y_all": "class"})
    drawn = set()
    for seed in range(40):
        draw = Draw(table, seed)
        y, y_all, f = draw.values(held.givens, held.kinds).values()
        assert y_all.shape == (draw.sizes["m"],)
        assert {y, *y_all} <= set(range(1, draw.sizes["K"] + 1))
        assert 0 < f < 1
        drawn.add(y)
    assert len(drawn) > 4
