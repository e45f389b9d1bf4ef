"""Exercises of chapter 2, activation functions, that are done on paper."""

from byhand.exercises.exercise import Exercise, Mistake

WHICH = {
    "mail is spam": "sigmoid",
    "tomorrow's temperature": "linear",
    "litres of rain": "softplus",
    "profit or loss": "linear",
    "scores of ten digits": "linear",
    "hidden layer": "relu",
}

which_activation = Exercise(
    name="which_activation",
    solution=WHICH,
    right="The label decides in the output layer; in a hidden layer ReLU is a good first try.",
    mistakes=(
        Mistake({"mail is spam": "linear"}, "Spam is a yes or a no: a probability, from 0 to 1."),
        Mistake({"mail is spam": "relu"}, "A probability stops at 1, and ReLU does not."),
        Mistake({"mail is spam": "softplus"}, "A probability stops at 1, and softplus does not."),
        Mistake({"tomorrow's temperature": "sigmoid"}, "A temperature does not stay between 0 and 1."),
        Mistake({"tomorrow's temperature": "relu"}, "A temperature may be below 0, and ReLU never is."),
        Mistake({"tomorrow's temperature": "softplus"}, "A temperature may be below 0; softplus never is."),
        Mistake(
            {"litres of rain": "linear"}, "A linear output can answer −3 litres, which no cloud can rain."
        ),
        Mistake(
            {"litres of rain": "relu"},
            "ReLU has the right range, but as the only output it may die. Softplus always has a slope.",
        ),
        Mistake({"litres of rain": "sigmoid"}, "More than 1 litre may fall, and a sigmoid ends at 1."),
        Mistake({"profit or loss": "sigmoid"}, "Money does not stay between 0 and 1."),
        Mistake({"profit or loss": "relu"}, "A loss is below 0, and ReLU never is."),
        Mistake({"profit or loss": "softplus"}, "A loss is below 0, and softplus never is."),
        Mistake(
            {"scores of ten digits": "sigmoid"},
            "Exactly one of the ten is true: the softmax in the loss couples them, and wants plain scores.",
        ),
        Mistake(
            {"scores of ten digits": "softmax"},
            "The softmax stands in the loss here: the layer itself hands over scores as they are.",
        ),
        Mistake(
            {"scores of ten digits": "relu"},
            "A score may be below 0: ReLU would make all of those equal, and pass no slope to them.",
        ),
        Mistake(
            {"scores of ten digits": "softplus"},
            "A score may be below 0, which says that a digit is unlikely: why forbid it?",
        ),
        Mistake(
            {"hidden layer": "linear"},
            "Linear layers one after another come to one: a hidden layer must bend.",
        ),
        Mistake(
            {"hidden layer": "sigmoid"}, "It works, but slowly: its slope is at most ¼ and its mean positive."
        ),
        Mistake(
            {"hidden layer": "softplus"}, "It works. The usual first try is the one without an exponential."
        ),
    ),
)

slopes_from_outputs = Exercise(
    name="slopes_from_outputs",
    solution=(0.9 * (1 - 0.9), 1 - 0.6**2, 1),
    right="a(1 − a), 1 − a², and 1 because the unit is on: z was not needed.",
    mistakes=(
        Mistake(
            (0.9 * (1 - 0.9), 1 + 0.6**2, 1),
            "The square of −0.6 is 0.36, without a minus: tanh' is 1 − 0.36.",
        ),
        Mistake((0.9 * (1 - 0.9), 1 - 0.6, 1), "For tanh the output is squared: 1 − a²."),
        Mistake((0.9 * (1 - 0.9), 1 + 0.6, 1), "For tanh the output is squared: 1 − (−0.6)²."),
        Mistake((0.9 * (1 - 0.9), 0.6**2, 1), "For tanh that is a²; the slope is 1 − a²."),
        Mistake(
            (0.9 * (1 - 0.9), -0.6 * (1 + 0.6), 1),
            "a(1 − a) is the sigmoid's; tanh, from −1 to 1, has 1 − a².",
        ),
        Mistake(
            (0.9 * (1 - 0.9), 1 - 0.6**2, 2.5), "ReLU's output is 2.5; its slope is 1 wherever it is on."
        ),
        Mistake(
            (0.9 * (1 - 0.9), 1 - 0.6**2, 0), "ReLU's slope is 0 only where it is off; 2.5 says it is on."
        ),
        Mistake((1 - 0.9**2, 1 - 0.6**2, 1), "1 − a² is tanh's; the sigmoid has a(1 − a)."),
        Mistake((0.9, 1 - 0.6**2, 1), "0.9 is the sigmoid's output; its slope is a(1 − a)."),
        Mistake((0.1, 1 - 0.6**2, 1), "For the sigmoid that is 1 − a alone; times a, please."),
        Mistake((0.25, 1 - 0.6**2, 1), "¼ is the sigmoid's slope at a = ½, the largest; here a is 0.9."),
        Mistake((0.9, -0.6, 2.5), "Those are the outputs; asked are the slopes."),
    ),
)

chain_by_hand = Exercise(
    name="chain_by_hand",
    solution=(2 * 0.25) ** 5,
    right="Five factors of 2 · ¼: one part in 32.",
    rtol=0.01,  # 0.031 is two digits of 0.03125
    mistakes=(
        Mistake(0.25**5, "The weights are missing: each unit contributes weight times slope, 2 · ¼."),
        Mistake(
            2.0**5,
            "32 is what the weights make of it alone; each unit also multiplies by its slope, ¼ at most.",
        ),
        Mistake((2 * 0.25) ** 6, "One factor too many: from layer 6 back to layer 1 it is five steps."),
        Mistake((2 * 0.25) ** 4, "One factor is missing: from layer 6 back to layer 1 it is five steps."),
        Mistake(5 * 2 * 0.25, "The factors of a chain are multiplied, not added."),
        Mistake(2 * 0.25**5, "There are five weights in the chain, not one."),
        Mistake(0.25 * 2**5, "There are five slopes in the chain, not one."),
        Mistake(2 * 0.25, "That is one step of the chain; there are five."),
        Mistake(1.0, "A weight of 2 would undo a slope of ½, but a sigmoid's slope is at most ¼."),
    ),
)

EXERCISES = (which_activation, slopes_from_outputs, chain_by_hand)
