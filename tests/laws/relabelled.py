"""The same state and the same market with other numbers for concerns, teams, organizations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

import culturesim as cs
from culturesim.model.engine import Setup
from culturesim.state.columns import NOBODY, State
from culturesim.state.parameters import Floats, Integers

CYCLES = 60
SMALL: dict[str, Any] = {
    "world.cycles": CYCLES,
    "world.customers": 120,
    "world.concerns": 6,
    "organizations.*.teams": 8,
    "segments.*.peer_influence": 0.5,
    "segments.*.standard": 0.3,
}
ORGANIZATIONS = {
    "large": """[organizations.large]
teams = 5
capacity = 12
price = 1.2
entry = 2
culture = 0.3
""",
    "small": """[organizations.small]
teams = 3
capacity = 8
price = 0.9
culture = 0.7
prior.accuracy = 0.5
""",
}


BY_CONCERN = {
    "segments": ("log_care",),
    "customers": ("care_factor", "care"),
    "teams": (
        "care_in_reach", "belief", "precision", "target", "plan", "experience", "performance",
        "offer", "care_committed",
    ),
}  # fmt: skip
NUMBERS_OF_TEAMS = ("considered", "committed_to")


def relabel_concerns(state: State, order: Integers) -> None:
    """What was concern ``order[n]`` becomes concern n, for everybody."""
    for entity, names in BY_CONCERN.items():
        for name in names:
            values = getattr(getattr(state, entity), name)
            values[...] = values[:, order]


def relabel_teams(source: State, target: State, order: Integers, organizations: Any = None) -> None:
    """Copy a state: what was team ``order[n]`` becomes team n, in the organization given for it.

    Customers keep their options in the same order; they are only called by other numbers.
    """
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    for name in source.customers._fields:
        values = getattr(source.customers, name)
        if name in NUMBERS_OF_TEAMS:
            values = np.where(values >= 0, number[values], NOBODY)
        getattr(target.customers, name)[...] = values
    target.segments.log_care[...] = source.segments.log_care
    target.segments.takeup[...] = source.segments.takeup[:, order]
    for name in source.teams._fields:
        values = getattr(source.teams, name)
        if name == "neighbours":
            values = number[values]
        elif name != "reach":  # customers, team after team: found by what each team's record says
            values = values[order]
        getattr(target.teams, name)[...] = values
    if organizations is not None:
        target.teams.record["organization"] = organizations


def market(place: Path, names: tuple[str, ...], changes: dict[str, Any]) -> cs.Scenario:
    """Two organizations in the order of their names here."""
    path = place / f"{'-'.join(names)}.toml"
    tables = "\n".join(ORGANIZATIONS[name] for name in names)
    path.write_text(f'extends = "two-segments"\nreplace = ["organizations"]\n{tables}')
    scenario = cs.load_scenario(path)
    assert tuple(scenario.organizations) == names
    return scenario.override(changes)


def small(**changes: Any) -> dict[str, Any]:
    kept = {key: value for key, value in SMALL.items() if key != "organizations.*.teams"}
    return {**kept, **changes}


def run(setup: Setup, seed: int, state: State) -> Floats:
    records = setup.empty_records()
    setup.advance(seed, 0, setup.cycles, state, records)
    return records
