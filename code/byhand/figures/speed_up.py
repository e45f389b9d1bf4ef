"""Speed-up against the number of workers, and what a step's time goes into."""

from dataclasses import asdict, replace

from byhand.figures.frame import Figure
from byhand.figures.speed_up_picture import Shown, draw, label_of_speed, label_of_time
from byhand.shapes import is_count
from byhand.step_time import Cluster

RANGES = {  # of the sliders, in powers of ten; the batch in powers of two
    "parameters": (4, 11),
    "batch": (0, 16),
    "example_seconds": (-6, 0),
    "bandwidth": (7, 12),
    "latency": (-7, -2),
}
BASES = {"batch": 2}
MOST = 1024
# 25 million parameters, a hundredth of a second for an example, a line of ten gigabits a second.
CLUSTER = Cluster(parameters=25e6, batch=256, example_seconds=0.01, bandwidth=1.25e9, latency=5e-5)
CAPTION = (
    "Left: how many times as fast as one worker; dashed, what it would be if sending took no time. Right: "
    "the time of a step, as a share of one worker’s: all of it (bold), computing (dashed), sending (dash and "
    "dot), waiting for messages (dotted). All axes are logarithmic. ● is the number of workers chosen, | the "
    "number with the shortest step.<br><strong>Predict first:</strong> with 64 workers, one of these hardly "
    "helps: twice the batch, twice the bandwidth, half the latency. Which? Try each, and Reset between them. "
    "And with 1024?"
)


def speed_up(cluster=CLUSTER, workers=64):
    """Curves of speed-up and of a step's time, up to 1024 workers.

    Args:
        cluster: a byhand.step_time.Cluster whose numbers lie within RANGES.
        workers: how many are marked, 1 to 1024.

    Returns:
        Figure.

    Raises:
        ValueError: for a number out of range.
    """
    for name, (low, high) in RANGES.items():
        value, base = getattr(cluster, name), BASES.get(name, 10)
        if not base**low <= value <= base**high:
            raise ValueError(
                f"Expected {name} from {base}^{low} to {base}^{high}. Received: {name}={value!r}"
            )
    if not is_count(workers) or workers > MOST:
        raise ValueError(f"Expected 1 to {MOST} workers. Received: workers={workers!r}")
    shown = Shown(replace(cluster, **{name: float(getattr(cluster, name)) for name in RANGES}), int(workers))
    summary = f"speed-up. {label_of_speed(shown)} {label_of_time(shown)}"
    model = asdict(shown.cluster) | {"workers": shown.workers}
    return Figure("speed-up", model, CAPTION, draw(shown), summary)
