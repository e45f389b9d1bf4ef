"""The drawings of threshold before anything moves; threshold.js then changes the parts that have a name."""

import numpy as np

from byhand.activations import sigmoid
from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, line, number, pixel, place, tag
from byhand.figures.panel import folded_table, numbers, panel, ticks_below, ticks_beside

REACH, STEP = 6, 0.5  # of the thresholds; beyond, scores go into one more bin at either end
Z = (-REACH - STEP, REACH + STEP, LEFT, RIGHT)
SHARE = (0, 1, LEFT + 8, RIGHT - 8), (0, 1, BOTTOM - 8, TOP + 8)  # recall and precision, as places
MIDDLE, TALLEST = (TOP + BOTTOM) / 2, (BOTTOM - TOP) / 2 - 12
WIDTH = "9"  # of a bar
KINDS = {"tp": "one", "fn": "one dashed", "fp": "zero dashed", "tn": "zero"}
COUNTS = {"tp": "hits TP", "fp": "false alarms FP", "fn": "misses FN", "tn": "rightly denied TN"}


def draw(scores):
    """HTML: two panels, the numbers, the place for the controls, the table of thresholds."""
    panels = tag("div", _score_panel(scores) + _curve_panel(scores), class_="panels")
    return panels + _numbers(scores) + tag("div", class_="controls", data_part="controls") + _table(scores)


def label_of_scores(scores):
    """The left drawing in words."""
    now, name = scores.at(scores.t), scores.names[scores.shown]
    return (
        f"Examples by their logit for {name}. The threshold is z = {number(scores.t, 1)}, "
        f"a = {number(sigmoid(np.float64(scores.t)), 3)}. Of {now.tp + now.fn} that have the label "
        f"{now.tp} are reported and {now.fn} missed; of {now.fp + now.tn} that don't, {now.fp} are reported."
    )


def label_of_curve(scores):
    """The right drawing in words."""
    now = scores.at(scores.t)
    ends = [scores.at(t) for t in (-2.0, 2.0)]
    low, high = (f"{share(end.precision)} and {share(end.recall)}" for end in ends)
    return (
        f"Precision against recall. Here they are {share(now.precision)} and {share(now.recall)}; "
        f"at z = −2 they are {low}, at z = 2 {high}."
    )


def share(value):
    """A share in three digits; a dash where there is no case."""
    return "–" if np.isnan(value) else number(value, 3)


def heights(scores):
    """Scenes in each bin: {"tp": (bins,), …}."""
    z, y = scores.z[:, scores.shown], scores.y[:, scores.shown] == 1
    bins = np.clip(np.floor(z / STEP), -REACH / STEP - 1, REACH / STEP).astype(int) + int(REACH / STEP) + 1
    yes, size = z >= scores.t, int(2 * REACH / STEP) + 2
    parts = {"tp": y & yes, "fn": y & ~yes, "fp": ~y & yes, "tn": ~y & ~yes}
    return {kind: np.bincount(bins[part], minlength=size) for kind, part in parts.items()}


def bars(counts, upward, tallest):
    """Path data of one stroke for each bin that is not empty."""
    sign = -1 if upward else 1
    strokes = ""
    for k in np.flatnonzero(counts):
        x = pixel(place((k - REACH / STEP - 0.5) * STEP, Z))
        strokes += f"M{x} {pixel(MIDDLE)}V{pixel(MIDDLE + sign * TALLEST * counts[k] / tallest)}"
    return strokes


def _score_panel(scores):
    found = heights(scores)
    tallest = max(int(counts.max()) for counts in found.values())
    drawing = "".join(
        tag("path", d=bars(counts, kind in ("tp", "fn"), tallest), stroke_width=WIDTH, class_=KINDS[kind],
            data_part=f"bars-{kind}")
        for kind, counts in found.items()
    )  # fmt: skip
    drawing += tag("path", d=line([(LEFT, MIDDLE), (RIGHT, MIDDLE)]), class_="faint") + _border(scores)
    words = tag("text", "has the label", x=LEFT + 6, y=TOP + 16, class_="small")
    words += tag("text", "hasn’t", x=RIGHT - 6, y=BOTTOM - 8, text_anchor="end", class_="small")
    ticks = ticks_below(range(-REACH, REACH + 1, 2), Z) + words
    return panel("scores", label_of_scores(scores), _title(scores), "logit z", drawing, ticks)


def _title(scores):
    name = tag("tspan", scores.names[scores.shown], data_part="name")
    return name + ", tallest bar " + tag("tspan", str(_tallest(scores)), data_part="tallest")


def _tallest(scores):
    return max(int(counts.max()) for counts in heights(scores).values())


def _border(scores):
    """The threshold; what is right of it is reported."""
    stroke = tag("path", d=f"M0 {TOP}V{BOTTOM}", class_="next bold")
    at = pixel(place(scores.t, Z))
    return tag("g", stroke, data_part="border", transform=f"translate({at})")


def _curve_panel(scores):
    spots = curve(scores)
    x, y = spot(scores.at(scores.t))
    drawing = tag("path", d=line(spots), class_="bold", data_part="curve")
    drawing += tag("circle", cx=x, cy=y, r="6", data_part="dot")
    ticks = ticks_beside((0, 0.5, 1), SHARE[1], {0.5: "½"})
    ticks += "".join(
        tag("text", text, x=place(value, SHARE[0]), y=BOTTOM + 16, text_anchor="middle")
        for value, text in ((0, "0"), (0.5, "½"), (1, "1"))
    )
    return panel("rates", label_of_curve(scores), "precision", "recall", drawing, ticks)


def curve(scores):
    """Places of every threshold at which anything is reported."""
    found = (scores.at(t) for t in np.arange(-REACH, REACH + STEP, STEP))
    return [spot(reading) for reading in found if not np.isnan(reading.precision)]


def spot(reading):
    """Where a reading is drawn; with nothing reported, at the left edge."""
    precision = 0.0 if np.isnan(reading.precision) else reading.precision
    return place(reading.recall, SHARE[0]), place(precision, SHARE[1])


def _numbers(scores):
    now = scores.at(scores.t)
    right = (now.tp + now.tn) / len(scores.z)
    texts = {kind: (word, str(getattr(now, kind))) for kind, word in COUNTS.items()}
    texts |= {"precision": ("precision", share(now.precision)), "recall": ("recall", share(now.recall))}
    return numbers(texts | {"accuracy": ("accuracy", share(right))})


def _table(scores):
    words = ("z", "a", "TP", "FP", "FN", "TN", "precision", "recall")
    rows = [_row(scores, t) for t in range(-REACH, REACH + 1)]
    return folded_table("The numbers at each threshold", words, rows)


def _row(scores, t):
    """A threshold and its probability stay; what they come to depends on the label shown."""
    now = scores.at(t)
    texts = {kind: str(getattr(now, kind)) for kind in COUNTS}
    texts |= {"precision": share(now.precision), "recall": share(now.recall)}
    fixed = [tag("td", number(t, 0)), tag("td", number(sigmoid(np.float64(t)), 3))]
    return fixed + [tag("td", text, data_part=f"{kind}{t + REACH}") for kind, text in texts.items()]
