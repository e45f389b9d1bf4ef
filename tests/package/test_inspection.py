"""Looking inside, against slow loops, finite differences, Keras and NumPy's own correlation."""

import itertools

import numpy as np
import pytest

from byhand import inspection
from byhand.layers import Conv2D, Dense, Flatten
from byhand.losses import softmax_cross_entropy
from byhand.network import Network

M, D, U, V, K = 7, 9, 6, 5, 4
RELUS = Network(D, [Dense(U, "relu"), Dense(V, "relu"), Dense(K)], softmax_cross_entropy)
BENT = Network(D, [Dense(U, "sigmoid"), Dense(V, "tanh"), Dense(K)], softmax_cross_entropy)


def drawn(network, seed=1):
    """Parameters of which no bias is 0."""
    return np.random.default_rng(seed).normal(size=network.size)


@pytest.fixture
def x(rng):
    return rng.normal(size=(M, D))


def test_votes_with_the_biases_are_the_scores(x):
    theta = drawn(RELUS)
    *_, a, z = RELUS.forward(theta, x)
    last = RELUS.views(theta)[-1]
    found = inspection.votes(a, last["W"])
    assert found.shape == (M, V, K)
    np.testing.assert_allclose(found.sum(axis=1) + last["b"], z, rtol=1e-12)
    for i, u, k in np.ndindex(found.shape):
        assert found[i, u, k] == a[i, u] * last["W"][u, k]


@pytest.mark.parametrize("margin", [0.05, 0.2, 0.5])
def test_saturation_counts_one_by_one(rng, margin):
    a = rng.beta(0.5, 0.8, (M, U))
    near = [min(each, 1 - each) < margin for each in a.ravel()]
    assert inspection.saturation(a, margin) == pytest.approx(sum(near) / len(near), abs=1e-15)
    assert inspection.saturation(a) <= inspection.saturation(a, 0.2)


def test_an_output_exactly_at_the_margin_is_not_saturated():
    assert inspection.saturation(np.array([0.25, 0.75, 0.5, 0.1]), 0.25) == 0.25
    assert inspection.saturation(np.array([0.25, 0.75, 0.5, 0.9]), 0.25) == 0.25


@pytest.mark.parametrize("network", [RELUS, BENT], ids=["relu", "bent"])
@pytest.mark.parametrize("layer", [0, 1])
def test_other_orders_of_units_change_no_output_but_move_the_units(x, rng, network, layer):
    theta = drawn(network)
    before = theta.copy()
    order = rng.permutation((U, V)[layer])
    changed = inspection.reordered(network, theta, layer, order)
    np.testing.assert_allclose(network.predict(changed, x), network.predict(theta, x), rtol=1e-12)
    hidden = [network.forward(each, x)[layer + 1] for each in (theta, changed)]
    np.testing.assert_array_equal(hidden[1], hidden[0][:, order])
    np.testing.assert_array_equal(theta, before)


@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize(("unit", "value"), [(0, 0.0), (3, 1.7), ([1, 4], [0.4, -2.0]), ([2, 0, 3], 0.5)])
def test_ablated_units_are_stuck_at_the_value(x, layer, unit, value):
    theta = drawn(BENT)
    before = theta.copy()
    changed = inspection.ablate(BENT, theta, layer, unit, value)
    a = BENT.forward(theta, x)[layer + 1].copy()
    a[:, unit] = value
    for kind, p in list(zip(BENT.layers, BENT.views(theta), strict=True))[layer + 1 :]:
        a, _ = kind.forward(a, **p)
    np.testing.assert_allclose(BENT.predict(changed, x), a, rtol=1e-10, atol=1e-12)
    np.testing.assert_array_equal(theta, before)


def test_without_a_value_a_unit_is_silent():
    theta = drawn(RELUS)
    silent = inspection.ablate(RELUS, theta, 0, 2)
    np.testing.assert_array_equal(silent, inspection.ablate(RELUS, theta, 0, 2, 0.0))


def test_correlations_of_small_numbers_are_the_same(rng):
    a, b = rng.normal(size=(M, U)), rng.normal(size=(M, V))
    np.testing.assert_allclose(
        inspection.correlations(1e-4 * a, 1e-3 * b), inspection.correlations(a, b), rtol=1e-9
    )


def test_correlations_are_numpy_s_and_0_where_a_unit_never_changes(rng):
    a, b = rng.normal(size=(M, U)), rng.normal(size=(M, V))
    found = inspection.correlations(a, b)
    np.testing.assert_allclose(found, np.corrcoef(a, b, rowvar=False)[:U, U:], rtol=1e-12)
    a[:, 2], b[:, 3] = 0, 5
    found = inspection.correlations(a, b)
    assert not found[2].any()
    assert not found[:, 3].any()
    assert (found != 0).sum() == (U - 1) * (V - 1)


def test_partners_are_the_best_of_all_ways_to_pair(rng):
    a, b = rng.normal(size=(2, M, 5))
    table = np.corrcoef(a, b, rowvar=False)[:5, 5:]
    best = max(sum(table[range(5), order]) for order in itertools.permutations(range(5)))
    partners, found = inspection.matched(a, b)
    assert sorted(partners) == list(range(5))
    assert sum(found) == pytest.approx(best, rel=1e-12)
    np.testing.assert_allclose(found, table[range(5), partners], rtol=1e-12)


@pytest.mark.parametrize("network", [RELUS, BENT], ids=["relu", "bent"])
def test_the_gradient_by_the_input_is_that_of_central_differences(x, rng, network):
    theta, direction = drawn(network), rng.normal(size=(M, K))
    found = inspection.input_gradient(network, theta, x, direction)
    for i, j in np.ndindex(M, D):
        step = np.zeros((M, D))
        step[i, j] = 1e-6
        change = network.predict(theta, x + step) - network.predict(theta, x - step)
        assert found[i, j] == pytest.approx((change * direction).sum() / 2e-6, abs=1e-7)


def test_the_gradient_has_the_precision_of_the_parameters(x):
    theta = drawn(RELUS).astype(np.float32)
    found = inspection.input_gradient(RELUS, theta, x.astype(np.float32), np.ones((M, K)))
    assert found.dtype == np.float32


def test_the_gradient_passes_through_convolutions(rng):
    network = Network(
        (5, 6, 2), [Conv2D(3, 2, activation="tanh"), Flatten(), Dense(K)], softmax_cross_entropy
    )
    theta, x, direction = drawn(network), rng.normal(size=(2, 5, 6, 2)), rng.normal(size=(2, K))
    found = inspection.input_gradient(network, theta, x, direction)
    way, h = rng.normal(size=x.shape), 1e-6
    change = network.predict(theta, x + h * way) - network.predict(theta, x - h * way)
    assert (found * way).sum() == pytest.approx((change * direction).sum() / (2 * h), rel=1e-6)


def test_shares_of_pixels_and_biases_are_the_scores_of_a_relu_network(x):
    """Without biases the network is linear along the line to 0, so the pixels' shares are all of it."""
    theta = drawn(RELUS)
    for layer in RELUS.views(theta):
        layer["b"][:] = 0
    z = RELUS.predict(theta, x)
    for k in range(K):
        slopes = inspection.input_gradient(RELUS, theta, x, np.tile(np.eye(K)[k], (M, 1)))
        np.testing.assert_allclose((slopes * x).sum(axis=1), z[:, k], rtol=1e-10)


@pytest.mark.parametrize("size", [1, 3, 5])
@pytest.mark.parametrize("fill", [0.0, 0.7])
def test_occlusion_is_a_slow_loop_over_places(rng, size, fill):
    network = Network(36, [Dense(U, "tanh"), Dense(K)], softmax_cross_entropy)
    theta, picture = drawn(network), rng.random(36)
    kept = picture.copy()
    found = inspection.occlusion(network, theta, picture, 2, size, fill)
    for r, c in np.ndindex(6, 6):
        covered, half = picture.reshape(6, 6).copy(), size // 2
        for s, d in np.ndindex(6, 6):
            if abs(s - r) <= half and abs(d - c) <= half:
                covered[s, d] = fill
        after = network.predict(theta, covered.reshape(1, 36))[0, 2]
        before = network.predict(theta, picture[None])[0, 2]
        assert found[r, c] == pytest.approx(before - after, abs=1e-12)
    np.testing.assert_array_equal(picture, kept)


def test_five_by_five_black_pixels_cover_if_nothing_else_is_said(rng):
    network = Network(49, [Dense(K)], softmax_cross_entropy)
    theta, picture = drawn(network), rng.random(49)
    np.testing.assert_array_equal(
        inspection.occlusion(network, theta, picture, 1),
        inspection.occlusion(network, theta, picture, 1, size=5, fill=0.0),
    )


def call(name, **change):
    usual = {
        "votes": {"a": np.ones((M, U)), "W": np.ones((U, K))},
        "saturation": {"a": np.ones(3), "margin": 0.1},
        "reordered": {"network": RELUS, "theta": drawn(RELUS), "layer": 0, "order": range(U)},
        "ablate": {"network": RELUS, "theta": drawn(RELUS), "layer": 0, "unit": 1},
        "matched": {"a": np.ones((M, U)), "b": np.ones((M, U))},
        "input_gradient": {
            "network": RELUS, "theta": drawn(RELUS), "x": np.ones((M, D)), "direction": np.ones((M, K)),
        },
        "occlusion": {"network": RELUS, "theta": drawn(RELUS), "picture": np.ones(D), "output": 1, "size": 3},
    }  # fmt: skip
    return getattr(inspection, name)(**(usual[name] | change))


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("votes", {"W": np.ones((V, K))}, "Expected a (M, U), W (U, K). "),
        ("saturation", {"margin": 0}, "Expected a positive finite margin. Received: margin=0"),
        ("saturation", {"margin": np.nan}, "margin=nan"),
        ("reordered", {"order": [0, 1, 2, 3, 4, 4]}, "order="),
        ("reordered", {"order": range(U - 1)}, "order="),
        ("reordered", {"layer": 2}, "layer=2"),
        ("reordered", {"layer": -1}, "layer=-1"),
        ("ablate", {"layer": 2}, "layer=2"),
        ("ablate", {"layer": 0.5}, "layer=0.5"),
        ("ablate", {"unit": U}, "Expected units from 0 to 5. Received: unit=6"),
        ("ablate", {"unit": [0, -1]}, "unit=[0, -1]"),
        ("ablate", {"unit": 1.0}, "unit=1.0"),
        ("matched", {"b": np.ones((M, V))}, "Expected a (M, U), b (M, U). "),
        ("input_gradient", {"direction": np.ones((M, U))}, "shape (7, 4). Received: direction.shape=(7, 6)"),
        ("input_gradient", {"x": np.ones((M, U))}, "x.shape=(7, 6)"),
        ("occlusion", {"picture": np.ones(8)}, "shape=(8,)"),
        ("occlusion", {"picture": np.ones((3, 3))}, "shape=(3, 3)"),
        ("occlusion", {"size": 2}, "size=2"),
        ("occlusion", {"size": 0}, "size=0"),
        ("occlusion", {"output": K}, "output=4"),
        ("occlusion", {"output": -1}, "output=-1"),
    ],
)
def test_what_makes_no_sense_is_refused(name, change, message):
    call(name)
    with pytest.raises(ValueError, match=r"^Expected .*\. Received: .+") as error:
        call(name, **change)
    assert message in str(error.value)


def test_a_layer_that_is_not_dense_is_refused():
    network = Network((5, 6, 2), [Conv2D(3, 2), Flatten(), Dense(K)], softmax_cross_entropy)
    for layer in (0, 1):
        with pytest.raises(ValueError, match=f"layer={layer}"):
            inspection.ablate(network, drawn(network), layer, 0)
