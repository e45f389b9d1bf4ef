"""Exercises of chapter 7, Adam, that are done on paper."""

from byhand.exercises.exercise import Exercise, Mistake

FLAT, STEEP = 2, 18

rate_limits = Exercise(
    name="rate_limits",
    solution=(2 / STEEP, 2 / (FLAT + STEEP), (STEEP - FLAT) / (STEEP + FLAT)),
    right="The steepest axis sets the limit, the sum of both the best rate, their ratio the speed.",
    rtol=0.005,
    mistakes=(
        Mistake(
            (2 / FLAT, 2 / (FLAT + STEEP), (STEEP - FLAT) / (STEEP + FLAT)),
            "The first is the flat axis's limit, 2/2. The steep one is lost long before: 2/18.",
        ),
        Mistake(
            (1 / STEEP, 2 / (FLAT + STEEP), (STEEP - FLAT) / (STEEP + FLAT)),
            "1/18 takes the steep axis to 0 in one step. It may overshoot: the factor 1 − 18α may go down to "
            "−1, at 2/18.",
        ),
        Mistake(
            (2 / STEEP, 1 / (FLAT + STEEP), (STEEP - FLAT) / (STEEP + FLAT)),
            "The best rate has a 2 on top: 1 − 2α and −(1 − 18α) are equal at α = 2/(2 + 18).",
        ),
        Mistake(
            (2 / STEEP, 2 / (STEEP - FLAT), (STEEP - FLAT) / (STEEP + FLAT)),
            "Below the bar of the best rate stands the sum of the curvatures. Their difference gives 2/16, "
            "beyond the limit 2/18.",
        ),
        Mistake(
            (2 / STEEP, 1 / STEEP, (STEEP - FLAT) / (STEEP + FLAT)),
            "1/18 is best for the steep axis alone. The flat one then shrinks by 1 − 2/18 only.",
        ),
        Mistake(
            (2 / STEEP, 2 / (FLAT + STEEP), (FLAT - STEEP) / (STEEP + FLAT)),
            "The third has the sign of the steep axis. By how much both shrink is its size.",
        ),
        Mistake(
            (2 / STEEP, 2 / (FLAT + STEEP), STEEP / FLAT),
            "The third is the condition number κ itself. The factor is (κ − 1)/(κ + 1).",
        ),
        Mistake(
            (2 / STEEP, 2 / (FLAT + STEEP), 1 - 2 * FLAT / STEEP),
            "The third is the flat axis's factor at the limit. At the best rate it is 1 − 2 · 2/20.",
        ),
    ),
)

second_step = Exercise(
    name="second_step",
    solution=(-0.04 / 0.19, 16.0, 0.04 / 0.19 / 4),
    right="The mean of 4 and −4 is nearly 0, their mean square is 16: a short step, back where it came from.",
    rtol=0.01,
    mistakes=(
        Mistake(
            (-0.04, 16.0, 0.01),
            "The first is m₂, without its hat: divide by 1 − 0.9² = 0.19.",
        ),
        Mistake(
            (-0.04 / 0.1, 16.0, 0.1),
            "The first was divided by 1 − 0.9, as at step 1. At step 2 it is 1 − 0.9² = 0.19.",
        ),
        Mistake(
            (0.76 / 0.19, 16.0, -1.0),
            "That is as if the second slope were 4 as well. It is −4, and m₂ is 0.9 · 0.4 − 0.1 · 4.",
        ),
        Mistake(
            (0.0, 16.0, 0.0),
            "4 and −4 don't cancel quite: the later slope weighs 0.1, the earlier one only 0.09.",
        ),
        Mistake(
            (-0.04 / 0.19, 0.031984, 0.04 / 0.19 / 0.031984**0.5),
            "The second is v₂, without its hat: divide by 1 − 0.999² = 0.001999.",
        ),
        Mistake(
            (-0.04 / 0.19, 4.0, 0.04 / 0.19 / 4),
            "The second is its root already. v-hat is the mean of the squares, 16.",
        ),
        Mistake(
            (-0.04 / 0.19, 16.0, -0.04 / 0.19 / 4),
            "The sizes are right. The step goes against m-hat: m-hat is negative, so the parameter grows.",
        ),
        Mistake(
            (-0.04 / 0.19, 16.0, 0.04 / 0.19 / 16),
            "The third was divided by v-hat: it is divided by the root of v-hat, which is 4.",
        ),
        Mistake(
            (-0.04 / 0.19, 16.0, 1.0),
            "Only the first step is α long. The second is α times |m-hat| over the root of v-hat.",
        ),
        Mistake(
            (-0.04 / 0.19, 0.0, 0.0),
            "Squares don't cancel: 4² and (−4)² are both 16.",
        ),
    ),
)

REMEMBERED = {"gradient descent": 0, "momentum": 11, "RMSProp": 11, "Adam": 22}
_DESCENT, _MOMENTUM, _RMSPROP, _ADAM = REMEMBERED

numbers_remembered = Exercise(
    name="numbers_remembered",
    solution=REMEMBERED,
    right="One number a parameter, the bias among them: a velocity, a mean square, or two means.",
    mistakes=(
        Mistake({_DESCENT: 11}, "Eleven parameters, but gradient descent keeps nothing beside them."),
        Mistake({_DESCENT: 1}, "The learning rate is given, not remembered: it never changes."),
        Mistake({_MOMENTUM: 10}, "The bias has a velocity, too: eleven."),
        Mistake({_MOMENTUM: 1}, "One velocity for all would push all one way: each parameter has its own."),
        Mistake({_MOMENTUM: 22}, "Momentum keeps one memory, the velocity. The parameters don't count."),
        Mistake({_RMSPROP: 10}, "The bias has a mean square, too: eleven."),
        Mistake({_RMSPROP: 1}, "One mean square for all would be one rate for all: each has its own."),
        Mistake({_RMSPROP: 22}, "RMSProp keeps one memory, the mean square; Adam adds the other."),
        Mistake({_ADAM: 11}, "Adam keeps two memories for each parameter: m and v."),
        Mistake({_ADAM: 20}, "The bias has both memories, too: twenty-two."),
        Mistake({_ADAM: 44}, "m-hat and v-hat are computed from m and v when needed. They aren't kept."),
        Mistake({_ADAM: 33}, "Two memories a parameter. The parameters themselves don't count."),
    ),
)

LONGER = {"gradient descent": 1000, "momentum": 1000, "RMSProp": 1, "Adam": 1}
_D, _M, _R, _A = LONGER

thousandfold_cost = Exercise(
    name="thousandfold_cost",
    solution=LONGER,
    right="What divides by the size of the slope doesn't notice; what doesn't takes a thousandfold step.",
    mistakes=(
        Mistake(
            {_D: 1},
            "A step is α times the slope, and each slope is a thousand times as large.",
        ),
        Mistake({_D: 1 / 1000}, "The slopes grow with the cost: the step is longer, not shorter."),
        Mistake({_M: 1}, "The velocity is a sum of slopes times α, and each is a thousandfold."),
        Mistake({_M: 10000}, "Momentum's factor of ten comes later, and for both costs."),
        Mistake({_R: 1000}, "RMSProp divides the slope by the root of its mean square, which grows as much."),
        Mistake(
            {_R: 1 / 1000},
            "The mean square grows a million times, but its root a thousand times.",
        ),
        Mistake({_A: 1000}, "Adam divides m-hat by the root of v-hat, and both grow a thousand times."),
        Mistake({_A: 1 / 1000}, "v-hat grows a million times, but it is its root that divides: a thousand."),
    ),
)

EXERCISES = (rate_limits, second_step, numbers_remembered, thousandfold_cost)
