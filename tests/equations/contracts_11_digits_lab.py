"""Contracts of chapter 11, the practice lab. A label y is one of K classes; a guess is one, too."""

import math

import numpy as np
from contract import contract

from byhand import losses
from byhand.early_stopping import EarlyStopping
from byhand.metrics import accuracy, class_rates, confusion_matrix


def share(guesses, y_all, K):
    """Scores whose largest stands at the guess, judged by the package."""
    return 1 - accuracy(np.eye(K)[guesses - 1], y_all - 1)


@contract("eq-error-share", by=accuracy, y_all="class")
def error_share(guesses, y_all, K):
    return {"error_share": share(guesses, y_all, K)}


@contract("eq-confusion", by=confusion_matrix, y_all="class")
def matrix(guesses, y_all, K):
    return {"confusion": confusion_matrix(y_all - 1, guesses - 1, K)}


@contract("eq-share-from-confusion", by=(accuracy, confusion_matrix), y_all="class")
def share_from_matrix(guesses, y_all, K):
    return matrix(guesses, y_all, K) | {"error_share": share(guesses, y_all, K)}


@contract("eq-class-rates", by=class_rates, y_all="class")
def rates(guesses, y_all, K):
    """Each class once more, read correctly, so that none is missing."""
    C = confusion_matrix(y_all - 1, guesses - 1, K) + np.eye(K, dtype=int)
    recall, precision = class_rates(C)
    return {"confusion": C, "class_recall": recall, "class_precision": precision}


@contract("eq-twice", by=losses.softmax)
def twice(logits):
    """The surest answer there can be, put through softmax again."""
    sure = losses.softmax(1000 * (logits == logits.max()))
    return {"probabilities": losses.softmax(sure)}


def watched(held_out_costs):
    """What early stopping keeps in mind before the first epoch and after each; some costs are equal."""
    costs = held_out_costs.round(1)
    rule = EarlyStopping(patience=len(costs) + 1)
    state = rule.init(np.zeros(1))
    seen = [(math.inf, 0)]
    for J in costs:
        rule.is_over({"val_loss": J}, np.zeros(1), state)
        seen.append((state.best, state.waited))
    lowest, waited = map(np.array, zip(*seen, strict=True))
    return {"held_out_costs": costs, "lowest_costs": lowest, "waited": waited}


@contract("eq-lowest", by=(EarlyStopping.init, EarlyStopping.is_over))
def lowest(held_out_costs):
    return watched(held_out_costs)


@contract("eq-waited", by=(EarlyStopping.init, EarlyStopping.is_over))
def waited(held_out_costs):
    return watched(held_out_costs)
