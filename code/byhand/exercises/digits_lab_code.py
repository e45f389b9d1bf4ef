"""Exercises of chapter 11, the practice lab, that are written in code.

Shapes: M examples, K classes.
"""

import numpy as np

from byhand import losses
from byhand.exercises.exercise import Exercise, Mistake
from byhand.metrics import confusion_matrix

_RNG = np.random.default_rng(111)


def _counted_once(labels, guesses, K):
    C = np.zeros((K, K), int)
    C[labels, guesses] += 1
    return C


def _seen_only(labels, guesses, K):
    seen = np.union1d(labels, guesses)
    return confusion_matrix(labels, guesses, K)[np.ix_(seen, seen)]


def _errors_only(labels, guesses, K):
    C = confusion_matrix(labels, guesses, K)
    return C - np.diag(np.diag(C))


def _rows_to_one(labels, guesses, K):
    C = confusion_matrix(labels, guesses, K)
    return C / np.maximum(C.sum(axis=1, keepdims=True), 1)


def _drawn(m, K):
    labels = _RNG.integers(0, K - 1, m)  # the last class never occurs
    return {"labels": labels, "guesses": np.where(_RNG.random(m) < 0.6, labels, labels // 2), "K": K}


lab_confusion = Exercise(
    name="lab_confusion",
    solution=confusion_matrix,
    right="True classes are rows, guesses columns, and the right answers lie on the diagonal.",
    cases=(_drawn(15, 4), _drawn(40, 10)),
    mistakes=(
        Mistake(
            lambda y, guess, K: confusion_matrix(guess, y, K),
            "Rows and columns are exchanged: the row is the true class.",
        ),
        Mistake(
            _counted_once,
            "C[labels, guesses] += 1 counts a pair that occurs several times only once: NumPy reads all "
            "places first, then writes each. np.add.at(C, (labels, guesses), 1) counts every one.",
        ),
        Mistake(
            _seen_only,
            "A class that does not occur is missing. Its row and column of zeros belong there, or the "
            "places of the others shift.",
        ),
        Mistake(_errors_only, "The diagonal is empty: the right answers are counted there."),
        Mistake(_rows_to_one, "The rows are divided by their sums: asked are the counts."),
        Mistake(
            lambda y, guess, K: confusion_matrix(y, guess, K) / len(y),
            "Divided by the number of pictures: asked are the counts.",
        ),
        Mistake(
            lambda y, guess, K: np.bincount(y[y != guess], minlength=K),
            "Those are the errors of each true class. Also say what each was taken for: K × K numbers.",
        ),
        Mistake(
            lambda y, guess, K: confusion_matrix(y, y, K),
            "The guesses are not in it: that counts the true labels alone, along the diagonal.",
        ),
    ),
)


def _losses(scores, labels):
    """The loss of each picture, (M,)."""
    return losses.logsumexp(scores) - scores[np.arange(len(labels)), labels]


def _gallery(scores, labels):
    wrong = np.flatnonzero(scores.argmax(axis=1) != labels)
    return wrong[np.argsort(-_losses(scores, labels)[wrong], kind="stable")]


def _places_in_the_list(scores, labels):
    wrong = scores.argmax(axis=1) != labels
    return np.argsort(-_losses(scores, labels)[wrong])


def _by_confidence(scores, labels):
    wrong = np.flatnonzero(scores.argmax(axis=1) != labels)
    return wrong[np.argsort(-losses.softmax(scores)[wrong].max(axis=1))]


_CASES_GALLERY = tuple(
    {"scores": _RNG.normal(0, 3, (m, k)), "labels": _RNG.integers(0, k, m)} for m, k in ((9, 3), (14, 10))
)

lab_gallery = Exercise(
    name="lab_gallery",
    solution=_gallery,
    right="The numbers of the misread pictures, the largest loss first.",
    cases=_CASES_GALLERY,
    mistakes=(
        Mistake(
            lambda z, y: _gallery(z, y)[::-1],
            "The cheapest error comes first: argsort goes upwards, so sort the negative losses.",
        ),
        Mistake(
            lambda z, y: np.argsort(-_losses(z, y), kind="stable"),
            "All pictures are in the list. Take those whose guess is not their label.",
        ),
        Mistake(
            lambda z, y: np.flatnonzero(z.argmax(axis=1) != y),
            "Those are the misread pictures, in the order of the data. Sort them by their loss.",
        ),
        Mistake(
            _places_in_the_list,
            "These are places in the list of errors, not numbers of pictures: take wrong[order].",
        ),
        Mistake(
            _by_confidence,
            "Sorted by the winner's probability. The loss looks at the true class: minus the logarithm of "
            "its probability.",
        ),
        Mistake(
            lambda z, y: _losses(z, y)[_gallery(z, y)],
            "Those are the losses; asked are the pictures' numbers.",
        ),
        Mistake(
            lambda z, y: z.argmax(axis=1) != y,
            "That says of each picture whether it is wrong: np.flatnonzero makes numbers of it.",
        ),
        Mistake(
            lambda z, y: np.flatnonzero(z.argmax(axis=1) == y)[
                np.argsort(-_losses(z, y)[z.argmax(axis=1) == y], kind="stable")
            ],
            "Those are the pictures read correctly.",
        ),
    ),
)


EXERCISES = (lab_confusion, lab_gallery)
