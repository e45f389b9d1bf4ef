"""Numbers taken apart: put together again as fractions, and against NumPy's own neighbours."""

from fractions import Fraction

import numpy as np
import pytest

from byhand.floats import parts, spacing

RNG = np.random.default_rng(5)
NUMBERS = [
    1.0,
    0.1,
    1 - 2**-53,
    1000.0,
    -3.75,
    np.finfo(float).max,
    2.0**-1022,
    *(RNG.normal(size=20) * 10.0 ** np.arange(-10, 10)),
]
SINGLES = [np.float32(x) for x in NUMBERS if 1e-37 < abs(x) < 1e38]


@pytest.mark.parametrize("x", [*NUMBERS, *SINGLES])
def test_the_parts_give_the_number_again(x):
    c, q = parts(x)
    assert len(c) == (23 if isinstance(x, np.float32) else 52)
    together = (1 + sum(Fraction(int(digit), 2**r) for r, digit in enumerate(c, 1))) * Fraction(2) ** q
    assert together == abs(Fraction(float(x)))


@pytest.mark.parametrize("x", [x for x in (*NUMBERS, *SINGLES) if abs(float(x)) < 1e307])
def test_the_spacing_leads_to_the_next_number(x):
    x = abs(np.asarray(x))
    following = np.nextafter(x, np.asarray(np.inf, x.dtype))
    assert Fraction(spacing(x)) == Fraction(float(following)) - Fraction(float(x))


@pytest.mark.parametrize("x", [0, np.inf, -np.inf, np.nan, 5e-324, np.float32(1e-45), [1.0, 2.0]])
def test_what_has_no_such_parts_is_refused(x):
    with pytest.raises(ValueError, match=r"^Expected one finite number.* Received: x="):
        parts(x)
    with pytest.raises(ValueError, match=r"^Expected one finite number.* Received: x="):
        spacing(x)
