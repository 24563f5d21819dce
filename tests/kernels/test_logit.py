"""The conditional logit: exact probabilities, found from where the choice turns with the draw."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from culturesim.kernels.logit import choose, logistic, pick, puts_off
from tests.kernels import _twins

LARGEST = 1.0 - 2.0**-53
assessments = st.lists(st.floats(-20, 20), min_size=1, max_size=6)
noises = st.floats(0.05, 10)


def chosen(assessment: list[float], noise: float, u: float) -> int:
    row = np.array(assessment)
    option = choose(row, np.full(len(row), np.nan), len(row), noise, u)
    assert row.tolist() == assessment  # it only reads them
    return option


def shares(assessment: list[float], noise: float) -> list[float]:
    """Probability of each option: the length of the uniforms that choose it, by halving."""

    def first_beyond(option: int) -> float:
        low, high = 0.0, 1.0
        if chosen(assessment, noise, LARGEST) <= option:
            return 1.0
        while high - low > 2.0**-52:
            middle = (low + high) / 2.0
            if chosen(assessment, noise, middle) > option:
                high = middle
            else:
                low = middle
        return high

    ends = [0.0, *(first_beyond(option) for option in range(len(assessment)))]
    return np.diff(ends).tolist()


@pytest.mark.parametrize("x", [-800.0, -700.0, -30.0, -1.5, 0.0, 1e-9, 2.0, 36.0, 700.0, 1e308])
def test_logistic(x: float) -> None:
    expected = 1.0 / (1.0 + math.exp(-x)) if x > -700.0 else math.exp(x)
    assert math.isclose(logistic(x), expected, rel_tol=1e-15, abs_tol=1e-320)


@given(st.floats(-700, 700))
def test_logistic_of_both_signs_sums_to_1(x: float) -> None:
    assert math.isclose(logistic(x) + logistic(-x), 1.0, rel_tol=1e-15)


@pytest.mark.parametrize(
    ("assessment", "noise"),
    [
        ([1.3], 0.5),
        ([0.0, 0.0], 0.5),
        ([1.32, 2.0, 1.9, -3.0, 2.4], 0.5),
        ([1.32, 2.0, 1.9, -3.0, 2.4], 50.0),
        ([-1.0, 0.4, 0.4, 0.4], 0.1),
    ],
)
def test_probabilities_are_those_of_the_softmax(assessment: list[float], noise: float) -> None:
    expected = _twins.softmax(np.array(assessment) / noise)
    np.testing.assert_allclose(shares(assessment, noise), expected, atol=1e-14)


def test_one_offer_against_doing_nothing() -> None:
    """The closed form for two options: 1 / (1 + exp((A0 - A1) / noise))."""
    nothing, offer, noise = 1.32, 1.75, 0.5
    expected = 1.0 / (1.0 + math.exp((nothing - offer) / noise))
    assert math.isclose(shares([nothing, offer], noise)[1], expected, rel_tol=1e-13)


def test_third_offer_leaves_the_ratio_of_two_others() -> None:
    two = shares([1.0, 1.4, 2.0], 0.7)
    three = shares([1.0, 1.4, 2.0, 2.6], 0.7)
    assert three[1] < two[1]
    for a, b in itertools.permutations(range(3), 2):
        assert math.isclose(two[a] / two[b], three[a] / three[b], rel_tol=1e-12)


@given(assessments, noises, st.floats(2.0**-54, LARGEST), st.floats(2.0**-54, LARGEST))
def test_choice_never_turns_back_as_the_draw_grows(
    assessment: list[float], noise: float, u: float, v: float
) -> None:
    low, high = min(u, v), max(u, v)
    assert chosen(assessment, noise, low) <= chosen(assessment, noise, high)


@given(assessments, noises)
def test_odds_are_those_against_the_best(assessment: list[float], noise: float) -> None:
    odds = np.full(len(assessment), np.nan)
    choose(np.array(assessment), odds, len(assessment), noise, 0.5)
    share = _twins.softmax(np.array(assessment) / noise)
    np.testing.assert_allclose(odds, share / share.max(), rtol=1e-12)
    assert odds.max() == 1.0


@given(assessments, st.floats(2.0**-54, LARGEST))
def test_without_noise_the_first_of_the_best_is_chosen(assessment: list[float], u: float) -> None:
    assert chosen(assessment, 0.0, u) == int(np.argmax(assessment))
    odds = np.full(len(assessment), np.nan)
    choose(np.array(assessment), odds, len(assessment), 0.0, u)
    assert odds.tolist() == [float(n == np.argmax(assessment)) for n in range(len(assessment))]


@pytest.mark.parametrize("u", [2.0**-54, 0.2, 0.5, 0.9, LARGEST])
def test_equals_without_noise_are_settled_by_order(u: float) -> None:
    assert chosen([1.0, 3.0, 3.0, 2.0], 0.0, u) == 1


@pytest.mark.parametrize("noise", [1e-300, 1e-12, 1e-3])
@pytest.mark.parametrize("u", [2.0**-54, 0.5, LARGEST])
def test_vanishing_noise_is_the_best_option(noise: float, u: float) -> None:
    assert chosen([1.0, 2.0, 1.5], noise, u) == 1


@pytest.mark.parametrize("noise", [0.0, 0.5, 1e6])
@pytest.mark.parametrize("u", [2.0**-54, 0.3, 0.6, LARGEST])
def test_what_is_not_acceptable_is_never_chosen(noise: float, u: float) -> None:
    assessment = [-math.inf, 1.0, -math.inf, 2.0, -math.inf]
    assert chosen(assessment, noise, u) in (1, 3)
    assert chosen([0.5, -math.inf], noise, u) == 0


@pytest.mark.parametrize("scale", [1.0, 1e4, 1e300])
@pytest.mark.parametrize("noise", [1e-3, 0.5])
def test_huge_assessments_do_not_overflow(scale: float, noise: float) -> None:
    odds = np.empty(3)
    assessment = np.array([-1.0, 1.0, -1.0]) * scale
    assert choose(assessment, odds, 3, noise, 0.5) == 1
    assert np.isfinite(odds).all()
    assert (odds <= 1.0).all()


def test_only_the_first_options_count() -> None:
    odds = np.full(3, np.nan)
    assert choose(np.array([0.0, 0.0, 99.0]), odds, 2, 1.0, 0.99) == 1
    assert math.isnan(odds[2])


def test_when_rounding_takes_the_draw_to_the_end_the_last_possible_option_is_chosen() -> None:
    odds = np.array([1.0, 2.0**-53, 0.0])  # the second one is lost in the sum
    assert pick(odds, 1.0) == 1
    assert pick(np.array([0.25, 1.0, 0.0]), 1.0) == 1


@pytest.mark.parametrize("noise", [0.0, 5e-324, 1e-308])
def test_noise_next_to_nothing_is_none(noise: float) -> None:
    odds = np.empty(3)
    assert choose(np.array([1.0, 2.0, 2.0]), odds, 3, noise, 0.99) == 1
    assert odds.tolist() == [0.0, 1.0, 0.0]


@pytest.mark.parametrize("doubt", [0.0, 1e-12, 0.1, 1.0, 50.0])
def test_a_choice_is_put_off_with_the_probability_of_its_doubt(doubt: float) -> None:
    edge = -math.expm1(-doubt)
    assert not puts_off(doubt, edge + 1e-15)
    if doubt > 0.0:
        assert puts_off(doubt, edge * (1.0 - 1e-3))
