import numpy as np
import pytest

from byhand.gradient_report import Entry, differences, gradient_report, relative_errors
from byhand.layers import Dense
from byhand.losses import binary_cross_entropy
from byhand.network import Network

pytestmark = pytest.mark.filterwarnings("error")
NETWORK = Network(4, (Dense(5, "sigmoid"), Dense(5, "sigmoid"), Dense(2)), binary_cross_entropy)


@pytest.fixture
def problem(rng):
    theta = rng.normal(size=NETWORK.size)
    return theta, rng.normal(size=(6, 4)), rng.integers(0, 2, (6, 2))


def report(problem, spoil=None, examples=6, **settings):
    """The report on NETWORK's gradient, spoilt by a function of (grad, views)."""
    theta, x, y = problem

    def wrong(theta, x, y):
        value, grad = NETWORK.value_and_grad(theta, x, y)
        changed = spoil(grad, NETWORK.views(grad))
        return value, grad if changed is None else changed

    settings = {"value_and_grad": wrong if spoil else None, "rng": np.random.default_rng(1), **settings}
    return gradient_report(NETWORK, theta, x[:examples], y[:examples], **settings)


def every(name, factor):
    def spoil(grad, views):
        for layer in views:
            layer[name] *= factor

    return spoil


def one(layer, name, change):
    def spoil(grad, views):
        views[layer - 1][name][...] = change(views[layer - 1][name].copy())

    return spoil


def back_from(layer):
    def spoil(grad, views):
        for arrays in views[:layer]:
            for array in arrays.values():
                array += 0.1

    return spoil


def test_a_right_gradient_is_called_right(problem):
    got = report(problem)
    assert got.right
    assert got.worst.error < 1e-6
    assert got.direction < 1e-7
    text = str(got)
    assert text.startswith("gradient right: all errors below 1e-05\n  layer 1 W   largest error ")
    assert "reason" not in text
    assert str(got.worst) in text


def test_every_array_is_named_once_in_order(problem):
    names = [(entry.layer, entry.array) for entry in report(problem).entries]
    assert names == [(layer, name) for layer in (1, 2, 3) for name in ("W", "b")]


REASONS = {
    "sign": (lambda grad, views: -grad, "sign; everywhere"),
    "factor 2": (lambda grad, views: 2 * grad, "factor 2; everywhere"),
    "factor ½": (lambda grad, views: grad / 2, "factor ½; everywhere"),
    "missing 1/m": (lambda grad, views: 6 * grad, "missing 1/m; everywhere"),
    "1/m twice": (lambda grad, views: grad / 6, "1/m twice; everywhere"),
    "sign and missing 1/m": (lambda grad, views: -6 * grad, "sign and missing 1/m; everywhere"),
    "another factor": (lambda grad, views: 1.25 * grad, "factor 1.25; everywhere"),
    "factor 2, but for rounding": (lambda grad, views: 2.0002 * grad, "factor 2; everywhere"),
    "sign, but for rounding": (lambda grad, views: -1.0001 * grad, "sign; everywhere"),
    "zero": (lambda grad, views: 0 * grad, "zero: never written; everywhere"),
    "biases summed": (every("b", 6), "missing 1/m; bias only"),
    "weights": (every("W", -1), "sign; W of layer 1 and W of layer 2 and W of layer 3 only"),
    "one bias": (one(2, "b", lambda b: 0 * b), "zero: never written; bias only"),
    "one matrix": (one(2, "W", lambda W: 2 * W), "factor 2; W of layer 2 only"),
    "transposed": (one(2, "W", lambda W: W.T), "written transposed, column by column; W of layer 2 only"),
    "transposed, but for rounding": (
        one(2, "W", lambda W: 1.0001 * W.T),
        "written transposed, column by column; W of layer 2 only",
    ),
    "transposed, and more": (
        one(2, "W", lambda W: np.linspace(0.9, 1.1, 25).reshape(5, 5) * W.T),
        "no simple factor: look at each step of the chain rule; W of layer 2 only",
    ),
    "transposed, not square": (
        one(1, "W", lambda W: W.T.reshape(4, 5)),
        "written transposed, column by column; W of layer 1 only",
    ),
    "reversed": (
        one(3, "W", lambda W: W[::-1]),
        "no simple factor: look at each step of the chain rule; W of layer 3 only",
    ),
    "a step of the chain": (
        back_from(2),
        "no simple factor: look at each step of the chain rule; from layer 2 back to the first",
    ),
    "the last step of the chain": (
        back_from(1),
        "no simple factor: look at each step of the chain rule; layer 1 only",
    ),
    "not a number": (
        lambda grad, views: np.nan * grad,
        "not a number (overflow, or a logarithm of 0)",
    ),
    "infinite": (one(1, "b", lambda b: b + np.inf), "not a number (overflow, or a logarithm of 0)"),
}


@pytest.mark.parametrize("case", list(REASONS))
def test_a_wrong_gradient_gets_its_own_reason(case, problem):
    spoil, reason = REASONS[case]
    with np.errstate(invalid="ignore"):
        got = report(problem, spoil)
    assert not got.right
    assert got.reason == reason
    assert str(got).startswith("gradient WRONG: not all errors below 1e-05\n")
    assert str(got).endswith(f"\nlikely reason: {reason}")


def test_with_two_examples_both_reasons_for_a_factor_2_are_named(problem):
    got = report(problem, lambda grad, views: 2 * grad, examples=2)
    assert got.reason == "factor 2 or missing 1/m; everywhere"


def test_a_factor_is_named_to_a_thousandth(problem):
    assert report(problem, lambda grad, views: 2.0005 * grad).reason == "factor 2; everywhere"
    assert report(problem, lambda grad, views: 2.01 * grad).reason == "factor 2.01; everywhere"


def test_with_one_example_a_wrong_sign_is_only_a_wrong_sign(problem):
    assert report(problem, lambda grad, views: -grad, examples=1).reason == "sign; everywhere"


@pytest.mark.parametrize(
    ("layer", "name", "index"), [(1, "W", (3, 4)), (2, "W", (0, 2)), (2, "b", (4,)), (3, "W", (1, 0))]
)
def test_the_worst_entry_is_found(layer, name, index, problem):
    theta, x, y = problem

    def change(array):
        array[index] += 0.5
        return array

    worst = report(problem, one(layer, name, change)).worst
    true = NETWORK.views(NETWORK.value_and_grad(theta, x, y)[1])[layer - 1][name][index]
    assert (worst.layer, worst.array, worst.index) == (layer, name, index)
    assert worst.analytic == pytest.approx(true + 0.5)
    assert worst.numeric == pytest.approx(true, abs=1e-8)
    assert worst.error == pytest.approx(0.5 / abs(true + 0.5), rel=1e-4)


def test_an_entry_is_a_sentence():
    entry = Entry(2, "W", (1, 0), 0.25, -0.125, 1.5)
    assert str(entry) == "layer 2, W[1, 0]: 0.25 by formula, -0.125 by difference, relative error 1.5e+00"


def test_a_few_entries_of_each_array_are_enough_to_see_a_wrong_sign(problem):
    evaluations = []

    def count(grad, views):
        evaluations.append(1)
        return -grad

    got = report(problem, count, entries=2)
    assert got.reason == "sign; everywhere"
    assert len(evaluations) == 9 + 1 + 2 * 6 * 2  # three directions, the gradient, two of six arrays twice
    assert len(got.entries) == 6


def test_the_few_entries_are_different_ones(problem):
    seen = set()

    def note(theta, x, y):
        seen.add(theta.tobytes())
        return NETWORK.value_and_grad(theta, x, y)

    report(problem, entries=4, value_and_grad=note)
    assert len(seen) == 1 + 3 * 2 + 2 * (
        5 * 4 + 2
    )  # theta, three directions, four of each array, both of the last


def test_what_the_chosen_entries_miss_a_direction_shows(problem):
    def one_entry(hidden):
        return lambda grad, views: grad + np.where(np.arange(NETWORK.size) == hidden, 0.1, 0)

    wrong = [report(problem, one_entry(hidden), entries=1) for hidden in range(10)]
    assert not any(got.right for got in wrong)
    assert "none among the entries tried" in {got.reason for got in wrong}


def test_the_limit_and_the_step_are_those_asked_for(problem):
    slightly = report(problem, lambda grad, views: 1.001 * grad)
    assert not slightly.right
    assert report(problem, lambda grad, views: 1.001 * grad, limit=0.01).right
    assert report(problem, h=0.5).worst.error > 1e-3


def test_an_error_at_the_limit_is_wrong(problem):
    worst = report(problem, lambda grad, views: 2 * grad).worst.error
    at_limit = report(problem, lambda grad, views: 2 * grad, limit=worst)
    assert not at_limit.right
    assert at_limit.reason.startswith("factor 2; ")


def test_theta_is_not_changed(problem, unchanged):
    with unchanged(*problem):
        report(problem)


def test_differences_are_central_and_only_where_chosen():
    slopes = differences(lambda at: float(np.sum(at**3)), np.array([1.0, 2, 3]), [0, 2], h=0.1)
    np.testing.assert_allclose(slopes, [3.01, np.nan, 27.01], rtol=1e-12)


def test_errors_are_relative_to_the_larger_slope_but_not_below_a_thousandth_of_the_largest():
    analytic, numeric = np.array([2.0, 1, 1e-9, np.nan, np.inf, 3]), np.array([1.0, 2, 0, 1, 1, np.nan])
    np.testing.assert_allclose(relative_errors(analytic, numeric), [0.5, 0.5, 5e-7, np.inf, np.inf, -1])


def test_a_gradient_of_nothing_but_zeros_is_right():
    np.testing.assert_array_equal(relative_errors(np.zeros(3), np.zeros(3)), 0)
