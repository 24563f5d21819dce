"""How a culture spreads, pays and withers."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culturesim.kernels import jit
from culturesim.kernels.culture import attraction, conform, reinforced, satisfaction
from tests.kernels import _twins

unit = st.floats(0, 1)
exponent = st.floats(0.05, 20)
amount = st.floats(-1e6, 1e6)


# --- conformity


@given(unit, exponent)
def test_conformity_is_odds_to_a_power(shown: float, conformity: float) -> None:
    expected = _twins.conformity(shown, conformity)
    assert math.isclose(conform(shown, conformity), expected, rel_tol=1e-10, abs_tol=1e-300)


@pytest.mark.parametrize("conformity", [0.05, 0.5, 1.0, 2.0, 3.7, 20.0])
@pytest.mark.parametrize("point", [0.0, 0.5, 1.0])
def test_fixed_points(point: float, conformity: float) -> None:
    assert conform(point, conformity) == point


@given(unit)
def test_exponent_of_1_is_plain_averaging(shown: float) -> None:
    assert math.isclose(conform(shown, 1.0), shown, rel_tol=1e-15)


@given(unit, unit, exponent)
def test_more_shown_draws_more(one: float, other: float, conformity: float) -> None:
    less, more = sorted((one, other))
    assert 0.0 <= conform(less, conformity) <= conform(more, conformity) * (1 + 1e-14) <= 1 + 1e-13


@given(unit, exponent)
def test_both_cultures_are_treated_alike(shown: float, conformity: float) -> None:
    mirrored = conform(1.0 - shown, conformity)
    assert math.isclose(conform(1.0 - (1.0 - shown), conformity), 1.0 - mirrored, abs_tol=1e-14)


@given(st.floats(0.01, 0.49), st.floats(1.01, 20))
def test_minorities_count_for_less_than_their_share_and_majorities_for_more(
    shown: float, conformity: float
) -> None:
    assert conform(shown, conformity) < shown
    assert conform(1.0 - shown, conformity) > 1.0 - shown
    assert conform(shown, 1.0 / conformity) > shown


@pytest.mark.parametrize(
    ("shown", "conformity", "expected"),
    [(0.2, 2.0, 1 / 17), (0.8, 2.0, 16 / 17), (0.25, 3.0, 1 / 28), (0.1, 0.5, 0.25)],
)
def test_conformity_by_hand(shown: float, conformity: float, expected: float) -> None:
    assert math.isclose(conform(shown, conformity), expected, rel_tol=1e-14)


# --- success


@given(amount, amount, st.floats(0, 20))
def test_attraction_of_success(value: float, mean: float, bias: float) -> None:
    expected = _twins.attraction(value, mean, bias)
    assert math.isclose(attraction(value, mean, bias), expected, rel_tol=1e-12)
    assert math.exp(-bias) * (1 - 1e-12) <= expected <= math.exp(bias) * (1 + 1e-12)


@given(amount, st.floats(0, 20))
def test_usual_value_attracts_as_much_as_any_without_a_bias(value: float, bias: float) -> None:
    assert attraction(value, value, bias) == 1.0
    assert attraction(value, 3.0, 0.0) == 1.0


@given(amount, amount, amount, st.floats(0, 20))
def test_more_value_attracts_more(one: float, other: float, mean: float, bias: float) -> None:
    less, more = sorted((one, other))
    assert attraction(less, mean, bias) <= attraction(more, mean, bias) * (1 + 1e-15)


@given(amount, amount)
def test_satisfaction(value: float, aspiration: float) -> None:
    found = satisfaction(value, aspiration)
    assert math.isclose(found, _twins.satisfaction(value, aspiration), rel_tol=1e-12, abs_tol=1e-14)
    assert -1.0 <= found <= 1.0
    assert (found > 0) == (value > aspiration)
    assert (found < 0) == (value < aspiration)


@pytest.mark.parametrize(
    ("value", "aspiration", "inner"),
    [(0.5, 0.0, 1.0), (-0.5, 0.0, -1.0), (7.0, 5.0, 1.0), (-5.0, -5.0, 0.0), (-3.0, -5.0, 1.0)],
)
def test_satisfaction_by_hand(value: float, aspiration: float, inner: float) -> None:
    assert math.isclose(satisfaction(value, aspiration), math.tanh(inner), rel_tol=1e-15)


@pytest.mark.parametrize(
    ("value", "mean", "inner"), [(1.5, 2.0, -1 / 3), (0.5, 0.0, 1.0), (-1.0, -2.0, 2 / 3)]
)
def test_attraction_by_hand(value: float, mean: float, inner: float) -> None:
    expected = math.exp(1.5 * math.tanh(inner))
    assert math.isclose(attraction(value, mean, 1.5), expected, rel_tol=1e-14)


# --- reinforcement


@given(unit, st.floats(-1, 1), st.booleans(), unit)
def test_reinforcement(culture: float, satisfied: float, second: bool, rate: float) -> None:
    change = reinforced(culture, satisfied, second, rate)
    expected = _twins.reinforced(culture, satisfied, second, rate)
    assert math.isclose(culture + change, expected, rel_tol=1e-12, abs_tol=1e-15)
    assert -1e-15 <= culture + change <= 1.0 + 1e-15
    # The two stances are mirror images.
    mirrored = reinforced(1.0 - culture, satisfied, not second, rate)
    assert math.isclose(change, -mirrored, rel_tol=1e-9, abs_tol=1e-15)


@pytest.mark.parametrize(
    ("satisfied", "second", "expected"),
    [
        (0.5, True, 0.1 * 0.5 * 0.7),
        (-0.5, True, -0.1 * 0.5 * 0.3),
        (0.5, False, -0.1 * 0.5 * 0.3),
        (-0.5, False, 0.1 * 0.5 * 0.7),
        (0.0, True, 0.0),
        (0.0, False, 0.0),
    ],
)
def test_reinforcement_by_hand(satisfied: float, second: bool, expected: float) -> None:
    assert math.isclose(reinforced(0.3, satisfied, second, 0.1), expected, rel_tol=1e-14)


# --- compiled and interpreted


@pytest.mark.skipif(jit.INTERPRETED, reason="the compiler is switched off")
@given(unit, exponent, amount, amount, st.booleans(), unit)
def test_interpreted_functions_give_the_bits_of_the_compiled_ones(
    share: float, exponent: float, value: float, usual: float, second: bool, rate: float
) -> None:
    content = satisfaction(value, usual)
    cases: tuple[tuple[Any, tuple[Any, ...]], ...] = (
        (conform, (share, exponent)),
        (attraction, (value, usual, exponent)),
        (satisfaction, (value, usual)),
        (reinforced, (share, content, second, rate)),
    )
    for function, arguments in cases:
        assert function.py_func(*arguments) == function(*arguments)
