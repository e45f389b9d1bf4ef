"""A quadratic bowl, the simplest cost there is, and the way of an optimizer down any cost.

Shapes: P parameters, T steps.
"""

import numpy as np

from byhand.shapes import check_count


def bowl(curvatures, turn=0):
    """The cost ½ Σ λ θ² (eq-bowl), lowest at 0, as a function of theta (P,) to its value and gradient.

    Args:
        curvatures: (P,), the λ, each positive: how fast the slope grows along each axis.
        turn: for two parameters, by how many degrees the axes are turned against the parameters.

    Returns:
        Function of theta (P,) -> value, gradient (P,).

    Raises:
        ValueError: for a curvature that is not positive and finite, or a turn with other than two of them.

    Example:
        >>> value_and_grad = bowl([1, 10])
        >>> value_and_grad(np.array([3.0, 1.0]))
        (9.5, array([ 3., 10.]))
    """
    curvatures = np.asarray(curvatures, float)
    if curvatures.ndim != 1 or not curvatures.size or not (np.isfinite(curvatures) & (curvatures > 0)).all():
        raise ValueError(
            f"Expected positive finite curvatures (P,). Received: curvatures={curvatures.tolist()}"
        )
    if turn and len(curvatures) != 2:
        raise ValueError(f"Expected two curvatures for a turn. Received: {len(curvatures)}, turn={turn!r}")
    H = np.diag(curvatures) if not turn else _turned(curvatures, np.deg2rad(turn))

    def value_and_grad(theta):
        grad = H @ theta
        return float(theta @ grad / 2), grad

    return value_and_grad


def _turned(curvatures, angle):
    """The second derivatives when the axes are turned: R diag(λ) Rᵀ."""
    R = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return R * curvatures @ R.T


def path(value_and_grad, theta, optimizer, steps):
    """Where an optimizer comes from theta: the parameters before the first step and after each.

    Args:
        value_and_grad: function of theta (P,) -> value, gradient (P,).
        theta: (P,), where to start; left as it is.
        optimizer: as in `byhand.optimizers`.
        steps: T, at least 1.

    Returns:
        (T + 1, P).

    Raises:
        ValueError: if steps is not a positive whole number.

    Example:
        >>> from byhand.optimizers import GradientDescent
        >>> path(bowl([1, 10]), [3, 1], GradientDescent(0.15), steps=2)
        array([[ 3.    ,  1.    ],
               [ 2.55  , -0.5   ],
               [ 2.1675,  0.25  ]])
    """
    check_count(steps, "steps")
    theta = np.array(theta, float)
    state, places = optimizer.init(theta), [theta.copy()]
    for _ in range(steps):
        optimizer.step(theta, value_and_grad(theta)[1], state)
        places.append(theta.copy())
    return np.array(places)
