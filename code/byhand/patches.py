"""What a window sees as it slides over a signal or a picture, and where it fits.

Shapes: M examples, C channels, always last; T samples of a signal, H rows and V columns of a picture; a
window of k samples, or h rows and v columns, stands in L places of a signal, P × Q of a picture.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from byhand.shapes import per_axis

PADDINGS = ("valid", "same")


def patches(x, size, *, stride=1, padding="valid", dilation=1, fill=0):
    """Every window's content as one array: a view, in which overlapping windows share their memory.

    Nothing is copied, except that "same" padding needs x with its margins.

    Args:
        x: (M, T, C) or (M, H, V, C).
        size: of the window, k or (h, v).
        stride: steps from one window to the next.
        padding: "valid": windows inside x only; "same": as many windows as x has samples, over the stride.
        dilation: steps from one entry of a window to the next.
        fill: what stands in the margins.

    Returns:
        (M, L, k, C) or (M, P, Q, h, v, C), read-only.

    Raises:
        ValueError: if x has no axis to slide along, a number is not positive and whole, the padding is not
            known, or the window is wider than x.

    Example:
        >>> signal = np.array([1, 2, 3, 4]).reshape(1, 4, 1)
        >>> patches(signal, 2)[0, :, :, 0]
        array([[1, 2],
               [2, 3],
               [3, 4]])
        >>> patches(signal, 3, stride=2, padding="same")[0, :, :, 0]
        array([[1, 2, 3],
               [3, 4, 0]])
    """
    edges = margins(np.shape(x)[1:-1], size, stride, padding, dilation)
    return _view(_with_margins(np.asarray(x), edges, fill), size, stride, dilation)


def patches_vjp(gradients, x, size, *, stride=1, padding="valid", dilation=1):
    """Gradient through `patches`: every entry of x gathers what all the windows that saw it send back.

    Args:
        gradients: for each entry of the window, row by row, ∂J/∂patches there, (M, L, C) or (M, P, Q, C):
            an iterable, so that they need not all exist at once.
        x: (M, T, C) or (M, H, V, C), of which only the shape and the dtype count.
        size: as in `patches`.
        stride: as in `patches`.
        padding: as in `patches`.
        dilation: as in `patches`.

    Returns:
        dx, in the shape of x.

    Example:
        >>> signal = np.ones((1, 4, 1))
        >>> patches_vjp([np.ones((1, 3, 1))] * 2, signal, 2)[0, :, 0]  # how many windows saw each sample
        array([1., 2., 2., 1.])
    """
    lengths = x.shape[1:-1]
    edges = margins(lengths, size, stride, padding, dilation)
    dx = _with_margins(np.zeros(x.shape, np.result_type(x, 0.5)), edges)
    seen = _view(dx, size, stride, dilation, writeable=True)
    for entry, gradient in zip(entries(size, len(lengths)), gradients, strict=True):
        seen[..., *entry, :] += gradient
    return dx[:, *(slice(before, before + n) for (before, _), n in zip(edges, lengths, strict=True))]


def entries(size, axes):
    """The places in a window, row by row: (0,), (1,) … or (0, 0), (0, 1) and so on.

    Example:
        >>> list(entries((2, 2), axes=2))
        [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    return np.ndindex(per_axis(size, axes, "size"))


def margins(lengths, size, stride=1, padding="valid", dilation=1):
    """(before, after) for every axis; what "same" can't share evenly goes after, as in Keras.

    The windows of "same" number ⌈n / stride⌉, the last of them reaching (⌈n / stride⌉ − 1) stride + span.

    Args:
        lengths: T, or H and V.
        size: as in `patches`, and so are the others.
        stride: steps from one window to the next.
        padding: "valid" or "same".
        dilation: steps from one entry of a window to the next.

    Raises:
        ValueError: as `patches` does.

    Example:
        >>> margins([5], size=4, padding="same")
        [(1, 2)]
    """
    if len(lengths) < 1:
        raise ValueError(f"Expected an axis between examples and channels. Received: axes={tuple(lengths)}")
    check_padding(padding)
    spans, strides = _spans(size, dilation, len(lengths)), per_axis(stride, len(lengths), "stride")
    if padding == "valid":
        _refuse_wider(spans, lengths)
        return [(0, 0)] * len(lengths)
    missing = [
        max((math.ceil(n / s) - 1) * s + span - n, 0)
        for n, s, span in zip(lengths, strides, spans, strict=True)
    ]
    return [(m // 2, m - m // 2) for m in missing]


def places(lengths, size, stride=1, padding="valid", dilation=1):
    """How many windows fit along every axis: ⌊(n + margins − span) / stride⌋ + 1 (eq-windows).

    Args and errors are those of `margins`.

    Returns:
        (L,) or (P, Q), a tuple of whole numbers.

    Example:
        >>> places([28, 28], size=5), places([28, 28], size=5, stride=2, padding="same")
        ((24, 24), (14, 14))
    """
    edges = margins(lengths, size, stride, padding, dilation)
    spans, strides = _spans(size, dilation, len(lengths)), per_axis(stride, len(lengths), "stride")
    return tuple(
        (n + before + after - span) // s + 1
        for n, (before, after), span, s in zip(lengths, edges, spans, strides, strict=True)
    )


def check_padding(padding):
    """Refuse a padding that is not known, with a ValueError.

    Example:
        >>> check_padding("full")
        Traceback (most recent call last):
            ...
        ValueError: Expected padding "valid" or "same". Received: padding='full'
    """
    if padding not in PADDINGS:
        raise ValueError(f'Expected padding "valid" or "same". Received: padding={padding!r}')


def _spans(size, dilation, axes):
    """From a window's first entry to its last, along every axis."""
    sizes, steps = per_axis(size, axes, "size"), per_axis(dilation, axes, "dilation")
    return tuple((k - 1) * d + 1 for k, d in zip(sizes, steps, strict=True))


def _refuse_wider(spans, lengths):
    if any(span > n for span, n in zip(spans, lengths, strict=True)):
        raise ValueError(f"Expected a window no wider than x, {tuple(lengths)}. Received: window={spans}")


def _with_margins(x, edges, fill=0):
    if not any(before or after for before, after in edges):
        return x
    return np.pad(x, [(0, 0), *edges, (0, 0)], constant_values=fill)


def _view(x, size, stride, dilation, writeable=False):
    """The windows of x inside it; each lies `stride` further, and takes every `dilation`-th entry."""
    axes = x.ndim - 2
    spans = _spans(size, dilation, axes)
    windows = sliding_window_view(x, spans, axis=tuple(range(1, axes + 1)), writeable=writeable)
    steps = [slice(None, None, s) for s in per_axis(stride, axes, "stride")]
    holes = [slice(None, None, d) for d in per_axis(dilation, axes, "dilation")]
    return np.moveaxis(windows[:, *steps, :, *holes], axes + 1, -1)
