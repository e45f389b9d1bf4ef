"""What a step costs on many workers: computing is shared out, sending is not. A model, for pencil and paper.

Every worker computes its share of the batch; then a ring all-reduce adds up the slopes. Nothing of the one
happens during the other. After Thakur, Rabenseifner and Gropp (2005).
"""

import math
from dataclasses import dataclass, fields

from byhand.checks import check_number, is_positive
from byhand.shapes import check_count

BYTES = 4  # of a number in float32


@dataclass(frozen=True)
class Cluster:
    """A task, and machines and a network to do it with.

    Args:
        parameters: P, as many numbers travel.
        batch: B, examples of a step, all workers together.
        example_seconds: to compute the slopes of one example on one worker.
        bandwidth: bytes a second that a worker can send; a line of one gigabit a second has 125e6.
        latency: seconds until a message arrives, however short it is.

    Raises:
        ValueError: if one of them is not positive and finite.

    Example:
        >>> cluster = Cluster(parameters=10_000, batch=32, example_seconds=1e-3, bandwidth=1e6, latency=1e-3)
        >>> [round(cluster.speed_up(workers), 2) for workers in (1, 2, 4)]
        [1.0, 0.55, 0.43]
    """

    parameters: float
    batch: float
    example_seconds: float
    bandwidth: float
    latency: float

    def __post_init__(self):
        for field in fields(self):
            check_number(getattr(self, field.name), field.name, "a positive finite number", is_positive)

    def parts(self, workers):
        """Seconds of a step spent computing, sending and waiting (eq-step-time)."""
        check_count(workers, "workers")
        rounds = 2 * (workers - 1)
        piece = BYTES * self.parameters / workers
        computing = self.batch * self.example_seconds / workers
        return computing, rounds * piece / self.bandwidth, rounds * self.latency

    def seconds(self, workers):
        """Seconds of a step (eq-step-time)."""
        return sum(self.parts(workers))

    def speed_up(self, workers):
        """How many times as many steps a second as one worker makes (eq-speed-up)."""
        return self.seconds(1) / self.seconds(workers)

    def turning_point(self):
        """Where the step would be shortest, mostly no whole number; 0 if nowhere (eq-turning-point)."""
        saved = self.batch * self.example_seconds - 2 * BYTES * self.parameters / self.bandwidth
        return math.sqrt(max(saved, 0) / (2 * self.latency))

    def best_workers(self):
        """The number of workers whose step is shortest; 1 if sending never pays."""
        below = max(1, math.floor(self.turning_point()))
        return min((below, below + 1), key=self.seconds)

    def break_even_batch(self):
        """The batch from which on two workers are faster than one (eq-break-even)."""
        sending = BYTES * self.parameters / self.bandwidth + 2 * self.latency
        return 2 * sending / self.example_seconds
