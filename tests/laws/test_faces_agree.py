"""One truth, two faces: `simulate` and `CultureModel` give the same run to the last bit."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

import culturesim as cs
from culturesim.model.engine import Setup
from culturesim.model.model import CultureModel
from culturesim.model.results import IN_TABLES
from culturesim.state.columns import State

RUNS = [
    (scenario, culture, seed)
    for scenario in ("baseline", "two-segments", "shock", "rising-standards", "known-market")
    for culture, seed in (("execution", 0), ("discovery", 1), (None, 2**63 - 1))
]


def arrays(state: State) -> Iterator[tuple[str, Any]]:
    """Every array of a state, by name."""
    for group in state:
        for name, array in zip(group._fields, group, strict=True):
            # Records are taken apart: the gaps between their fields hold anything.
            for field in array.dtype.names or (None,):
                yield f"{type(group).__name__}.{field or name}", array[field] if field else array


def assert_same_state(one: State, other: State) -> None:
    for (name, mine), (_, theirs) in zip(arrays(one), arrays(other), strict=True):
        assert mine.tobytes() == theirs.tobytes(), name


@pytest.mark.parametrize(("scenario", "culture", "seed"), RUNS)
def test_every_step_is_the_compiled_cycle(scenario: str, culture: str | None, seed: int) -> None:
    run = cs.simulate(scenario, culture, seed)
    model = CultureModel(scenario, culture, seed)
    random.seed(seed % 1000)
    for cycle in range(len(run.records)):
        assert model.running
        # What Mesa draws is nobody's business: no result may depend on it.
        model.random.seed(random.random())
        model.rng.random()
        model.step()
        assert model.cycle == cycle + 1
        assert model.records.tobytes() == run.records[: cycle + 1].tobytes()
    assert not model.running

    setup = Setup(scenario, culture)
    state = setup.start(seed)
    setup.advance(seed, 0, setup.cycles, state, setup.empty_records())
    assert_same_state(model.state, state)
    pd.testing.assert_frame_equal(model.cycles, run.cycles, check_exact=True)


@pytest.mark.parametrize(("scenario", "culture", "seed"), RUNS[::4])
def test_looking_at_agents_changes_nothing(scenario: str, culture: str, seed: int) -> None:
    run = cs.simulate(scenario, culture, seed)
    model = CultureModel(scenario, culture, seed)
    for cycle in range(len(run.records)):
        model.step()
        for agent in (*model.teams, model.customers[cycle]):
            before = copy.deepcopy(model.state)
            for name in dir(type(agent)):
                if isinstance(getattr(type(agent), name), property):
                    getattr(agent, name)
            assert_same_state(model.state, before)
        customer = model.customers[cycle]
        customer.commit()
        for team in model.teams:
            customer.assess(team.offer)
    assert model.records.tobytes() == run.records.tobytes()


def test_data_collector_collects_what_a_run_records() -> None:
    run = cs.simulate("baseline", "discovery", 5)
    model = CultureModel("baseline", "discovery", 5)
    model.run_model()
    found = model.datacollector.get_model_vars_dataframe()
    wanted = run.cycles.drop(columns=["cycle", "organization"]).rename(columns=IN_TABLES)
    pd.testing.assert_frame_equal(found, wanted, check_exact=True)


def test_cycles_beyond_the_last_are_those_of_a_longer_run() -> None:
    short = cs.load_scenario("baseline", {"world.cycles": 3})
    model = CultureModel(short, "discovery", 1)
    for _ in range(20):
        model.step()
    longer = cs.simulate(short.override({"world.cycles": 20}), "discovery", 1)
    assert model.records.tobytes() == longer.records.tobytes()
