"""The practice lab's answers: real Keras models, values made of a learner's data, a board of error shares."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from byhand.exercises import check, exercises
from byhand.exercises import digits_lab_reading as reading
from byhand.exercises.digits_lab_reading import training
from byhand.exercises.leaderboard import leaderboard

GIVEN = [exercise for exercise in exercises().values() if exercise.given]
FROM_DATA = [(e, case) for e in GIVEN for case in e.cases]
RNG = np.random.default_rng(3)


@pytest.mark.parametrize(("exercise", "case"), FROM_DATA, ids=lambda v: getattr(v, "name", None))
def test_an_answer_made_of_data_is_compared_with_what_the_data_give(exercise, case):
    of_these = exercise.of(*case.values())
    right = exercise.solution(*case.values())
    assert of_these.verdict(right) == "Right. " + exercise.right
    assert exercise.is_right(right, *case.values())
    for mistake in exercise.mistakes:
        wrong = mistake.wrong(*case.values())
        if not of_these._alike(*map(outcome_of, (wrong, right))):
            assert of_these.verdict(wrong).startswith("Not yet. Received: ")
    reasons = [of_these.verdict(m.wrong(*case.values())).splitlines()[-1] for m in exercise.mistakes]
    assert {m.reason for m in exercise.mistakes} - set(reasons) <= twins(exercise, case)


def outcome_of(value):
    from byhand.exercises.trial import Outcome

    return Outcome(value=value)


def twins(exercise, case):
    """Reasons of mistakes that by chance give on these data what is right, or what one before gives."""
    seen, found = [outcome_of(exercise.solution(*case.values()))], set()
    for mistake in exercise.mistakes:
        made = outcome_of(mistake.wrong(*case.values()))
        if any(exercise._alike(made, other) for other in seen):
            found.add(mistake.reason)
        seen.append(made)
    assert len(found) <= 2
    return found


def test_data_left_out_are_asked_for(capsys):
    check.lab_labels(np.arange(3))
    assert "check.lab_labels(answer, scores)" in capsys.readouterr().out
    check.lab_error_share(0.5)
    assert "check.lab_error_share(answer, guesses, truth)" in capsys.readouterr().out


def test_data_that_do_not_fit_raise_nothing(capsys):
    check.lab_error_share(0.5, None, 3)
    assert re.match(r"Not yet\. Your answer could not be compared: \w*Error: ", capsys.readouterr().out)
    assert not check.lab_error_share.is_right(0.5, None, 3)


def test_a_lab_goes_on_with_the_right_answer():
    scores, other = RNG.normal(size=(6, 4)), object()
    mine = scores.argmax(axis=1)
    assert check.lab_labels.choose(mine, other, scores) is mine
    assert check.lab_labels.choose(mine + 1, other, scores) is other
    assert check.lab_labels.choose(..., other, scores) is other


def two_rows(softmax):
    far, near = softmax(np.array([3000.0, 1500, 1499])), softmax(np.array([0.0, 1.0]))
    return np.allclose(far, [1, 0, 0]) and np.allclose(near, [0.26894, 0.73106], atol=1e-4)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("lab_softmax", lambda z: np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))),
        ("lab_confusion", lambda y, guess, K: np.bincount(K * y + guess, minlength=K**2).reshape(K, K)),
        ("lab_confusion", lambda y, guess, K: np.eye(K)[y].T @ np.eye(K)[guess]),
        ("lab_matrix_by_hand", [0.233, 0.75, 0.9]),
        ("lab_softmax_test", two_rows),
    ],
)  # fmt: skip
def test_a_right_answer_in_another_style_passes(name, answer):
    assert exercises()[name].verdict(answer).startswith("Right.")


# Keras models


def dense(keras, *units, last="linear", hidden="relu", before=None):
    """A network as the lab's, of these units."""
    first = [keras.Input((400,))] if before is None else before
    middle = [keras.layers.Dense(u, activation=hidden) for u in units[:-1]]
    return keras.Sequential([*first, *middle, keras.layers.Dense(units[-1], activation=last)])


def said(exercise, answer):
    return exercise.verdict(exercise.read(answer))


def test_the_labs_network_is_right_however_it_is_written(keras_module):
    layers = keras_module.layers
    apart = [keras_module.Input((400,)), layers.Dense(25), layers.ReLU(), layers.Dense(15)]
    apart += [layers.Activation("relu"), layers.Dense(10, activation=None)]
    for model in (dense(keras_module, 25, 15, 10), keras_module.Sequential(apart)):
        assert said(check.lab_network, model).startswith("Right.")
        assert said(check.lab_network, lambda model=model: model).startswith("Right.")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda k: dense(k, 25, 15, 10, last="softmax"), "must stop at the scores"),
        (lambda k: dense(k, 25, 15, 10, last="relu"), "makes all negative scores equal"),
        (lambda k: dense(k, 25, 15, 1), "Ten classes need ten"),
        (lambda k: dense(k, 15, 25, 10), "are swapped"),
        (lambda k: dense(k, 25, 15, 10, hidden=None), "are one layer"),
        (lambda k: dense(k, 25, 15, 10, before=[]), "Without keras.Input"),
        (lambda k: dense(k, 25, 15, 10, before=[k.Input((20, 20))]), "not as 20 rows of 20"),
        (lambda k: dense(k, 25, 15, 10, before=[k.Input((400,)), k.layers.Flatten()]), "nothing to flatten"),
        (lambda k: dense(k, 25, 15, 1, last="sigmoid"), "Ten sigmoids answer"),
        (lambda k: k.Sequential([k.Input((400,)), k.layers.Softmax()]), "Look again at"),
    ],
)
def test_a_wrong_network_draws_its_reason(make, words, keras_module):
    assert words in said(check.lab_network, make(keras_module))


def scores_loss(keras):
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def compiled(keras, loss, last="linear", rate=0.001, optimizer="Adam"):
    model = dense(keras, 25, 15, 10, last=last)
    model.compile(loss=loss, optimizer=getattr(keras.optimizers, optimizer)(rate))
    return model


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda k: compiled(k, scores_loss(k)), "Right."),
        (lambda k: compiled(k, k.losses.SparseCategoricalCrossentropy()), "from_logits=True is missing"),
        (lambda k: compiled(k, "sparse_categorical_crossentropy"), "from_logits=True is missing"),
        (lambda k: compiled(k, scores_loss(k), "softmax"), "softmax twice"),
        (lambda k: compiled(k, "sparse_categorical_crossentropy", "softmax"), "The two fit together"),
        (lambda k: compiled(k, k.losses.BinaryCrossentropy(from_logits=True)), "ten yes-or-no questions"),
        (lambda k: compiled(k, k.losses.CategoricalCrossentropy(from_logits=True)), "wants one-hot rows"),
        (lambda k: compiled(k, k.losses.MeanSquaredError()), "takes labels for quantities"),
        (lambda k: compiled(k, "mean_squared_error"), "takes labels for quantities"),
        (lambda k: dense(k, 25, 15, 10), "not compiled yet"),
        (lambda k: compiled(k, scores_loss(k), rate=0.1), "rate of 0.1"),
        (lambda k: compiled(k, scores_loss(k), optimizer="SGD"), "SGD"),
    ],
)  # fmt: skip
def test_a_compiled_model_draws_its_verdict(make, words, keras_module):
    assert words in said(check.lab_compile, make(keras_module))


@pytest.mark.parametrize("answer", [3, "model", np.eye(3), lambda: None, lambda x: x, object()])
def test_what_is_no_model_breaks_nothing(answer, capsys):
    for exercise in (check.lab_network, check.lab_compile):
        exercise(answer)
        assert capsys.readouterr().out.startswith("Not yet.")
        assert not exercise.is_right(answer)


def test_what_fit_returns_is_read(keras_module):
    x, y = RNG.normal(size=(33, 400)), np.arange(33) % 10
    model = compiled(keras_module, scores_loss(keras_module))
    history = model.fit(x, y, epochs=1, verbose=0, validation_data=(x, y))
    seen = {"epochs": 1, "steps": 2, "steps of this model so far": 2, "validation": "val_loss"}
    assert training(history) == seen
    assert check.lab_fit.of(33).verdict(seen).endswith("epochs=40 is missing.")
    again = model.fit(x, y, epochs=2, verbose=0, batch_size=11)
    assert training(again) == {
        "epochs": 2, "steps": 3, "steps of this model so far": 2 + 6, "validation": "none"
    }  # fmt: skip
    assert "the costs alone" in check.lab_fit.of(33).verdict(training(history.history))


def test_what_is_read_in_a_network_is_said_in_these_words(keras_module):
    flat = keras_module.layers.Flatten(), keras_module.layers.Dropout(0.5)
    mixed = keras_module.Sequential([keras_module.Input((20, 20)), *flat])
    for units, activation in ((25, "relu"), (15, None), (10, "softmax")):
        mixed.add(keras_module.layers.Dense(units, activation=activation))
    assert reading.layers(mixed) == {
        "input": (20, 20), "units": (25, 15, 10), "hidden": "relu and linear", "last": "softmax",
        "others": "Flatten and Dropout",
    }  # fmt: skip
    assert reading.layers(dense(keras_module, 25, 10, before=[])) == {
        "input": "unknown", "units": (25, 10), "hidden": "relu", "last": "linear", "others": "none"
    }  # fmt: skip
    bare = keras_module.Sequential([keras_module.Input((3,)), keras_module.layers.Softmax()])
    assert reading.layers(bare) == {
        "input": (3,), "units": (), "hidden": "none", "last": "none", "others": "Softmax"
    }  # fmt: skip
    assert reading.compiled(bare) == {
        "output": "not compiled", "loss": "none", "optimizer": "none", "learning_rate": 0.0
    }  # fmt: skip
    bare.compile(loss=scores_loss(keras_module), optimizer=keras_module.optimizers.SGD(0.9))
    assert reading.compiled(bare) == {
        "output": "none, loss from logits", "loss": "SparseCategoricalCrossentropy", "optimizer": "SGD",
        "learning_rate": 0.9,
    }  # fmt: skip


def mean_squared_error(y, z):
    return ((y - z) ** 2).mean()


@pytest.mark.parametrize(
    ("loss", "read"),
    [
        ("sparse_categorical_crossentropy", ("SparseCategoricalCrossentropy", "probabilities")),
        ("binaryCrossentropy", ("BinaryCrossentropy", "probabilities")),
        (mean_squared_error, ("MeanSquaredError", "numbers")),
    ],
)
def test_a_loss_without_settings_is_known_by_its_name(loss, read):
    assert reading._loss(loss) == read


def test_an_activation_that_is_no_word_is_put_in_words(keras_module):
    """A layer as an activation: Keras keeps a dict of its settings."""
    layers = keras_module.layers
    bending = layers.ReLU(threshold=0.25)
    for stack in ([layers.Dense(3, activation=bending)], [layers.Dense(3), layers.Activation(bending)]):
        last = reading.layers(keras_module.Sequential(stack))["last"]
        assert isinstance(last, str)
        assert "'threshold': 0.25" in last


@pytest.mark.parametrize("half", ["layers", "compiled", "epoch", "history"])
def test_half_of_what_is_read_is_left_as_it_is(half):
    answer = SimpleNamespace(**{half: []})
    assert reading.layers(answer) is reading.compiled(answer) is reading.training(answer) is answer
    assert reading.training({"loss": [1.0]}) == "the dict of costs"


def test_steps_are_counted_for_481_pictures():
    """481 pictures are 15 batches of 32 and one of a single picture."""
    names = ("epochs", "steps", "steps of this model so far", "validation")
    made = [check.lab_fit.solution(481), *(mistake.wrong(481) for mistake in check.lab_fit.mistakes[:-1])]
    assert [tuple(each[name] for name in names) for each in made] == [
        (40, 16, 640, "val_loss"),
        (1, 16, 16, "val_loss"),
        (40, 16, 640, "none"),
        (1, 16, 16, "none"),
        (40, 16, 1280, "val_loss"),
        (40, 19, 760, "val_loss"),
        (40, 17, 680, "val_loss"),
        (40, 12, 480, "val_loss"),
        (40, 1, 40, "val_loss"),
        (40, 481, 19240, "val_loss"),
    ]
    assert {len(each) for each in made} == {4}


# The board

ROWS = {"dull": [0.9, 0.9, 0.9], "base": [0.05, 0.06, 0.055]}


@pytest.mark.parametrize(
    ("mine", "words"),
    [
        (None, ""),
        (..., "Not tried yet"),
        ([0.04, 0.03, 0.045], "Ahead with every seed"),
        ([0.04, 0.03, 0.051], "the runs overlap"),
        ([0.07, 0.06, 0.051], "Not ahead of “base” on average"),
        ([0.04, 0.03], "One run is an anecdote"),
        (0.04, "One run is an anecdote"),
        ("0.04", "One run is an anecdote"),
        ([4, 3, 5], "An error share lies between 0 and 1"),
        ([0.96, 0.95, 0.97], "subtract from 1"),
        ([0.04, 0.04, 0.04], "did every run get a seed of its own?"),
        ([0.04, 0.0, 0.03], "A run without any error: had"),
        ([[0.1], [0.2, 0.3]], "One run is an anecdote"),
        ({"a": 1}, "One run is an anecdote"),
    ],
)
def test_the_board_says_what_may_be_said(mine, words, capsys):
    leaderboard(ROWS, mine, baseline="base")
    lines = capsys.readouterr().out.splitlines()
    names = [line[:4] for line in lines]
    assert names.index("base") < names.index("dull")
    assert words in lines[-1]
    entered = isinstance(mine, list) and len(mine) == 3 and max(mine) <= 0.5
    assert ("mine" in names) == entered
    if entered:
        order = sorted([np.mean(mine), 0.055, 0.9])
        assert [float(line.split()[1]) for line in lines[:3]] == pytest.approx(order, abs=5e-4)


def test_the_baseline_is_the_best_row_if_none_is_named(capsys):
    leaderboard(ROWS, [0.07, 0.06, 0.051])
    assert "“base”" in capsys.readouterr().out
    leaderboard({}, [0.07, 0.06, 0.051])
    assert capsys.readouterr().out.startswith("Not yet. Your shares could not be read: ValueError: ")
    leaderboard({"a dull one": [0.9], "the best": [0.1]}, [0.07, 0.06, 0.051])
    assert "“the best”" in capsys.readouterr().out
    leaderboard(ROWS, [0.07, 0.06, 0.051], baseline="dull")
    assert "“dull”" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("mine", "line"),
    [
        (..., "Not tried yet: enter your error shares, one for each seed."),
        ([1.0, 1.0, 0.9], "Not yet. More than half misread? Shares read correctly: subtract from 1."),
        ([1.5, 1.0, 0.9], "Not yet. An error share lies between 0 and 1: divide by the pictures."),
        ([0.5, 0.5, 0.5], "The same share each time: did every run get a seed of its own?"),
        ([0.2, 0.0, 0.1], "A run without any error: had it been trained on these pictures?"),
        ([0.05, 0.04, 0.03], "Ahead of “base” on average, but the runs overlap: try more seeds."),
        ([0.05, 0.06, 0.055], "Not ahead of “base” on average. What would its errors need?"),
    ],
)
def test_what_lies_exactly_at_a_border_is_on_its_right_side(mine, line, capsys):
    leaderboard(ROWS, mine)
    assert capsys.readouterr().out.splitlines()[-1] == line
