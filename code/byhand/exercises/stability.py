"""Exercises of chapter 5, numerical stability, that are done on paper."""

import math

from byhand.exercises.exercise import Exercise, Mistake

spacing_of_1000 = Exercise(
    name="spacing_of_1000",
    solution=(9 - 52, 9 - 23),
    right="1000 lies between 2⁹ and 2¹⁰, so q = 9, and the last of p digits counts 2^(9 − p).",
    mistakes=(
        Mistake(
            (10 - 52, 10 - 23),
            "One too large: 1000 lies below 2¹⁰ = 1024, so q is 9, and the last of "
            "p digits counts 2^(9 − p).",
        ),
        Mistake((-52, -23), "That is the distance at 1, machine epsilon. At 1000 it is 2⁹ times as large."),
        Mistake(
            (8 - 52, 8 - 23),
            "One too small: 2⁹ = 512 is still below 1000, so q is 9; and p is 52 "
            "and 23, the 1 before the point is not stored.",
        ),
        Mistake(
            (-52 - 9, -23 - 9), "Large numbers lie further apart, not closer: the exponent is q − p, q = 9."
        ),
        Mistake((9 - 23, 9 - 52), "The two have changed places: float64 first, the one with 52 digits."),
        Mistake(
            (9 - 64, 9 - 32), "64 and 32 bits hold the sign and the exponent, too: the digits are 52 and 23."
        ),
        Mistake((3 - 52, 3 - 23), "1000 is 10³, but the exponent is that of 2: 2⁹ is the power just below."),
        Mistake(
            (2.0 ** (9 - 52), 2.0 ** (9 - 23)),
            "These are the distances themselves, and right. Asked are the exponents t.",
        ),
    ),
)

LOST = {
    "np.log(np.exp(800.0))": "overflow",
    "np.log(np.exp(-800.0))": "underflow",
    "1e16 + 1.0": "rounding",
    "1.0 - np.cos(1e-4)": "cancellation",
    "np.log1p(1e-20)": "nothing",
    "np.float32(16777216) + np.float32(1)": "rounding",
}
_OVER, _UNDER, _SUM, _COS, _LOG1P, _SINGLE = LOST

what_is_lost = Exercise(
    name="what_is_lost",
    solution=LOST,
    right="Each has its own mark: inf, 0, a sum that doesn't move, a difference with few digits.",
    mistakes=(
        Mistake(
            {_OVER: "nothing"}, "np.exp(800.0) is inf, for 800 is above 709.78, and so is its logarithm."
        ),
        Mistake({_OVER: "rounding"}, "e⁸⁰⁰ is no number between two others: it is beyond the largest."),
        Mistake({_OVER: "underflow"}, "e⁸⁰⁰ is too large, not too small: that is overflow."),
        Mistake(
            {_UNDER: "nothing"}, "np.exp(-800.0) is 0, for −800 is below −745.13; the logarithm of 0 is −inf."
        ),
        Mistake(
            {_UNDER: "overflow"},
            "The −inf comes last. The first step that goes wrong is e⁻⁸⁰⁰, too small to store.",
        ),
        Mistake(
            {_UNDER: "rounding"},
            "e⁻⁸⁰⁰ is rounded to 0 because nothing smaller is left: that has its own name.",
        ),
        Mistake({_SUM: "nothing"}, "At 10¹⁶ neighbours are 2 apart: 10¹⁶ + 1 can't be stored."),
        Mistake({_SUM: "overflow"}, "10¹⁶ is far from the largest number, 10³⁰⁸. The 1 is rounded away."),
        Mistake({_SUM: "cancellation"}, "Nothing is subtracted here. The 1 is rounded away beside 10¹⁶."),
        Mistake(
            {_COS: "nothing"},
            "The result has only about eight good digits: print 2 * np.sin(5e-5) ** 2 beside it.",
        ),
        Mistake(
            {_COS: "rounding"},
            "The rounding of the cosine is harmless until the 1 is taken away: name the subtraction.",
        ),
        Mistake(
            {_COS: "underflow"},
            "5 · 10⁻⁹ is not small for a float64. The digits go in the subtraction of near-equals.",
        ),
        Mistake({_LOG1P: "rounding"}, "In 1 + 10⁻²⁰ it would be; log1p never makes that sum."),
        Mistake({_LOG1P: "underflow"}, "10⁻²⁰ is far above the smallest number, and log1p keeps its digits."),
        Mistake({_LOG1P: "cancellation"}, "log1p is made to avoid just that: its result, 10⁻²⁰, is right."),
        Mistake({_SINGLE: "nothing"}, "16,777,216 is 2²⁴: from there on float32 can't count in ones."),
        Mistake({_SINGLE: "overflow"}, "The largest float32 is about 3 · 10³⁸. Here the 1 is rounded away."),
        Mistake(
            {_SINGLE: "cancellation"},
            "Nothing is subtracted: the sum lies between two float32 and is rounded.",
        ),
    ),
)

F, EPSILON = 1 / (1 + math.exp(40)), 1e-12
SLOPE = -F * (1 - F) / (F + EPSILON)

padded_slope = Exercise(
    name="padded_slope",
    solution=SLOPE,
    right="About −f/ε: the slope should be −1 and is a quarter of a million times smaller.",
    rtol=0.03,  # two digits of 4.2
    mistakes=(
        Mistake(-1.0, "That is the right loss's slope, f − y. With ε inside the logarithm it is another."),
        Mistake(
            -SLOPE,
            "The size is right. With y = 1 the term with −y/(f + ε) is left, so the slope is negative.",
        ),
        Mistake(0.0, "Too small: f(1 − f) is 4.2 · 10⁻¹⁸, and that is divided by f + ε, which is 10⁻¹²."),
        Mistake(-F / 1e-7, "ε is 10⁻¹² here; 10⁻⁷ is where Keras clips."),
        Mistake(-math.log(F + EPSILON), "That is the loss, −log(f + ε). Asked is its slope along z."),
        Mistake(-EPSILON / F, "Turned round: f stands above, ε below."),
        Mistake(-1 / (F + EPSILON), "That is the slope along f. Times f(1 − f), it is the slope along z."),
    ),
)

LOGITS = {
    "Dense(10, activation='softmax')": False,
    "Dense(10)": True,
    "Dense(1, activation='sigmoid')": False,
    "Dense(1)": True,
    "threshold after Dense(1, activation='sigmoid')": 0.5,
    "threshold after Dense(1)": 0,
}
_SOFTMAX, _TEN, _SIGMOID, _ONE, _AFTER_SIGMOID, _AFTER_ONE = LOGITS

from_logits = Exercise(
    name="from_logits",
    solution=LOGITS,
    right="Without an activation the layer ends in logits; for these ½ becomes 0.",
    mistakes=(
        Mistake(
            {_SOFTMAX: True},
            "A softmax gives probabilities: the loss would put a second softmax on top of them.",
        ),
        Mistake({_TEN: False}, "Without an activation Dense gives scores of any size: these are logits."),
        Mistake(
            {_SIGMOID: True},
            "A sigmoid gives a probability: the loss would put a second sigmoid on top of it.",
        ),
        Mistake(
            {_ONE: False}, "Without an activation the unit gives z: clipped to 0 … 1 it would teach nothing."
        ),
        Mistake(
            {_AFTER_SIGMOID: 0},
            "A sigmoid's answer is never below 0: with that threshold everything would count as 1.",
        ),
        Mistake({_AFTER_ONE: 0.5}, "f ≥ ½ is z ≥ 0: a threshold of ½ for z would ask for f ≥ 0.62."),
        Mistake({_AFTER_ONE: 1}, "z = 1 is f = 0.73. More likely than not begins at f = ½, which is z = 0."),
        Mistake(
            {_AFTER_SIGMOID: 1},
            "A sigmoid's answer reaches 1 by rounding alone. More likely than not begins at ½.",
        ),
    ),
)

EXERCISES = (spacing_of_1000, what_is_lost, padded_slope, from_logits)
