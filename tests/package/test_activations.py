import inspect
import itertools
from dataclasses import FrozenInstanceError

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import erfc, exp, expm1, log1p, mpf, pi, sech, sqrt, tanh
from scipy import special

from byhand import activations, activations_piecewise, activations_smooth
from byhand.activations import ACTIVATIONS, Activation

pytestmark = pytest.mark.filterwarnings("error")
mp.mp.dps = 50

INF = float("inf")
# In no registry: Keras knows one by an argument only, the other needs two.
NAMELESS = {
    "gelu_tanh": Activation("gelu_tanh", activations.gelu_tanh, activations.gelu_tanh_derivative, False),
    "threshold": Activation(
        "threshold",
        lambda z: activations_piecewise.threshold(z, 0.75, -2.0),
        lambda z: activations_piecewise.threshold_derivative(z, 0.75),
        False,
    ),
}
EVERY = {**ACTIVATIONS, **NAMELESS}
every_activation = pytest.mark.parametrize("activation", EVERY.values(), ids=list(EVERY))
both_precisions = pytest.mark.parametrize("dtype", [np.float32, np.float64])

one, none = mpf(1), mpf(0)
SCALE, ALPHA = mpf("1.0507009873554804934193349852946"), mpf("1.6732632423543772848170429916717")


def logistic(z):
    return 1 / (1 + exp(-z))


def log1pexp(z):
    return max(z, none) + log1p(exp(-abs(z)))


def normal(z):
    return erfc(-z / sqrt(2)) / 2 if abs(z) < 100 else one * (z > 0)  # mpmath gives up on huge ones


def twice_u(z):
    return sqrt(8 / pi) * (z + mpf("0.044715") * z**3)


def twice_u_slope(z):
    return sqrt(8 / pi) * (1 + 3 * mpf("0.044715") * z**2)


def clip(z, low, high):
    return min(max(z, mpf(low)), mpf(high))


def plus(z):
    return (z + sqrt(z * z + 4)) / 2 if z > 0 else 2 / (sqrt(z * z + 4) - z)


EXACT = {  # f(z) and f'(z) at 50 digits, as in the books
    "linear": (lambda z: z, lambda z: one),
    "sigmoid": (logistic, lambda z: logistic(z) * logistic(-z)),
    "tanh": (tanh, lambda z: sech(z) ** 2),
    "relu": (lambda z: max(z, none), lambda z: one * (z > 0)),
    "leaky_relu": (lambda z: z if z > 0 else z / 5, lambda z: one if z > 0 else one / 5),
    "elu": (lambda z: z if z > 0 else expm1(z), lambda z: one if z > 0 else exp(z)),
    "softplus": (log1pexp, logistic),
    "silu": (lambda z: z * logistic(z), lambda z: logistic(z) * (1 + z * logistic(-z))),
    "gelu": (lambda z: z * normal(z), lambda z: normal(z) + z * exp(-z * z / 2) / sqrt(2 * pi)),
    "gelu_tanh": (
        lambda z: z * logistic(twice_u(z)),
        lambda z: logistic(twice_u(z)) * (1 + z * twice_u_slope(z) * logistic(-twice_u(z))),
    ),
    "selu": (
        lambda z: SCALE * z if z > 0 else SCALE * ALPHA * expm1(z),
        lambda z: SCALE if z > 0 else SCALE * ALPHA * exp(z),
    ),
    "celu": (lambda z: z if z > 0 else expm1(z), lambda z: one if z > 0 else exp(z)),
    "softsign": (lambda z: z / (1 + abs(z)), lambda z: 1 / (1 + abs(z)) ** 2),
    "mish": (
        lambda z: z * tanh(log1pexp(z)),
        lambda z: tanh(log1pexp(z)) + z * logistic(z) * sech(log1pexp(z)) ** 2,
    ),
    "exponential": (exp, exp),
    "log_sigmoid": (lambda z: -log1pexp(-z), lambda z: logistic(-z)),
    "tanh_shrink": (lambda z: z - tanh(z), lambda z: tanh(z) ** 2),
    "squareplus": (plus, lambda z: plus(z) / sqrt(z * z + 4)),
    "relu6": (lambda z: clip(z, 0, 6), lambda z: one * (0 < z < 6)),
    "hard_sigmoid": (lambda z: clip(z + 3, 0, 6) / 6, lambda z: one * (-3 < z < 3) / 6),
    "hard_tanh": (lambda z: clip(z, -1, 1), lambda z: one * (-1 < z < 1)),
    "hard_silu": (
        lambda z: z * clip(z + 3, 0, 6) / 6,
        lambda z: (2 * z + 3) / 6 if -3 < z < 3 else one * (z > 0),
    ),
    "soft_shrink": (lambda z: z - clip(z, -0.5, 0.5), lambda z: one * (abs(z) > 0.5)),
    "hard_shrink": (lambda z: z * (abs(z) > 0.5), lambda z: one * (abs(z) > 0.5)),
    "sparse_plus": (
        lambda z: z if z > 1 else (clip(z + 1, 0, 2) / 2) ** 2,
        lambda z: clip(z + 1, 0, 2) / 2,
    ),
    "sparse_sigmoid": (lambda z: clip(z + 1, 0, 2) / 2, lambda z: one * (-1 < z < 1) / 2),
    "threshold": (lambda z: z if z > 0.75 else mpf(-2), lambda z: one * (z > 0.75)),
}
AT_INFINITY = {  # f(−∞), f(∞), f'(−∞), f'(∞)
    "linear": (-INF, INF, 1, 1),
    "sigmoid": (0, 1, 0, 0),
    "tanh": (-1, 1, 0, 0),
    "relu": (0, INF, 0, 1),
    "leaky_relu": (-INF, INF, 0.2, 1),
    "elu": (-1, INF, 0, 1),
    "softplus": (0, INF, 0, 1),
    "silu": (0, INF, 0, 1),
    "gelu": (0, INF, 0, 1),
    "gelu_tanh": (0, INF, 0, 1),
    "selu": (-1.7580993408473766, INF, 0, 1.0507009873554805),
    "celu": (-1, INF, 0, 1),
    "softsign": (-1, 1, 0, 0),
    "mish": (0, INF, 0, 1),
    "exponential": (0, INF, 0, INF),
    "log_sigmoid": (-INF, 0, 1, 0),
    "tanh_shrink": (-INF, INF, 1, 1),
    "squareplus": (0, INF, 0, 1),
    "relu6": (0, 6, 0, 0),
    "hard_sigmoid": (0, 1, 0, 0),
    "hard_tanh": (-1, 1, 0, 0),
    "hard_silu": (0, INF, 0, 1),
    "soft_shrink": (-INF, INF, 1, 1),
    "hard_shrink": (-INF, INF, 1, 1),
    "sparse_plus": (0, INF, 0, 1),
    "sparse_sigmoid": (0, 1, 0, 0),
    "threshold": (-2, INF, 0, 1),
}
KINKS = {  # slope at each kink
    "relu": {0: 0},
    "leaky_relu": {0: 0.2},
    "relu6": {0: 0, 6: 0},
    "hard_sigmoid": {-3: 0, 3: 0},
    "hard_tanh": {-1: 0, 1: 0},
    "hard_silu": {-3: 0, 3: 1},
    "soft_shrink": {-0.5: 0, 0.5: 0},
    "hard_shrink": {-0.5: 0, 0.5: 0},
    "selu": {0: 1.7580993408473766},
    "sparse_sigmoid": {-1: 0, 1: 0},
    "threshold": {0.75: 0},
}
# Error in units of the type's ε, where it is more than 2 |f|: the slack that the docstrings own up to.
LOOSE = {
    "gelu": lambda z, want: (2 + z**2) * abs(want),
    "gelu_tanh": lambda z, want: (2 + 2 * abs(twice_u(z))) * abs(want),
    "tanh_shrink": lambda z, want: abs(z) + abs(want),
}
# With TensorFlow under it, Keras computes these in float64 with constants rounded to float32, as here.
ROUNDED_BY_TENSORFLOW = {
    "leaky_relu": lambda z: np.maximum(z, float(np.float32(0.2)) * z),
    "gelu": lambda z: z * special.erfc(-z * float(np.float32(0.5**0.5))) / 2,
    "gelu_tanh": lambda z: (
        z * (1 + np.tanh((2 / np.pi) ** 0.5 * (z + float(np.float32(0.044715)) * z**3))) / 2
    ),
}
# Slopes that keep their digits however small they are; the others are right to one rounding of 1.
FINE_SLOPES = {"softplus", "log_sigmoid", "exponential", "squareplus", "tanh_shrink"}


def whole_range(dtype):
    """Powers of two from the smallest number to the largest, and more where the functions bend."""
    info = np.finfo(dtype)
    powers = np.ldexp(dtype(1), np.arange(info.minexp - info.nmant, info.maxexp, 7)).astype(dtype)
    bends = np.geomspace(1e-4, 100, 120).astype(dtype)
    dense = np.linspace(0, 760 if dtype == np.float64 else 110, 153).astype(dtype)
    ends = np.array([info.max, 709.78, 745.1, 88.72, 103.9], dtype)
    positive = np.concatenate([powers, bends, dense, ends])
    return np.concatenate([positive, -positive])


def slope(activation, z):
    return activation.derivative(activation.function(z) if activation.in_output else z)


def assert_close(got, z, exact, tolerance):
    """|got − exact| ≤ ε · tolerance(z, exact), beside the last digits of numbers next to zero."""
    info = np.finfo(got.dtype)
    rest = 1000 * mpf(float(info.smallest_subnormal))
    for result, at in zip(got, z, strict=True):
        want = exact(mpf(float(at)))
        if abs(want) > mpf(float(info.max)):
            assert result == np.copysign(INF, float(mp.sign(want))), at
        else:
            error = abs(mpf(float(result)) - want) - rest
            assert error <= mpf(float(info.eps)) * tolerance(mpf(float(at)), want), (at, result, want)


def test_every_activation_has_its_references():
    names = {activation.name for activation in EVERY.values()}
    assert set(EXACT) == set(AT_INFINITY) == names


@both_precisions
@every_activation
def test_value_keeps_its_digits_over_the_whole_range(activation, dtype):
    z = whole_range(dtype)
    tolerance = LOOSE.get(activation.name, lambda z, want: 2 * abs(want))
    assert_close(activation.function(z), z, EXACT[activation.name][0], tolerance)


@both_precisions
@every_activation
def test_slope_is_right_to_one_rounding_of_one_over_the_whole_range(activation, dtype):
    z = whole_range(dtype)
    fine = activation.name in FINE_SLOPES
    assert_close(
        slope(activation, z),
        z,
        EXACT[activation.name][1],
        lambda z, want: 3 * abs(want) if fine else 2 * max(1, abs(want)),
    )


@both_precisions
@every_activation
def test_infinite_arguments_give_the_limits(activation, dtype):
    z = np.array([-INF, INF], dtype)
    got = [*activation.function(z), *slope(activation, z)]
    np.testing.assert_allclose(got, AT_INFINITY[activation.name], rtol=2 * np.finfo(dtype).eps)


@every_activation
def test_slope_agrees_with_central_differences(activation, rng):
    z = rng.uniform(0.1, 4, (5, 7)) * rng.choice([-1, 1], (5, 7))
    z = z[np.all([abs(z - kink) > 1e-3 for kink in (*KINKS.get(activation.name, {}), 0)], axis=0)]
    h = 1e-5
    differences = (activation.function(z + h) - activation.function(z - h)) / (2 * h)
    np.testing.assert_allclose(slope(activation, z), differences, rtol=1e-7, atol=1e-9)


def keras_function(keras, name):
    nameless = {
        "gelu_tanh": lambda z: keras.activations.gelu(z, approximate=True),
        "threshold": lambda z: keras.activations.threshold(z, 0.75, -2.0),
    }
    return nameless.get(name) or keras.activations.get(name)


@pytest.mark.parametrize("name", list(EVERY))
def test_value_and_slope_agree_with_keras(name, keras, tf, rng):
    z = tf.constant(rng.normal(0, 3, (15, 7)))
    with tf.GradientTape() as tape:
        tape.watch(z)
        a = keras_function(keras, name)(z)
    slopes = tape.gradient(a, z)
    limits = {"rtol": 0, "atol": 5e-8} if name in ROUNDED_BY_TENSORFLOW else {"rtol": 1e-10, "atol": 1e-15}
    np.testing.assert_allclose(EVERY[name].function(z.numpy()), a.numpy(), **limits)
    np.testing.assert_allclose(slope(EVERY[name], z.numpy()), slopes.numpy(), **limits)


@pytest.mark.parametrize("name", list(ROUNDED_BY_TENSORFLOW))
def test_where_keras_is_only_close_its_constants_are_to_blame(name, keras, tf, rng):
    z = rng.normal(0, 3, (15, 7))
    by_keras = keras_function(keras, name)(tf.constant(z)).numpy()
    np.testing.assert_allclose(ROUNDED_BY_TENSORFLOW[name](z), by_keras, rtol=1e-10, atol=1e-15)


def test_every_element_wise_activation_of_keras_is_here(keras):
    by_rows = {"softmax", "log_softmax", "sparsemax", "glu"}
    helpers = {"get", "serialize", "deserialize"}
    theirs = {name for name, _ in inspect.getmembers(keras.activations, inspect.isfunction)}
    assert theirs - by_rows - helpers <= set(EVERY)
    assert set(ACTIVATIONS) <= theirs


@both_precisions
@pytest.mark.parametrize("shape", [(), (6,), (5, 3), (2, 3, 4), (0, 3)])
@every_activation
def test_shape_and_dtype_are_kept_and_the_input_is_not_changed(activation, shape, dtype, rng, unchanged):
    z = np.asarray(rng.normal(0, 2, shape), dtype)
    a = np.asarray(activation.function(z)).copy()
    for function, argument in ((activation.function, z), (activation.derivative, a)):
        with unchanged(argument):
            result = function(argument)
        assert np.shape(result) == shape
        assert result.dtype == dtype
    assert not np.shares_memory(activation.derivative(a), a)


@every_activation
def test_single_and_double_precision_agree(activation, rng):
    z = rng.normal(0, 2, (5, 7)).astype(np.float32)
    np.testing.assert_allclose(
        activation.function(z), activation.function(z.astype(float)), rtol=1e-6, atol=2e-7
    )
    np.testing.assert_allclose(slope(activation, z), slope(activation, z.astype(float)), rtol=1e-6, atol=1e-6)


@every_activation
@pytest.mark.parametrize("z", [2.0, -0.25, -7, 7])
def test_plain_numbers_are_accepted(activation, z):
    value, derivative = EXACT[activation.name]
    assert activation.function(z) == pytest.approx(float(value(mpf(z))))
    assert slope(activation, z) == pytest.approx(float(derivative(mpf(z))), abs=1e-12)


@every_activation
def test_what_is_not_a_number_stays_so(activation):
    assert np.isnan(activation.function(np.array([np.nan, 1.0]))).tolist() == [True, False]


@pytest.mark.parametrize("name", list(KINKS))
def test_slope_at_a_kink_is_that_of_the_flatter_side(name):
    z = np.array(list(KINKS[name]), float)
    np.testing.assert_allclose(slope(EVERY[name], z), list(KINKS[name].values()), rtol=1e-15)
    np.testing.assert_allclose(
        EVERY[name].function(z), [float(EXACT[name][0](mpf(at))) for at in z], rtol=1e-15
    )


def test_relu_at_the_smallest_number_is_on():
    assert activations.relu_derivative(np.array([0.0, -0.0, 5e-324])).tolist() == [0, 0, 1]


def test_elu_counts_its_kink_as_below():
    assert activations.elu_derivative(np.array([-0.2, 0, 0.2]), 0.3).tolist() == pytest.approx([0.1, 0.3, 1])


@pytest.mark.parametrize(
    ("function", "derivative", "settings", "by_keras"),
    [
        (activations.leaky_relu, activations.leaky_relu_derivative, {"negative_slope": 0.375}, "leaky_relu"),
        (activations.elu, activations.elu_derivative, {"alpha": 0.7}, "elu"),
        (activations_smooth.celu, activations_smooth.celu_derivative, {"alpha": 0.7}, "celu"),
        (activations_smooth.squareplus, activations_smooth.squareplus_derivative, {"b": 2.5}, "squareplus"),
        (activations_piecewise.soft_shrink, None, {"threshold": 1.2}, "soft_shrink"),
        (activations_piecewise.hard_shrink, None, {"threshold": 1.2}, "hard_shrink"),
    ],
)
@both_precisions
def test_settings_mean_what_they_mean_in_keras(
    function, derivative, settings, by_keras, dtype, keras, tf, rng
):
    z = rng.normal(0, 2, (8, 5))
    a = keras_function(keras, by_keras)(tf.constant(z), **settings).numpy()
    rtol = 1e-10 if dtype == np.float64 else 1e-5
    got = function(z.astype(dtype), **settings)
    assert got.dtype == dtype
    np.testing.assert_allclose(got, a, rtol=rtol, atol=1e-15)
    if derivative:
        h = 1e-6
        differences = (function(z + h, **settings) - function(z - h, **settings)) / (2 * h)
        slopes = derivative(got, **settings)
        assert slopes.dtype == dtype
        np.testing.assert_allclose(slopes, differences, rtol=max(rtol, 1e-7), atol=1e-6)


RISING = [a for name, a in ACTIVATIONS.items() if name not in {"silu", "swish", "gelu", "mish", "hard_silu"}]
RISING = [a for a in RISING if a.name != "hard_silu"]


@pytest.mark.parametrize("activation", RISING, ids=lambda a: a.name)
@given(st.lists(st.floats(-50, 50), min_size=2, max_size=6))
def test_a_larger_argument_never_gives_a_smaller_value(activation, z):
    a = activation.function(np.sort(np.array(z)))
    assert np.all(np.diff(a) >= -1e-14 * (1 + np.abs(a[1:])))
    assert np.all(slope(activation, np.array(z)) >= 0)


@pytest.mark.parametrize(
    "name", ["tanh", "softsign", "hard_tanh", "soft_shrink", "hard_shrink", "tanh_shrink"]
)
@given(st.floats(allow_nan=False))
def test_odd_functions_change_sign_with_their_argument(name, z):
    a, mirrored = ACTIVATIONS[name].function(np.array([z, -z]))
    assert a == -mirrored


@given(st.floats(allow_nan=False))
def test_sigmoid_is_a_probability_and_symmetric(z):
    a, mirrored = activations.sigmoid(np.array([z, -z]))
    assert 0 <= a <= 1
    assert a + mirrored == pytest.approx(1, abs=1e-15)


def test_sigmoid_keeps_tiny_probabilities_apart_from_zero():
    a = activations.sigmoid(np.array([-40.0, -700.0]))
    np.testing.assert_allclose(a, [4.248354255291589e-18, 9.859676543759770e-305], rtol=1e-14)


def test_sigmoid_slope_is_largest_in_the_middle():
    assert activations.sigmoid_derivative(np.array([0.25, 0.5, 0.75])).tolist() == [0.1875, 0.25, 0.1875]


@pytest.mark.parametrize(
    ("name", "by_scipy"),
    [
        ("sigmoid", special.expit),
        ("log_sigmoid", special.log_expit),
        ("gelu", lambda z: z * special.ndtr(z)),
        ("silu", lambda z: z * special.expit(z)),
        ("softplus", lambda z: -special.log_expit(-z)),
        ("elu", lambda z: special.boxcox1p(np.maximum(z, 0), 1) + np.expm1(np.minimum(z, 0))),
    ],
)
def test_values_agree_with_scipy(name, by_scipy, rng):
    z = rng.normal(0, 30, 500)
    np.testing.assert_allclose(ACTIVATIONS[name].function(z), by_scipy(z), rtol=1e-14)


def test_gelu_by_tanh_stays_close_to_gelu():
    z = np.linspace(-8, 8, 4001)
    worst = np.abs(activations.gelu(z) - activations.gelu_tanh(z)).max()
    assert 4e-4 < worst < 5e-4


def test_an_activation_is_found_by_its_name():
    modules = (activations, activations_smooth, activations_piecewise)
    for name, activation in ACTIVATIONS.items():
        assert activations.get(name) is activation
        (home,) = [module for module in modules if hasattr(module, activation.name)]
        assert activation.function is getattr(home, activation.name)
        assert activation.derivative is getattr(home, f"{activation.name}_derivative")
    assert {key: a.name for key, a in ACTIVATIONS.items() if key != a.name} == {
        "swish": "silu",
        "hard_swish": "hard_silu",
    }


def test_an_activation_is_a_value():
    with pytest.raises(FrozenInstanceError):
        ACTIVATIONS["relu"].in_output = False


@pytest.mark.parametrize("activation", [a for a in EVERY.values() if not a.in_output], ids=lambda a: a.name)
def test_a_slope_is_written_in_z_only_where_the_output_does_not_say_it(activation):
    """Two arguments with (nearly) one output and different slopes, or digits lost on the way back."""
    z = np.linspace(-6, 6, 4001)
    a, slopes = activation.function(z), slope(activation, z)
    order = np.argsort(a)
    close = [
        (i, j)
        for i, j in itertools.pairwise(order)
        if abs(a[i] - a[j]) < 1e-3 and abs(slopes[i] - slopes[j]) > 0.05
    ]
    assert close or activation.name in {"tanh_shrink", "threshold"}
