"""Act 1: a team whose effort the room allocates, assessed by customers as any other team's is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from culturesim.app.acts import ACTS, HANDS_MONTHS
from culturesim.app.axes import axes_of
from culturesim.app.desk import Desk, Stale
from culturesim.app.replay import flat, took
from culturesim.app.sides import sides
from culturesim.errors import ArgumentError
from culturesim.experiments.reasons import reasons, refusal, whole_reason
from culturesim.model.engine import PARTS, Setup
from culturesim.model.measure import NAMES
from culturesim.scenario.load import load_scenario
from culturesim.state.columns import BROKEN, INDECISION, KEPT, Customers, State

ONE_TEAM = {"organizations.*.teams": 1}
PLAN = 4  # the phase in whose place the room plans
LEADING = 3  # concerns that are named of a customer's care
ROUNDING = 1e-6
DIGITS = 4

Answer = dict[str, Any]


class Hands:
    """The market of act 1, with one team in it."""

    def __init__(self) -> None:
        one, _ = sides(ACTS[1], {})
        self._together = Setup(load_scenario(one.scenario, one.changes))
        self._alone = Setup(load_scenario(one.scenario, one.changes | ONE_TEAM))
        scenario = self._alone.scenario
        organization = next(iter(scenario.organizations.values()))
        self.concerns = scenario.world.concerns
        self.total = organization.capacity * HANDS_MONTHS

    def check(self, effort: Sequence[float]) -> list[float]:
        """Give back an allocation, or say what is wrong with it.

        Parameters
        ----------
        effort : sequence of float
            Effort for each concern, over all months.

        Raises
        ------
        ArgumentError
            If there is not a number for each concern, one is negative, or they exceed the team's
            capacity.
        """
        given = list(effort)
        if len(given) != self.concerns:
            raise ArgumentError(
                "has not one number for each concern",
                key="effort",
                found=str(len(given)),
                allowed=str(self.concerns),
            )
        if any(not math.isfinite(one) or one < 0.0 for one in given):
            raise ArgumentError(
                "has a number that is none, or below 0", key="effort", allowed="0 or more"
            )
        if sum(given) > self.total * (1.0 + ROUNDING):
            raise ArgumentError(
                "is more than the team has",
                key="effort",
                found=f"{sum(given):g}",
                allowed=f"{self.total:g} in all",
            )
        return given

    def answer(self, effort: Sequence[float], seed: int, desk: Desk, stale: Stale) -> Answer:
        """Let the team build by the room's plan for some months, and see who takes its offer.

        Parameters
        ----------
        effort : sequence of float
        seed : int
        desk : Desk
        stale : callable

        Returns
        -------
        dict

        Raises
        ------
        ArgumentError
            If the allocation is wrong.
        DroppedError
            If a newer move came.
        """
        shares = np.array(self.check(effort)) / self.total
        with desk.turn(stale):
            axes = axes_of(self._together, seed)
            state = self._alone.start(seed)
            records = self._alone.empty_records()
            for month in range(HANDS_MONTHS):
                # All phases of the cycle, but for planning: the room has planned.
                self._alone.advance(seed, month, month + 1, state, records, (0, PLAN))
                state.teams.plan[0] = shares
                self._alone.advance(seed, month, month + 1, state, records, (PLAN + 1, PARTS))
        sums = records[:HANDS_MONTHS, 0].sum(axis=0)
        why = [_why(state, i) for i in range(len(state.customers.choice))]
        counted = Counter(why)
        example = _typical(state.customers, why)
        place = axes.place(state.customers.care[example : example + 1])
        return {
            "seed": seed,
            "months": HANDS_MONTHS,
            "offer": flat(axes.place_offers(state.teams.offer)),
            "performance": [round(one, DIGITS) for one in state.teams.offer[0].tolist()],
            "care": [round(one, DIGITS) for one in state.teams.care_in_reach[0].tolist()],
            "customers": len(why),
            "took": took(state.customers.committed_to, state.customers.outcome),
            "taken": int((state.customers.committed_to >= 0).sum()),
            "reasons": dict(sorted(counted.items())),
            "value": round(float(sums[NAMES.index("value_created")]), DIGITS),
            "waste": round(float(sums[NAMES.index("waste")]), DIGITS),
            "effort": round(float(sums[NAMES.index("effort")]), DIGITS),
            "example": _example(state, example) | {"at": flat(place)},
        }


def _why(state: State, i: int) -> str:
    """Why a customer did what it did: a name of `experiments.reasons`, ``kept`` or ``broken``."""
    customers, record = state.customers, state.teams.record[0]
    outcome = customers.outcome.item(i)
    if outcome in (KEPT, BROKEN, INDECISION):
        return whole_reason(outcome, [], [])
    refused = refusal(
        customers.assessment.item(i, 1),
        bool(record.offering),
        customers.fit.item(i, 0),
        customers.standard.item(i),
        float(record.price),
        customers.budget.item(i),
    )
    return whole_reason(outcome, reasons([refused], 0, 0), [customers.fit.item(i, 0)])


def _typical(customers: Customers, why: list[str]) -> int:
    """A customer whose reason is the most frequent one of doing nothing, of median fit."""
    counted = Counter(reason for reason in why if reason not in ("kept", "broken"))
    most = max(counted, key=lambda reason: counted[reason]) if counted else why[0]
    rows = [i for i, reason in enumerate(why) if reason == most]
    rows.sort(key=lambda i: (customers.fit.item(i, 0), i))
    return rows[len(rows) // 2]


def _example(state: State, i: int) -> Answer:
    """One customer: what it cares about most, what the offer does for that, and what follows."""
    customers = state.customers
    care, offer = customers.care[i], state.teams.offer[0]
    leading = np.argsort(-care, kind="stable")[:LEADING]
    acceptable = math.isfinite(customers.assessment.item(i, 1))
    return {
        "customer": i,
        "reason": _why(state, i),
        "leading": [
            {
                "concern": d,
                "care": round(care.item(d), DIGITS),
                "cared_for": round(offer.item(d), DIGITS),
            }
            for d in leading.tolist()
        ],
        "fit": round(customers.fit.item(i, 0), DIGITS),
        "standard": round(customers.standard.item(i), DIGITS),
        "status_quo": round(customers.status_quo.item(i), DIGITS),
        "trust": round(customers.trust.item(i, 0), DIGITS),
        "assessment": round(customers.assessment.item(i, 1), DIGITS) if acceptable else None,
        "assessment_of_nothing": round(customers.assessment.item(i, 0), DIGITS),
    }
