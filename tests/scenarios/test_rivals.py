"""What the bundled scenarios with several organizations promise.

Seed 20; n stands beside each test. Of a lead, two standard errors are asked for: it lies so many
above that correct code gets there with a probability of all but 1e-6.
"""

from __future__ import annotations

import math
from typing import Any

import pytest

import culturesim as cs
from culturesim.model.measure import COMMITMENT_RATE
from culturesim.state.parameters import Floats
from tests.scenarios.promises import keeps, ratio_keeps, runs_of, standard_errors

N = 40
KNOWN: dict[str, Any] = {"world.care_memory": math.inf}

pytestmark = pytest.mark.statistical


def both(ensemble: cs.Ensemble, metric: str, one: str, other: str) -> tuple[Floats, Floats]:
    return ensemble.values(metric, one), ensemble.values(metric, other)


def lead(ensemble: cs.Ensemble, metric: str, one: str, other: str) -> float:
    first, second = both(ensemble, metric, one, other)
    return standard_errors(first - second)


def at_the_end(ensemble: cs.Ensemble, organization: str) -> Floats:
    """Share of customers in the last year."""
    share: Floats = ensemble.of(organization).records[:, -12:, 0, COMMITMENT_RATE].mean(axis=1)
    return share


def test_without_its_own_people_a_team_cannot_build() -> None:
    """n = 40; all leads are 16 standard errors or more."""
    runs = runs_of("buy-in", N)
    welcome, imposed = both(runs, "commitment_internal", "welcome", "imposed")
    assert keeps(welcome, 0.70, rounding=0.01)
    assert keeps(imposed, 1 / 16, rounding=0.01)
    effort, less = both(runs, "effort", "welcome", "imposed")
    assert ratio_keeps(effort, less, 2.7, rounding=0.05)
    value, less = both(runs, "value_created", "welcome", "imposed")
    assert ratio_keeps(less, value, 1 / 9, rounding=0.005)
    for metric in ("effort", "value_created", "commitment_external", "value_per_effort"):
        assert lead(runs, metric, "welcome", "imposed") > 2.0


def test_culture_matters_little_where_hands_are_lacking() -> None:
    """n = 40."""
    scenario = cs.load_scenario("buy-in")
    execution, discovery = (
        cs.ensemble(scenario, culture, N, seed=20).values("value_created")
        for culture in ("execution", "discovery")
    )
    assert ratio_keeps(discovery, execution, 1.0, rounding=0.05)


def test_a_firm_that_listens_to_itself() -> None:
    """n = 40; the leads are 8 standard errors or more."""
    runs = runs_of("insiders-first", N)
    assert lead(runs, "commitment_internal", "inward", "outward") > 2.0
    assert lead(runs, "commitment_external", "outward", "inward") > 2.0
    assert lead(runs, "value_created", "inward", "outward") > 2.0
    assert keeps(runs.values("commitment_internal", "inward"), 0.81, rounding=0.01)
    inside, outside = both(runs, "commitment_external", "inward", "outward")
    assert ratio_keeps(inside, outside, 0.38, rounding=0.02)
    own = runs.values("value_internal", "inward")
    assert ratio_keeps(own, runs.values("value_created", "inward"), 6 / 7, rounding=0.01)


def test_discovery_is_ahead_of_its_rival() -> None:
    """n = 40; 9 standard errors."""
    runs = runs_of("head-to-head", N)
    assert lead(runs, "value_created", "listener", "planner") > 2.0
    listener, planner = both(runs, "value_created", "listener", "planner")
    assert ratio_keeps(listener, planner, 2.15, rounding=0.1)


def test_execution_is_ahead_in_the_known_market() -> None:
    """n = 40; 16 standard errors, and every run of 500: 30 of 40 are asked for."""
    runs = runs_of("head-to-head", N, {**KNOWN, "organizations.*.prior.accuracy": 0.95})
    assert lead(runs, "value_created", "planner", "listener") > 2.0
    planner, listener = both(runs, "value_created", "planner", "listener")
    assert (planner > listener).sum() > 30
    assert ratio_keeps(planner, listener, 1.27, rounding=0.03)


@pytest.mark.slow
def test_a_newcomer_that_discovers() -> None:
    """n = 120; value per effort leads by 7.5 standard errors, discovery over execution by 14."""
    runs = runs_of("newcomer", 120)
    assert lead(runs, "value_per_effort", "newcomer", "established") > 2.0
    newcomer, established = both(runs, "value_created", "newcomer", "established")
    assert ratio_keeps(newcomer, established, 0.9, rounding=0.05)
    executes = runs_of("newcomer", 120, {"organizations.newcomer.culture": "execution"})
    less = executes.values("value_created", "newcomer")
    assert standard_errors(newcomer - less) > 2.0
    assert ratio_keeps(less, newcomer, 0.38, rounding=0.02)


@pytest.mark.slow
def test_a_newcomer_has_more_customers_in_the_end() -> None:
    """n = 300; 5.2 standard errors: a lead the other way round has a chance of 1e-7."""
    runs = runs_of("newcomer", 300)
    assert (at_the_end(runs, "newcomer") - at_the_end(runs, "established")).mean() > 0.0


def test_a_newcomer_where_nothing_drifts() -> None:
    """n = 40; 12 standard errors, and every run of 500: 30 of 40 are asked for."""
    runs = runs_of("newcomer", N, KNOWN)
    established, newcomer = both(runs, "value_created", "established", "newcomer")
    assert (established > newcomer).sum() > 30
    assert ratio_keeps(newcomer, established, 0.365, rounding=0.01)


def test_three_books_do_about_equally_well() -> None:
    """n = 100; ratios have standard errors of 0.012, customer_development is 7 of them behind."""
    runs = runs_of("three-books", 100)
    lean, running = both(runs, "value_created", "lean_startup", "running_lean")
    customer = runs.values("value_created", "customer_development")
    assert ratio_keeps(running, lean, 1.01, rounding=0.01)
    assert ratio_keeps(customer, lean, 0.91, rounding=0.01)
    assert standard_errors(lean - customer) > 2.0
    for gated in ("running_lean", "customer_development"):
        assert lead(runs, "waste_share", "lean_startup", gated) > 2.0
