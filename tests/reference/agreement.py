"""Compare a run of the package with one of the reference, quantity by quantity, cycle by cycle."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import culturesim as cs
from culturesim.model.model import CultureModel
from tests.reference.entities import Team
from tests.reference.run import Run
from tests.reference.world import World

TOLERANCE = 1e-9
LABELS = ("cycle", "organization")


class DisagreementError(AssertionError):
    """The first quantity in which two runs differ, in the order in which a cycle makes them."""


def same(product: Any, reference: Any, tolerance: float, where: str) -> None:
    """Raise unless two arrays are the same, within a relative or absolute tolerance."""
    one, other = np.asarray(product), np.asarray(reference)
    if one.shape != other.shape:
        raise DisagreementError(f"{where}: shapes {one.shape} and {other.shape}")
    if one.size == 0:
        return
    one, other = one.astype(float), other.astype(float)
    with np.errstate(invalid="ignore"):
        close = np.abs(one - other) <= tolerance * np.maximum(1.0, np.abs(one))
    close |= (one == other) | (np.isnan(one) & np.isnan(other))
    if not close.all():
        place = tuple(int(n) for n in np.argwhere(~close)[0])
        raise DisagreementError(
            f"{where}{list(place)}: package {one[place]!r}, reference {other[place]!r}"
        )


def padded(rows: Sequence[Sequence[Any]], width: int, blank: float) -> list[list[Any]]:
    return [[*row, *[blank] * (width - len(row))] for row in rows]


def same_customers(model: CultureModel, world: World, where: str) -> None:
    found, customers = model.state.customers, world.customers
    width = found.considered.shape[1]
    considered = [[team.row for team in c.considered] for c in customers]
    chosen = [c.team.row if c.choice else -1 for c in customers]
    trust = padded([c.trust for c in customers], width, 0.0)
    slots = found.considered >= 0
    same(found.considered, padded(considered, width, -1), 0.0, f"{where}: considered")
    same(found.care, [c.care for c in customers], TOLERANCE, f"{where}: care")
    same(found.standard, [c.standard for c in customers], TOLERANCE, f"{where}: standard")
    same(found.worth, [c.worth for c in customers], TOLERANCE, f"{where}: worth")
    same(found.status_quo, [c.status_quo for c in customers], TOLERANCE, f"{where}: status quo")
    same(found.budget, [c.budget for c in customers], TOLERANCE, f"{where}: budget")
    fit = padded([c.fit for c in customers], width, 0.0)
    same(found.fit, fit, TOLERANCE, f"{where}: fit")
    assessment = padded([c.assessment for c in customers], width + 1, -math.inf)
    same(found.assessment, assessment, TOLERANCE, f"{where}: assessment")
    same(found.choice, [c.choice for c in customers], 0.0, f"{where}: choice")
    same(found.committed_to, chosen, 0.0, f"{where}: committed to")
    same(found.outcome, [c.outcome for c in customers], 0.0, f"{where}: outcome")
    same(found.trust[slots], np.asarray(trust)[slots], TOLERANCE, f"{where}: trust")


Reader = Callable[[Team], Any]

# Columns of the teams, in the order in which a cycle makes them, each with a team's own number.
DECISIONS: dict[str, Reader] = {
    "conversations": lambda team: team.conversations,
    "trials": lambda team: team.trials,
    "validation": lambda team: team.validation,
    "commitments": lambda team: len(team.committed),
    "kept": lambda team: len(team.kept),
}
NUMBERS: dict[str, Reader] = {
    "practised": lambda team: team.practised,
    "capacity": lambda team: team.capacity,
    "fair_share": lambda team: team.fair_share,
    "listening_share": lambda team: team.listening_share,
    "testing_share": lambda team: team.testing_share,
    "effort_listening": lambda team: team.books["effort_listening"],
    "effort_testing": lambda team: team.books["effort_testing"],
    "effort_building": lambda team: team.books["effort_building"],
    "effort_serving": lambda team: team.books["effort_serving"],
    "effort_withheld": lambda team: team.books["effort_withheld"],
    "value_created": lambda team: team.books["value_created"],
    "listening_skill": lambda team: team.listening_skill,
    "test_skill": lambda team: team.test_skill,
    "discipline": lambda team: team.discipline,
    "culture": lambda team: team.culture,
    "resources_committed": lambda team: team.books["resources_committed"],
    "waste_unaccepted": lambda team: team.books["waste_unaccepted"],
    "waste_misdirected": lambda team: team.books["waste_misdirected"],
    "waste_broken": lambda team: team.books["waste_broken"],
    "contributed": lambda team: team.contributed,
    "serving_due": lambda team: team.serving_due,
    "broken_share": lambda team: team.broken_share,
}
ROWS: dict[str, Reader] = {
    "plan": lambda team: team.plan,
    "experience": lambda team: team.experience,
    "performance": lambda team: team.performance,
    "belief": lambda team: team.belief,
    "precision": lambda team: team.precision,
}


def same_garden(model: CultureModel, world: World, where: str) -> None:
    """Who is whose neighbour; what is expected, where cultures grow."""
    found, teams = model.state.teams, world.teams
    starts, lengths = found.record["neighbour_first"], found.record["neighbour_size"]
    rows = [found.neighbours[a : a + n].tolist() for a, n in zip(starts, lengths, strict=True)]
    if rows != [[n.row for n in team.neighbours] for team in teams]:
        raise DisagreementError(f"{where}: neighbours")
    if model.spec.growth.on:
        expected = [team.aspiration for team in teams]
        same(found.record["aspiration"], expected, TOLERANCE, f"{where}: aspiration")


def same_teams(model: CultureModel, world: World, where: str) -> None:
    found, teams = model.state.teams, world.teams
    names = list(model.spec.cultures)
    stances = [names.index(team.stance) for team in teams]
    same(found.record["stance"], stances, 0.0, f"{where}: stance")
    reached = [team.care_in_reach for team in teams if team.reach]
    same(found.care_in_reach[[bool(t.reach) for t in teams]], reached, TOLERANCE, f"{where}: reach")
    same_garden(model, world, where)
    for name, read in DECISIONS.items():
        same(found.record[name], [read(team) for team in teams], 0.0, f"{where}: {name}")
    for name, read in NUMBERS.items():
        same(found.record[name], [read(team) for team in teams], TOLERANCE, f"{where}: {name}")
    for name, read in ROWS.items():
        same(getattr(found, name), [read(team) for team in teams], TOLERANCE, f"{where}: {name}")


def assert_agreement(scenario: cs.Scenario, culture: str | None, seed: int) -> list[Any]:
    """Run both, compare every cycle, and give what the reference recorded."""
    model = CultureModel(scenario, culture, seed)
    run = Run(scenario.resolved(), culture, seed)
    rows = []
    for cycle in range(scenario.world.cycles):
        model.step()
        recorded = run.step()
        same_customers(model, run.world, f"cycle {cycle}, customers")
        same_teams(model, run.world, f"cycle {cycle}, teams")
        rows += recorded
    table = cs.simulate(scenario, culture, seed).cycles
    metrics = [name for name in table.columns if name not in LABELS]
    assert len(table) == len(rows)
    for n, row in enumerate(rows):
        found = table.iloc[n]
        for name in metrics:
            where = f"cycle {found['cycle']}, {found['organization']}: metric {name} "
            same(found[name], row[name], TOLERANCE, where)
    return rows
