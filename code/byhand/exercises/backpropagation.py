"""Exercises of chapter 9, backpropagation by hand, that are done on paper."""

from byhand.exercises.exercise import Exercise, Mistake

backward_by_hand = Exercise(
    name="backward_by_hand",
    solution=(-2.0, -4.0, -2.0, 2.0, 6.0, 2.0),
    right="From the end to the front: δ comes from the δ after it, a weight's slope from δ and what came in.",
    mistakes=(
        Mistake(
            (2.0, 4.0, 2.0, -2.0, -6.0, -2.0),
            "All signs are turned: the slope of ½(f − y)² along f is f − y, answer minus truth, here −1 − 1.",
        ),
        Mistake(
            (-2.0, -4.0, -2.0, -1.0, -3.0, -1.0),
            "δ of the first unit came out as the weight alone. The slope that arrives is a factor as well: "
            "the second unit's δ times its weight.",
        ),
        Mistake(
            (-2.0, -4.0, -2.0, -2.0, -6.0, -2.0),
            "δ was handed back as it is. On its way it passes the second unit's weight, −1.",
        ),
        Mistake(
            (-2.0, -4.0, -2.0, 2.0, 4.0, 2.0),
            "The first weight's slope is δ times what came in, x = 3; the weight itself is not in it.",
        ),
        Mistake(
            (-2.0, 2.0, -2.0, 2.0, 4.0, 2.0),
            "Both weights' slopes were made with the weights. A weight's slope is δ times its input.",
        ),
        Mistake(
            (-2.0, -4.0, 1.0, 2.0, 6.0, -4.0),
            "Those are the biases. Asked are the slopes along them, and these are the δ of their units.",
        ),
        Mistake(
            (-2.0, -6.0, -2.0, 2.0, 6.0, 2.0),
            "The second unit doesn't see x: what comes into it is a, the first unit's output, 2.",
        ),
        Mistake(
            (-2.0, -4.0, -2.0, 0.0, 0.0, 0.0),
            "The ReLU was taken for off. Its z is 2, so it is on, and its slope is 1.",
        ),
        Mistake(
            (-2.0, -4.0, -2.0, 4.0, 12.0, 4.0),
            "The ReLU's output was taken for its slope. Where it is on its slope is 1.",
        ),
        Mistake(
            (2.0, -4.0, -2.0, 2.0, 6.0, 2.0),
            "The first number is the loss, ½(f − y)². Asked is its slope, f − y.",
        ),
    ),
)

shapes_backwards = Exercise(
    name="shapes_backwards",
    solution={
        "A of layer 1": (32, 25),
        "Δ of layer 2": (32, 10),
        "Δ of layer 1": (32, 25),
        "∂J/∂W of layer 2": (25, 10),
        "∂J/∂W of layer 1": (400, 25),
        "∂J/∂b of layer 1": (25,),
    },
    right="Δ has the shape of its layer's scores, and every slope that of its parameter.",
    mistakes=(
        Mistake({"A of layer 1": (25, 32)}, "A of layer 1: examples are rows."),
        Mistake({"A of layer 1": (32, 400)}, "A of layer 1 is what the 25 units give, not what they get."),
        Mistake(
            {"Δ of layer 2": (10,)}, "Δ of layer 2 has a row for every example; nothing is averaged yet."
        ),
        Mistake(
            {"Δ of layer 2": (25, 10)}, "Δ of layer 2: that is the shape of W. Δ has that of the scores."
        ),
        Mistake({"Δ of layer 2": (32, 25)}, "Δ of layer 2 belongs to ten scores: count the layer's units."),
        Mistake(
            {"Δ of layer 1": (32, 400)}, "Δ of layer 1: the slopes along its scores, not along the inputs."
        ),
        Mistake(
            {"Δ of layer 1": (32, 10)}, "Δ of layer 1: the product with W transposed has made 25 of ten."
        ),
        Mistake({"∂J/∂W of layer 2": (10, 25)}, "∂J/∂W of layer 2 is turned: W is inputs by units."),
        Mistake({"∂J/∂W of layer 1": (25, 400)}, "∂J/∂W of layer 1 is turned: W is inputs by units."),
        Mistake(
            {"∂J/∂W of layer 1": (401, 25)}, "∂J/∂W of layer 1: the biases are a vector of their own here."
        ),
        Mistake(
            {"∂J/∂b of layer 1": (32, 25)}, "∂J/∂b of layer 1 is the mean over the examples: one a unit."
        ),
        Mistake({"∂J/∂b of layer 1": (1, 25)}, "∂J/∂b of layer 1 has the shape of b, a vector."),
    ),
)

which_bug = Exercise(
    name="which_bug",
    solution={
        "every slope is 500 times too large": "1/m",
        "the last layer is right, all before it are wrong": "g'",
        "W is right, b is off by a small multiple of b": "penalty",
        "right at first, wrong once logits are near 40": "cost",
        "the right numbers of W, in other places": "order",
    },
    right="Each kind of mistake leaves its own trace in the difference.",
    mistakes=(
        Mistake(
            {"every slope is 500 times too large": "penalty"},
            "500 times, everywhere: the penalty is small and touches no bias. Count the examples.",
        ),
        Mistake(
            {"every slope is 500 times too large": "cost"},
            "500 times, everywhere: a patched cost differs only for large logits. Count the examples.",
        ),
        Mistake(
            {"every slope is 500 times too large": "g'"},
            "500 times, everywhere, in the last layer too, which no g′ of a hidden layer reaches. Count the "
            "examples.",
        ),
        Mistake(
            {"the last layer is right, all before it are wrong": "1/m"},
            "A forgotten 1/m would spoil the last layer, too. Look at the step back from one layer.",
        ),
        Mistake(
            {"the last layer is right, all before it are wrong": "cost"},
            "The cost enters at the end, so its faults show in the last layer first. Look at the step back.",
        ),
        Mistake(
            {"W is right, b is off by a small multiple of b": "g'"},
            "W has the same Δ as b, so Δ is right. What was added to b afterwards?",
        ),
        Mistake(
            {"W is right, b is off by a small multiple of b": "1/m"},
            "A forgotten 1/m would be a factor. Here something was added, in proportion to b itself.",
        ),
        Mistake(
            {"right at first, wrong once logits are near 40": "g'"},
            "A wrong g′ is wrong from the start. What changes where f is all but 0 or 1?",
        ),
        Mistake(
            {"right at first, wrong once logits are near 40": "penalty"},
            "The penalty sees weights, not logits. What changes where f is all but 0 or 1?",
        ),
        Mistake(
            {"the right numbers of W, in other places": "g'"},
            "The numbers are right, so every step of the chain is. Look at how they were put into θ.",
        ),
        Mistake(
            {"the right numbers of W, in other places": "1/m"},
            "The numbers are right, 1/m included. Look at how they were put into θ.",
        ),
    ),
)

step_flops = Exercise(
    name="step_flops",
    solution=41_500,
    right="Forwards 2 · 10,250, the weights' slopes as much again, and 2 · 250 for the one Δ that goes back.",
    mistakes=(
        Mistake(20_750, "Multiplications were counted alone: each comes with an addition."),
        Mistake(20_500, "That is the way forwards. The slopes come on top."),
        Mistake(21_000, "That is the way back. The outputs have to be computed first."),
        Mistake(61_500, "Three products for each layer: but nobody needs the slopes along the pixels."),
        Mistake(41_000, "Δ has to get from the second layer to the first: one more product with its W."),
        Mistake(43_150, "That is the network with a hidden layer of 15 besides."),
        Mistake(41_640, "With biases counted as inputs; only matrix products are asked for."),
        Mistake(10_285, "That is the number of parameters. Each is used several times."),
        Mistake(10_250, "That is one product for each weight, forwards, without the additions."),
    ),
)

EXERCISES = (backward_by_hand, shapes_backwards, which_bug, step_flops)
