"""Exercises of chapter 10, looking inside, that are done on paper."""

import numpy as np

from byhand.exercises.exercise import Exercise, Mistake

X = np.array([0.0, 1.0, 1.0, 0.0])
W1, B1 = np.array([[2.0, -1], [-1, 1], [1, 3], [0, -2]]), np.array([0.5, 0.0])
W2, B2 = np.array([[1.0, -2], [-3, 2]]), np.array([0.0, 1.0])


def _six(x=X, b1=B1, b2=B2, bend=lambda z: np.maximum(z, 0), W=W1):
    a = bend(x @ W + b1)
    return (*map(float, a), *map(float, a[1] * W2[1]), *map(float, a @ W2 + b2))


RIGHT = _six()

votes_by_hand = Exercise(
    name="votes_by_hand",
    solution=RIGHT,
    right="Both units are on; unit 2 argues so loudly against class 1 that unit 1 hardly counts.",
    mistakes=(
        Mistake(_six(b1=np.zeros(2)), "Unit 1's bias, ½, is missing: with it the unit is on, if only by ½."),
        Mistake(_six(b2=np.zeros(2)), "Outputs and votes are right; the classes' biases are missing."),
        Mistake(
            _six(b1=np.zeros(2), b2=np.zeros(2)), "All biases are missing: ½ for unit 1, and 1 for class 2."
        ),
        Mistake(
            _six(np.array([1, 1, 0, 0.5])),
            "Those are the numbers of the example in the text; here the picture is (0, 1, 1, 0).",
        ),
        Mistake(
            (*RIGHT[:2], *map(float, W2[1]), *RIGHT[4:]),
            "A vote is the weight times what the unit gives: unit 2 gives 4.",
        ),
        Mistake(
            (*RIGHT[:2], *map(float, RIGHT[0] * W2[0]), *RIGHT[4:]),
            "Those are unit 1's votes; asked are unit 2's.",
        ),
        Mistake(
            (*RIGHT[:2], *map(float, RIGHT[1] * W2[:, 1]), *RIGHT[4:]),
            "A row of the second layer belongs to a unit, a column to a class: unit 2 has −3 and 2.",
        ),
        Mistake(
            (*RIGHT[:2], 12.0, 8.0, *RIGHT[4:]),
            "Unit 2 argues against class 1: the vote 4 · (−3) is negative.",
        ),
        Mistake(
            (*RIGHT[:4], float(RIGHT[2]), float(RIGHT[3])),
            "The scores add both units' votes and the biases; those are unit 2's votes alone.",
        ),
        Mistake((*RIGHT[:4], RIGHT[5], RIGHT[4]), "The two scores have changed places."),
        Mistake(
            (*RIGHT[:4], max(RIGHT[4], 0.0), RIGHT[5]),
            "The last layer has no ReLU: a score may be negative.",
        ),
        Mistake((0.0, *RIGHT[1:]), "z₁ is −1 + 1 + ½, so the unit is on: it gives ½."),
    ),
)

_SLOPES = (
    "the slope of the loss along its weight of pixel 210",
    "the slope along its bias",
    "the slope along its outgoing weights",
)
_WEIGHT, _OTHER = "its weight of pixel 210", "the slope along another unit's weight of pixel 210"

off_twice = Exercise(
    name="off_twice",
    solution={"the unit's votes": "zero"}
    | dict.fromkeys(_SLOPES, "zero")
    | {_WEIGHT: "may differ", _OTHER: "may differ"},
    right="Nothing goes down through the unit, and nothing comes back up.",
    mistakes=(
        Mistake(
            {"the unit's votes": "may differ"},
            "A vote is the unit's output times a weight, and the output is 0.",
        ),
        Mistake(
            {_SLOPES[0]: "may differ"},
            "The slope passes through the ReLU, which is flat where it is off: the ink is multiplied by 0.",
        ),
        Mistake(
            {_SLOPES[1]: "may differ"},
            "The bias has no ink as a factor, but it has the ReLU's slope, 0, like the weights.",
        ),
        Mistake(
            {_SLOPES[2]: "may differ"},
            "Along an outgoing weight the slope is the unit's output times what comes back: 0.",
        ),
        Mistake(
            {_WEIGHT: "zero"},
            "The weight itself is a number like any other. It is its slope that is 0: it stays as it is.",
        ),
        Mistake(
            {_OTHER: "zero"},
            "Another unit has a ReLU of its own, and that may be on.",
        ),
    ),
)

_TOOLS = {
    "Does the network need this unit?": "ablation",
    "Is this unit on for this digit?": "activation",
    "Which ink would raise this unit's score?": "filter",
    "Does this unit argue for or against a 3 here?": "vote",
    "Which part of this picture does the answer rest on?": "occlusion",
    "Is what I found a property of the task or of this run?": "other seeds",
}


def _tool(start, wrong, reason):
    (question,) = (each for each in _TOOLS if each.startswith(start))
    return Mistake({question: wrong}, reason)


which_tool = Exercise(
    name="which_tool",
    solution=_TOOLS,
    right="Each question has its own measurement.",
    mistakes=(
        _tool("Does the network", "filter", "A filter says what a unit looks for; a dead unit has one, too."),
        _tool(
            "Does the network",
            "activation",
            "On is not needed: others may do the same. Take it away and see.",
        ),
        _tool(
            "Does the network", "vote", "A loud vote may be seconded by others. Take the unit away and see."
        ),
        _tool(
            "Is this unit",
            "filter",
            "The filter is the same for all digits. For this one, look at what it gives.",
        ),
        _tool(
            "Is this unit", "vote", "A vote needs a class as well; whether the unit is on shows before that."
        ),
        _tool(
            "Which ink",
            "occlusion",
            "Occlusion is about this picture and an output; a unit's weights name its ink.",
        ),
        _tool(
            "Which ink",
            "activation",
            "An activation is one number: it doesn't say which pixels would raise it.",
        ),
        _tool(
            "Does this unit", "filter", "The filter says what the unit looks for, not whom it then supports."
        ),
        _tool(
            "Does this unit",
            "activation",
            "An activation is never below 0 here: the sign comes from the next layer.",
        ),
        _tool(
            "Does this unit",
            "ablation",
            "Ablation says what it is worth over many digits; asked is its vote on one.",
        ),
        _tool("Which part", "filter", "A filter belongs to one unit and to no picture in particular."),
        _tool(
            "Which part",
            "ablation",
            "Ablation takes units away. To take away parts of the picture is occlusion.",
        ),
        _tool(
            "Is what",
            "ablation",
            "Ablation tells what this network needs. Only another run tells about the task.",
        ),
        _tool("Is what", "occlusion", "However many pictures you cover, it is still this run."),
    ),
)

EXERCISES = (votes_by_hand, off_twice, which_tool)
