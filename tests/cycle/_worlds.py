"""Small worlds to try a phase in, and what the twins of the phases are written with.

A twin takes the columns of a state by name, the scenario, and the draws of one cycle; it changes
the columns as the specification says. It knows neither the kernels nor the parameters' arrays.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from culturesim.scenario import Scenario, load_scenario
from culturesim.scenario.params import parameters
from culturesim.scenario.populate import blank_state, populate
from culturesim.state.columns import State, TeamRecord, all_columns
from culturesim.state.parameters import Address, Params
from culturesim.state.streams import STREAMS
from tests.cycle import _settings
from tests.kernels import _twins

Floats = npt.NDArray[np.float64]
Columns = dict[str, Any]  # arrays by full name of the column

WORLDS = _settings.WORLDS

NUMBER = {stream.name: stream.number for stream in STREAMS}


def world(name: str = "small", /, **changes: Any) -> Scenario:
    """One of the worlds, with changes whose dots are written as double underscores."""
    dotted = {key.replace("__", "."): value for key, value in changes.items()}
    return load_scenario("two-segments", {**_settings.SMALL, **WORLDS[name]}).override(dotted)


def begun(scenario: Scenario, seed: int = 1) -> State:
    """State before the first cycle, from the interpreted rule."""
    state = blank_state(scenario, seed)
    populate(Address(seed, 0), parameters(scenario), state)
    return state


def columns_of(state: State) -> Columns:
    """Every column, as a view: writing to it changes the state."""
    found = {}
    for name in all_columns():
        entity, column = name.split(".")
        holder = getattr(state, entity)
        scalar = entity == "teams" and column in TeamRecord.__annotations__
        found[name] = holder.record[column] if scalar else getattr(holder, column)
    return found


def copied(state: State) -> State:
    parts: Any = state
    return State(*(type(part)(*(array.copy() for array in part)) for part in parts))


def snapshot(state: State) -> Columns:
    return {name: column.copy() for name, column in columns_of(state).items()}


def assert_same(state: State, expected: Columns, tolerance: float = 0.0) -> None:
    """Every column is as expected: numbers to a relative tolerance, decisions exactly."""
    for name, found in columns_of(state).items():
        if found.dtype == np.float64 and tolerance > 0.0:
            np.testing.assert_allclose(
                found, expected[name], rtol=tolerance, atol=tolerance, err_msg=name
            )
        else:
            np.testing.assert_array_equal(found, expected[name], err_msg=name)


class Draws:
    """The draws of one cycle, from numpy's own generator."""

    def __init__(self, seed: int, cycle: int) -> None:
        self.seed = seed
        self.cycle = cycle

    def uniforms(self, stream: str, entity: int, draw: int = 0) -> list[float]:
        return _twins.uniforms(self.seed, NUMBER[stream], self.cycle, entity, draw)

    def uniform(self, stream: str, entity: int, draw: int = 0) -> float:
        return self.uniforms(stream, entity, draw)[0]

    def normals(self, stream: str, entity: int, count: int, first: int = 0) -> Floats:
        return _twins.normals(self.seed, NUMBER[stream], self.cycle, entity, first, count)


Phase = Callable[[Address, Params, State], None]
Twin = Callable[[Columns, Scenario, Draws], None]


def scrambled(scenario: Scenario, seed: int) -> State:
    """A state with who meets whom as at the start, and everything else at random in its range."""
    state = begun(scenario, seed)
    c = columns_of(state)
    luck = np.random.default_rng(seed)
    people, slots = c["customers.considered"].shape
    teams, concerns = c["teams.belief"].shape
    ranges: dict[str, tuple[float, float]] = {
        "segments.log_care": (-3, 3),
        "customers.care_factor": (0.2, 4),
        "customers.standard": (0, 0.6),
        "customers.worth": (0.5, 12),
        "customers.status_quo": (0, 0.5),
        "customers.budget": (0.5, 2),
        "customers.trust": (0, 1),
        "customers.fit": (0, 1),
        "customers.assessment": (-1, 4),
        "customers.odds": (0, 1),
        "teams.capacity": (5, 15),
        "teams.listening_skill": (0, 1),
        "teams.test_skill": (0, 1),
        "teams.discipline": (0, 40),
        "teams.culture": (0, 1),
        "teams.listening_share": (0, 0.4),
        "teams.testing_share": (0, 0.4),
        "teams.price": (0, 2),
        "teams.serving_due": (0, 4),
        "teams.broken_share": (0, 1),
        "teams.effort_listening": (0, 3),
        "teams.effort_testing": (0, 3),
        "teams.effort_building": (0, 9),
        "teams.effort_serving": (0, 4),
        "teams.effort_withheld": (0, 3),
        "teams.value_created": (-5, 9),
        "teams.resources_committed": (0, 9),
        "teams.waste_unaccepted": (0, 9),
        "teams.waste_misdirected": (0, 9),
        "teams.waste_broken": (0, 9),
        "teams.precision": (60, 6000),
        "teams.experience": (0, 60),
        "teams.performance": (0, 60),
        "teams.offer": (0, 1),
    }
    for name, (low, high) in ranges.items():
        c[name][...] = luck.uniform(low, high, c[name].shape)
    for name in ("customers.care", "teams.care_in_reach", "teams.care_committed"):
        c[name][...] = luck.dirichlet(np.ones(concerns), len(c[name]))
    for name in ("teams.belief", "teams.plan", "teams.target"):
        c[name][...] = luck.dirichlet(np.ones(concerns), teams)
    c["customers.assessment"][luck.random((people, slots + 1)) < 0.2] = -np.inf
    c["customers.assessment"][:, 0] = luck.uniform(0, 2, people)
    c["customers.assessment"][:, 1:][c["customers.considered"] < 0] = -np.inf
    c["teams.stance"][...] = luck.integers(0, len(scenario.cultures), teams)
    c["teams.validation"][...] = luck.integers(0, 3, teams)
    c["teams.offering"][...] = luck.random(teams) < 0.8
    c["teams.conversations"][...] = luck.integers(0, 9, teams)
    c["teams.trials"][...] = luck.integers(0, 9, teams)
    c["segments.takeup"][...] = luck.uniform(0, 0.3, c["segments.takeup"].shape)

    number = (c["customers.considered"] >= 0).sum(axis=1)
    c["customers.choice"][...] = luck.integers(0, number + 1)
    for i, choice in enumerate(c["customers.choice"]):
        considered = c["customers.considered"][i]
        c["customers.committed_to"][i] = considered[choice - 1] if choice > 0 else -1
        c["customers.outcome"][i] = luck.integers(3, 5) if choice > 0 else luck.integers(0, 2)
    inside = insiders(c, scenario)
    for j in range(teams):
        mine = c["customers.committed_to"] == j
        kept = mine & (c["customers.outcome"] == 3)
        c["teams.commitments"][j] = mine.sum()
        c["teams.kept"][j] = kept.sum()
        c["teams.internal_commitments"][j] = (mine & inside).sum()
        c["teams.internal_kept"][j] = (kept & inside).sum()
    c["teams.contributed"][...] = luck.uniform(0, 4, teams)
    c["teams.aspiration"][...] = luck.uniform(-2, 9, teams)
    c["teams.internal_value"][...] = luck.uniform(-2, 4, teams)
    c["teams.practised"][...] = np.maximum(c["teams.culture"], luck.uniform(0, 1, teams))
    c["teams.targeted"][...] = luck.random(c["teams.targeted"].shape) < 0.5
    return state


def check(
    phase: Phase,
    twin: Twin,
    scenario: Scenario,
    state: State,
    *,
    seed: int = 1,
    cycle: int = 2,
    tolerance: float = 1e-12,
) -> None:
    """Run the phase and its twin from the same state; every column must come out the same."""
    expected = snapshot(state)
    twin(expected, scenario, Draws(seed, cycle))
    phase(Address(seed, cycle), parameters(scenario), state)
    assert_same(state, expected, tolerance)


# --- what several twins need


def organization_of(c: Columns, scenario: Scenario, team: int) -> Any:
    """The organization that a team belongs to."""
    return list(scenario.organizations.values())[c["teams.organization"][team]]


def rows_of(scenario: Scenario) -> dict[str, list[int]]:
    """Rows of the teams of each organization: one after the other, in file order."""
    rows: dict[str, list[int]] = {}
    for name, organization in scenario.organizations.items():
        first = sum(map(len, rows.values()))
        rows[name] = list(range(first, first + organization.teams))
    return rows


def poles_of(organization: Any) -> tuple[str, str]:
    """The two stances: a culture that is neither pole stands in for the second one."""
    first, second = organization.poles
    culture = organization.culture
    return first, culture if isinstance(culture, str) and culture != first else second


def insiders(c: Columns, scenario: Scenario) -> npt.NDArray[np.bool_]:
    """Which customers work inside an organization."""
    inside = [segment.kind == "internal" for segment in scenario.segments.values()]
    return np.array(inside)[c["customers.segment"]]


def neighbours_of(c: Columns, team: int) -> list[int]:
    """The teams that a team sees at work."""
    first = c["teams.neighbour_first"][team]
    found: list[int] = c["teams.neighbours"][first : first + c["teams.neighbour_size"][team]]
    return list(map(int, found))


def members(c: Columns, team: int) -> list[int]:
    """Customers that consider a team."""
    return np.flatnonzero((c["customers.considered"] == team).any(axis=1)).tolist()


def fair_share(c: Columns, team: int) -> float:
    """Commitments if everybody in reach split evenly among the offers they consider."""
    return math.fsum(1.0 / (c["customers.considered"][i] >= 0).sum() for i in members(c, team))


def culture_of(c: Columns, scenario: Scenario, team: int) -> Any:
    """The practices of a team's stance."""
    return list(scenario.cultures.values())[c["teams.stance"][team]]


def segment_of(c: Columns, scenario: Scenario, customer: int) -> Any:
    return list(scenario.segments.values())[c["customers.segment"][customer]]


def free_effort(c: Columns, team: int) -> float:
    return float(c["teams.capacity"][team] - c["teams.effort_serving"][team])


def building_effort(c: Columns, team: int) -> float:
    """Building effort before a gate withholds any of it."""
    search = c["teams.listening_share"][team] + c["teams.testing_share"][team]
    return free_effort(c, team) * float(1.0 - search)


def average_in(belief: Floats, precision: Floats, heard: Floats, weight: float) -> None:
    """Bayes' rule for a normal signal, in place."""
    belief[...] = (precision * belief + weight * heard) / (precision + weight)
    precision += weight
