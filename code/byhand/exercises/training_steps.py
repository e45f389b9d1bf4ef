"""Exercises of chapter 1, training in three steps, that are done on paper."""

import numpy as np

from byhand.exercises.exercise import Exercise, Mistake

WHICH_CALL = {
    "units": "Sequential",
    "activation": "Sequential",
    "loss": "compile",
    "learning_rate": "compile",
    "batch_size": "fit",
    "epochs": "fit",
}

which_call = Exercise(
    name="which_call",
    solution=WHICH_CALL,
    right="Shapes and activations are step 1, the loss is step 2, and step 3 is split: the rule is set in "
    "compile, how long it runs in fit.",
    mistakes=(
        Mistake({"epochs": "compile"}, "epochs belongs to fit: compile only notes down how to learn."),
        Mistake({"epochs": "Sequential"}, "epochs belongs to fit: the layers know nothing of the data."),
        Mistake(
            {"batch_size": "compile"}, "batch_size belongs to fit: it cuts up the data; compile sees none."
        ),
        Mistake({"batch_size": "Sequential"}, "batch_size belongs to fit: layers take any number of rows."),
        Mistake(
            {"learning_rate": "fit"}, "learning_rate belongs to the optimizer, which is handed to compile."
        ),
        Mistake({"learning_rate": "SGD"}, "SGD is the optimizer, and the optimizer is handed to compile."),
        Mistake(
            {"learning_rate": "Sequential"}, "learning_rate belongs to compile: it is no part of a layer."
        ),
        Mistake({"loss": "fit"}, "loss belongs to compile: fit must know it before the first example."),
        Mistake({"loss": "Sequential"}, "loss belongs to compile: layers compute f, not how wrong it is."),
        Mistake({"units": "compile"}, "units belongs to a layer, and layers stand in Sequential."),
        Mistake({"units": "fit"}, "units belongs to a layer: the shapes are fixed long before fit."),
        Mistake({"activation": "compile"}, "activation belongs to a layer, and layers stand in Sequential."),
        Mistake({"activation": "fit"}, "activation belongs to a layer: it is part of how f is computed."),
    ),
)

parameters = Exercise(
    name="parameters",
    solution=401 * 25 + 26 * 10,
    right="401 · 25 + 26 · 10: every unit has one weight per input and one bias.",
    mistakes=(
        Mistake(400 * 25 + 25 * 10, "Only the weights are counted: every unit has a bias too, 25 + 10 more."),
        Mistake(
            400 * 25 + 1 + 25 * 10 + 1, "There is one bias per unit, not one per layer: 25 and 10 of them."
        ),
        Mistake(400 * 25 + 25 * 10 + 1, "There is one bias per unit, not one in all."),
        Mistake(401 * 25 + 25 * 10, "The ten output units have biases too: 10 more."),
        Mistake(400 * 25 + 26 * 10, "The 25 hidden units have biases too: 25 more."),
        Mistake(401 * 26 + 26 * 10, "A bias is not a unit: 25 columns stay 25 columns."),
        Mistake(401 * 25, "That is the first layer; the second is missing."),
        Mistake((401 * 25, 26 * 10), "Right layer by layer: now add them."),
        Mistake(400 + 25 + 10, "Those are the inputs and units; count their weights and biases."),
        Mistake(401 * 25 + 26 * 15 + 16, "That is this chapter's net, 400-25-15-1; asked is 400-25-10."),
        Mistake(400 * 25 * 10, "The sizes are not multiplied all together: count each layer, then add."),
    ),
)

F, Y = np.array([0.9, 0.2, 0.6]), np.array([1.0, 0.0, 0.0])
LOSSES = -np.log(np.where(Y == 1, F, 1 - F))

cost_by_hand = Exercise(
    name="cost_by_hand",
    solution=float(LOSSES.mean()),
    right="−ln 0.9, −ln 0.8 and −ln 0.4, added and divided by three.",
    rtol=0.012,  # 0.41 is two digits of 0.4148
    mistakes=(
        Mistake(0.42, "Nearly: the losses were rounded too early. Keep four digits until the end."),
        Mistake(0.4, "One digit more, please."),
        Mistake((0, 41), "Write a decimal point: 0.41."),
        Mistake(tuple(LOSSES.tolist()), "These are the three losses, all right. The cost is their mean."),
        Mistake(float(LOSSES.sum()), "That is the sum of the three losses; the cost is their mean."),
        Mistake(
            float(LOSSES.mean() / np.log(10)), "The logarithm is the natural one, ln, not that to base 10."
        ),
        Mistake(
            float(LOSSES.mean() / np.log(2)), "The logarithm is the natural one, ln, not that to base 2."
        ),
        Mistake(
            float(-LOSSES.mean()), "A minus is missing: ln of a number below 1 is negative, a loss is not."
        ),
        Mistake(float(np.mean(-np.log(F))), "−ln f is the loss where y = 1; where y = 0 it is −ln(1 − f)."),
        Mistake(
            float(np.mean(-np.log(1 - F))), "−ln(1 − f) is the loss where y = 0; where y = 1 it is −ln f."
        ),
        Mistake(
            float(np.mean(-np.log(np.where(Y == 0, F, 1 - F)))),
            "The two logarithms have changed places: where y = 1 the loss is −ln f.",
        ),
        Mistake(float(np.mean((F - Y) ** 2)), "That is the squared error, the loss of a regression."),
        Mistake(
            float(np.mean((F - Y) ** 2) / 2), "That is half the squared error, the loss of a regression."
        ),
    ),
)

EXERCISES = (which_call, parameters, cost_by_hand)
