"""Convolution: one dense layer, applied to every patch of a signal or a picture.

Shapes: M examples, C channels, U filters; a signal (M, T, C) with kernels (k, C, U) gives (M, L, U), a
picture (M, H, V, C) with kernels (h, v, C, U) gives (M, P, Q, U). As in all of deep learning the kernel is
not flipped: mathematics calls this cross-correlation.
"""

import numpy as np

from byhand import shapes
from byhand.ops import sums
from byhand.patches import patches, patches_vjp

CACHE = 2**18  # bytes: patches copied for a matrix product, few enough to stay near the processor

SIGNAL = "x (M, T, C), W (k, C, U)", "dy (M, L, U), patches (M, L, k, C), W (k, C, U)"
PICTURE = "x (M, H, V, C), W (h, v, C, U)", "dy (M, P, Q, U), patches (M, P, Q, h, v, C), W (h, v, C, U)"


def convolution(x, W, b, **window):
    """The same weights for every patch: y = patches(x) · W + b (eq-convolution).

    Args:
        x: (M, T, C) or (M, H, V, C).
        W: (k, C, U) or (h, v, C, U).
        b: (U,).
        window: stride, padding and dilation, as in `patches`.

    Returns:
        y: (M, L, U) or (M, P, Q, U).

    Raises:
        ValueError: if the shapes don't fit, or the window does not.

    Example:
        >>> signal, edge = np.array([0.0, 0, 3, 3, 1]).reshape(1, 5, 1), np.array([-1.0, 1]).reshape(2, 1, 1)
        >>> convolution(signal, edge, b=np.zeros(1))[0, :, 0]
        array([ 0.,  3.,  0., -2.])
    """
    shapes.check(f"{_letters(x)[0]}, b (U,)", x, W, b)
    seen = patches(x, W.shape[:-2], **window)
    y = np.empty((*seen.shape[: x.ndim - 1], len(b)), np.result_type(x, W, b))
    for few in _batches(seen):
        np.matmul(_rows(seen[few], W), W.reshape(-1, len(b)), out=y[few].reshape(-1, len(b)))
    y += b
    return y


def convolution_vjp(dy, x, W, dW=None, db=None, need_dx=True, **window):
    """Gradients of a cost through `convolution`: those of `dense`, gathered over all patches.

    Args:
        dy: (M, L, U) or (M, P, Q, U).
        x: (M, T, C) or (M, H, V, C), the input of the forward step.
        W: (k, C, U) or (h, v, C, U).
        dW: in the shape of W, where to write; a new array if None.
        db: (U,), where to write; a new array if None.
        need_dx: the first layer of a network does without dx.
        window: stride, padding and dilation, as in `patches`.

    Returns:
        dx or None, dW, db.

    Raises:
        ValueError: if the shapes don't fit, or the window does not.

    Example:
        >>> signal, edge = np.array([0.0, 0, 3, 3, 1]).reshape(1, 5, 1), np.array([-1.0, 1]).reshape(2, 1, 1)
        >>> dx, dW, db = convolution_vjp(np.ones((1, 4, 1)), signal, edge)
        >>> dx[0, :, 0], dW[:, 0, 0], db
        (array([-1.,  0.,  0.,  0.,  1.]), array([6., 7.]), array([4.]))
    """
    shapes.check(_letters(x)[0], x, W)
    seen = patches(x, W.shape[:-2], **window)
    shapes.check(_letters(x)[1], dy, seen, W)
    dW = np.empty(W.shape, np.result_type(x, dy)) if dW is None else dW
    _write_weight_gradient(dW, dy, seen)
    rows = dy.reshape(-1, dy.shape[-1])
    return (_input_gradient(dy, x, W, window) if need_dx else None), dW, sums(rows, out=db)


def _write_weight_gradient(dW, dy, seen):
    """dW = Σ patchᵀ dy over all patches of all examples."""
    dW[...] = 0
    for few in _batches(seen):
        per_patch = _rows(seen[few], dW).T @ dy[few].reshape(-1, dW.shape[-1])
        dW += per_patch.reshape(dW.shape)


def _input_gradient(dy, x, W, window):
    """Each entry of a patch gets dy Wᵀ, with the weights that belong to that entry."""
    rows, size = dy.reshape(-1, dy.shape[-1]), W.shape[:-2]
    back = ((rows @ W[entry].T).reshape(*dy.shape[:-1], -1) for entry in np.ndindex(size))
    return patches_vjp(back, x, size, **window)


def _rows(seen, W):
    """Patches as the rows of a matrix, in the order of the weights: the only copy made here."""
    return seen.reshape(-1, W[..., 0].size)


def _batches(seen):
    """Slices of a few examples each, so that the copy of their patches stays small."""
    few = max(1, CACHE // max(1, seen[:1].nbytes))
    return [slice(start, start + few) for start in range(0, len(seen), few)]


def _letters(x):
    return SIGNAL if np.ndim(x) == 3 else PICTURE
