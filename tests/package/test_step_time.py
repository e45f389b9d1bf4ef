import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar

from byhand.data_parallel import numbers_sent
from byhand.step_time import Cluster

LARGE = Cluster(parameters=25e6, batch=256, example_seconds=0.01, bandwidth=1.25e9, latency=5e-5)
POWERS = st.tuples(*(st.floats(low, high) for low, high in ((4, 9), (0, 4), (-5, -1), (7, 11), (-6, -3))))


def drawn(powers):
    return Cluster(*(10**power for power in powers))


def played(cluster, workers):
    """A step by the clock: computing, then round by round a piece of four bytes a number."""
    clock = cluster.batch / workers * cluster.example_seconds
    for _ in range(2 * (workers - 1)):
        clock += cluster.latency + 4 * (cluster.parameters / workers) / cluster.bandwidth
    return clock


@given(POWERS, st.integers(1, 60))
def test_the_time_of_a_step_is_what_the_clock_shows(powers, workers):
    cluster = drawn(powers)
    assert cluster.seconds(workers) == pytest.approx(played(cluster, workers), rel=1e-12)
    assert cluster.speed_up(workers) == pytest.approx(
        played(cluster, 1) / played(cluster, workers), rel=1e-12
    )


def test_sending_is_what_the_ring_sends():
    _, sending, waiting = LARGE.parts(7)
    assert sending == pytest.approx(4 * numbers_sent(25e6, 7) / 1.25e9, rel=1e-12)
    assert waiting == pytest.approx(12 * 5e-5, rel=1e-12)


@given(POWERS)
def test_the_best_number_of_workers_is_found_by_trying(powers):
    cluster = drawn(powers)
    best = cluster.best_workers()
    around = [1, 2, 3, *range(max(1, best - 2), best + 3), 2 * best, 10 * best]
    assert cluster.seconds(best) <= min(map(cluster.seconds, around))


def test_the_turning_point_is_where_the_time_is_shortest():
    def seconds(workers):
        return 2.56 / workers + 2 * (workers - 1) * (1e8 / workers / 1.25e9 + 5e-5)

    found = minimize_scalar(seconds, bounds=(1, 1000), method="bounded", options={"xatol": 1e-6})
    assert LARGE.turning_point() == pytest.approx(found.x, rel=1e-5)
    assert LARGE.best_workers() == 155


def test_where_sending_never_pays_one_worker_is_best():
    small = Cluster(parameters=10_575, batch=32, example_seconds=5e-6, bandwidth=125e6, latency=5e-5)
    assert (small.turning_point(), small.best_workers()) == (0.0, 1)
    assert 0.3 < small.speed_up(2) < 0.32


@given(POWERS)
def test_from_the_break_even_batch_on_two_are_faster(powers):
    cluster = drawn(powers)

    def gained(batch):
        one, two = (played(Cluster(**(vars(cluster) | {"batch": batch})), workers) for workers in (1, 2))
        return one - two

    even = cluster.break_even_batch()
    assert even == pytest.approx(brentq(gained, even / 9, even * 9, rtol=1e-13), rel=1e-9)
    assert gained(even * 1.01) > 0 > gained(even * 0.99)


@pytest.mark.parametrize("name", ["parameters", "batch", "example_seconds", "bandwidth", "latency"])
@pytest.mark.parametrize("value", [0, -1.0, np.inf, np.nan, "1", True])
def test_every_number_is_positive_and_finite(name, value):
    with pytest.raises(ValueError, match=f"Expected a positive finite number. Received: {name}="):
        Cluster(**(vars(LARGE) | {name: value}))


@pytest.mark.parametrize("workers", [0, 2.5, True])
def test_workers_are_counted(workers):
    with pytest.raises(ValueError, match="Expected a positive whole number of workers"):
        LARGE.seconds(workers)
