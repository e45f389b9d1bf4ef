"""The threshold figure without a browser: its arithmetic in V8, its HTML, what it refuses."""

import re
from itertools import pairwise

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, precision_score, recall_score

from byhand import figures
from byhand.figures.threshold import rates, thresholds
from byhand.figures.threshold_picture import heights

RNG = np.random.default_rng(6)
Y = (RNG.random((40, 3)) < [0.6, 0.25, 0.45]).astype(int)
Z = RNG.normal(0, 3, (40, 3)) + 4 * (Y - 0.5)
NAMES = ["car", "bus", "pedestrian"]


@pytest.mark.parametrize("t", [*np.random.default_rng(1).normal(0, 3, 12), *thresholds()[::4], 99.0, -99.0])
@pytest.mark.parametrize("k", range(3))
def test_counts_and_rates_agree_with_scikit_learn_and_the_package(arithmetic, t, k):
    z, y = Z[:, k], Y[:, k]
    reading = rates(z, y, t)
    counts = arithmetic("confusion", z, y, t)
    (tn, fp), (fn, tp) = confusion_matrix(y, z >= t, labels=[0, 1]).tolist()
    assert counts == [tp, fp, fn, tn] == list(reading[:4])
    assert arithmetic("recall", counts) == pytest.approx(recall_score(y, z >= t), rel=1e-12)
    assert arithmetic("recall", counts) == pytest.approx(reading.recall, rel=1e-12)
    if (z >= t).any():
        assert arithmetic("precision", counts) == pytest.approx(precision_score(y, z >= t), rel=1e-12)
        assert arithmetic("precision", counts) == pytest.approx(reading.precision, rel=1e-12)
    else:
        assert arithmetic("precision", counts) is None  # nan in JSON
        assert np.isnan(reading.precision)


def test_a_score_at_the_threshold_is_reported(arithmetic):
    assert arithmetic("confusion", [1.5, 1.5, 1.4], [1, 0, 1], 1.5) == [1, 1, 1, 0]
    assert rates([1.5, 1.5, 1.4], [1, 0, 1], 1.5)[:4] == (1, 1, 1, 0)


@pytest.mark.parametrize("t", [-6.0, -0.5, 0.0, 3.5, 6.0])
def test_the_bars_hold_every_example_once_on_its_side(t):
    from byhand.figures.threshold import Scores

    bins = heights(Scores(Z, Y, NAMES, 1, t))
    reading = rates(Z[:, 1], Y[:, 1], t)
    assert [bins[kind].sum() for kind in ("tp", "fp", "fn", "tn")] == list(reading[:4])
    border = round((t + 6.5) / 0.5)  # bins of half a logit from −6.5 on
    for kind in ("tp", "fp"):
        assert not bins[kind][:border].any()
    for kind in ("fn", "tn"):
        assert not bins[kind][border:].any()


def test_moving_left_answers_the_caption_s_question():
    """Hits and false alarms can only rise, misses only fall; so recall never falls."""
    found = [rates(Z[:, 2], Y[:, 2], t) for t in thresholds()[::-1]]
    for before, after in pairwise(found):
        assert after.tp >= before.tp
        assert after.fp >= before.fp
        assert after.recall >= before.recall
    assert found[-1].tp > found[0].tp


def test_the_picture_says_in_words_what_it_shows():
    figure = figures.threshold(Z, Y, NAMES, label=2)
    labels = re.findall(r'role="img" aria-label="([^"]+)"', figure._repr_html_())
    plain = [label.replace("&#x27;", "'") for label in labels]
    assert "threshold. " + " ".join(plain) == repr(figure)
    reading = rates(Z[:, 1].round(2), Y[:, 1], 0)
    assert f"Of {reading.tp + reading.fn} that have the label {reading.tp} are reported" in plain[0]
    assert f"Here they are {reading.precision:.3f} and {reading.recall:.3f}" in plain[1]
    assert "Predict first" in figure.caption
    assert "\n" not in repr(figure)


def test_the_same_bytes_each_time_and_few_of_them():
    html = figures.threshold(Z, Y, NAMES)._repr_html_()
    assert html == figures.threshold((Z * (1 + 1e-15)).tolist(), Y.tolist(), NAMES, 1, 0)._repr_html_()
    assert len(html.encode()) < 24_000
    assert not re.search(r"https?:|blob:|data:|\beval\(|new Function|\bimport\b|\bexport\b|src=|url\(", html)
    assert not re.search(r'\son\w+="|style="', html)


def test_names_are_text():
    html = figures.threshold(Z, Y, ["a <b>", "</script>", "c"])._repr_html_()
    assert "<b>" not in html
    assert html.count("</script>") == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scores": Z[:-1]}, "scores.shape=(39, 3)"),
        ({"scores": Z[:, 0], "labels": Y[:, 0]}, "scores.shape=(40,)"),
        ({"scores": np.zeros((0, 3)), "labels": np.zeros((0, 3))}, "scores.shape=(0, 3)"),
        ({"scores": np.where(Z > 2, np.inf, Z)}, "others"),
        ({"labels": Y * 2}, "means="),
        ({"labels": Y * [1, 0, 1]}, "means="),
        ({"names": ["car", "bus"]}, "names=['car', 'bus']"),
        ({"label": 0}, "label=0"),
        ({"label": 4}, "label=4"),
        ({"t": 0.25}, "t=0.25"),
        ({"t": 7}, "t=7"),
        ({"t": np.nan}, "t=nan"),
    ],
)
def test_bad_input_is_refused(change, message):
    with pytest.raises(ValueError, match=r"^Expected .*\. Received: .+") as error:
        figures.threshold(**({"scores": Z, "labels": Y, "names": NAMES} | change))
    assert message in str(error.value)
