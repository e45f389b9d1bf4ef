"""Floating-point numbers taken apart: their binary digits, their exponent, and how far the next one is.

Shapes: P stored binary digits, 52 of them in float64 and 23 in float32.
"""

import numpy as np

from byhand.targets import floating


def parts(x):
    """The digits d and the exponent q of |x| = (1 + Σ d_k / 2^k) 2^q (eq-float).

    Args:
        x: a number; its type decides how many digits there are.

    Returns:
        d: (P,), each 0 or 1.
        q: int.

    Raises:
        ValueError: for 0, ∞, what is no number, and what is smaller than the form allows.

    Example:
        >>> digits, q = parts(np.float32(6.5))  # 1.101 · 2² in binary
        >>> digits[:4], q, len(digits)
        (array([1, 0, 1, 0]), 2, 23)
    """
    x = floating(x)
    info = np.finfo(x.dtype)
    if x.ndim or not info.smallest_normal <= abs(x) <= info.max:
        raise ValueError(f"Expected one finite number, not 0 or subnormal. Received: x={x}")
    fraction, exponent = np.frexp(abs(x))  # fraction in [½, 1)
    whole = int(np.ldexp(2 * fraction - 1, info.nmant))
    return np.array([whole >> (info.nmant - k) & 1 for k in range(1, info.nmant + 1)]), int(exponent) - 1


def spacing(x):
    """Distance 2^(q − p) from |x| to the next number above of its type (eq-spacing).

    Args:
        x: a number.

    Returns:
        float.

    Raises:
        ValueError: as `parts`.

    Example:
        >>> spacing(1000.0) == 2.0**-43, 1000.0 + spacing(1000.0) / 4 == 1000.0
        (True, True)
    """
    d, q = parts(x)
    return 2.0 ** (q - len(d))
