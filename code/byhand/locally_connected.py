"""Locally connected: a dense layer of its own for every window, nothing shared.

Shapes: M examples of T samples in C channels, windows of k samples in L places, U filters. Row i C + c of a
window's weights belongs to its sample i and channel c, as in Keras 2 (Keras 3 has no such layer).
"""

import numpy as np

from byhand import shapes
from byhand.patches import patches, patches_vjp


def locally_connected(x, W, b, size, *, stride=1):
    """Other weights in every place: y_l = patch_l W_l + b_l.

    Args:
        x: (M, T, C).
        W: (L, k C, U).
        b: (L, U).
        size: of the window, k.
        stride: steps from one window to the next.

    Returns:
        y: (M, L, U).

    Raises:
        ValueError: if the shapes don't fit, or the window does not.

    Example:
        >>> x, W = np.array([1.0, 2, 3]).reshape(1, 3, 1), np.array([[1.0, 0], [0, 10]]).reshape(2, 2, 1)
        >>> locally_connected(x, W, b=np.zeros((2, 1)), size=2)[0, :, 0]
        array([ 1., 30.])
    """
    rows = _rows(x, size, stride)
    shapes.check("patches (L, M, kC), W (L, kC, U), b (L, U)", rows, W, b)
    y = (rows @ W).swapaxes(0, 1)
    y += b
    return y


def locally_connected_vjp(dy, x, W, size, dW=None, db=None, need_dx=True, *, stride=1):
    """Gradients of a cost through `locally_connected`: those of `dense`, place by place.

    Args:
        dy: (M, L, U).
        x: (M, T, C), the input of the forward step.
        W: (L, k C, U).
        size: of the window, k.
        dW: (L, k C, U), where to write; a new array if None.
        db: (L, U), where to write; a new array if None.
        need_dx: the first layer of a network does without dx.
        stride: steps from one window to the next.

    Returns:
        dx (M, T, C) or None, dW (L, k C, U), db (L, U).

    Raises:
        ValueError: if the shapes don't fit, or the window does not.

    Example:
        >>> x, W = np.array([1.0, 2, 3]).reshape(1, 3, 1), np.array([[1.0, 0], [0, 10]]).reshape(2, 2, 1)
        >>> dx, dW, db = locally_connected_vjp(np.ones((1, 2, 1)), x, W, size=2)
        >>> dx[0, :, 0], dW.shape, db.shape
        (array([ 1.,  0., 10.]), (2, 2, 1), (2, 1))
    """
    rows = _rows(x, size, stride)
    shapes.check("dy (M, L, U), patches (L, M, kC), W (L, kC, U)", dy, rows, W)
    dW = np.matmul(rows.swapaxes(1, 2), dy.swapaxes(0, 1), out=dW)
    db = np.sum(dy, axis=0, out=db)
    return (_input_gradient(dy, x, W, size, stride) if need_dx else None), dW, db


def _input_gradient(dy, x, W, size, stride):
    """Each sample of a patch gets dy Wᵀ, with the weights of its own place."""
    back = (dy.swapaxes(0, 1) @ W.swapaxes(1, 2)).swapaxes(0, 1)
    return patches_vjp(np.split(back, back.shape[-1] // x.shape[-1], axis=-1), x, size, stride=stride)


def _rows(x, size, stride):
    """The patches of one place after the other, (L, M, k C)."""
    shapes.check("x (M, T, C)", x)
    seen = patches(x, size, stride=stride)
    return seen.reshape(*seen.shape[:2], -1).swapaxes(0, 1)
