"""The drawings of speed_up before anything moves; speed_up.js then changes the parts that have a name."""

import math
from typing import NamedTuple

from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, line, number, pixel, place, tag
from byhand.figures.panel import folded_table, numbers, panel
from byhand.step_time import Cluster

DOUBLINGS = 10  # up to 1024 workers
ACROSS = (0, DOUBLINGS, LEFT, RIGHT)
UP = (-1, 3, BOTTOM, TOP), (-3, 1, BOTTOM, TOP)  # powers of ten: speed-up, share of one worker's step
GRID = sorted({round(2 ** (k / 4)) for k in range(4 * DOUBLINGS + 1)})
PARTS = {"computing": "zero dashed", "sending": "one", "waiting": "next"}
DASHES = {"sending": "9 4 2 4", "waiting": "2 4"}
PREFIXES = {1e12: "T", 1e9: "G", 1e6: "M", 1e3: "k", 1: "", 1e-3: "m", 1e-6: "µ", 1e-9: "n"}


class Shown(NamedTuple):
    """A cluster, and how many of its workers are marked."""

    cluster: Cluster
    workers: int


def draw(shown):
    """HTML: two panels, the numbers, the place for the controls, the table of doublings."""
    panels = tag("div", _speed_panel(shown) + _time_panel(shown), class_="panels")
    return panels + _numbers(shown) + tag("div", class_="controls", data_part="controls") + _table(shown)


def label_of_speed(shown):
    """The left drawing in words."""
    cluster, best = shown.cluster, shown.cluster.best_workers()
    here = digits(cluster.speed_up(shown.workers))
    return (
        f"Speed-up against the number of workers. {_count(shown.workers)}: {here}. "
        f"The shortest step is that of {_count(best)}: {digits(cluster.speed_up(best))}."
    )


def label_of_time(shown):
    """The right drawing in words."""
    parts, whole = shown.cluster.parts(shown.workers), shown.cluster.seconds(shown.workers)
    named = ", ".join(f"{name} {seconds(part)}" for name, part in zip(PARTS, parts, strict=True))
    return f"Time of a step. {_count(shown.workers)}: {seconds(whole)}, of it {named}."


def _count(workers):
    return "1 worker" if workers == 1 else f"{workers} workers"


def digits(value):
    """Three digits, without zeros at the end."""
    places = max(0, 2 - math.floor(math.log10(value))) if value else 0
    text = number(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value, unit):
    """A number with the prefix that suits it: 1.25 GB/s."""
    scale = next((scale for scale in PREFIXES if value >= scale), 1)
    return f"{digits(value / scale)} {PREFIXES[scale]}{unit}".strip()


def seconds(value):
    """A time with its unit."""
    return quantity(value, "s")


def spot(workers, value, side):
    """Where a value is drawn; far below the frame if there is none."""
    height = math.log10(value) if value > 0 else -99
    return place(math.log2(workers), ACROSS), place(height, UP[side])


def curve(value, side):
    """Path data of a function of the number of workers; a value of 0 has no place."""
    return line([spot(d, value(d), side) for d in GRID if value(d) > 0])


def _mark(part, shown, value, side):
    x, y = spot(shown.workers, value, side)
    return tag("circle", cx=x, cy=y, r="6", data_part=part)


def _best(part, shown):
    at = pixel(place(math.log2(min(shown.cluster.best_workers(), 2**DOUBLINGS)), ACROSS))
    return tag(
        "g", tag("path", d=f"M0 {TOP}V{BOTTOM}", class_="faint"), data_part=part, transform=f"translate({at})"
    )


def _speed_panel(shown):
    cluster = shown.cluster
    drawing = _best("best-speed", shown) + tag("path", d=curve(lambda d: d, 0), class_="dashed")
    drawing += tag("path", d=curve(cluster.speed_up, 0), class_="bold", data_part="speed")
    drawing += _mark("mark-speed", shown, cluster.speed_up(shown.workers), 0)
    return panel("speeds", label_of_speed(shown), "speed-up", "workers", drawing, _ticks(0, (-1, 0, 1, 2)))


def _time_panel(shown):
    cluster, one = shown.cluster, shown.cluster.seconds(1)
    drawing = _best("best-time", shown)
    for k, (name, style) in enumerate(PARTS.items()):
        dash = {"stroke_dasharray": DASHES[name]} if name in DASHES else {}
        path = curve(lambda d, k=k: cluster.parts(d)[k] / one, 1)
        drawing += tag("path", d=path, class_=style, stroke_width="2", data_part=name, **dash)
    drawing += tag("path", d=curve(lambda d: cluster.seconds(d) / one, 1), class_="bold", data_part="time")
    drawing += _mark("mark-time", shown, cluster.seconds(shown.workers) / one, 1)
    title = "time, one worker’s step = 1"
    return panel("times", label_of_time(shown), title, "workers", drawing, _ticks(1, (-2, -1, 0, 1)))


def _ticks(side, powers):
    across = "".join(
        tag("text", str(2**k), x=place(k, ACROSS), y=BOTTOM + 16, text_anchor="middle")
        for k in range(0, DOUBLINGS, 2)
    )
    return across + "".join(
        tag("text", f"{10.0**k:g}", x=LEFT - 6, y=place(k, UP[side]) + 5, text_anchor="end") for k in powers
    )


def _numbers(shown):
    cluster, best = shown.cluster, shown.cluster.best_workers()
    speed = cluster.speed_up(shown.workers)
    return numbers(
        {
            "workers": ("workers", str(shown.workers)),
            "step": ("step", seconds(cluster.seconds(shown.workers))),
            "speed-up": ("speed-up", digits(speed)),
            "share": ("speed-up a worker", digits(speed / shown.workers)),
            "best": ("best number", str(best)),
            "best-speed-up": ("speed-up there", digits(cluster.speed_up(best))),
            "break-even": ("two pay from a batch of", digits(cluster.break_even_batch())),
        }
    )


def _table(shown):
    head = ("workers", "computing", "sending", "waiting", "step", "speed-up")
    rows = [_row(shown.cluster, k) for k in range(DOUBLINGS + 1)]
    return folded_table("The numbers at each doubling", head, rows)


def _row(cluster, k):
    workers = 2**k
    texts = [seconds(part) for part in (*cluster.parts(workers), cluster.seconds(workers))]
    texts.append(digits(cluster.speed_up(workers)))
    names = ("computing", "sending", "waiting", "step", "speed")
    cells = [tag("td", text, data_part=f"{name}{k}") for name, text in zip(names, texts, strict=True)]
    return [tag("td", str(workers)), *cells]
