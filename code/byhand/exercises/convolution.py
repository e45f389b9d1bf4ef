"""Exercises of chapter 8, convolutional layers, that are done on paper."""

from byhand.exercises.exercise import Exercise, Mistake

windows = Exercise(
    name="windows",
    solution=(39, 40, 12, 6),
    right="One window, one more for each stride that is left; a rounded-up quotient; 24 rows halved; 5 + 1.",
    mistakes=(
        Mistake((38, 40, 12, 6), "(a) counts the strides after the first window: add the first one, too."),
        Mistake((40, 40, 12, 6), "(a) is n/S: the last of these windows would hang over the end."),
        Mistake((950, 40, 12, 6), "(a) is n − F: divide by the stride, then add the first window."),
        Mistake((951, 40, 12, 6), "(a) is right for stride 1. With stride 25 divide 950 by 25 first."),
        Mistake((39, 39, 12, 6), "(b) has margins now: as many windows as n/S, rounded up."),
        Mistake((39, 1000, 12, 6), '"same" keeps the size for stride 1 only: (b) divides 1000 by 25.'),
        Mistake((39, 40, 24, 6), "(c) is right up to the kernel. The pooling halves these 24 rows."),
        Mistake((39, 40, 14, 6), "(c) halves 28: the kernel of 5 takes four rows first, and leaves 24."),
        Mistake((39, 40, 23, 6), "(c): the pooling windows lie side by side, so their stride is 2, not 1."),
        Mistake((39, 40, 144, 6), "(c) asks for rows alone: 12, not 12 × 12."),
        Mistake((39, 40, 12, 5), "(d) is what the kernel sees. The pooling window sees two of its rows."),
        Mistake(
            (39, 40, 12, 7), "(d): neighbouring windows are one row apart, S = 1, so only one row comes in."
        ),
        Mistake((39, 40, 12, 10), "(d): the two windows of 5 overlap: they see 6 rows together, not 10."),
        Mistake(
            (39, 40, 12, 2), "(d) is the pooling window itself; each of its rows has seen 5 of the picture."
        ),
    ),
)

kernel_parameters = Exercise(
    name="kernel_parameters",
    solution=(3 * 3 * 8 + 1) * 16,
    right="Nine weights for each of 8 channels and one bias, sixteen times; the map's size doesn't come in.",
    mistakes=(
        Mistake(3 * 3 * 8 * 16, "The biases are missing: one for each of the 16 kernels."),
        Mistake((3 * 3 + 1) * 16, "A kernel reaches through all channels: 3 · 3 weights for each of the 8."),
        Mistake(
            3 * 3 * 16, "The channels are missing, and the biases: 3 · 3 · 8 weights and one bias a kernel."
        ),
        Mistake((3 * 3 + 1) * 8 * 16, "A kernel has one bias, not one for each channel it reads."),
        Mistake((3 * 8 + 1) * 16, "The kernel has rows and columns: 3 · 3 weights for each channel."),
        Mistake(
            (10 * 10 * 8 + 1) * 16,
            "That is a dense layer of 16 units. A kernel sees 3 × 3 of the map at a time.",
        ),
        Mistake(
            (3 * 3 * 8 + 1) * 16 * 8 * 8,
            "That counts the kernel once for each of the 8 × 8 places: they all share it.",
        ),
        Mistake(
            (3 * 3 * 8 + 1) * 16 * 10 * 10,
            "That counts the kernel once for each pixel of the map: all places share it.",
        ),
        Mistake((3 * 3 * 16 + 1) * 8, "16 and 8 have changed places: 8 channels come in, 16 maps go out."),
        Mistake(3 * 3 * 8 + 1, "That is one kernel with its bias. There are sixteen."),
    ),
)

_SHIRT = "price, shipping, marketing and material of a shirt"
_COUGH = "does a cough occur anywhere in this recording?"
_EDGES = "mark every edge of this photo"
_FACES = "photos of faces, eyes and mouth always in the same place"
_SHUFFLE = "the same shuffle of the pixels for all pictures"
_LARGEST = "convolution, largest"

which_layer = Exercise(
    name="which_layer",
    solution={
        _SHIRT: "dense",
        _COUGH: _LARGEST,
        _EDGES: "convolution",
        _FACES: "local",
        _SHUFFLE: "dense",
    },
    right="Neighbours ask for windows, the same thing in many places for sharing, “anywhere” for a maximum.",
    mistakes=(
        Mistake({_SHIRT: "local"}, "The four numbers of a shirt have no order, so a window means nothing."),
        Mistake(
            {_SHIRT: "convolution"}, "Price and shipping are no neighbours, and no pattern moves along them."
        ),
        Mistake({_SHIRT: _LARGEST}, "The largest of what? Four different things have no windows to compare."),
        Mistake(
            {_COUGH: "dense"}, "A dense layer has to learn the cough anew for every second of the recording."
        ),
        Mistake({_COUGH: "local"}, "With weights of its own each window has to learn the cough anew."),
        Mistake(
            {_COUGH: "convolution"},
            "It finds the cough, and says where. Asked is only whether: hand on the largest answer.",
        ),
        Mistake({_EDGES: "dense"}, "An edge looks the same everywhere, and it is seen from a few pixels."),
        Mistake({_EDGES: "local"}, "An edge looks the same everywhere: one kernel will do for all places."),
        Mistake({_EDGES: _LARGEST}, "Every edge is to be marked: keep the answer of each place."),
        Mistake({_FACES: "dense"}, "An eye is seen from the pixels around it: windows know that."),
        Mistake(
            {_FACES: "convolution"},
            "If the eyes are always at the top, the kernels at the bottom need not know eyes: don't share.",
        ),
        Mistake({_FACES: _LARGEST}, "That forgets the place, and here the place says what to look for."),
        Mistake({_SHUFFLE: "local"}, "After the shuffle neighbours are strangers: a window sees no pattern."),
        Mistake(
            {_SHUFFLE: "convolution"}, "After the shuffle no pattern moves along: there is nothing to share."
        ),
        Mistake(
            {_SHUFFLE: _LARGEST},
            "After the shuffle no window holds a pattern, so none is largest for a reason.",
        ),
    ),
)

convolve_by_hand = Exercise(
    name="convolve_by_hand",
    solution=(1, -5, 4),
    right="2 − 2 + 1, then 0 − 6 + 1, then 1 + 2 + 1.",
    mistakes=(
        Mistake((0, -6, 3), "The bias is missing: add 1 to each score."),
        Mistake((-2, 4, -2), "The kernel was turned round, as in mathematics. Keras takes it as it is."),
        Mistake((-3, 3, -3), "The kernel was turned round, and the bias is missing."),
        Mistake((5, 7, 0), "The sign of the last weight is lost: it is −2."),
        Mistake((1, -5, 0), "Minus two times minus one is plus two: look at the third window again."),
        Mistake((1, 4), "That is stride 2: with stride 1 there are three windows."),
        Mistake((1, -5, 4, 4, 0), "Two windows too many: the last ones hang over the end. No margins here."),
        Mistake((1, 1, -5, 4, 4), "Five windows: those at the ends need margins, and there are none."),
        Mistake((3, 1, 2), "The third sample of each window is missing: its weight is −2."),
        Mistake((4, -5, 1), "The three scores are right, in the opposite order."),
    ),
)

_ONE, _TWO, _THREE = (f"a convolution with stride {s}" for s in (1, 2, 3))
_TOP = "the largest number of each map of the stride-1 convolution"
_DENSE, _POOL = "a dense layer", "max pooling 2 × 2, side by side"

shift = Exercise(
    name="shift",
    solution={
        _ONE: "moved",
        _TWO: "moved",
        _THREE: "other",
        _TOP: "same",
        _DENSE: "other",
        _POOL: "moved",
    },
    right="A shift by a multiple of the stride moves the map; the largest of all places stays.",
    mistakes=(
        Mistake({_ONE: "same"}, "The kernel finds the pattern two places further: the numbers have moved."),
        Mistake(
            {_ONE: "other"}, "Every window of the moved picture was a window before: the numbers only move."
        ),
        Mistake({_TWO: "same"}, "Two pixels are one stride: the map moves by one place."),
        Mistake(
            {_TWO: "other"}, "Two is a multiple of the stride: the same windows are met, one place further."
        ),
        Mistake(
            {_THREE: "moved"}, "Two is no multiple of 3: the windows now begin at pixels where none began."
        ),
        Mistake(
            {_THREE: "same"}, "Each window now holds other pixels; nothing holds the numbers where they were."
        ),
        Mistake(
            {_TOP: "moved"}, "The place of the largest moves. The number itself is all that is handed on."
        ),
        Mistake({_TOP: "other"}, "The same windows are met elsewhere, so the largest of them is the same."),
        Mistake({_DENSE: "same"}, "Each pixel has its own weight, and the ink now lies on others."),
        Mistake(
            {_DENSE: "moved"},
            "A dense layer has no map in which anything could move: each unit has one number.",
        ),
        Mistake(
            {_POOL: "same"}, "Pooling swallows shifts within a window. Two pixels lead into the next one."
        ),
        Mistake(
            {_POOL: "other"}, "Its stride is 2, and so is the shift: the same windows, one place further."
        ),
    ),
)

EXERCISES = (windows, kernel_parameters, which_layer, convolve_by_hand, shift)
