"""Contracts of chapter 12, many machines: shards of a batch, a ring, the time of a step."""

import numpy as np
from contract import contract

from byhand.data_parallel import DataParallel, numbers_sent, shards
from byhand.layers import Dense
from byhand.losses import squared_error
from byhand.network import Network
from byhand.optimizers import GradientDescent
from byhand.step_time import Cluster


def shared_out(theta, X, D):
    """The slope of a batch, as DataParallel finds it, and those of its shards; f = X θ."""
    n, B = len(theta), len(X)
    unit = Network(n, [Dense(1)], squared_error)
    at, y = np.append(theta, 0.0), X[:, :1] ** 2
    parts = shards(B, D)
    found = {
        "B": B,
        "workers": D,
        "shard_sizes": np.array([len(own) for own in parts]),
        "shard_slopes": np.array([unit.value_and_grad(at, X[own], y[own])[1][:n] for own in parts]),
    }
    return found | {"slope": DataParallel(unit, D).value_and_grad(at, X, y)[1][:n]}


@contract("eq-shards", by=DataParallel.value_and_grad)
def weighted(theta, X):
    return shared_out(theta, X, 4 if len(X) % 4 else 3)


@contract("eq-equal-shards", by=DataParallel.value_and_grad)
def plain(theta, X):
    return shared_out(theta, np.concatenate([X, X[::-1] ** 3, X + 1]), 3)


@contract("eq-synchronous", by=(DataParallel.value_and_grad, GradientDescent.step))
def synchronous(theta, X, alpha):
    found, after = weighted(theta, X), theta.copy()
    GradientDescent(alpha).step(after, found.pop("slope"))
    return found | {"theta": after}


@contract("eq-linear-scaling", by=GradientDescent.step)
def linear_scaling(theta, shard_slopes, alpha):
    after = theta.copy()
    for slope in shard_slopes:
        GradientDescent(alpha).step(after, slope)
    return {"theta": after}


@contract("eq-ring-sent", by=numbers_sent)
def ring_sent(workers, P):
    return {"sent": numbers_sent(P, workers)}


def cluster(B, t_example, t_latency, bandwidth, P):
    return Cluster(P, B, t_example, bandwidth, t_latency)


@contract("eq-step-time", by=Cluster.parts, P="positive")
def step_time(workers, B, t_example, t_latency, bandwidth, P):
    return {"t_step": cluster(B, t_example, t_latency, bandwidth, P).seconds(workers)}


@contract("eq-speed-up", by=Cluster.speed_up, P="positive")
def speed_up(workers, B, t_example, t_latency, bandwidth, P):
    task = cluster(B, t_example, t_latency, bandwidth, P)
    return {"t_step": task.seconds(workers), "speed_up": task.speed_up(workers)}


@contract("eq-turning-point", by=Cluster.turning_point, P="positive")
def turning_point(B, t_example, t_latency, bandwidth, P):
    P = 0.1 * P  # so that it pays: the root is of a number above 0
    t_example = t_example + 16 * P / (bandwidth * B)
    return {
        "P": P,
        "t_example": t_example,
        "best_workers": cluster(B, t_example, t_latency, bandwidth, P).turning_point(),
    }


@contract("eq-break-even", by=Cluster.break_even_batch, P="positive")
def break_even(B, t_example, t_latency, bandwidth, P):
    return {"even_batch": cluster(B, t_example, t_latency, bandwidth, P).break_even_batch()}
