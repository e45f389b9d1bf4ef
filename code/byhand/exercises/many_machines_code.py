"""Exercises of chapter 12, many machines, that are written in code."""

import numpy as np

from byhand.data_parallel import ring_all_reduce
from byhand.exercises.exercise import Exercise, Mistake
from byhand.step_time import Cluster

_RNG = np.random.default_rng(12)

# Shards of several sizes; one that is empty; equal ones, for which the plain mean is right.
_CASES_SLOPES = tuple(
    {"slopes": _RNG.normal(0, 2, (len(sizes), P)), "sizes": np.array(sizes)}
    for sizes, P in (([3, 2], 4), ([5, 4, 4], 2), ([6, 0, 1, 2], 3), ([2, 2, 2], 5))
)


def _spread(per_worker):
    return np.asarray(per_worker)[:, None]


combine_slopes = Exercise(
    name="combine_slopes",
    solution=lambda slopes, sizes: sizes / sizes.sum() @ slopes,
    right="Each shard weighs as much as it has examples.",
    cases=_CASES_SLOPES,
    mistakes=(
        Mistake(
            lambda slopes, sizes: slopes.mean(axis=0),
            "That is the plain mean: examples of small shards count for more. Weigh each row by its size.",
        ),
        Mistake(
            lambda slopes, sizes: slopes.sum(axis=0),
            "The rows are added as they are: each is a mean, so weigh it by its share of the batch.",
        ),
        Mistake(
            lambda slopes, sizes: sizes @ slopes,
            "That is the sum over all examples: divide by how many there are, sizes.sum().",
        ),
        Mistake(
            lambda slopes, sizes: sizes @ slopes / len(sizes),
            "Divided by the number of workers: the batch has sizes.sum() examples.",
        ),
        Mistake(
            lambda slopes, sizes: (_spread(sizes / sizes.sum()) * slopes).mean(axis=0),
            "The shares sum to one already: add the weighted rows, the mean divides once more.",
        ),
        Mistake(
            lambda slopes, sizes: sizes / sizes.max() @ slopes,
            "Divided by the largest shard: the shares must sum to one, so divide by sizes.sum().",
        ),
        Mistake(
            lambda slopes, sizes: sizes[::-1] / sizes.sum() @ slopes,
            "The weights stand in the reverse order: each row goes with the size of its own shard.",
        ),
        Mistake(
            lambda slopes, sizes: slopes.sum(axis=0) / sizes.sum(),
            "Each row has been divided by its shard's size: multiply by it before you divide by the batch's.",
        ),
        Mistake(
            lambda slopes, sizes: np.mean(sizes[:, None] * slopes) / sizes.sum(),
            "Everything went into one number: the slope has P of them, so add over axis=0 only.",
        ),
        Mistake(
            lambda slopes, sizes: _spread(sizes / sizes.sum()) * slopes,
            "The rows are weighted, and right; they are still to be added, over axis=0.",
        ),
        Mistake(
            lambda slopes, sizes: (1 / (sizes + 1e-9)) / np.sum(1 / (sizes + 1e-9)) @ slopes,
            "The weights are upside down: a large shard weighs more, not less.",
        ),
        Mistake(
            lambda slopes, sizes: slopes[sizes > 0].mean(axis=0),
            "The plain mean, without empty shards: those left still weigh as much as they have examples.",
        ),
    ),
)


def _ring(vectors, *, rounds=2, fewer=0, adds=1, turn=-1):
    """An all-reduce of one number a piece, or what becomes of it with a mistake in it.

    Args:
        vectors: D arrays (D,).
        rounds: for each worker but one.
        fewer: rounds left out at the end.
        adds: up to which part of the rounds, in D − 1, a number that arrives is added.
        turn: −1 if worker d sends piece d − k in round k.
    """
    held = [np.array(vector) for vector in vectors]
    n = len(held)
    for k in range(rounds * (n - 1) - fewer):
        source = [own.copy() for own in held]
        for d in range(n):
            to, piece = held[(d + 1) % n], (d + turn * k) % n
            to[piece] = source[d][piece] + (to[piece] if k < adds * (n - 1) else 0)
    return held


def _neighbours(vectors):
    return [vectors[d] + vectors[d - 1] for d in range(len(vectors))]


_CASES_VECTORS = tuple({"vectors": list(_RNG.integers(-9, 10, (D, D)).astype(float))} for D in (3, 4, 2, 5))

my_all_reduce = Exercise(
    name="my_all_reduce",
    solution=ring_all_reduce,
    right="Every worker holds the sum, after 2 (D − 1) rounds.",
    cases=_CASES_VECTORS,
    mistakes=(
        Mistake(
            lambda vectors: np.sum(vectors, axis=0),
            "That is the sum, once. Every worker needs it: return a list of D arrays.",
        ),
        Mistake(
            lambda vectors: [np.mean(vectors, axis=0)] * len(vectors),
            "That is the mean. An all-reduce adds; who wants the mean divides afterwards.",
        ),
        Mistake(
            lambda vectors: [np.full(len(v), np.sum(v)) for v in vectors],
            "Each worker has added up its own numbers: add number by number over the workers.",
        ),
        Mistake(
            lambda vectors: _ring(vectors, rounds=1),
            "That is the first half: each worker has one complete number. These go on for D − 1 more.",
        ),
        Mistake(
            lambda vectors: _ring(vectors, fewer=1),
            "One round too few: each worker still lacks one of the complete numbers.",
        ),
        Mistake(
            lambda vectors: _ring(vectors, adds=2),
            "In the second half the numbers are complete: put them in their place, don't add again.",
        ),
        Mistake(
            lambda vectors: _ring(vectors, adds=0),
            "Nothing is added: in the first D − 1 rounds what arrives is added to what is there.",
        ),
        Mistake(
            lambda vectors: _ring(vectors, turn=1),
            "In round k worker d sends piece d − k, the one that has just arrived; d + k is another.",
        ),
        Mistake(
            lambda vectors: _ring(vectors, turn=0),
            "Every worker sends the same piece in each round: in round k it is piece d − k.",
        ),
        Mistake(
            _neighbours,
            "That is the sum with one neighbour: it has to go on, 2 (D − 1) rounds in all.",
        ),
        Mistake(
            lambda vectors: _ring(_ring(vectors)),
            "The ring was run twice, so the sums were added up once more.",
        ),
        Mistake(
            lambda vectors: [np.concatenate(vectors)] * len(vectors),
            "The vectors stand behind one another: add them number by number.",
        ),
    ),
)


def _seconds(workers, computing, parameters, bandwidth, latency):
    return Cluster(parameters, 1, computing, bandwidth, latency).seconds(workers)


_CASES_STEP = (
    {"workers": 4, "computing": 2.0, "parameters": 30_000, "bandwidth": 1e5, "latency": 0.05},
    {"workers": 2, "computing": 0.3, "parameters": 500, "bandwidth": 1e4, "latency": 0.01},
    {"workers": 7, "computing": 5.0, "parameters": 2_000, "bandwidth": 3e4, "latency": 0.2},
    {"workers": 1, "computing": 0.7, "parameters": 9_000, "bandwidth": 2e4, "latency": 0.03},
)

step_seconds = Exercise(
    name="step_seconds",
    solution=_seconds,
    right="Computing is shared out; pieces travel in 2 (D − 1) rounds, each with its latency.",
    cases=_CASES_STEP,
    mistakes=(
        Mistake(
            lambda D, c, P, b, t: c + 2 * (D - 1) * (4 * P / D / b + t),
            "The computing isn't shared out: divide it by the number of workers.",
        ),
        Mistake(
            lambda D, c, P, b, t: c / D + (D - 1) * (4 * P / D / b + t),
            "Those are the rounds of adding. As many again hand the complete pieces on: 2 (D − 1).",
        ),
        Mistake(
            lambda D, c, P, b, t: c / D + 2 * D * (4 * P / D / b + t),
            "2 D rounds: a piece has been everywhere after D − 1, and one worker alone sends nothing.",
        ),
        Mistake(
            lambda D, c, P, b, t: c / D + 2 * (D - 1) * (4 * P / b + t),
            "In a round a piece travels, a share of 1 / D of the vector, not all of it.",
        ),
        Mistake(
            lambda D, c, P, b, t: c / D + 2 * (D - 1) * (P / D / b + t),
            "The bandwidth is in bytes, and a number has four of them.",
        ),
        Mistake(
            lambda D, c, P, b, t: c / D + 2 * (D - 1) * (32 * P / D / b + t),
            "32 bits a number, but the bandwidth is in bytes a second: four bytes a number.",
        ),
        Mistake(
            lambda D, c, P, b, t: c / D + 2 * (D - 1) * 4 * P / D / b + t,
            "The latency comes with every message, once in each round.",
        ),
        Mistake(
            lambda D, c, P, b, t: c / D + 2 * (D - 1) * 4 * P / D / b,
            "The latency is missing: every message takes that long before its first byte arrives.",
        ),
        Mistake(
            lambda D, c, P, b, t: c / D + 2 * (D - 1) * t,
            "The sending is missing: pieces of 4 P / D bytes, over the bandwidth.",
        ),
        Mistake(
            lambda D, c, P, b, t: 2 * (D - 1) * (4 * P / D / b + t),
            "The computing is missing: all of it divided by the number of workers.",
        ),
        Mistake(
            lambda D, c, P, b, t: c / D + 2 * (D - 1) * (4 * P / D * b + t),
            "Bytes times bytes a second: to get seconds, divide by the bandwidth.",
        ),
        Mistake(
            lambda D, c, P, b, t: max(c / D, 2 * (D - 1) * (4 * P / D / b + t)),
            "So it would be if sending ran beside computing. Here one comes after the other: add.",
        ),
        Mistake(
            lambda D, c, P, b, t: (c + 2 * (D - 1) * (4 * P / D / b + t)) / D,
            "Only the computing is shared out: each worker sends all of its pieces itself.",
        ),
        Mistake(
            lambda D, c, P, b, t: c / (c / D + 2 * (D - 1) * (4 * P / D / b + t)),
            "That is the speed-up. Asked is the time of the step.",
        ),
    ),
)

EXERCISES = (combine_slopes, my_all_reduce, step_seconds)
