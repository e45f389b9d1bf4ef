"""Exercises of chapter 11, the practice lab, that are answered with numbers: from the run, or on paper.

Shapes: M examples, K classes.
"""

import numpy as np

from byhand.exercises.exercise import Exercise, Mistake
from byhand.losses import log_softmax, softmax
from byhand.metrics import class_rates

_RNG = np.random.default_rng(11)
_SCORES = tuple({"scores": _RNG.normal(0, 4, (m, k))} for m, k in ((5, 3), (7, 4), (3, 10)))


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _winners(z):
    return 1.0 * (z == z.max(axis=1, keepdims=True))


lab_probabilities = Exercise(
    name="lab_probabilities",
    given=("scores",),
    solution=softmax,
    right="Ten probabilities for each picture, and each row sums to one.",
    rtol=1e-3,  # Keras's scores are float32
    cases=_SCORES,
    mistakes=(
        Mistake(lambda z: z, "Those are the scores: some are negative, and no row sums to one."),
        Mistake(
            lambda z: softmax(softmax(z)),
            "Softmax twice: even the surest answer is now far below 1. Apply it to the scores, once.",
        ),
        Mistake(
            lambda z: softmax(z.T).T,
            "The columns sum to one: that compares pictures. The classes lie along axis=1.",
        ),
        Mistake(
            lambda z: softmax(z.ravel()).reshape(z.shape),
            "All pictures together sum to one; each picture should. Sum over axis=1.",
        ),
        Mistake(_sigmoid, "The sigmoid of each score alone: a row doesn't sum to one."),
        Mistake(log_softmax, "Those are the logarithms of the probabilities."),
        Mistake(_winners, "Those are decisions, 1 for the winner. Probabilities tell how sure they are."),
        Mistake(lambda z: softmax(z[0]), "That is the first picture alone; softmax takes all rows at once."),
        Mistake(
            lambda z: softmax(z).max(axis=1), "One number for each picture, the winner's: all ten are asked."
        ),
    ),
)

lab_labels = Exercise(
    name="lab_labels",
    given=("scores",),
    solution=lambda z: z.argmax(axis=1),
    right="One label for each picture, and no softmax was needed for it.",
    cases=_SCORES,
    mistakes=(
        Mistake(
            lambda z: z.argmax(axis=0),
            "axis=0 runs down the pictures: for each class the picture that has most of it. Take axis=1.",
        ),
        Mistake(
            lambda z: z.argmax(),
            "Without an axis NumPy looks at all numbers as one long row. Take axis=1.",
        ),
        Mistake(lambda z: z.max(axis=1), "Those are the largest scores; asked is where they stand."),
        Mistake(
            lambda z: softmax(z).max(axis=1),
            "Those are the largest probabilities; asked is where they stand.",
        ),
        Mistake(lambda z: z.argmax(axis=1) + 1, "Counted from 1. Column 0 is the digit 0."),
        Mistake(lambda z: z.argmin(axis=1), "Those are the least likely labels: argmax, not argmin."),
        Mistake(_winners, "Those are one-hot rows; a label is one whole number."),
        Mistake(
            lambda z: z.argmax(axis=1)[:, None],
            "Right numbers in a column (m, 1). Compared with labels (m,) NumPy would make a table m × m.",
        ),
        Mistake(lambda z: int(z[0].argmax()), "That is the first picture's label alone."),
        Mistake(
            lambda z: (z >= 0).sum(axis=1), "That is the number of scores above 0. Several can be, or none."
        ),
    ),
)


def _shares(guesses, truth):
    return {part: float(np.mean(guesses[part] != truth[part])) for part in truth}


def _all(parts):
    return np.concatenate([parts[name] for name in ("train", "validation", "test")])


def _parts(m, classes, wrong):
    """Truth of three parts, and guesses that are wrong where told."""
    truth = {name: _RNG.integers(0, classes, size) for name, size in zip(wrong, m, strict=True)}
    guesses = {name: labels.copy() for name, labels in truth.items()}
    for name, places in wrong.items():
        guesses[name][places] = (guesses[name][places] + 2) % classes
    return {"guesses": guesses, "truth": truth}


lab_error_share = Exercise(
    name="lab_error_share",
    given=("guesses", "truth"),
    solution=lambda guesses, truth: _shares(guesses, truth)["test"],
    right="A share of pictures that neither training nor any choice has seen.",
    rtol=0.005,
    cases=(
        _parts((40, 9, 7), 10, {"train": [3], "validation": [0, 4], "test": [1, 2, 6]}),
        _parts((50, 11, 13), 4, {"train": [8, 2], "validation": [5], "test": [10, 3, 4]}),
    ),
    mistakes=(
        Mistake(
            lambda guesses, truth: _shares(guesses, truth)["train"],
            "That is the share on the training pictures, whose labels the network was shown forty times. "
            "How it does on new ones, only held-out pictures can tell.",
        ),
        Mistake(
            lambda guesses, truth: int(np.sum(guesses["train"] != truth["train"])),
            "That is the number of errors on the training pictures: count on held-out ones, and divide.",
        ),
        Mistake(
            lambda guesses, truth: float(np.mean(_all(guesses) != _all(truth))),
            "Counted over all pictures: four fifths of them were trained on, and they water it down.",
        ),
        Mistake(
            lambda guesses, truth: int(np.sum(_all(guesses) != _all(truth))),
            "That is the number of errors among all pictures, those trained on included.",
        ),
        Mistake(
            lambda guesses, truth: _shares(guesses, truth)["validation"],
            "That is the validation part. You will choose by it when to stop, so keep the test part for the "
            "last word.",
        ),
        Mistake(
            lambda guesses, truth: 1 - _shares(guesses, truth)["test"],
            "That is the share read correctly; the errors are the rest.",
        ),
        Mistake(
            lambda guesses, truth: int(np.sum(guesses["test"] != truth["test"])),
            "That is the number of errors; divide by the number of test pictures.",
        ),
        Mistake(
            lambda guesses, truth: 100 * _shares(guesses, truth)["test"],
            "That is in percent; the share is a number from 0 to 1.",
        ),
        Mistake(
            lambda guesses, truth: float(np.sum(guesses["test"] != truth["test"]) / len(_all(truth))),
            "The errors of the test part were divided by the number of all pictures.",
        ),
        Mistake(
            lambda guesses, truth: float(np.mean(np.abs(guesses["test"] - truth["test"]))),
            "That is how far apart the digits are on average. A 7 read as 1 is no worse an error than as 8.",
        ),
    ),
)

# Rows are true classes, columns guessed ones.
MATRIX = np.array([[8, 1, 1], [0, 9, 3], [2, 0, 6]])


def _three(share, recall, precision):
    return tuple(float(value) for value in (share, recall, precision))


_RECALL, _PRECISION = (rates[1] for rates in class_rates(MATRIX))
_WRONG = 1 - np.trace(MATRIX) / MATRIX.sum()

lab_matrix_by_hand = Exercise(
    name="lab_matrix_by_hand",
    solution=_three(_WRONG, _RECALL, _PRECISION),
    right="Seven of thirty are wrong; nine of twelve 4s are found; nine of ten reported 4s are true.",
    rtol=0.01,
    mistakes=(
        Mistake(
            _three(_WRONG, _PRECISION, _RECALL), "Recall and precision are exchanged: a row is what is true."
        ),
        Mistake(_three(1 - _WRONG, _RECALL, _PRECISION), "23/30 is the share read correctly."),
        Mistake(_three(7, _RECALL, _PRECISION), "7 is the number of errors; divide it by all thirty."),
        Mistake(
            _three(_WRONG, 9 / 30, 9 / 30), "9/30 divides by all pictures. Divide by the row, by the column."
        ),
        Mistake(
            _three(_WRONG, 8 / 10, 8 / 10), "The rates are those of the first class; asked is the second one."
        ),
        Mistake(
            _three(_WRONG, 6 / 8, 6 / 10), "The rates are those of the third class; asked is the second."
        ),
        Mistake(_three(_WRONG, 9 / 12, 9 / 12), "The precision takes the column: 1 + 9 + 0 were read as 4."),
        Mistake(_three(_WRONG, 9 / 10, 9 / 10), "The recall takes the row: 0 + 9 + 3 really are 4s."),
        Mistake(
            _three(7 / 23, _RECALL, _PRECISION),
            "Errors over right answers; the share is errors over all, 7/30.",
        ),
    ),
)

EXERCISES = (lab_probabilities, lab_labels, lab_error_share, lab_matrix_by_hand)
