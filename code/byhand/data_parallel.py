"""Data parallelism in one process: shards of a batch, the gradient of each, and how workers add them up.

Shapes: M examples, P parameters, D workers.
"""

from dataclasses import dataclass

import numpy as np

from byhand.network import Network
from byhand.shapes import check_count


def shards(examples, workers):
    """Index arrays that share out 0 … examples−1 in order, one for each worker; sizes differ by at most 1.

    Args:
        examples: M.
        workers: D; where it is above M, some shards are empty.

    Raises:
        ValueError: if either is not a positive whole number.

    Example:
        >>> shards(5, workers=2)
        [array([0, 1, 2]), array([3, 4])]
    """
    check_count(examples, "examples")
    check_count(workers, "workers")
    return np.array_split(np.arange(examples), workers)


def ring_all_reduce(vectors):
    """The sum of D vectors, for each of D workers in a ring: Patarasuk and Yuan (2009).

    Each vector is cut into D pieces. In every round each worker hands one piece to its neighbour, which
    for D − 1 rounds adds it to its own, and for D − 1 more puts it in its place (eq-ring-sent).

    Args:
        vectors: D arrays (P,), one a worker; they are left as they are.

    Returns:
        D arrays (P,), the same to the last bit.

    Raises:
        ValueError: if there is none, or they are not vectors of one length.

    Example:
        >>> ring_all_reduce([np.array([1.0, 2.0]), np.array([10.0, 20.0])])
        [array([11., 22.]), array([11., 22.])]
    """
    _check(vectors)
    workers = len(vectors)
    pieces = [np.array_split(np.array(vector), workers) for vector in vectors]
    for k in range(2 * (workers - 1)):
        ring_round(pieces, k)
    return [np.concatenate(own) for own in pieces]


def ring_round(pieces, k):
    """Round k of a ring all-reduce, from 0, in place.

    Each worker d hands its piece d − k to its neighbour d + 1. One after the
    other will do: the piece that leaves is never the one that arrives.

    Args:
        pieces: for each of D workers its D pieces, arrays.
        k: below D − 1 what arrives is added; from then on it is complete.
    """
    workers = len(pieces)
    for d in range(workers):
        piece = (d - k) % workers
        own, place = pieces[d][piece], pieces[(d + 1) % workers][piece]
        place[:] = place + own if k < workers - 1 else own


def _check(vectors):
    found = [np.shape(vector) for vector in vectors]
    if not found or len(set(found)) > 1 or len(found[0]) != 1:
        raise ValueError(f"Expected vectors of one length, one for each worker. Received: shapes={found}")


def numbers_sent(parameters, workers):
    """How many numbers each worker sends in a ring all-reduce, 2 (D − 1) P / D (eq-ring-sent).

    Args:
        parameters: P.
        workers: D.
    """
    return 2 * (workers - 1) * parameters / workers


@dataclass(frozen=True)
class DataParallel:
    """A network whose batches are shared out over workers; `byhand.training.fit` takes it as a network.

    Args:
        network: a Network without a penalty: each worker would add the whole of it.
        workers: D.

    Raises:
        ValueError: if network has a penalty, or workers is not a positive whole number.
    """

    network: Network
    workers: int

    def __post_init__(self):
        check_count(self.workers, "workers")
        if self.network.l2:
            raise ValueError(f"Expected a network with l2=0. Received: l2={self.network.l2!r}")

    def value_and_grad(self, theta, x, y):
        """Cost of a batch and its gradient, from its shards (eq-shards).

        Args:
            theta: (P,), the same for every worker.
            x: (M, …).
            y: the targets, as the loss wants them.

        Returns:
            value: float.
            grad: (P,), as any of the workers has it.
        """
        value, weighed = 0.0, []
        for own in filter(len, shards(len(x), self.workers)):
            share = len(own) / len(x)
            cost, grad = self.network.value_and_grad(theta, x[own], y[own])
            value += share * cost
            weighed.append(share * grad)
        return value, ring_all_reduce(weighed)[0]
