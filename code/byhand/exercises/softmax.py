"""Exercises of chapter 4, softmax and multiclass classification, that are done on paper."""

import numpy as np

from byhand.exercises.exercise import Exercise, Mistake

A = np.array([1, 2, 5]) / 8
TRUTH = np.array([0, 0, 1])
LOGS = np.log([1, 2, 5])


def _six(a, slopes):
    return tuple(float(v) for v in (*a, *slopes))


softmax_by_hand = Exercise(
    name="softmax_by_hand",
    solution=_six(A, A - TRUTH),
    right="The exponentials 1, 2 and 5 over their sum 8; then answer minus truth, which sums to zero.",
    rtol=0.05,  # 0.13 is two digits of 1/8
    mistakes=(
        Mistake(
            _six(A, TRUTH - A),
            "The slopes have their signs turned: answer minus truth, a − [k = y].",
        ),
        Mistake(
            _six(A, A),
            "The slopes lack the truth: take 1 off the probability of the true class.",
        ),
        Mistake(
            _six(A, A - 1),
            "The truth is 1 for the true class alone: for the two others nothing is subtracted.",
        ),
        Mistake(
            _six(A, A - [1, 0, 0]),
            "The probabilities are right. The 1 was taken off the first class; the third is the true one.",
        ),
        Mistake(
            _six(A, (A - 1) * TRUTH),
            "The other classes have slopes too: their truth is 0, so a − 0 is left.",
        ),
        Mistake(
            _six(A, -TRUTH / A),
            "−1/a is the slope along the probability a. Along the score it is a − [k = y].",
        ),
        Mistake(
            _six(A, A * (1 - A)),
            "a(1 − a) is the slope of a probability along its own score; asked is the slope of the loss.",
        ),
        Mistake(tuple(A.tolist()), "Those are the three probabilities, all right. Now add the three slopes."),
        Mistake(
            _six(LOGS / LOGS.sum(), LOGS / LOGS.sum() - TRUTH),
            "The scores themselves were divided by their sum: take the exponentials first, e^ln 5 is 5.",
        ),
        Mistake(
            _six([1, 2, 5], [1, 2, 4]), "Those are the exponentials: divide each by the sum of all three, 8."
        ),
        Mistake(_six([0, 2 / 7, 5 / 7], [0, 2 / 7, -2 / 7]), "e⁰ is 1, not 0: the sum is 8."),
    ),
)

_SIGN = "change the sign of every score"
_COOL, _WARM = "double every score", "divide every score by 10"
_ALL, _ONE = "add 7 to every score", "add 7 to one score"

what_changes = Exercise(
    name="what_changes",
    solution={
        _ALL: "nothing",
        _COOL: "probabilities",
        _WARM: "probabilities",
        _SIGN: "decision",
        _ONE: "decision",
    },
    right="Only the distances between the scores count, and only their order decides.",
    mistakes=(
        Mistake({_ALL: "probabilities"}, "A shift of all scores cancels: e⁷ stands above and below."),
        Mistake({_ALL: "decision"}, "All scores rise by 7 together: the highest stays the highest."),
        Mistake({_COOL: "nothing"}, "Doubling the scores doubles their distances: the winner gains."),
        Mistake({_COOL: "decision"}, "Doubling keeps the order of the scores, so the winner stays."),
        Mistake(
            {_WARM: "nothing"},
            "Dividing the scores divides their distances: the probabilities draw nearer to one another.",
        ),
        Mistake(
            {_WARM: "decision"}, "Dividing by 10 is a temperature: it keeps the order, so the winner stays."
        ),
        Mistake({_SIGN: "nothing"}, "With all signs turned the lowest score becomes the highest."),
        Mistake(
            {_SIGN: "probabilities"},
            "With all signs turned the order is turned too: another class wins.",
        ),
        Mistake({_ONE: "nothing"}, "One score moves against the others, and only that does softmax see."),
        Mistake(
            {_ONE: "probabilities"},
            "A score that was less than 7 behind is now the highest: the winner can change.",
        ),
    ),
)

_WHOLE, _ROW = "ten digits, labels like 7", "ten digits, labels like 0 0 0 0 0 0 0 1 0 0"
_SINGLE, _SOFT = "one sigmoid output, labels 0 and 1", "four classes, labels like 0.1 0.2 0.7 0"
_SPARSE, _CATEGORICAL, _BINARY = (
    "SparseCategoricalCrossentropy",
    "CategoricalCrossentropy",
    "BinaryCrossentropy",
)

which_loss = Exercise(
    name="which_loss",
    solution={_WHOLE: _SPARSE, _ROW: _CATEGORICAL, _SINGLE: _BINARY, _SOFT: _CATEGORICAL},
    right="A whole number is sparse, a row that sums to one is categorical, one output is binary.",
    mistakes=(
        Mistake({_WHOLE: _CATEGORICAL}, "7 is a whole number, not a row: that target is called sparse."),
        Mistake({_WHOLE: _BINARY}, "Ten digits are ten classes with one true: binary is for labels 0 and 1."),
        Mistake(
            {_ROW: _SPARSE},
            "The row is full of zeros, but it is written out: sparse targets give the place of the 1 alone.",
        ),
        Mistake(
            {_ROW: _BINARY},
            "Binary would price each of the ten numbers as a question of its own: several could be true.",
        ),
        Mistake(
            {_SINGLE: _SPARSE},
            "Sparse categorical needs one output for each class; one sigmoid output is the binary case.",
        ),
        Mistake(
            {_SINGLE: _CATEGORICAL},
            "Categorical needs a row of K outputs; one sigmoid output is the binary case of chapter 1.",
        ),
        Mistake({_SOFT: _SPARSE}, "A whole number can't say 0.7: a row of probabilities is categorical."),
        Mistake(
            {_SOFT: _BINARY},
            "The row sums to one over four classes that exclude each other: that is categorical.",
        ),
    ),
)

EXERCISES = (softmax_by_hand, what_changes, which_loss)
