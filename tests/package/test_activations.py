import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from byhand import activations
from byhand.activations import ACTIVATIONS

pytestmark = pytest.mark.filterwarnings("error")
mp.mp.dps = 50

NAMES = sorted(ACTIVATIONS)
EXACT = {  # f at 50 digits, and its derivative written in a
    "linear": (lambda z: z, lambda a: mp.mpf(1)),
    "sigmoid": (lambda z: 1 / (1 + mp.exp(-z)), lambda a: a * (1 - a)),
    "relu": (lambda z: max(z, mp.mpf(0)), lambda a: mp.mpf(1 if a > 0 else 0)),
}


def whole_range(dtype):
    """Every power of two the type has, the ends, infinity, and the stretch where e⁻ᶻ lives."""
    info = np.finfo(dtype)
    powers = np.ldexp(dtype(1), np.arange(info.minexp - info.nmant, info.maxexp)).astype(dtype)
    dense = np.linspace(0, 800 if dtype == np.float64 else 120, 801).astype(dtype)
    ends = np.array([info.max, np.inf, 709.78, 745.1, 88.72, 103.9], dtype)
    positive = np.concatenate([powers, dense, ends])
    return np.concatenate([positive, -positive])


def ulps(got, exact):
    """How many units in the last place of the exact value the result is off."""
    if mp.mpf(float(got)) == exact:
        return 0.0
    last_place = np.spacing(np.abs(got.dtype.type(float(exact))))
    return float(abs(mp.mpf(float(got)) - exact) / mp.mpf(float(last_place)))


def test_every_activation_has_an_exact_reference():
    assert set(EXACT) == set(ACTIVATIONS)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", NAMES)
def test_value_is_right_to_three_units_in_the_last_place_over_the_whole_range(name, dtype):
    z = whole_range(dtype)
    a = ACTIVATIONS[name][0](z)
    worst = max(ulps(got, EXACT[name][0](mp.mpf(float(at)))) for got, at in zip(a, z, strict=True))
    assert worst <= 3


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", NAMES)
def test_derivative_is_right_to_three_units_in_the_last_place_for_every_output(name, dtype):
    a = np.unique(ACTIVATIONS[name][0](whole_range(dtype)))
    slopes = ACTIVATIONS[name][1](a)
    worst = max(ulps(got, EXACT[name][1](mp.mpf(float(at)))) for got, at in zip(slopes, a, strict=True))
    assert worst <= 3


@pytest.mark.parametrize("name", NAMES)
def test_derivative_agrees_with_central_differences(name, rng):
    f, derivative = ACTIVATIONS[name]
    z = rng.uniform(0.1, 4, (5, 7)) * rng.choice([-1, 1], (5, 7))
    h = 1e-5
    np.testing.assert_allclose(derivative(f(z)), (f(z + h) - f(z - h)) / (2 * h), rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_value_and_slope_agree_with_keras(name, keras, tf, rng):
    f, derivative = ACTIVATIONS[name]
    z = tf.constant(rng.normal(0, 3, (5, 7)))
    with tf.GradientTape() as tape:
        tape.watch(z)
        a = keras.activations.get(name)(z)
    slopes = tape.gradient(a, z)
    np.testing.assert_allclose(f(z.numpy()), a.numpy(), rtol=1e-12)
    np.testing.assert_allclose(derivative(f(z.numpy())), slopes.numpy(), rtol=1e-10)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(), (6,), (5, 3), (2, 3, 4)])
@pytest.mark.parametrize("name", NAMES)
def test_shape_and_dtype_are_kept_and_the_input_is_not_changed(name, shape, dtype, rng, unchanged):
    f, derivative = ACTIVATIONS[name]
    z = np.asarray(rng.normal(0, 2, shape), dtype)
    a = np.asarray(f(z)).copy()
    for function, argument in ((f, z), (derivative, a)):
        with unchanged(argument):
            result = function(argument)
        assert np.shape(result) == shape
        assert result.dtype == dtype


@pytest.mark.parametrize("name", NAMES)
def test_single_and_double_precision_agree(name, rng):
    f, derivative = ACTIVATIONS[name]
    z = rng.normal(0, 2, (5, 7)).astype(np.float32)
    np.testing.assert_allclose(f(z), f(z.astype(float)), rtol=1e-6)
    np.testing.assert_allclose(derivative(f(z)), derivative(f(z.astype(float))), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_plain_numbers_are_accepted(name):
    f, derivative = ACTIVATIONS[name]
    assert f(2.0) == pytest.approx(float(EXACT[name][0](mp.mpf(2))))
    assert derivative(0.25) == pytest.approx(float(EXACT[name][1](mp.mpf(0.25))))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_a_number_stays_so(name):
    assert np.isnan(ACTIVATIONS[name][0](np.array([np.nan, 1.0]))).tolist() == [True, False]


def test_sigmoid_agrees_with_scipy(rng):
    z = rng.normal(0, 30, 500)
    np.testing.assert_allclose(activations.sigmoid(z), expit(z), rtol=4 * np.finfo(float).eps)


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


def test_relu_at_the_kink_counts_as_off():
    assert activations.relu_derivative(np.array([0.0, -0.0, 5e-324])).tolist() == [0, 0, 1]


@pytest.mark.parametrize("name", NAMES)
def test_an_activation_is_found_by_its_name(name):
    assert activations.get(name) == (
        getattr(activations, name),
        getattr(activations, f"{name}_derivative"),
    )
