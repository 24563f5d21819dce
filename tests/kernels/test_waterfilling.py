"""Water-filling against the optimality conditions, a twin that sorts, and a general optimizer."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize

from culturesim.kernels.waterfilling import best_plan, least_stock, water_level
from tests.kernels import _twins
from tests.kernels._twins import Floats

heights_ = st.lists(st.floats(-30, 30), min_size=1, max_size=12)
weights_ = st.lists(st.floats(1e-6, 1), min_size=1, max_size=12)
totals_ = st.floats(1e-3, 1e3)


def planned(weight: list[float] | Floats, total: float, saturation: float = 40.0) -> Floats:
    given_ = np.array(weight, np.float64)
    plan = np.full(len(given_), np.nan)
    best_plan(given_, total, saturation, plan)
    assert (given_ == np.array(weight)).all()  # it only reads them
    return plan


def needed(weight: list[float] | Floats, fit: float, saturation: float = 40.0) -> float:
    return least_stock(np.array(weight, np.float64), math.fsum([*weight, -fit]), saturation)


@given(heights_, totals_)
def test_level_is_the_one_found_by_sorting(heights: list[float], total: float) -> None:
    found = water_level(np.array(heights), total)
    assert math.isclose(found, _twins.level_by_sorting(heights, total), rel_tol=0, abs_tol=1e-10)


@given(heights_, totals_)
def test_what_stands_above_the_level_is_the_total(heights: list[float], total: float) -> None:
    level = water_level(np.array(heights), total)
    assert level < max(heights)
    above = math.fsum(max(0.0, h - level) for h in heights)
    assert math.isclose(above, total, rel_tol=1e-9)


@given(weights_, totals_)
def test_plan_meets_the_optimality_conditions(weight: list[float], total: float) -> None:
    """Marginal worth is one common level where there is stock, and no more where there is none."""
    plan = planned(weight, total)
    assert math.isclose(plan.sum(), 1.0, rel_tol=1e-12)
    assert (plan >= 0.0).all()
    marginal = np.array(weight) * np.exp(-plan * total / 40.0)
    level = marginal[plan > 0.0]
    np.testing.assert_allclose(level, level[0], rtol=1e-9)
    assert (marginal[plan == 0.0] <= level[0] * (1.0 + 1e-9)).all()


@given(weights_, totals_)
def test_plan_is_the_one_found_by_sorting(weight: list[float], total: float) -> None:
    expected = _twins.best_plan(weight, total, 40.0)
    np.testing.assert_allclose(planned(weight, total), expected, atol=1e-10)


@pytest.mark.parametrize(
    ("weight", "total"),
    [
        ([0.6, 0.3, 0.1], 30.0),
        ([0.6, 0.3, 0.1], 300.0),
        ([0.25, 0.25, 0.5], 12.0),
        ([0.05, 0.15, 0.35, 0.45], 90.0),
    ],
)
def test_general_optimizer_finds_nothing_better(weight: list[float], total: float) -> None:
    n = len(weight)
    found = minimize(
        lambda stocks: -_twins.fit_of(weight, stocks, 40.0),
        np.full(n, total / n),
        method="SLSQP",
        bounds=[(0.0, None)] * n,
        constraints={"type": "eq", "fun": lambda stocks: stocks.sum() - total},
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert found.success
    plan = planned(weight, total)
    np.testing.assert_allclose(plan, found.x / total, atol=1e-4)
    assert _twins.fit_of(weight, plan * total, 40.0) >= -found.fun - 1e-12


@given(weights_, totals_, st.floats(0.01, 100))
def test_unit_of_the_weights_does_not_matter(
    weight: list[float], total: float, unit: float
) -> None:
    changed = planned([w * unit for w in weight], total)
    np.testing.assert_allclose(changed, planned(weight, total), atol=1e-9)


@pytest.mark.parametrize("total", [0.0, -1e-17])
def test_nothing_to_divide_goes_to_the_first_of_the_best(total: float) -> None:
    assert planned([0.2, 0.4, 0.4], total).tolist() == [0.0, 1.0, 0.0]


@pytest.mark.parametrize("total", [0.0, 1e-300, 1e-9, 1.0, 1e12])
def test_one_concern_gets_everything(total: float) -> None:
    assert planned([0.7], total).tolist() == [1.0]


@pytest.mark.parametrize("total", [1e-6, 1.0, 1e9])
def test_equal_weights_get_equal_shares(total: float) -> None:
    np.testing.assert_allclose(planned([0.1] * 10, total), 0.1, rtol=1e-9)


def test_little_stock_goes_to_the_best_concern_and_much_is_spread_evenly() -> None:
    assert planned([0.3, 0.5, 0.2], 1e-3).tolist() == [0.0, 1.0, 0.0]
    np.testing.assert_allclose(planned([0.3, 0.5, 0.2], 1e9), 1 / 3, rtol=1e-6)


@pytest.mark.parametrize("total", [1e-320, 1e-30, 1e-17, 1.0, 1e5, 1e300])
def test_extreme_weights_still_give_shares(total: float) -> None:
    plan = planned([1e-300, 1e-4, 1.0, 1e300], total)
    assert math.isclose(plan.sum(), 1.0, rel_tol=1e-12)
    assert plan[3] == plan.max()
    assert (np.diff(plan) >= 0.0).all()


@given(weights_, st.floats(0.1, 150), st.floats(1, 100))
def test_least_stock_is_the_inverse_of_the_plan(
    weight: list[float], total: float, saturation: float
) -> None:
    stocks = planned(weight, total, saturation) * total
    assume((stocks / saturation < 10.0).all())  # beyond that the fit no longer tells the stock
    fit = _twins.fit_of(weight, stocks, saturation)
    assert math.isclose(needed(weight, fit, saturation), total, rel_tol=1e-6)


@given(weights_, st.floats(0.01, 0.99))
def test_least_stock_is_the_one_found_by_sorting(weight: list[float], part: float) -> None:
    fit = part * math.fsum(weight)
    assert math.isclose(needed(weight, fit), _twins.least_stock(weight, fit, 40.0), rel_tol=1e-9)


@pytest.mark.parametrize("fit", [0.01, 0.3, 0.6, 0.9])
def test_least_stock_is_where_the_best_plan_reaches_the_fit(fit: float) -> None:
    weight = [0.5, 0.2, 0.2, 0.07, 0.03]

    def missing(total: float) -> float:
        return _twins.fit_of(weight, _twins.best_plan(weight, total, 40.0) * total, 40.0) - fit

    assert math.isclose(needed(weight, fit), brentq(missing, 1e-9, 1e4, xtol=1e-9), rel_tol=1e-9)


@given(weights_, st.floats(1, 200), st.integers(0, 2**32 - 1))
def test_no_other_stock_reaches_the_same_fit_with_less(
    weight: list[float], total: float, seed: int
) -> None:
    stocks = np.random.default_rng(seed).dirichlet(np.ones(len(weight))) * total
    fit = _twins.fit_of(weight, stocks, 40.0)
    assert needed(weight, fit) <= total * (1.0 + 1e-9)


def test_least_stock_for_nothing_and_for_everything() -> None:
    assert needed([0.4, 0.6], 0.0) == 0.0
    assert needed([0.4, 0.6], -0.1) == 0.0
    assert needed([0.5, 0.5], 1.0) == math.inf


@given(weights_, st.floats(1, 600))
def test_an_offer_next_to_perfect_costs_no_digits(weight: list[float], each: float) -> None:
    """With the same stock on every concern as the plan gives it, what is lacking tells it all."""
    descending = sorted(weight, reverse=True)
    stocks = [each + math.log(w / descending[-1]) for w in descending]
    lacking = math.fsum(w * math.exp(-a) for w, a in zip(descending, stocks, strict=True))
    found = least_stock(np.array(descending), lacking, 1.0)
    assert math.isclose(found, math.fsum(stocks), rel_tol=1e-9)


def test_concern_without_weight_needs_no_stock() -> None:
    assert math.isclose(needed([0.7, 0.0, 0.3], 0.5), needed([0.7, 0.3], 0.5), rel_tol=1e-12)
