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
from tests.laws.garden import Garden

EXACT = 1e-9
ANYBODY = 10**6  # insiders of the only organization, which need not be named
SHARES = (
    "commitment_rate",
    "commitment_external",
    "commitment_internal",
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
    "practised",
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
        accounts.check(state, records[cycle])
    return records


def close(one: Any, other: Any, unit: float) -> None:
    """Two amounts are the same, up to rounding in units of the largest amount at hand."""
    far = EXACT * max(1.0, unit)
    if np.all(np.abs(np.subtract(one, other)) < far + EXACT * np.abs(other)):
        return  # what follows says the same, and by how much, but takes its time
    np.testing.assert_allclose(one, other, rtol=EXACT, atol=far)


def not_negative(amount: Any, unit: float) -> None:
    assert np.all(np.asarray(amount) >= -EXACT * max(1.0, unit))


class Accounts:
    """What the bookkeeper remembers from one cycle to the next."""

    def __init__(self, scenario: cs.Scenario) -> None:
        self.scenario = scenario
        organizations = scenario.organizations.values()
        sizes = [organization.teams for organization in organizations]
        self.whose = np.repeat(np.arange(len(sizes)), sizes)
        self.own = np.repeat([o.capacity for o in organizations], sizes)
        self.price = np.repeat([o.price for o in organizations], sizes)
        self.promised = np.zeros(len(self.whose))
        self.broken = np.zeros(len(self.whose))
        self.contributed = np.zeros(len(self.whose))
        self.garden = Garden(scenario, self.whose)

    def check(self, state: State, record: Floats) -> None:
        teams = state.teams.record
        inside = insiders(self.scenario, state)
        np.testing.assert_array_equal(teams["organization"], self.whose)
        self.capacity = self.own + self.contributed
        self.unit = float(self.capacity.max())
        self.check_effort(teams)
        self.check_serving(teams)
        self.check_building(state, teams)
        self.check_value(state, teams, inside)
        for o, row in enumerate(record):
            metrics = dict(zip(NAMES, row.tolist(), strict=True))
            self.check_record(state, o, metrics)
            self.check_insiders(state, o, metrics)
            check_shares(state, metrics)
        everybody = record[:, NAMES.index("commitment_rate")].sum()
        close(everybody + record[:, NAMES.index("no_decision_rate")], 1.0, 1.0)
        self.garden.check(state)
        self.promised = teams["commitments"].astype(float)
        self.broken = self.promised - teams["kept"]
        # What insiders pay in this cycle is at hand in the next.
        kept = (state.customers.outcome == KEPT) & (inside >= 0)
        self.contributed = self.price * counted(state.customers.committed_to[kept], len(teams))

    def check_effort(self, teams: Records) -> None:
        """Effort = listening + testing + building + serving + withheld = capacity."""
        kinds = ["listening", "testing", "building", "serving", "withheld"]
        efforts = np.array([teams[f"effort_{kind}"] for kind in kinds])
        not_negative(efforts, self.unit)
        close(teams["capacity"], self.capacity, self.unit)
        close(efforts.sum(axis=0), self.capacity, self.unit)

    def check_serving(self, teams: Records) -> None:
        """Serving is what last cycle's promises take, of what is at hand now.

        The part of the broken ones is waste.
        """
        production, unit = self.scenario.production, self.unit
        most = production.serving_cap * self.capacity
        owed = np.minimum(production.serving * self.promised, most)
        close(teams["effort_serving"], owed, unit)
        share = np.divide(
            self.broken, self.promised, out=np.zeros_like(owed), where=self.promised > 0
        )
        close(teams["waste_broken"], owed * share, unit)
        not_negative(teams["waste_broken"], unit)
        not_negative(teams["effort_serving"] - teams["waste_broken"], unit)  # honoured

    def check_building(self, state: State, teams: Records) -> None:
        """Building = valued + unaccepted + misdirected, with none of them negative."""
        capacity = self.unit
        building = teams["effort_building"]
        unaccepted, misdirected = teams["waste_unaccepted"], teams["waste_misdirected"]
        not_negative(unaccepted, capacity)
        not_negative(misdirected, capacity)
        not_negative(building - unaccepted - misdirected, capacity)  # valued
        paid = self.price * teams["kept"]
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

    def check_value(self, state: State, teams: Records, inside: Any) -> None:
        """Value is what kept promises are worth to customers beyond doing nothing."""
        customers = state.customers
        gained = gains(state)
        for j in range(len(teams)):
            mine = customers.committed_to == j
            kept = mine & (customers.outcome == KEPT)
            broken = mine & (customers.outcome == BROKEN)
            assert teams["commitments"][j] == mine.sum() == kept.sum() + broken.sum()
            assert teams["kept"][j] == kept.sum()
            unit = float(np.abs(gained[kept]).sum())
            close(teams["value_created"][j], gained[kept].sum(), unit)
            paid = float(np.full(int(kept.sum()), self.price[j]).sum())
            close(teams["resources_committed"][j], paid, paid)
            # Insiders are a part, and of no other organization than the team's own.
            mine, kept = mine & (inside >= 0), kept & (inside >= 0)
            assert np.all(np.isin(inside[mine], (self.whose[j], ANYBODY)))
            assert teams["internal_commitments"][j] == mine.sum()
            assert teams["internal_kept"][j] == kept.sum()
            close(teams["internal_value"][j], gained[kept].sum(), unit)

    def check_insiders(self, state: State, o: int, metrics: dict[str, float]) -> None:
        """Buy-in is a share of the organization's insiders; effort and value are theirs."""
        mine = state.teams.record[self.whose == o]
        inside = insiders(self.scenario, state)
        own = int(np.isin(inside, (o, ANYBODY)).sum())
        outside = int((inside < 0).sum())
        internal = int(mine["internal_commitments"].sum())
        for name, number, of in (
            ("commitment_internal", internal, own),
            ("commitment_external", int(mine["commitments"].sum()) - internal, outside),
        ):
            if of > 0:
                close(metrics[name], number / of, 1.0)
            else:
                assert math.isnan(metrics[name])
        contributed = self.contributed[self.whose == o].sum()
        close(metrics["effort_contributed"], contributed, float(self.capacity.sum()))
        unit = float(np.abs(mine["internal_value"]).sum())
        close(metrics["value_internal"], mine["internal_value"].sum(), unit)

    def check_record(self, state: State, o: int, metrics: dict[str, float]) -> None:
        """What is recorded is the sum over the teams, and the totals are those of their parts."""
        teams = state.teams.record[self.whose == o]
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
        parts = metrics["no_decision_status_quo"] + metrics["no_decision_indecision"]
        close(metrics["no_decision_rate"], parts, 1.0)
        if teams["commitments"].sum() > 0:
            share = 1.0 - teams["kept"].sum() / teams["commitments"].sum()
            close(metrics["broken_promise_rate"], share, 1.0)
        else:
            assert math.isnan(metrics["broken_promise_rate"])


def insiders(scenario: cs.Scenario, state: State) -> Any:
    """Whose people customers are: -1 nobody's, else an organization's number or `ANYBODY`."""
    names = list(scenario.organizations)
    whose = [
        -1 if s.kind == "external" else names.index(s.organization) if s.organization else ANYBODY
        for s in scenario.segments.values()
    ]
    return np.array(whose)[state.customers.segment]


def gains(state: State) -> Floats:
    """What each customer's choice is worth to it beyond doing nothing, were the promise kept."""
    customers = state.customers
    slot = np.maximum(customers.choice - 1, 0)[:, np.newaxis]
    chosen = np.take_along_axis(customers.fit, slot, axis=1)[:, 0]
    gained: Floats = customers.worth * (chosen - customers.status_quo)
    return gained


def counted(teams: Any, number: int) -> Floats:
    """How often each team is named."""
    return np.bincount(teams, minlength=number).astype(float)


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
