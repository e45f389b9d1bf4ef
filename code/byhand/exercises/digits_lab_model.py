"""Exercises of chapter 11, the practice lab, answered with a Keras model or what its `fit` returns."""

import math

from byhand.exercises import digits_lab_reading as reading
from byhand.exercises.exercise import Exercise, Mistake

EPOCHS, BATCH = 40, 32

lab_network = Exercise(
    name="lab_network",
    read=reading.layers,
    solution={"input": (400,), "units": (25, 15, 10), "hidden": "relu", "last": "linear", "others": "none"},
    right="400 inputs, layers of 25 and 15 ReLUs, and ten scores: 10,575 parameters.",
    mistakes=(
        Mistake(
            {"input": "unknown"},
            "Without keras.Input((400,)) first, Keras doesn't know how many weights the first layer needs.",
        ),
        Mistake({"input": (20, 20)}, "A picture arrives as a row of 400 grey values, not as 20 rows of 20."),
        Mistake(
            {"input": (4000, 400)},
            "keras.Input takes the shape of one picture, (400,): how many there are is not its business.",
        ),
        Mistake({"units": (25, 15)}, "The last layer is missing: one unit for each of the ten digits."),
        Mistake(
            {"units": (25, 15, 1)},
            "One output is one score. Ten classes need ten: nothing says that 3 lies between 2 and 4.",
        ),
        Mistake({"units": (15, 25, 10)}, "The two hidden layers are swapped: 25 units come first, then 15."),
        Mistake({"units": (25, 10)}, "The hidden layer of 15 units is missing."),
        Mistake(
            {"units": (25, 15, 10, 10)},
            "One layer too many: turning ten scores into ten probabilities takes no weights.",
        ),
        Mistake(
            {"units": (400, 25, 15, 10)},
            "400 is the input, no layer: as Dense(400) it would bring 160,400 parameters of its own.",
        ),
        Mistake(
            {"hidden": "linear"},
            'Without activation="relu" a Dense layer is linear, and linear layers in a row are one layer.',
        ),
        Mistake(
            {"hidden": "sigmoid"},
            "Sigmoids would learn too, more slowly; the lab compares networks of ReLUs.",
        ),
        Mistake({"hidden": "relu and linear"}, "One of the hidden layers has its activation, the other not."),
        Mistake(
            {"last": "softmax"},
            "The last layer must stop at the scores. The loss of the next step makes its own softmax, and "
            "yours is for when you want probabilities.",
        ),
        Mistake(
            {"last": "relu"},
            "A ReLU makes all negative scores equal, and a unit that gives 0 for a picture gets no slope "
            "from it.",
        ),
        Mistake(
            {"last": "sigmoid"},
            "Ten sigmoids answer ten separate questions. Exactly one digit is true: stop at the scores.",
        ),
        Mistake({"others": "Flatten"}, "The pictures are rows already: there is nothing to flatten."),
        Mistake(
            {"others": "Dropout"}, "Dropout comes later, if you like, when you try to beat this network."
        ),
    ),
)

lab_compile = Exercise(
    name="lab_compile",
    read=reading.compiled,
    solution={
        "output": "linear, loss from logits",
        "loss": "SparseCategoricalCrossentropy",
        "optimizer": "Adam",
        "learning_rate": 0.001,
    },
    right="The layers stop at scores, and the loss goes on from there.",
    mistakes=(
        Mistake(
            {"output": "not compiled", "loss": "none", "optimizer": "none", "learning_rate": 0.0},
            "The model is not compiled yet: model.compile(loss=…, optimizer=…) before it is returned.",
        ),
        Mistake(
            {"output": "linear, loss from probabilities"},
            "from_logits=True is missing: the loss takes scores for probabilities, clips them to 0 … 1, and "
            "outside of that nothing is learned. A loss given by its name alone can't say it.",
        ),
        Mistake(
            {"output": "softmax, loss from logits"},
            "The last layer makes probabilities, and the loss is told to expect logits: softmax twice. "
            "Keras may notice and warn; a library that doesn't would train on ten nearly equal numbers.",
        ),
        Mistake(
            {"output": "softmax, loss from probabilities"},
            "The two fit together, and Keras trains them as well. The lab asks for the pair that needs no "
            "rescue: a linear last layer, and from_logits=True.",
        ),
        Mistake(
            {"loss": "BinaryCrossentropy"},
            "Binary cross-entropy asks ten yes-or-no questions, and its labels are rows of zeros and ones. "
            "Here one of ten classes is true.",
        ),
        Mistake(
            {"loss": "CategoricalCrossentropy"},
            "Categorical cross-entropy wants one-hot rows; the labels here are whole numbers, so: sparse.",
        ),
        Mistake(
            {"output": "linear, loss from numbers", "loss": "MeanSquaredError"},
            "The squared error takes labels for quantities, as if a 9 were nine times as much as a 1.",
        ),
        Mistake({"optimizer": "SGD"}, "SGD works with a rate of its own; the lab's numbers are Adam's."),
        Mistake({"learning_rate": 0.01}, "That is ten times the rate of this lab, 0.001."),
        Mistake(
            {"learning_rate": 0.1}, "With a rate of 0.1 Adam doesn't learn these digits at all. Take 0.001."
        ),
    ),
)


def _training(m):
    """What `fit` should have done with m pictures."""
    return _of_steps(math.ceil(m / BATCH))


def _of_steps(steps, epochs=EPOCHS):
    return {
        "epochs": epochs,
        "steps": steps,
        "steps of this model so far": epochs * steps,
        "validation": "val_loss",
    }


def _batches(m, size):
    return _of_steps(math.ceil(m / size))


def _without_validation(m):
    return _training(m) | {"validation": "none"}


def _again(m):
    """fit called a second time on the same model."""
    return _training(m) | {"steps of this model so far": 2 * EPOCHS * math.ceil(m / BATCH)}


lab_fit = Exercise(
    name="lab_fit",
    read=reading.training,
    given=("m",),
    solution=_training,
    right="Forty epochs over the training pictures, and the held-out cost noted after each.",
    cases=({"m": 4000}, {"m": 481}),
    mistakes=(
        Mistake(lambda m: _of_steps(math.ceil(m / BATCH), 1), "One epoch: epochs=40 is missing."),
        Mistake(
            _without_validation,
            "No cost of held-out pictures is noted: validation_data=(validation.x, validation.y) is missing.",
        ),
        Mistake(
            lambda m: (
                _without_validation(m) | {"epochs": 1, "steps of this model so far": math.ceil(m / BATCH)}
            ),
            "Both epochs=40 and validation_data are missing.",
        ),
        Mistake(
            _again,
            "These are forty epochs, but not the first: fit goes on where the model stands. Build it anew.",
        ),
        Mistake(
            lambda m: _batches(m * 10 // 8, BATCH),
            "Too many steps an epoch: you trained on all pictures, and none is left to judge by.",
        ),
        Mistake(
            lambda m: _batches(m * 9 // 8, BATCH),
            "Too many steps an epoch: the held-out pictures of one part were trained on as well.",
        ),
        Mistake(
            lambda m: _batches(m * 8 // 10, BATCH),
            "Too few steps an epoch: validation_split took its fifth from the training pictures. The "
            "validation pictures are there already: use validation_data.",
        ),
        Mistake(lambda m: _batches(m, m), "One step an epoch: the batch held all pictures."),
        Mistake(lambda m: _batches(m, 1), "A batch of one picture: as many steps as pictures."),
        Mistake(
            lambda m: "the dict of costs",
            "That is history.history, the costs alone. Hand over the whole of what fit returned.",
        ),
    ),
)

EXERCISES = (lab_network, lab_compile, lab_fit)
