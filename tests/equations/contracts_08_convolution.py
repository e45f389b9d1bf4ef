"""Contracts of chapter 8, convolutional layers. Windows are narrower than any drawn signal is long."""

import numpy as np
from contract import contract

from byhand.convolution import convolution, convolution_vjp
from byhand.layers import Conv2D
from byhand.locally_connected import locally_connected
from byhand.patches import margins, places
from byhand.pooling import average_pooling, max_pooling

F, S = 3, 2


def like(x, *shape):
    """More random numbers, which follow from those drawn."""
    return np.random.default_rng(abs(int(1e6 * np.ravel(x)[0]))).normal(size=shape)


def signal(x):
    """One example with one channel."""
    return x.reshape(1, -1, 1)


@contract("eq-windows", by=(places, margins))
def windows(n):
    """Without margins where n is even, with those of "same" where it is odd."""
    padding = "same" if n % 2 else "valid"
    (before, after), (T,) = margins([n], 4, 3, padding)[0], places([n], 4, 3, padding)
    return {"windows": T, "window": 4, "stride": 3, "margins": before + after}


@contract("eq-same", by=(places, margins))
def same(n):
    """A window narrower than the stride, where n allows it: then nothing may be missing."""
    size, stride = (2, 3) if n % 2 else (4, 3)
    (before, after), (T,) = margins([n], size, stride, "same")[0], places([n], size, stride, "same")
    return {"windows": T, "window": size, "stride": stride, "margins": before + after}


@contract("eq-reach", by=convolution_vjp)
def reach(n):
    """How many inputs the score of one unit has a slope along."""
    window, stride = [n, 4], [n - 1, 3]
    x, middle = np.zeros((1, 9 * n, 1)), np.zeros((1, 7, 1))
    first, last = (np.ones((size, 1, 1)) for size in window)
    (count,) = places([7], 4, 3)
    slope, _, _ = convolution_vjp(np.eye(count)[:1, :, None], middle, last, stride=3)
    (seen,) = places([9 * n], window[0], stride[0])
    dz = np.zeros((1, seen, 1))
    dz[:, :7] = slope
    dx, _, _ = convolution_vjp(dz, x, first, stride=stride[0])
    ends = np.flatnonzero(dx)
    return {"reach": ends[-1] - ends[0] + 1, "window_layers": window, "stride_layers": stride}


@contract("eq-locally-connected", by=locally_connected)
def own_weights(x):
    (T,) = places([len(x)], F, S)
    V, b = like(x, F, T), like(x[::-1], T)
    z = locally_connected(signal(x), V.T[:, :, None], b[:, None], F, stride=S)
    found = {"window": F, "stride": S, "windows": T}
    return found | {"logits": z[0, :, 0], "own_kernels": V, "b_units": b}


@contract("eq-shared-kernel", by=convolution)
def shared_kernel(x, b):
    w = like(x, F)
    z = convolution(signal(x), w[:, None, None], np.array([b]), stride=S)
    return {"window": F, "stride": S, "logits": z[0, :, 0], "w": w}


@contract("eq-kernel-slope", by=convolution_vjp)
def kernel_slope(x):
    (T,) = places([len(x)], F, S)
    dz = like(x, T)
    _, dW, _ = convolution_vjp(dz.reshape(1, -1, 1), signal(x), np.zeros((F, 1, 1)), stride=S)
    return {"window": F, "stride": S, "windows": T, "dL_dw": dW[:, 0, 0], "dL_dlogits": dz}


@contract("eq-flipped-kernel", by=convolution)
def flipped(x):
    w = like(x, F)
    z = convolution(signal(x), w[::-1, None, None], np.zeros(1))
    return {"window": F, "logits": z[0, :, 0], "w": w}


def picture_and_sizes(x):
    """A picture of 5 rows, 7 columns and 5 channels, with windows of 2 × 4 that lie 3 apart."""
    return like(x, 1, 5, 7, 5), {"window": 2, "window_columns": 4, "stride": 3}


@contract("eq-convolution", by=convolution)
def in_two_dimensions(x):
    X, sizes = picture_and_sizes(x)
    W, b = like(x[1:], 2, 4, 5, 3), like(x[2:], 3)
    z = convolution(X, W, b, stride=3)
    return sizes | {"channels": 5, "picture": X[0], "kernels": W, "b_units": b, "maps": z[0]}


@contract("eq-kernel-parameters", by=Conv2D)
def parameters(U):
    layer = Conv2D(U, (3, 4)).parameters((9, 8, 2))
    P = sum(np.prod(parameter.shape) for parameter in layer.values())
    return {"P": P, "window": 3, "window_columns": 4, "channels": 2}


@contract("eq-max-pooling", by=max_pooling)
def largest(x):
    X, sizes = picture_and_sizes(x)
    return sizes | {"picture": X[0], "pooled": max_pooling(X, (2, 4), stride=3)[0]}


@contract("eq-average-pooling", by=average_pooling)
def mean(x):
    X, sizes = picture_and_sizes(x)
    return sizes | {"picture": X[0], "pooled": average_pooling(X, (2, 4), stride=3)[0]}
