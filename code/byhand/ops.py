"""The mathematics of a layer: each operation, and beside it its vector–Jacobian product.

Shapes: M examples, D inputs, U units. dy means ∂J/∂y, in the shape of y.
"""

from functools import lru_cache

import numpy as np

from byhand import shapes


def dense(x, W, b):
    """Every unit at once: y = x W + b (eq-layer).

    Args:
        x: (M, D).
        W: (D, U), one column per unit.
        b: (U,).

    Returns:
        y: (M, U).

    Raises:
        ValueError: if the shapes don't fit.

    Example:
        >>> W, b = np.array([[3, 4, 5], [6, 7, 8]]), np.array([10, 20, 30])
        >>> dense(np.array([[1, 2]]), W, b)
        array([[25, 38, 51]])
    """
    shapes.check("x (M, D), W (D, U), b (U,)", x, W, b)
    y = x @ W
    y += b
    return y


def dense_vjp(dy, x, W, dW=None, db=None, need_dx=True):
    """Gradients of a cost through `dense`: dx = dy Wᵀ, dW = xᵀ dy, db = Σ dy over the examples.

    Args:
        dy: (M, U).
        x: (M, D), the input of the forward step.
        W: (D, U).
        dW: (D, U), where to write; a new array if None.
        db: (U,), where to write; a new array if None.
        need_dx: the first layer of a network does without dx, a third of the work.

    Returns:
        dx (M, D) or None, dW (D, U), db (U,).

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> x, W, dy = np.array([[1.0, 2]]), np.array([[3.0, 4, 5], [6, 7, 8]]), np.array([[1.0, 0, -1]])
        >>> dx, dW, db = dense_vjp(dy, x, W)
        >>> dx, dW.shape, db
        (array([[-2., -2.]]), (2, 3), array([ 1.,  0., -1.]))
    """
    shapes.check("dy (M, U), x (M, D), W (D, U)", dy, x, W)
    dW = np.matmul(x.T, dy, out=dW)
    db = sums(dy, out=db)
    return (dy @ W.T if need_dx else None), dW, db


def sums(rows, out=None):
    """The sum of all rows, (U,), as their product with ones: of short rows faster than np.sum.

    Args:
        rows: (M, U).
        out: (U,), where to write; a new array if None.

    Example:
        >>> sums(np.array([[1.0, 2], [3, 4]]))
        array([4., 6.])
    """
    return np.dot(_ones(len(rows), rows.dtype), rows, out=out)


@lru_cache(8)
def _ones(examples, dtype):
    return np.ones(examples, dtype)


def flatten(x):
    """Every example as one row: (M, …) becomes (M, D); a view where memory allows. ValueError for one axis.

    Example:
        >>> flatten(np.ones((2, 3, 4))).shape
        (2, 12)
    """
    if np.ndim(x) < 2:
        raise ValueError(f"Expected x of shape (M, …). Received: x.shape={np.shape(x)}")
    return x.reshape(len(x), -1)


def flatten_vjp(dy, x):
    """dy (M, D) in the shape of x again: nothing is computed, so nothing is lost.

    Example:
        >>> flatten_vjp(np.ones((2, 12)), np.ones((2, 3, 4))).shape
        (2, 3, 4)
    """
    shapes.check("dy (M, D), x (M, D)", dy, flatten(x))
    return dy.reshape(x.shape)
