import numpy as np
import pytest
from sklearn import metrics

from byhand.metrics import accuracy, class_rates, confusion_matrix

pytestmark = pytest.mark.filterwarnings("error")


def test_binary_accuracy_agrees_with_scikit_learn(rng):
    z, y = rng.normal(size=(50, 1)), rng.integers(0, 2, (50, 1))
    got = accuracy(z, y)
    assert type(got) is float
    assert got == metrics.accuracy_score(y[:, 0], (z > 0)[:, 0])
    assert 0.2 < got < 0.8


def test_the_switch_is_at_zero_which_counts_as_one():
    assert accuracy([[0.0], [-1e-9]], [[1], [0]]) == 1


@pytest.mark.parametrize("one_hot", [True, False])
def test_accuracy_of_many_classes_agrees_with_scikit_learn_and_keras(one_hot, rng, keras):
    z, y = rng.normal(size=(50, 4)), rng.integers(0, 4, 50)
    got = accuracy(z, np.eye(4)[y] if one_hot else y)
    assert got == metrics.accuracy_score(y, z.argmax(axis=1))
    theirs = keras.metrics.SparseCategoricalAccuracy()
    theirs.update_state(y, z)
    assert got == pytest.approx(float(theirs.result()))


def test_two_outputs_and_two_examples_are_told_apart():
    """(2,) labels for (2, 2) outputs; and (2, 2) one-hot rows."""
    z = np.array([[3.0, 1], [5, 4]])
    assert accuracy(z, np.array([0, 1])) == 0.5
    assert accuracy(z, np.array([[1, 0], [1, 0]])) == 1


def test_arguments_are_not_changed(rng, unchanged):
    z, y = rng.normal(size=(5, 4)), rng.integers(0, 4, 5)
    with unchanged(z, y):
        accuracy(z, y)


def test_confusion_and_class_rates_agree_with_scikit_learn(rng):
    y, guesses = rng.integers(0, 5, 60), rng.integers(0, 5, 60)
    C = confusion_matrix(y, guesses, 5)
    assert C.dtype.kind == "i"
    assert (metrics.confusion_matrix(y, guesses) == C).all()
    assert not (C == C.T).all()
    precision, recall, *_ = metrics.precision_recall_fscore_support(y, guesses)
    np.testing.assert_allclose(class_rates(C), [recall, precision], rtol=1e-12)


def test_a_class_that_never_occurs_has_its_row_and_no_recall():
    C = confusion_matrix([0, 2, 2], [0, 0, 2], 4)
    assert C.tolist() == [[1, 0, 0, 0], [0, 0, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]]
    np.testing.assert_array_equal(class_rates(C), [[1, np.nan, 0.5, np.nan], [0.5, np.nan, 1, np.nan]])
