"""Beliefs against the textbook formulas, and the limit cases with known answers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from culturesim.kernels.belief import (
    LEAST_BELIEF,
    RISK_FLOOR,
    forget,
    keep_positive,
    learn_from_signal,
    learn_from_trials,
    relative_uncertainty,
    riskiest,
)
from tests.kernels import _twins

NOISE = 0.12
beliefs = st.floats(1e-4, 1)
precisions = st.floats(1, 1e6)
pairs = st.lists(st.tuples(beliefs, precisions), min_size=1, max_size=8)


def test_constants() -> None:
    assert RISK_FLOOR == 0.02
    assert LEAST_BELIEF == 1e-4


@given(
    st.lists(st.tuples(beliefs, precisions, st.floats(-1, 2)), min_size=1, max_size=8),
    st.floats(0, 1e5),
)
def test_signal_is_averaged_by_precision(
    rows: list[tuple[float, float, float]], weight: float
) -> None:
    belief, precision, signal = (np.array(column) for column in zip(*rows, strict=True))
    expected = (precision * belief + weight * signal) / (precision + weight)
    surer = precision + weight
    heard = signal.copy()
    learn_from_signal(belief, precision, signal, weight)
    np.testing.assert_allclose(belief, expected, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(precision, surer, rtol=1e-15)
    assert (signal == heard).all()


def test_precision_after_n_conversations() -> None:
    """Full skill, full weight, nothing forgotten: the first precision and N / sigma**2."""
    first = 8 / NOISE**2
    belief, precision = np.full(3, 1 / 3), np.full(3, first)
    talks = [1, 4, 2, 7, 7, 1, 30]
    for n in talks:
        learn_from_signal(belief, precision, np.full(3, 0.2), n / NOISE**2)
    np.testing.assert_allclose(precision, first + sum(talks) / NOISE**2, rtol=1e-14)


def test_error_variance_after_n_conversations_is_what_the_precision_says() -> None:
    """The last belief is linear in the first one and in each signal: so is its error.

    Concern k of a unit vector gives the coefficient of error k; the variances then add up.
    """
    talks = [1, 4, 2, 7, 30]
    errors = np.eye(len(talks) + 1)
    variance = np.array([NOISE**2 / 8, *(NOISE**2 / n for n in talks)])
    belief, precision = errors[0].copy(), np.full(len(errors), 8 / NOISE**2)
    for n, error in zip(talks, errors[1:], strict=True):
        learn_from_signal(belief, precision, error, n / NOISE**2)
    assert math.isclose((belief**2 * variance).sum(), 1 / precision[0], rel_tol=1e-13)
    assert math.isclose(belief.sum(), 1.0, rel_tol=1e-14)


def test_who_hears_itself_grows_surer_and_no_wiser() -> None:
    belief, precision = np.array([0.7, 0.2, 0.1]), np.full(3, 100.0)
    for _ in range(50):
        learn_from_signal(belief, precision, belief.copy(), 500.0)
    np.testing.assert_allclose(belief, [0.7, 0.2, 0.1], rtol=1e-13)
    np.testing.assert_allclose(precision, 100.0 + 50 * 500.0)


@given(beliefs, precisions, beliefs, st.floats(0.1, 100), st.floats(0, 1), st.floats(0, 50))
def test_trials_move_belief_by_the_extended_filter(
    belief: float, precision: float, asked: float, slope: float, share: float, weight: float
) -> None:
    expected = _twins.logistic(slope * (belief - asked))
    surer = precision + weight * slope**2 * expected * (1 - expected)
    moved = belief + weight * slope * (share - expected) / surer
    found = learn_from_trials(belief, precision, asked, slope, share, weight)
    np.testing.assert_allclose(found, (moved, surer), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("agreed", "trials"), [(0, 1), (1, 1), (3, 4), (1, 4)])
def test_trials_of_a_sure_team_are_near_the_exact_posterior(agreed: int, trials: int) -> None:
    """Integrated numerically: prior times the chance of what the customers answered."""
    mean, precision, asked, slope = 0.30, 4e4, 0.28, 25.0

    def joint(care: float) -> float:
        p = _twins.logistic(slope * (care - asked))
        return (
            float(norm.pdf(care, mean, precision**-0.5)) * p**agreed * (1 - p) ** (trials - agreed)
        )

    bounds = (mean - 0.05, mean + 0.05)
    whole = quad(joint, *bounds)[0]
    exact = quad(lambda care: care * joint(care), *bounds)[0] / whole
    found, surer = learn_from_trials(mean, precision, asked, slope, agreed / trials, trials)
    step = abs(exact - mean)
    assert abs(found - exact) < 0.02 * step
    spread = quad(lambda care: (care - exact) ** 2 * joint(care), *bounds)[0] / whole
    assert math.isclose(1 / surer, spread, rel_tol=0.005)


def test_test_whose_answer_is_known_teaches_nothing() -> None:
    belief, precision = learn_from_trials(0.3, 500.0, -3.0, 25.0, 1.0, 20.0)
    assert math.isclose(belief, 0.3, rel_tol=1e-12)
    assert math.isclose(precision, 500.0, rel_tol=1e-12)


def test_test_where_the_answer_is_in_doubt_teaches_most() -> None:
    gained = {
        asked: learn_from_trials(0.3, 500.0, asked, 25.0, 0.5, 4.0)[1]
        for asked in np.linspace(0.0, 0.6, 61)
    }
    assert math.isclose(max(gained, key=gained.__getitem__), 0.3, abs_tol=1e-9)


@given(pairs)
def test_riskiest_is_the_greatest_belief_for_its_precision(rows: list[tuple[float, float]]) -> None:
    risk = [(m + 0.02) / math.sqrt(tau) for m, tau in rows]
    belief, precision = (np.array(column) for column in zip(*rows, strict=True))
    assert riskiest(belief, precision) == int(np.argmax(risk))


def test_first_of_equal_risks_is_tested() -> None:
    assert riskiest(np.array([0.1, 0.3, 0.3]), np.full(3, 50.0)) == 1


def test_concern_believed_worthless_can_be_the_riskiest() -> None:
    assert riskiest(np.array([0.9999, 1e-4]), np.array([1e6, 1.0])) == 1


@given(st.lists(precisions, min_size=1, max_size=6), st.floats(0, 1), st.floats(0.01, 1e3))
def test_forgetting_discounts_down_to_the_least(
    before: list[float], share: float, least: float
) -> None:
    precision = np.array(before)
    forget(precision, share, least)
    expected = np.maximum(least, np.array(before) * (1 - share))
    np.testing.assert_allclose(precision, expected, rtol=1e-15)


def test_beliefs_are_kept_above_nothing() -> None:
    belief = np.array([-0.2, 0.0, 0.9e-4, 1e-4, 0.5])
    keep_positive(belief)
    assert belief.tolist() == [1e-4, 1e-4, 1e-4, 1e-4, 0.5]


@given(st.lists(precisions, min_size=1, max_size=8))
def test_relative_uncertainty(precision: list[float]) -> None:
    d = len(precision)
    expected = d * math.sqrt(sum(1 / tau for tau in precision) / d)
    assert math.isclose(relative_uncertainty(np.array(precision)), expected, rel_tol=1e-13)


def test_uncertainty_of_equal_precisions_is_the_standard_deviation_against_mean_care() -> None:
    assert math.isclose(relative_uncertainty(np.full(10, 1600.0)), 0.025 / 0.1, rel_tol=1e-14)
