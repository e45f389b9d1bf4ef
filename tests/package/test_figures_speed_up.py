"""The figure of speed-up without a browser: its arithmetic in V8, its HTML, what it refuses."""

import re
from dataclasses import asdict, replace

import numpy as np
import pytest

from byhand import figures
from byhand.figures.speed_up import CLUSTER, RANGES
from byhand.figures.speed_up_picture import digits, quantity
from byhand.step_time import Cluster

RNG = np.random.default_rng(12)
POWERS = RNG.uniform([4, 0, -6, 7, -7], [11, 4.8, 0, 12, -2], (40, 5))
CLUSTERS = [Cluster(*map(float, 10**powers)) for powers in POWERS] + [CLUSTER]


@pytest.mark.parametrize("cluster", CLUSTERS, ids=range(len(CLUSTERS)))
def test_the_arithmetic_is_the_package_s(arithmetic, cluster):
    task = list(asdict(cluster).values())
    for workers in (1, 2, 3, 64, 155, 1024):
        np.testing.assert_allclose(
            arithmetic("stepParts", task, workers), cluster.parts(workers), rtol=1e-12, atol=0
        )
        seconds, speed = (arithmetic(name, task, workers) for name in ("stepSeconds", "speedUp"))
        assert seconds == pytest.approx(cluster.seconds(workers), rel=1e-12)
        assert speed == pytest.approx(cluster.speed_up(workers), rel=1e-12)
    assert arithmetic("bestWorkers", task) == cluster.best_workers()
    assert arithmetic("breakEvenBatch", task) == pytest.approx(cluster.break_even_batch(), rel=1e-12)


def test_the_questions_of_the_caption_have_their_answers():
    """Half the latency hardly helps 64 workers; with 1024 twice the batch is best, and all of them help."""
    changes = (
        {"batch": 2 * CLUSTER.batch},
        {"bandwidth": 2 * CLUSTER.bandwidth},
        {"latency": CLUSTER.latency / 2},
    )

    def gains(workers):
        before = CLUSTER.speed_up(workers)
        return [replace(CLUSTER, **change).speed_up(workers) / before for change in changes]

    batch, bandwidth, latency = gains(64)
    assert batch > 1.5
    assert bandwidth > 1.5
    assert latency < 1.05
    batch, bandwidth, latency = gains(1024)
    assert batch > bandwidth > latency > 1.2


def test_the_picture_says_in_words_what_it_shows():
    figure = figures.speed_up(workers=64)
    labels = re.findall(r'role="img" aria-label="([^"]+)"', figure._repr_html_())
    assert "speed-up. " + " ".join(labels) == repr(figure)
    assert f"64 workers: {CLUSTER.speed_up(64):.1f}. The shortest step is that of 155 workers" in labels[0]
    assert "64 workers: 204 ms, of it computing 40 ms, sending 158 ms, waiting 6.3 ms." in labels[1]
    assert "1 worker: 1." in repr(figures.speed_up(workers=1))
    assert "Predict first" in figure.caption
    assert "\n" not in repr(figure)


def test_a_part_of_no_time_is_not_drawn_and_has_its_number():
    body = figures.speed_up(workers=1).body
    assert "sending 0 s, waiting 0 s" in body
    assert "nan" not in body
    assert "inf" not in body


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.25e9, "1.25 GB/s"),
        (5e-5, "50 µB/s"),
        (0.0, "0 B/s"),
        (1.0, "1 B/s"),
        (999.9, "1000 B/s"),
        (3.2e7, "32 MB/s"),
        (4.5e-10, "0.00000000045 B/s"),
    ],
)
def test_a_quantity_has_three_digits_and_its_prefix(value, text):
    assert quantity(value, "B/s") == text


def test_digits_keep_small_numbers():
    assert [digits(v) for v in (0.01234, 12.34, 155, 1024, 100.0)] == ["0.0123", "12.3", "155", "1024", "100"]


def test_bytes_are_few_and_the_same_each_time():
    html = figures.speed_up()._repr_html_()
    assert html == figures.speed_up(replace(CLUSTER, batch=256.0, parameters=25_000_000), 64)._repr_html_()
    assert len(html.encode()) < 25_000
    assert not re.search(r"https?:|data:|\beval\(|new Function|\bimport\b|\bexport\b|src=|url\(", html)
    assert not re.search(r'\son\w+="|style="', html)


@pytest.mark.parametrize("name", RANGES)
@pytest.mark.parametrize("end", [0, 1])
def test_a_number_off_the_slider_is_refused(name, end):
    base = 2 if name == "batch" else 10
    value = base ** (RANGES[name][end] + (-0.01, 0.01)[end])
    with pytest.raises(ValueError, match=rf"Expected {name} from .*\. Received: {name}="):
        figures.speed_up(replace(CLUSTER, **{name: value}))


@pytest.mark.parametrize("workers", [0, 1025, 2.0, True])
def test_workers_are_counted(workers):
    with pytest.raises(ValueError, match=r"Expected 1 to 1024 workers\. Received: workers="):
        figures.speed_up(workers=workers)
