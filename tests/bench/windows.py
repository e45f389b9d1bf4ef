"""Two-dimensional convolution, forwards and backwards, written in two other ways."""

import numpy as np


def by_offsets(x, W, b, dy):
    """A product of matrices for every place in the kernel, over pictures moved by it."""
    dW, dx, y = np.empty_like(W), np.zeros_like(x), np.zeros_like(dy)
    P, Q = dy.shape[1:3]
    for i, j in np.ndindex(W.shape[:2]):
        y += x[:, i : i + P, j : j + Q] @ W[i, j]
    for i, j in np.ndindex(W.shape[:2]):
        dW[i, j] = np.tensordot(x[:, i : i + P, j : j + Q], dy, ((0, 1, 2), (0, 1, 2)))
        dx[:, i : i + P, j : j + Q] += dy @ W[i, j].T
    return y + b, dx, dW, dy.sum(axis=(0, 1, 2))


def by_indices(x, W, b, dy):
    """im2col: every window copied out by two arrays of indices, one large product, and added back."""
    (h, v, _, U), (M, P, Q, _) = W.shape, dy.shape
    rows = np.arange(P)[:, None, None, None] + np.arange(h)[:, None]
    columns = np.arange(Q)[:, None, None] + np.arange(v)
    windows = x[:, rows, columns].reshape(M * P * Q, -1)
    flat, d, dx = W.reshape(-1, U), dy.reshape(-1, U), np.zeros_like(x)
    np.add.at(dx, (slice(None), rows, columns), (d @ flat.T).reshape(M, P, Q, h, v, -1))
    return (windows @ flat + b).reshape(dy.shape), dx, (windows.T @ d).reshape(W.shape), d.sum(axis=0)
