"""The cycle: twelve phases in one order, the same interpreted and compiled."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import culturesim.cycle
from culturesim.cycle import PHASES, one_cycle
from culturesim.model.engine import Setup
from culturesim.model.measure import measure
from culturesim.model.schedule import schedule
from culturesim.scenario.params import parameters
from culturesim.state.parameters import Address
from tests.cycle._worlds import WORLDS, assert_same, begun, copied, snapshot, world

ORDER = (
    "drift",
    "cultivate",
    "listen",
    "trial",
    "plan",
    "build",
    "offer",
    "assess",
    "commit",
    "deliver",
    "learn",
    "account",
)


def test_order_of_the_phases() -> None:
    function: Any = one_cycle
    assert function.__code__.co_names == ORDER


def test_every_phase_has_a_file_and_every_file_a_phase() -> None:
    folder = Path(culturesim.cycle.__file__).parent
    modules = (importlib.import_module(f"culturesim.cycle.{p.stem}") for p in folder.glob("*.py"))
    phases = {m.__name__.rpartition(".")[2] for m in modules if hasattr(m, "FACTS")}
    assert phases == set(ORDER)


def test_schedule_lists_the_phases_as_they_run() -> None:
    phases = schedule()
    assert tuple(phase.name for phase in phases) == ORDER
    for phase in phases:
        assert phase.facts is importlib.import_module(f"culturesim.cycle.{phase.name}").FACTS


@pytest.mark.parametrize("name", WORLDS)
def test_cycle_is_its_phases_one_after_another(name: str) -> None:
    scenario = world(name)
    params = parameters(scenario)
    whole = begun(scenario)
    parts = copied(whole)
    for cycle in range(4):
        one_cycle(Address(1, cycle), params, whole, 0, PHASES)
        for phase in ORDER:
            module = importlib.import_module(f"culturesim.cycle.{phase}")
            getattr(module, phase)(Address(1, cycle), params, parts)
        assert_same(whole, snapshot(parts))


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("seed", [0, 7, 2**63 - 1])
def test_rules_called_from_python_give_the_bits_of_the_compiled_run(name: str, seed: int) -> None:
    scenario = world(name)
    setup = Setup(scenario)
    records, row = setup.empty_records(), setup.empty_records()[0]
    compiled, interpreted = setup.start(seed), begun(scenario, seed)
    assert_same(interpreted, snapshot(compiled))
    for cycle in range(setup.cycles):
        setup.advance(seed, cycle, cycle + 1, compiled, records)
        at = Address(seed, cycle)
        one_cycle(at, setup.params, interpreted, 0, PHASES)
        measure(at, setup.params, interpreted, row)
        assert_same(interpreted, snapshot(compiled))
        np.testing.assert_array_equal(row, records[cycle])
