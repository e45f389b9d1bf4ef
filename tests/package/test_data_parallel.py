import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.data_parallel import DataParallel, numbers_sent, ring_all_reduce, ring_round, shards
from byhand.layers import Dense
from byhand.losses import softmax_cross_entropy
from byhand.network import Network
from byhand.optimizers import Adam
from byhand.training import fit

pytestmark = pytest.mark.filterwarnings("error")
NETWORK = Network(4, (Dense(3, "tanh"), Dense(5)), softmax_cross_entropy)


def setting(rng, examples):
    return NETWORK.initialize(rng, float), rng.normal(size=(examples, 4)), rng.integers(0, 5, examples)


@given(st.integers(1, 40), st.integers(1, 12))
def test_shards_cover_every_example_once_in_order_and_evenly(examples, workers):
    parts = shards(examples, workers)
    assert np.concatenate(parts).tolist() == list(range(examples))
    sizes = [len(own) for own in parts]
    assert len(sizes) == workers
    assert max(sizes) - min(sizes) <= 1


@given(st.integers(1, 9), st.integers(1, 23), st.integers(0, 5))
def test_a_ring_gives_every_worker_the_sum_to_the_last_bit_alike(workers, numbers, seed):
    vectors = list(np.random.default_rng(seed).normal(size=(workers, numbers)))
    before = [vector.copy() for vector in vectors]
    found = ring_all_reduce(vectors)
    total = [sum(float(vector[j]) for vector in vectors) for j in range(numbers)]
    assert len(found) == workers
    for own in found:
        np.testing.assert_allclose(own, total, rtol=1e-13, atol=1e-13)
        np.testing.assert_array_equal(own, found[0])
    np.testing.assert_array_equal(vectors, before)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_a_ring_makes_no_round_more_than_it_needs(workers, monkeypatch):
    made = []
    monkeypatch.setattr("byhand.data_parallel.ring_round", lambda pieces, k: made.append(k))
    ring_all_reduce([np.ones(3)] * workers)
    assert made == list(range(2 * workers - 2))


def test_the_workers_of_a_ring_share_no_memory():
    found = ring_all_reduce([np.ones(5), np.ones(5), np.ones(5)])
    found[0][:] = 9
    assert found[1].tolist() == found[2].tolist() == [3.0] * 5


class Counted(np.ndarray):
    """An array that notes how many numbers were added to it or put in its place."""

    arrived = 0

    def __setitem__(self, at, value):
        self.arrived += np.size(value)
        super().__setitem__(at, value)


@pytest.mark.parametrize("workers", [2, 3, 5])
def test_what_each_worker_sends_is_what_its_neighbour_receives(workers):
    numbers = 3 * workers
    vectors = np.random.default_rng(1).normal(size=(workers, numbers))
    pieces = [[part.view(Counted) for part in np.split(vector, workers)] for vector in vectors]
    for k in range(2 * (workers - 1)):
        ring_round(pieces, k)
        assert [sum(part.arrived for part in own) for own in pieces] == [(k + 1) * 3] * workers
    assert sum(part.arrived for part in pieces[0]) == numbers_sent(numbers, workers)


@pytest.mark.parametrize(
    ("vectors", "shapes"),
    [([], "[]"), ([np.ones(3), np.ones(2)], "[(3,), (2,)]"), ([np.ones((2, 2))] * 2, "[(2, 2), (2, 2)]")],
)
def test_vectors_that_cannot_be_added_are_refused(vectors, shapes):
    with pytest.raises(ValueError, match=r"Expected vectors of one length.*" + re.escape(shapes)):
        ring_all_reduce(vectors)


@pytest.mark.parametrize("workers", [1, 2, 3, 7, 30])
def test_the_slope_of_a_batch_does_not_depend_on_who_shares_it(rng, workers):
    theta, x, y = setting(rng, 23)
    value, grad = DataParallel(NETWORK, workers).value_and_grad(theta, x, y)
    right, slope = NETWORK.value_and_grad(theta, x, y)
    assert value == pytest.approx(right, rel=1e-13)
    np.testing.assert_allclose(grad, slope, rtol=0, atol=1e-14)


def test_a_whole_training_is_the_same_with_an_optimizer_that_remembers(rng):
    theta, x, y = setting(rng, 23)
    runs = [
        fit(each, theta, x, y, Adam(0.01), epochs=3, batch_size=7, rng=np.random.default_rng(3))
        for each in (NETWORK, DataParallel(NETWORK, 3))
    ]
    (one, alone), (shared, together) = runs
    np.testing.assert_allclose(shared, one, rtol=0, atol=1e-12)
    np.testing.assert_allclose(together["loss"], alone["loss"], rtol=1e-12)


@pytest.mark.parametrize("workers", [0, -1, 1.5, True])
def test_workers_are_counted(workers):
    with pytest.raises(ValueError, match="Expected a positive whole number of workers"):
        DataParallel(NETWORK, workers)
    with pytest.raises(ValueError, match="Expected a positive whole number of workers"):
        shards(5, workers)


def test_examples_are_counted():
    with pytest.raises(ValueError, match=r"Expected .* number of examples\. Received: examples=0"):
        shards(0, 2)


def test_a_penalty_would_be_added_by_every_worker():
    network = Network(4, NETWORK.layers, softmax_cross_entropy, l2=0.5)
    with pytest.raises(ValueError, match=r"Expected a network with l2=0. Received: l2=0.5"):
        DataParallel(network, 2)
