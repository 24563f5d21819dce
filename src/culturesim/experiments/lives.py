"""One life in one world: a run stepped cycle by cycle, of which one row is copied."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from culturesim.experiments.reasons import OUTCOMES, reasons, refusal, whole_reason
from culturesim.kernels.logit import choose
from culturesim.kernels.random import uniforms
from culturesim.kernels.vectors import cosine
from culturesim.model.engine import Setup, compile_first
from culturesim.state import streams
from culturesim.state.columns import INDECISION, KEPT, Customers, State

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario
    from culturesim.state.parameters import Floats

LEADING = 3  # concerns that are named of a customer's care

Row = dict[str, Any]


class Life(NamedTuple):
    """What is kept of one customer or team in one run: rows of two tables."""

    table: list[Row]
    cycles: list[Row]


class World:
    """A scenario under one culture and one seed, to be lived through.

    Parameters
    ----------
    scenario : Scenario
    culture : str
        Culture of every organization.
    seed : int
        Of the run, as `simulate` takes it.
    """

    def __init__(self, scenario: Scenario, culture: str, seed: int) -> None:
        self.setup = Setup(scenario, culture)
        compile_first()
        self.culture = culture
        self.seed = seed
        self.records = self.setup.empty_records()
        self.each_cycle: Callable[[], object] | None = (
            None  # called after each that is lived through
        )

    def live(self) -> Iterator[tuple[int, State, Floats]]:
        """Run all cycles; after each, give its number, the state, and trust as at the choice.

        Both are overwritten by the next cycle. `records` is filled as `simulate` fills its own.
        """
        state = self.setup.start(self.seed)
        trust = np.empty_like(state.customers.trust)
        for cycle in range(self.setup.cycles):
            # Only delivery moves trust, after the choice.
            np.copyto(trust, state.customers.trust)
            self.setup.advance(self.seed, cycle, cycle + 1, state, self.records)
            yield cycle, state, trust
            if self.each_cycle is not None:
                self.each_cycle()

    def organization(self, state: State, team: int) -> str:
        """Name of the organization that a team belongs to."""
        name: str = self.setup.organizations[state.teams.record["organization"].item(team)]
        return name


# --- all customers


def declared(customers: Customers) -> Floats:
    """Value that each customer declared in the last cycle.

    Parameters
    ----------
    customers : Customers

    Returns
    -------
    array of float, shape (C,)
        Resources: of a kept promise, what its fit is worth beyond doing nothing; else 0.
    """
    value = np.zeros(len(customers.worth))
    kept = np.flatnonzero(customers.outcome == KEPT)
    gained = customers.fit[kept, customers.choice[kept] - 1] - customers.status_quo[kept]
    value[kept] = customers.worth[kept] * gained
    return value


def declared_in_all(world: World) -> Floats:
    """Value that each customer declares in a whole run, resources, shape (C,)."""
    total = np.zeros(world.setup.scenario.world.customers)
    for _, state, _ in world.live():
        total += declared(state.customers)
    return total


# --- one customer


def customer_life(world: World, customer: int) -> Life:
    """Live through a world, and keep what one customer saw and did.

    Parameters
    ----------
    world : World
    customer : int
        Its row.

    Returns
    -------
    Life
        A row per cycle and option, and a row per cycle.
    """
    life = Life([], [])
    total = 0.0
    for cycle, state, trust in world.live():
        labels = {"culture": world.culture, "cycle": cycle}
        options, preferred = _options(world, cycle, state, trust, customer)
        whole = _whole(state.customers, customer, options, preferred)
        total += whole["value"]
        life.table.extend(labels | option for option in options)
        life.cycles.append(labels | whole | {"cumulative_value": total})
    return life


def _options(
    world: World, cycle: int, state: State, trust: Floats, i: int
) -> tuple[list[Row], int]:
    """What a customer could do in a cycle, a row per option; and the option that it preferred."""
    customers, record = state.customers, state.teams.record
    slots = [s for s, j in enumerate(customers.considered[i].tolist()) if j >= 0]
    teams = [customers.considered.item(i, s) for s in slots]
    choice = customers.choice.item(i)
    preferred = _preferred(world, cycle, customers, i)
    odds = customers.odds[i] / customers.odds[i].sum()
    same = {"standard": customers.standard.item(i), "budget": customers.budget.item(i)}
    nothing = customers.assessment.item(i, 0)

    rows: list[Row] = [
        {
            "option": 0,
            "team": math.nan,
            "organization": "",
            "made": True,
            "fit": customers.status_quo.item(i),
            "price": 0.0,
            "trust": math.nan,
            "assessment": nothing,
        }
    ]
    rows += [
        {
            "option": slot + 1,
            "team": team,
            "organization": world.organization(state, team),
            "made": record["offering"].item(team),
            "fit": customers.fit.item(i, slot),
            "price": record["price"].item(team),
            "trust": trust.item(i, slot),
            "assessment": customers.assessment.item(i, slot + 1),
        }
        for slot, team in zip(slots, teams, strict=True)
    ]
    refused = [
        refusal(row["assessment"], row["made"], row["fit"], price=row["price"], **same)
        for row in rows[1:]
    ]
    for row, reason in zip(rows, reasons(refused, preferred, choice), strict=True):
        row |= same
        row["assessment_of_nothing"] = nothing
        row["probability"] = odds.item(row["option"])
        row["chosen"] = row["option"] == choice
        row["outcome"] = OUTCOMES[customers.outcome.item(i)] if row["chosen"] else ""
        row["reason"] = reason
    return rows, preferred


def _preferred(world: World, cycle: int, customers: Customers, i: int) -> int:
    """The option that a customer preferred; a choice that was put off is worked out once more."""
    if customers.outcome[i] != INDECISION:
        return customers.choice.item(i)
    assessment = customers.assessment[i]
    noise = world.setup.params.segments[customers.segment[i]].choice_noise
    luck = uniforms(np.uint64(world.seed), streams.CHOICE, cycle, i, 0)
    odds = np.empty_like(assessment)
    return int(choose(assessment, odds, len(assessment), noise, luck[0]))


def _whole(customers: Customers, i: int, options: list[Row], preferred: int) -> Row:
    """What a customer did in a cycle, in one row."""
    by_option = {row["option"]: row for row in options}
    offers = options[1:]
    chosen = by_option[customers.choice.item(i)]
    best = max((row for row in offers if row["made"]), key=lambda row: row["fit"], default=None)
    outcome = customers.outcome.item(i)
    value = 0.0
    if outcome == KEPT:
        value = customers.worth.item(i) * (chosen["fit"] - customers.status_quo.item(i))
    care = customers.care[i]
    leading = np.argsort(-care, kind="stable")[:LEADING]
    return {
        "team": chosen["team"],
        "organization": chosen["organization"],
        "preferred_team": by_option[preferred]["team"],
        "outcome": OUTCOMES[outcome],
        "reason": whole_reason(
            outcome, [row["reason"] for row in options], [row["fit"] for row in offers]
        ),
        "fit": chosen["fit"],
        "best_fit": best["fit"] if best else math.nan,
        "best_team": best["team"] if best else math.nan,
        "standard": customers.standard.item(i),
        "status_quo": customers.status_quo.item(i),
        "leading_concerns": ", ".join(map(str, leading.tolist())),
        "leading_care": float(care[leading].sum()),
        "value": value,
    }


# --- one team


def team_life(world: World, team: int) -> Life:
    """Live through a world, and keep what one team believed, did and brought about.

    Parameters
    ----------
    world : World
    team : int
        Its row.

    Returns
    -------
    Life
        A row per cycle and concern, and a row per cycle.
    """
    life = Life([], [])
    total = 0.0
    stances = world.setup.scenario.culture_names
    for cycle, state, _ in world.live():
        teams, record = state.teams, state.teams.record[team]
        labels = {"culture": world.culture, "cycle": cycle}
        belief, care = teams.belief[team], teams.care_in_reach[team]
        total += float(record.value_created)
        life.table.extend(
            labels
            | {
                "concern": d,
                "belief": belief.item(d),
                "care": care.item(d),
                "plan": teams.plan.item(team, d),
                "offer": teams.offer.item(team, d),
            }
            for d in range(len(belief))
        )
        spent = ("listening", "testing", "building", "serving", "withheld")
        wasted = ("unaccepted", "misdirected", "broken")
        life.cycles.append(
            labels
            | {
                "team": team,
                "organization": world.organization(state, team),
                "stance": stances[record.stance],
                "alignment": float(cosine(belief, care)) if record.reach_size else math.nan,
                "conversations": int(record.conversations),
                "trials": int(record.trials),
                "commitments": int(record.commitments),
                "kept": int(record.kept),
                "effort": sum(float(record[f"effort_{kind}"]) for kind in spent),
                "waste": sum(float(record[f"waste_{kind}"]) for kind in wasted),
                "value": float(record.value_created),
                "cumulative_value": total,
            }
        )
    return life
