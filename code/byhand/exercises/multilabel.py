"""Exercises of chapter 6, multiclass or multi-label, that are done on paper."""

import numpy as np

from byhand.exercises.exercise import Exercise, Mistake

which_kind = Exercise(
    name="which_kind",
    solution={
        "the digit in a picture of one digit": "softmax",
        "the topics of a news story": "sigmoids",
        "the instruments in a recording": "sigmoids",
        "the next letter of a text": "softmax",
        "the allergens in a dish": "sigmoids",
        "the blood group of a person": "softmax",
    },
    right="Where two can be true, or none, each label needs a sigmoid of its own.",
    mistakes=(
        Mistake(
            {"the digit in a picture of one digit": "sigmoids"},
            "The picture shows one digit: exactly one of ten labels is true, and softmax knows it.",
        ),
        Mistake(
            {"the topics of a news story": "softmax"},
            "A story can be about sport and about money: two topics are true at once.",
        ),
        Mistake(
            {"the instruments in a recording": "softmax"},
            "A duet has two instruments: the shares of a softmax would be ½ each.",
        ),
        Mistake(
            {"the next letter of a text": "sigmoids"},
            "There is one next letter, however unsure we are which: that is what softmax's shares say.",
        ),
        Mistake(
            {"the allergens in a dish": "softmax"},
            "A dish can hold nuts and milk, or none of them: a softmax can say neither.",
        ),
        Mistake(
            {"the blood group of a person": "sigmoids"},
            "A, B, AB or 0: everybody has exactly one. (AB is a class of its own.)",
        ),
        Mistake(
            {
                "the topics of a news story": "sigmoid",
                "the instruments in a recording": "sigmoid",
                "the allergens in a dish": "sigmoid",
            },
            "Right in kind, but one sigmoid answers for one label only: write sigmoids.",
        ),
    ),
)

A, Y = np.array([1 / 2, 3 / 4, 1 / 5]), np.array([0, 1, 1])
Z = np.log([1, 3, 1 / 4])
PRICES = -np.log(np.where(Y == 1, A, 1 - A))


def _four(loss, slopes):
    return (float(loss), *(float(v) for v in slopes))


def _softmax():
    a = np.exp(Z) / np.exp(Z).sum()
    return _four(-np.sum(Y * np.log(a)), a - Y)


multilabel_by_hand = Exercise(
    name="multilabel_by_hand",
    solution=_four(PRICES.sum(), A - Y),
    right="−ln ½ − ln ¾ − ln ⅕, and for each label answer minus truth.",
    rtol=0.006,  # 2.6 is two digits of 2.590
    mistakes=(
        Mistake(_four(PRICES.mean(), A - Y), "That is the mean of the three terms; asked is their sum."),
        Mistake(
            _four(PRICES.mean(), (A - Y) / 3),
            "These are loss and slopes of Keras's mean over the labels; asked is the sum.",
        ),
        Mistake(_four(PRICES.sum(), Y - A), "The slopes have their signs turned: answer minus truth, a − y."),
        Mistake(
            _four(PRICES[1:].sum(), A - Y),
            "The absent label is missing in the loss: denying it has a price too, −ln(1 − ½).",
        ),
        Mistake(
            _four(PRICES[1:].sum(), (A - Y) * Y),
            "The absent label counts as well: its term is −ln(1 − ½), its slope ½ − 0.",
        ),
        Mistake(
            _softmax(), "That is a softmax. Here each label has a sigmoid that hears its own logit alone."
        ),
        Mistake(
            _four(-np.log(A * (1 - A)).sum(), A - Y),
            "Each label pays one term, not both: −ln a where it is present, −ln(1 − a) where it is not.",
        ),
        Mistake(
            _four(-np.log(np.where(Y == 1, 1 - A, A)).sum(), A - Y),
            "The two terms have changed places: a label that is present pays −ln a.",
        ),
        Mistake(
            _four(PRICES.sum() / np.log(10), A - Y), "The logarithm is the natural one, not that to base 10."
        ),
        Mistake(
            _four(PRICES.sum(), A), "The slopes are the answers still: take 1 off where the label is present."
        ),
        Mistake(
            _four(PRICES.sum(), (A - Y) * A * (1 - A)),
            "a(1 − a) cancels for this loss: the slope along z is a − y.",
        ),
        Mistake(
            _four(-np.log([1 / 2, 3 / 4, 4 / 5]).sum(), [1 / 2, -1 / 4, -1 / 5]),
            "The third answer is ⅕: e to minus z is e^ln 4 = 4, and 1/(1 + 4) is ⅕, not ⅘.",
        ),
    ),
)

one_or_ten = Exercise(
    name="one_or_ten",
    solution=(401 * 25 + 26 * 10, 10 * (401 * 25 + 26)),
    right="401 · 25 + 26 · 10 against ten times 401 · 25 + 26: the first layer is paid once, or ten times.",
    mistakes=(
        Mistake((400 * 25 + 25 * 10, 10 * (400 * 25 + 25)), "The biases are missing: one for each unit."),
        Mistake(
            (401 * 25 + 26 * 10, 401 * 25 + 26),
            "The second number is that of one separate network; there are ten of them.",
        ),
        Mistake(
            (401 * 25 + 26 * 10, 10 * (401 * 25 + 26 * 10)),
            "A separate network answers for one label: it has one output, not ten.",
        ),
        Mistake(
            (401 * 25 + 26, 10 * (401 * 25 + 26)),
            "The shared network has ten outputs, each with 25 weights and a bias.",
        ),
        Mistake((10 * (401 * 25 + 26), 401 * 25 + 26 * 10), "The two numbers have changed places."),
        Mistake((401 * 25 + 10, 10 * (401 * 25 + 1)), "The last layer has weights too, 25 for each output."),
        Mistake(
            (401 * 25 + 26 * 2**10, 10 * (401 * 25 + 26)),
            "2¹⁰ outputs has a softmax over all combinations; ten sigmoids are ten outputs.",
        ),
    ),
)

precision_recall = Exercise(
    name="precision_recall",
    solution=(34 / 40, 6 / 8, 6 / 10, 30 / 40),
    right="TP 6, FP 2, FN 4, TN 28. Never saying “bus” is right on three quarters, and finds none.",
    rtol=0.002,
    mistakes=(
        Mistake(
            (34 / 40, 6 / 10, 6 / 8, 30 / 40),
            "Precision and recall have changed places: precision is a share of what was reported.",
        ),
        Mistake(
            (6 / 40, 6 / 8, 6 / 10, 30 / 40),
            "Accuracy counts what was rightly denied too: 6 hits and 28 others.",
        ),
        Mistake(
            (34 / 40, 6 / 8, 6 / 10, 10 / 40),
            "Never saying “bus” is right where there is none: on thirty of the forty.",
        ),
        Mistake(
            (34 / 40, 6 / 8, 6 / 10, 0.0),
            "Never saying “bus” has a recall of 0. Its accuracy is the share of scenes without a bus.",
        ),
        Mistake(
            (34 / 40, 6 / 40, 6 / 40, 30 / 40),
            "Not shares of all scenes: precision is one of the eight reported, recall of the ten there are.",
        ),
        Mistake(
            (28 / 40, 6 / 8, 6 / 10, 30 / 40), "Those 28 are rightly denied; the six hits are right as well."
        ),
        Mistake(
            (32 / 40, 6 / 8, 6 / 10, 30 / 40),
            "TN is 40 − 6 − 2 − 4 = 28: of the thirty scenes without a bus, two raised a false alarm.",
        ),
        Mistake(
            (34 / 40, 8 / 40, 10 / 40, 30 / 40),
            "Those are how often “bus” was said, and how often there is one: take the hits, 6, over each.",
        ),
        Mistake((85.0, 75.0, 60.0, 75.0), "Right in percent. Give shares: 0.85, not 85."),
    ),
)

EXERCISES = (which_kind, multilabel_by_hand, one_or_ten, precision_recall)
