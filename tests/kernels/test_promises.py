"""Whether promises can be kept."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culturesim.kernels.promises import keeping_probability

unit = st.floats(0, 1)


@given(unit, st.floats(0, 200), st.floats(0.1, 50), st.floats(0, 5), unit, st.floats(0, 50))
def test_twin(
    defect: float, discipline: float, scale: float, exponent: float, servable: float, owed: float
) -> None:
    broken = defect / (1 + discipline / scale) ** exponent
    overload = min(1.0, servable / owed) if owed > 0 else 1.0
    found = keeping_probability(defect, discipline, scale, exponent, servable, owed)
    assert math.isclose(found, (1 - broken) * overload, rel_tol=1e-12, abs_tol=1e-15)
    assert 0.0 <= found <= 1.0


@pytest.mark.parametrize(
    ("discipline", "servable", "owed", "expected"),
    [
        (0.0, 6.0, 3.0, 0.9),  # nobody disciplined, nobody overloaded
        (0.0, 6.0, 6.0, 0.9),
        (0.0, 6.0, 12.0, 0.45),  # twice what can be served
        (0.0, 6.0, 0.0, 0.9),  # nobody to serve
        (0.0, 0.0, 0.0, 0.9),
        (0.0, 0.0, 1.0, 0.0),  # nothing can be served
        (0.0, 0.1, 0.2, 0.45),
        (5.0, 6.0, 3.0, 1 - 0.1 * 2**-0.4),
        (1e12, 6.0, 3.0, 1 - 0.1 * (1 + 2e11) ** -0.4),
    ],
)
def test_by_hand(discipline: float, servable: float, owed: float, expected: float) -> None:
    found = keeping_probability(0.1, discipline, 5.0, 0.4, servable, owed)
    assert math.isclose(found, expected, rel_tol=1e-14)
