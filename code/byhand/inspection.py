"""Looking inside a trained network: what its units argue for, and what its answer depends on.

Shapes: M examples, D inputs, U units of a layer, K outputs, P parameters; H V rows and columns of a picture.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from byhand import shapes
from byhand.checks import check_number, is_positive
from byhand.layers import Dense


def votes(a, W):
    """What each unit adds to each score, a_u w_uk (eq-votes).

    A negative vote argues against. Votes and biases sum to the scores.

    Args:
        a: (M, U), outputs of a layer.
        W: (U, K), weights of the next one.

    Returns:
        (M, U, K).

    Raises:
        ValueError: if the shapes don't fit.

    Example:
        >>> votes(np.array([[2.0, 0]]), np.array([[1.0, -3], [5, 4]]))[0]
        array([[ 2., -6.],
               [ 0.,  0.]])
    """
    shapes.check("a (M, U), W (U, K)", a, W)
    return a[:, :, np.newaxis] * W


def saturation(a, margin=0.05):
    """The share of outputs of sigmoids that are all but yes or no: within margin of 0 or 1 (eq-saturated).

    Args:
        a: any shape.
        margin: ε, positive.

    Returns:
        float.

    Raises:
        ValueError: if margin is not positive and finite.

    Example:
        >>> saturation(np.array([0.01, 0.4, 0.97, 0.5]))
        0.5
    """
    check_number(margin, "margin", "a positive finite margin", is_positive)
    return float(np.mean((a < margin) | (a > 1 - margin)))


def reordered(network, theta, layer, order):
    """The same network with the units of one layer in another order: no output changes (eq-reordered).

    Args:
        network: a Network whose layers `layer` and `layer + 1` are Dense.
        theta: (P,); left as it is.
        layer: counted from 0, and not the last.
        order: (U,), each unit once.

    Returns:
        (P,).

    Raises:
        ValueError: if there are no such layers, or order is no order of their units.
    """
    changed, (before, after) = _joined(network, theta, layer)
    if sorted(order) != list(range(len(before["b"]))):
        raise ValueError(f"Expected each of {len(before['b'])} units once. Received: order={order}")
    before["W"][:], before["b"][:] = before["W"][:, order], before["b"][order]
    after["W"][:] = after["W"][order]
    return changed


def ablate(network, theta, layer, unit, value=0.0):
    """The same network with a unit stuck at a value (eq-ablation).

    Done in the next layer, where all that it says arrives: its row becomes
    0, and the value times that row moves into the biases.

    Args:
        network: a Network whose layers `layer` and `layer + 1` are Dense.
        theta: (P,); left as it is.
        layer: counted from 0, and not the last.
        unit: its number from 0, or a list of several.
        value: what it gives from now on; several units may have several.

    Returns:
        (P,).

    Raises:
        ValueError: if there are no such layers, or no such unit.
    """
    changed, (_, after) = _joined(network, theta, layer)
    units = _numbers(unit, len(after["W"]))
    after["b"] += np.broadcast_to(value, units.shape) @ after["W"][units]
    after["W"][units] = 0
    return changed


def _numbers(unit, number):
    """One unit or several, as an array of their numbers."""
    units = np.atleast_1d(unit)
    if units.dtype.kind not in "iu" or not np.isin(units, range(number)).all():
        raise ValueError(f"Expected units from 0 to {number - 1}. Received: unit={unit!r}")
    return units


def matched(a, b):
    """For each unit of one network the unit of another that answers most like it, no unit taken twice.

    The pairs are chosen so that their correlations (eq-correlation) sum to the most: the assignment problem,
    Kuhn (1955). A unit that always says the same correlates with none; its correlations count as 0.

    Args:
        a: (M, U), outputs of the one network's units.
        b: (M, U), of the other's for the same examples.

    Returns:
        partners: (U,), numbers of the second network's units.
        correlations: (U,), of each pair.

    Raises:
        ValueError: if the shapes differ.

    Example:
        >>> a = np.array([[1.0, 0], [2, 1], [3, 0]])
        >>> matched(a, a[:, ::-1])
        (array([1, 0]), array([1., 1.]))
    """
    shapes.check("a (M, U), b (M, U)", a, b)
    table = correlations(a, b)
    rows, partners = linear_sum_assignment(table, maximize=True)
    return partners, table[rows, partners]


def correlations(a, b):
    """Pearson's correlation of each column of a (M, U) with each of b (M, V): (U, V); 0 for constant ones."""
    a, b = ((x - x.mean(axis=0)) for x in (a, b))
    lengths = np.sqrt(np.outer((a * a).sum(axis=0), (b * b).sum(axis=0)))
    return np.divide(a.T @ b, lengths, out=np.zeros_like(lengths), where=lengths > 0)


def input_gradient(network, theta, x, direction):
    """How the outputs, weighted by direction, change with each input: Σ_k d_k ∂z_k/∂x (eq-input-gradient).

    Training does without it, since no picture is to be changed; here it is one more step of backpropagation.

    Args:
        network: a Network.
        theta: (P,).
        x: (M, …), the examples.
        direction: (M, K); rows of the identity for one score each.

    Returns:
        An array in the shape of x.

    Raises:
        ValueError: if the shapes don't fit.
    """
    weights, unused = network.views(theta), network.views(np.empty_like(theta))
    outputs = network.forward(theta, x)
    if np.shape(direction) != outputs[-1].shape:
        raise ValueError(
            f"Expected direction of shape {outputs[-1].shape}. "
            f"Received: direction.shape={np.shape(direction)}"
        )
    slopes = np.asarray(direction, theta.dtype)
    for layer, x, p, q in reversed(list(zip(network.layers, outputs[:-1], weights, unused, strict=True))):
        _, kept = layer.forward(x, **p)
        slopes = layer.backward(slopes, x, kept, p, q)
    return slopes


def occlusion(network, theta, picture, output, size=5, fill=0.0):
    """By how much an output falls when a square is covered (eq-occlusion).

    Zeiler and Fergus (2014). There is a square around every pixel; at the
    edge, what lies outside is cut off.

    Args:
        network: a Network with D = H V inputs, H = V.
        theta: (P,).
        picture: (D,).
        output: its number from 0.
        size: of the square, odd.
        fill: the grey that covers it.

    Returns:
        (H, V).

    Raises:
        ValueError: if D is no square number, size is not odd, or there is
            no such output.
    """
    side = _side(picture, size)
    if output not in range(network.output_shapes[-1][-1]):
        raise ValueError(f"Expected an output there is. Received: {output=}")
    place = np.arange(side)
    near = np.abs(place[:, None] - place) <= size // 2  # along one axis
    covered = np.kron(near, near)  # one row a place, one column a pixel
    pictures = np.vstack([picture, np.where(covered, fill, picture)])
    before, *after = network.predict(theta, pictures)[:, output]
    return (before - np.array(after)).reshape(side, side)


def _side(picture, size):
    side = int(np.sqrt(np.size(picture)))
    if np.shape(picture) != (side**2,) or not side:
        raise ValueError(f"Expected a square picture in a row (D,). Received: shape={np.shape(picture)}")
    if not shapes.is_count(size) or size % 2 == 0:
        raise ValueError(f"Expected an odd size. Received: size={size!r}")
    return side


def _joined(network, theta, layer):
    """A copy of theta, and its views of a dense layer and of the dense layer after it."""
    pair = network.layers[layer : layer + 2] if shapes.is_count(layer + 1) else ()
    if [type(each) for each in pair] != [Dense, Dense]:
        raise ValueError(
            f"Expected the number of a dense layer before a dense one. Received: layer={layer!r}"
        )
    changed = theta.copy()
    return changed, network.views(changed)[layer : layer + 2]
