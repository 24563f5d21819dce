"""How one customer assesses one offer."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culturesim.kernels.assessment import assess_offer, is_acceptable

unit = st.floats(0, 1)


@given(unit, st.floats(0, 100), unit, st.floats(0, 10))
def test_offer_is_worth_its_trusted_fit_less_its_price(
    fit: float, worth: float, trust: float, price: float
) -> None:
    expected = worth * fit * trust - price
    assert math.isclose(assess_offer(fit, worth, trust, price), expected, abs_tol=1e-12)


def test_example_by_hand() -> None:
    assert math.isclose(assess_offer(0.5, 6.0, 0.8, 1.0), 1.4, rel_tol=1e-15)


@pytest.mark.parametrize(
    ("fit", "standard", "price", "budget", "expected"),
    [
        (0.5, 0.4, 1.0, math.inf, True),
        (0.4, 0.4, 1.0, 1.0, True),  # just good enough and just affordable
        (0.4 - 1e-15, 0.4, 1.0, 2.0, False),
        (0.5, 0.4, 1.0 + 1e-15, 1.0, False),
        (0.3, 0.4, 2.0, 1.0, False),
        (0.0, 0.0, 0.0, 1e-9, True),
    ],
)
def test_offer_has_to_meet_the_standard_and_the_budget(
    fit: float, standard: float, price: float, budget: float, expected: bool
) -> None:
    assert is_acceptable(fit, standard, price, budget) is expected
