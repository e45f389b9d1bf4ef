"""Exercises of chapter 12, many machines, that are done on paper."""

from byhand.exercises.exercise import Exercise, Mistake

batch_slope = Exercise(
    name="batch_slope",
    solution=1.0,
    right="30 · 2 and 10 · (−2) are the sums of the shards; their sum, over 40, is the mean.",
    mistakes=(
        Mistake(
            0.0, "That is the plain mean: each of the 10 examples would count three times as much as the 30."
        ),
        Mistake(40.0, "That is the sum over all examples, 60 − 20; the slope of the batch is their mean."),
        Mistake(20.0, "60 − 20 is right; but there are 40 examples to divide by, not two workers."),
        Mistake(2.0, "That is 60 + 20 over 40: the second worker's slope is below 0."),
        Mistake(-1.0, "The weights have changed places, or the sign: the 30 examples have the slope 2."),
        Mistake(4 / 3, "Divided by 30. The batch has 40 examples, those of both workers."),
        Mistake(4.0, "Divided by 10. The batch has 40 examples, those of both workers."),
        Mistake(1.5, "Three quarters of 2 is right; a quarter of −2 is still to be added."),
    ),
)

ring_count = Exercise(
    name="ring_count",
    solution=(6, 18),
    right="Three rounds of adding, three of handing on; three numbers in each.",
    mistakes=(
        Mistake((3, 9), "That is the first half: then each has one complete piece. It must still go round."),
        Mistake((6, 72), "A piece is a quarter of the vector: three numbers a round, not twelve."),
        Mistake(
            (8, 24), "One round too many in each half: what went round all four has come back to its start."
        ),
        Mistake(
            (4, 12), "Four workers need three rounds for adding, as many as there are neighbours to pass."
        ),
        Mistake((6, 24), "The rounds are right. A piece is 12 / 4 = 3 numbers."),
        Mistake(
            (6, 12), "The rounds are right. Six of them with three numbers each are more than the vector."
        ),
        Mistake(
            (6, 36), "As many would go if all were sent to one worker and back: in a ring only pieces go."
        ),
        Mistake((18, 6), "The two have changed places: first the rounds, then the numbers."),
        Mistake((6, 3), "That is what a worker sends in one round. Asked is all of it."),
    ),
)

OWN = {
    "first weights": "same",
    "examples of a step": "own",
    "seed that shuffles the epoch": "same",
    "size that the losses are divided by before adding": "same",
    "slopes before all_reduce": "own",
    "slopes after all_reduce": "same",
    "learning rate": "same",
}
_WEIGHTS, _EXAMPLES, _SEED, _SIZE, _BEFORE, _AFTER, _RATE = OWN

same_or_own = Exercise(
    name="same_or_own",
    solution=OWN,
    right="Only the examples differ, and the slopes that come of them, until they are added up.",
    mistakes=(
        Mistake(
            {_WEIGHTS: "own"},
            "With first weights of its own each would walk elsewhere, on everybody's slopes.",
        ),
        Mistake(
            {_EXAMPLES: "same"}, "With the same examples all would compute the same, and share nothing out."
        ),
        Mistake(
            {_SEED: "own"},
            "With an order of its own each would cut other batches: some examples come twice, some never.",
        ),
        Mistake(
            {_SIZE: "own"},
            "Divided by the shard's own size and added, the slopes are D times too long: the whole batch's.",
        ),
        Mistake({_BEFORE: "same"}, "Until they are added up, they come from each worker's own examples."),
        Mistake({_AFTER: "own"}, "all_reduce gives every worker the same sum, or their weights would part."),
        Mistake({_RATE: "own"}, "With rates of their own the workers would make different steps and part."),
    ),
)

eight_workers = Exercise(
    name="eight_workers",
    solution=(0.4, 20),
    right="A batch of 256: eight times the rate, and ⌈5,000 / 256⌉ steps.",
    mistakes=(
        Mistake((0.05, 20), "The steps are right. The rule: batch times eight, rate times eight."),
        Mistake(
            (0.4, 157), "So many steps an epoch has with batches of 32. Eight workers use up 256 in each."
        ),
        Mistake((0.4, 19), "Rounded down: the examples left over make one more, smaller batch."),
        Mistake((0.4, 5000 / 256), "Steps are whole: the examples left over make one more, smaller batch."),
        Mistake((0.05 / 8, 20), "Divided: a larger batch makes fewer steps, and each is to be longer."),
        Mistake(
            (0.05 * 8**0.5, 20), "That is the square root's rule. The linear one takes eight times the rate."
        ),
        Mistake((1.6, 20), "0.05 · 32: the batch has grown by 8, from 32 to 256."),
        Mistake((0.4, 1250), "Divided by four. The batch has 8 · 32 = 256 examples."),
        Mistake((0.4, 625), "Divided by eight workers: each step uses up 8 · 32 = 256 examples."),
        Mistake(
            (0.05, 157), "So it is for one worker. With eight the batch has 256 examples, and the rate grows."
        ),
    ),
)

EXERCISES = (batch_slope, ring_count, same_or_own, eight_workers)
