"""Exercises of chapter 3, why hidden layers must bend, that are done on paper."""

from byhand.exercises.exercise import Exercise, Mistake

one_line = Exercise(
    name="one_line",
    solution=(-4, 3),
    right="Slopes multiply, and each bias goes through all that comes after it.",
    mistakes=(
        Mistake((3, -4), "The two have changed places: first the slope, then the height at 0."),
        Mistake(
            (3, 6), "Slopes are not added from unit to unit, nor are biases: put one line into the next."
        ),
        Mistake(
            (-4, 6), "The slope is right. The biases are not added as they are: −1 is multiplied by 2 and −1."
        ),
        Mistake(
            (-4, 4),
            "The slope is right, but only the last bias is left: the others go through the line after.",
        ),
        Mistake(
            (-4, 5), "The sign of a bias was lost on the way: −1 · (4x + 1) is −4x − 1, and then 4 is added."
        ),
        Mistake((4, 1), "Those are the first two units; the third is still to come."),
        Mistake((4, 3), "The third unit turns the slope round: it has the weight −1."),
        Mistake((4, 5), "The third unit has the weight −1: it turns the sign of all that comes in."),
        Mistake((-2, 1), "The second unit is missing: 2a + 3 lies between the first and the third."),
        Mistake((2, -1), "That is the first unit alone."),
    ),
)

right_hinges = Exercise(
    name="right_hinges",
    solution={"h0": 2, "v1": -2, "v2": 3, "v3": 2},
    right="The height at the left end, the first slope, and from then on the changes of slope.",
    mistakes=(
        Mistake({"h0": 0}, "h0 is the height at x = 0, where all hinges are still 0."),
        Mistake({"h0": -2}, "h0 is a height, not a slope: where does the line begin?"),
        Mistake({"v1": 2}, "v1: the first piece falls, and nothing but v1 is on there."),
        Mistake({"v1": 1}, "v1: no other hinge is on in the first piece, so v1 is its whole slope."),
        Mistake(
            {"v2": 1},
            "v2: 1 is the second piece's slope, but the first hinge stays on; v1 + v2 must be 1.",
        ),
        Mistake({"v2": -1}, "v2: v1 + v2 must be 1, and v1 is negative."),
        Mistake({"v2": -3}, "v2: the size is right; but there the line turns upwards."),
        Mistake({"v3": 3}, "v3: 3 is the slope of the third piece; v1 + v2 + v3 must be 3."),
        Mistake({"v3": -2}, "v3: the size is right; but there the line turns upwards once more."),
        Mistake({"v3": 1}, "v3: the slope goes from 1 to 3, and v3 is the change."),
    ),
)

KINKS = {
    "relu(x) at 0": "kink",
    "sigmoid(x) at 0": "inflection",
    "softplus(x) at 0": "neither",
    "|x| at 0": "kink",
    "x**3 at 0": "inflection",
    "x**2 at 0": "neither",
    "relu(x) at 1": "neither",
}

kinks = Exercise(
    name="kinks",
    solution=KINKS,
    right="A kink is a jump of the slope, an inflection a change of sign of the curvature.",
    mistakes=(
        Mistake(
            {"relu(x) at 0": "inflection"},
            "relu(x) at 0: the slope jumps from 0 to 1, and there is no curvature on either side.",
        ),
        Mistake({"relu(x) at 0": "neither"}, "relu(x) at 0: what is its slope just before, and just after?"),
        Mistake(
            {"sigmoid(x) at 0": "neither"},
            "sigmoid(x) at 0: the slope grows up to there and shrinks from there on. Which way does it bend?",
        ),
        Mistake({"sigmoid(x) at 0": "kink"}, "sigmoid(x) at 0: the slope is ¼ on both sides; nothing jumps."),
        Mistake(
            {"softplus(x) at 0": "kink"},
            "softplus(x) at 0: that is the ReLU with its corner rounded off; the slope is ½ on both sides.",
        ),
        Mistake(
            {"softplus(x) at 0": "inflection"},
            "softplus(x) at 0: its slope, the sigmoid, only ever grows, so it never bends the other way.",
        ),
        Mistake({"|x| at 0": "inflection"}, "|x| at 0: the slope jumps from −1 to 1."),
        Mistake({"|x| at 0": "neither"}, "|x| at 0: compare the slopes on both sides."),
        Mistake({"x**3 at 0": "kink"}, "x**3 at 0: the slope is 3x², which is 0 from both sides."),
        Mistake(
            {"x**3 at 0": "neither"},
            "x**3 at 0: the curvature is 6x, negative before and positive after.",
        ),
        Mistake({"x**2 at 0": "kink"}, "x**2 at 0: the slope is 2x, which doesn't jump."),
        Mistake(
            {"x**2 at 0": "inflection"},
            "x**2 at 0: it turns from falling to rising, but it bends upwards on both sides.",
        ),
        Mistake(
            {"relu(x) at 1": "kink"}, "relu(x) at 1: the corner of max(0, x) is at 0; at 1 it is a line."
        ),
        Mistake(
            {"relu(x) at 1": "inflection"}, "relu(x) at 1: around 1 it is a straight line; nothing bends."
        ),
    ),
)

XOR = {"(0, 0)": (0, 0), "(0, 1)": (1, 0), "(1, 0)": (1, 0), "(1, 1)": (2, 1)}

xor_features = Exercise(
    name="xor_features",
    solution=XOR,
    right="Both points with label 1 fall on (1, 0). For example a1 − 2 a2 = ½ parts them from the others.",
    mistakes=(
        Mistake({"(0, 0)": (0, -1)}, "(0, 0): z2 is −1, and the ReLU makes it 0."),
        Mistake({"(0, 0)": (0, 1)}, "(0, 0): z2 is −1; a ReLU turns it off, it does not turn its sign."),
        Mistake({"(0, 1)": (0, 1)}, "(0, 1): those are the inputs. Both units see their sum, 1."),
        Mistake({"(0, 1)": (1, 1)}, "(0, 1): the second unit subtracts 1 from the sum."),
        Mistake({"(1, 0)": (1, 1)}, "(1, 0): the second unit subtracts 1 from the sum."),
        Mistake({"(1, 0)": (0, 0)}, "(1, 0): x1 + x2 is 1, and the first unit passes it on."),
        Mistake({"(1, 1)": (1, 1)}, "(1, 1): x1 + x2 is 2, and a ReLU has no upper end."),
        Mistake({"(1, 1)": (1, 0)}, "(1, 1): x1 + x2 is 2; the first unit gives 2, the second 1."),
        Mistake({"(1, 1)": (2, 2)}, "(1, 1): the second unit subtracts 1 from the sum."),
        Mistake({"(1, 1)": (2, 0)}, "(1, 1): z2 is 1, above 0, so the second unit passes it on."),
    ),
)

EXERCISES = (one_line, right_hinges, kinks, xor_features)
