"""The books of a run, and a bookkeeper who does every sum again.

What belongs together is compared after each cycle. Nothing here calls the model's own arithmetic:
accounts are made up anew from the customers' outcomes and last cycle's promises.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

import culturesim as cs
from culturesim.model.engine import Setup
from culturesim.model.measure import NAMES
from culturesim.state.columns import BROKEN, KEPT, State
from culturesim.state.parameters import Floats, Records

EXACT = 1e-9
SHARES = (
    "commitment_rate",
    "no_decision_rate",
    "no_decision_status_quo",
    "no_decision_indecision",
    "broken_promise_rate",
    "alignment",
    "listening_skill",
    "test_skill",
    "trust",
    "culture",
    "culture_majority",
)
TEAM_SUMS = (
    "value_created",
    "resources_committed",
    "waste_unaccepted",
    "waste_misdirected",
    "waste_broken",
    "effort_listening",
    "effort_testing",
    "effort_building",
    "effort_serving",
    "effort_withheld",
)
WASTES = ("waste_unaccepted", "waste_misdirected", "waste_broken")


def audit(scenario: cs.Scenario, culture: str | None = None, seed: int = 1) -> Floats:
    """Run a scenario cycle by cycle and check every account; give what was recorded."""
    setup = Setup(scenario, culture)
    state = setup.start(seed)
    records = setup.empty_records()
    accounts = Accounts(setup.scenario)
    for cycle in range(setup.cycles):
        setup.advance(seed, cycle, cycle + 1, state, records)
        accounts.check(state, records[cycle, 0])
    return records


def close(one: Any, other: Any, unit: float) -> None:
    """Two amounts are the same, up to rounding in units of the largest amount at hand."""
    np.testing.assert_allclose(one, other, rtol=EXACT, atol=EXACT * max(1.0, unit))


def not_negative(amount: Any, unit: float) -> None:
    assert np.all(np.asarray(amount) >= -EXACT * max(1.0, unit))


class Accounts:
    """What the bookkeeper remembers from one cycle to the next."""

    def __init__(self, scenario: cs.Scenario) -> None:
        self.scenario = scenario
        (self.organization,) = scenario.organizations.values()
        self.promised = np.zeros(self.organization.teams)
        self.broken = np.zeros(self.organization.teams)

    def check(self, state: State, record: Floats) -> None:
        teams = state.teams.record
        metrics = dict(zip(NAMES, record.tolist(), strict=True))
        self.check_effort(teams)
        self.check_serving(teams)
        self.check_building(state, teams)
        self.check_value(state, teams)
        self.check_record(state, teams, metrics)
        check_shares(state, metrics)
        self.promised = teams["commitments"].astype(float)
        self.broken = self.promised - teams["kept"]

    def check_effort(self, teams: Records) -> None:
        """Effort = listening + testing + building + serving + withheld = capacity."""
        capacity = self.organization.capacity
        kinds = ["listening", "testing", "building", "serving", "withheld"]
        efforts = np.array([teams[f"effort_{kind}"] for kind in kinds])
        not_negative(efforts, capacity)
        close(teams["capacity"], capacity, capacity)
        close(efforts.sum(axis=0), capacity, capacity)

    def check_serving(self, teams: Records) -> None:
        """Serving is what last cycle's promises take; the part of the broken ones is waste."""
        production, capacity = self.scenario.production, self.organization.capacity
        owed = np.minimum(production.serving * self.promised, production.serving_cap * capacity)
        close(teams["effort_serving"], owed, capacity)
        share = np.divide(
            self.broken, self.promised, out=np.zeros_like(owed), where=self.promised > 0
        )
        close(teams["waste_broken"], owed * share, capacity)
        not_negative(teams["waste_broken"], capacity)
        not_negative(teams["effort_serving"] - teams["waste_broken"], capacity)  # honoured

    def check_building(self, state: State, teams: Records) -> None:
        """Building = valued + unaccepted + misdirected, with none of them negative."""
        capacity = self.organization.capacity
        building = teams["effort_building"]
        unaccepted, misdirected = teams["waste_unaccepted"], teams["waste_misdirected"]
        not_negative(unaccepted, capacity)
        not_negative(misdirected, capacity)
        not_negative(building - unaccepted - misdirected, capacity)  # valued
        paid = self.organization.price * teams["kept"]
        close(unaccepted, np.maximum(building - paid, 0.0), capacity)

        saturation = self.scenario.production.saturation
        mine = state.customers.committed_to == np.arange(len(teams))[:, np.newaxis]
        anybody = mine.any(axis=1)
        assert np.all(misdirected[~anybody] == 0.0)
        care = (mine @ state.customers.care) / np.maximum(mine.sum(axis=1), 1)[:, np.newaxis]
        stock = state.teams.performance
        fit = (care * -np.expm1(-stock / saturation)).sum(axis=1)
        # Where hardly anything is missing, the least stock cannot be told exactly.
        told = anybody & (stock.sum(axis=1) > 0.0) & (fit < 1.0 - 1e-6)
        needed = least_stocks(care[told], fit[told], saturation)
        idle = np.maximum(0.0, 1.0 - needed / stock[told].sum(axis=1))
        covered = (building - unaccepted)[told]
        np.testing.assert_allclose(
            misdirected[told], covered * idle, rtol=1e-6, atol=1e-6 * max(1.0, capacity)
        )

    def check_value(self, state: State, teams: Records) -> None:
        """Value is what kept promises are worth to customers beyond doing nothing."""
        customers = state.customers
        chosen = np.take_along_axis(
            customers.fit, np.maximum(customers.choice - 1, 0)[:, np.newaxis], axis=1
        )[:, 0]
        gained = customers.worth * (chosen - customers.status_quo)
        for j in range(len(teams)):
            mine = customers.committed_to == j
            kept = mine & (customers.outcome == KEPT)
            broken = mine & (customers.outcome == BROKEN)
            assert teams["commitments"][j] == mine.sum() == kept.sum() + broken.sum()
            assert teams["kept"][j] == kept.sum()
            unit = float(np.abs(gained[kept]).sum())
            close(teams["value_created"][j], gained[kept].sum(), unit)
            paid = float(np.full(int(kept.sum()), self.organization.price).sum())
            close(teams["resources_committed"][j], paid, paid)

    def check_record(self, state: State, teams: Records, metrics: dict[str, float]) -> None:
        """What is recorded is the sum over the teams, and the totals are those of their parts."""
        unit = float(sum(np.abs(teams[name]).sum() for name in TEAM_SUMS))
        for name in TEAM_SUMS:
            close(metrics[name], teams[name].sum(), unit)
        spent = [f"effort_{kind}" for kind in ("listening", "testing", "building", "serving")]
        total = sum(metrics[name] for name in spent)
        close(metrics["effort"], total + metrics["effort_withheld"], unit)
        close(metrics["waste"], sum(metrics[name] for name in WASTES), unit)
        close(
            metrics["value_created"],
            metrics["resources_committed"] + metrics["customer_surplus"],
            unit,
        )
        close(metrics["net_value"], metrics["value_created"] - total, unit)
        people = len(state.customers.choice)
        close(metrics["commitment_rate"], teams["commitments"].sum() / people, 1.0)
        close(metrics["commitment_rate"] + metrics["no_decision_rate"], 1.0, 1.0)
        parts = metrics["no_decision_status_quo"] + metrics["no_decision_indecision"]
        close(metrics["no_decision_rate"], parts, 1.0)
        if teams["commitments"].sum() > 0:
            share = 1.0 - teams["kept"].sum() / teams["commitments"].sum()
            close(metrics["broken_promise_rate"], share, 1.0)
        else:
            assert math.isnan(metrics["broken_promise_rate"])


def check_shares(state: State, metrics: dict[str, float]) -> None:
    """What is a share lies between 0 and 1, and what divides a whole adds up to 1."""
    for name in SHARES:
        assert math.isnan(metrics[name]) or -EXACT <= metrics[name] <= 1.0 + EXACT, name
    customers, teams = state.customers, state.teams
    close(customers.care.sum(axis=1), 1.0, 1.0)
    close(teams.plan.sum(axis=1), 1.0, 1.0)
    close(teams.target.sum(axis=1), 1.0, 1.0)
    for shares in (customers.care, teams.plan, teams.target, customers.trust, teams.offer):
        not_negative(shares, 1.0)
        not_negative(1.0 - shares, 1.0)
    assert np.isfinite(teams.belief).all()
    assert (teams.precision > 0.0).all()
    assert np.isfinite(teams.precision).all()


def least_stocks(care: Floats, fit: Floats, saturation: float) -> Floats:
    """Least stock of each team to reach its fit, by bisection on the worth of the last unit."""
    low, high = np.zeros(len(care)), care.max(axis=1, initial=0.0)
    for _ in range(80):
        level = 0.5 * (low + high)
        too_low = np.maximum(care - level[:, np.newaxis], 0.0).sum(axis=1) > fit
        low, high = np.where(too_low, level, low), np.where(too_low, high, level)
    filled = np.maximum(np.log(care / high[:, np.newaxis]), 0.0)
    stocks: Floats = saturation * filled.sum(axis=1)
    return stocks
