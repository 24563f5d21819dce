"""The contract of a phase: what it declares is what it does, for every phase of the cycle."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pytest

from culturesim.cycle import one_cycle
from culturesim.kernels import philox as philox_module
from culturesim.kernels import random as random_module
from culturesim.kernels.random import WORDS
from culturesim.scenario.params import parameters
from culturesim.state.columns import State, all_columns
from culturesim.state.facts import Facts
from culturesim.state.parameters import Address, Params
from culturesim.state.streams import STREAMS
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    assert_same,
    begun,
    columns_of,
    copied,
    snapshot,
    world,
)

PHASES: tuple[str, ...] = one_cycle.__code__.co_names
CYCLES = 5
COLUMNS = all_columns()
NUMBER = {stream.name: stream.number for stream in STREAMS}
DRAWING = ("philox", "uniform", "uniforms", "standard_normal", "fill_normals")

every_phase = pytest.mark.parametrize("name", PHASES)


class Moment(NamedTuple):
    """A state just before a phase runs, and where the run stands."""

    at: Address
    params: Params
    state: State


def module_of(name: str) -> ModuleType:
    return importlib.import_module(f"culturesim.cycle.{name}")


def facts_of(name: str) -> Facts:
    facts = module_of(name).FACTS
    assert isinstance(facts, Facts)
    return facts


def run(name: str, moment: Moment) -> State:
    """Run the phase on a copy, and give the copy."""
    state = copied(moment.state)
    getattr(module_of(name), name)(moment.at, moment.params, state)
    return state


@cache
def history() -> dict[str, list[Moment]]:
    """Every phase's moments: a few cycles of every small world, run phase by phase."""
    moments: dict[str, list[Moment]] = {name: [] for name in PHASES}
    for number, name in enumerate(WORLDS):
        scenario = world(name)
        params = parameters(scenario)
        state = begun(scenario, number)
        for cycle in range(CYCLES):
            for phase in PHASES:
                moment = Moment(Address(number, cycle), params, copied(state))
                moments[phase].append(moment)
                getattr(module_of(phase), phase)(moment.at, params, state)
    return moments


def moments_of(name: str) -> list[Moment]:
    return history()[name]


def is_same(a: npt.NDArray[Any], b: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Where two arrays hold the same, entry by entry; not-a-number is the same as itself."""
    same = a == b
    if a.dtype == np.float64:
        same |= np.isnan(a) & np.isnan(b)
    return np.asarray(same)


# --- what a phase declares


@every_phase
def test_phase_says_who_acts_and_what_it_does(name: str) -> None:
    facts = facts_of(name)
    assert facts.acts
    assert facts.does
    assert set(facts.acts.split(", ")) <= {"segment", "customer", "team"}


@every_phase
def test_declared_columns_and_streams_exist_and_are_named_once(name: str) -> None:
    facts = facts_of(name)
    for names in (facts.reads, facts.writes):
        assert set(names) <= set(COLUMNS)
        assert len(set(names)) == len(names)
    assert facts.writes
    assert set(facts.streams) <= set(NUMBER)
    assert len(set(facts.streams)) == len(facts.streams)


@every_phase
def test_table_of_streams_names_the_same_user(name: str) -> None:
    assert set(facts_of(name).streams) == {s.name for s in STREAMS if s.used_by == name}


def test_table_of_columns_names_the_same_writers() -> None:
    """In the order of the cycle; only `populate`, which sets everything up, comes before it."""
    for name, column in COLUMNS.items():
        writers = [phase for phase in PHASES if name in facts_of(phase).writes]
        assert column.writers.split() == ["populate", *writers], name


@every_phase
def test_phase_takes_address_parameters_and_state_and_gives_nothing(name: str) -> None:
    signature = inspect.signature(getattr(module_of(name), name))
    assert list(signature.parameters) == ["at", "params", "state"]
    moment = moments_of(name)[0]
    state = copied(moment.state)
    assert getattr(module_of(name), name)(moment.at, moment.params, state) is None


# --- what it writes


@every_phase
def test_phase_changes_only_what_it_declares_and_each_of_it_some_time(name: str) -> None:
    changed = set()
    for moment in moments_of(name):
        before, after = columns_of(moment.state), columns_of(run(name, moment))
        changed |= {c for c in COLUMNS if not is_same(before[c], after[c]).all()}
    assert changed == set(facts_of(name).writes)


@every_phase
def test_phase_changes_no_parameter(name: str) -> None:
    for moment in moments_of(name):
        before = [np.copy(part) for part in moment.params]
        run(name, moment)
        for old, new in zip(before, moment.params, strict=True):
            np.testing.assert_array_equal(old, new)


# --- what it reads


def garbage(name: str, array: npt.NDArray[Any], kind: int, state: State) -> npt.NDArray[Any]:
    """What no phase could take for the truth; indices stay valid, as kernels do not check them."""
    luck = np.random.default_rng(kind)
    if array.dtype == np.bool_:
        return ~array
    if array.dtype == np.float64:
        return np.full_like(array, (np.nan, 1e9, -1e9)[kind])
    teams, customers = len(state.teams.belief), len(state.customers.care)
    slots = state.customers.considered.shape[1]
    ends = {
        "segments": len(state.segments.log_care),
        "stance": 2,
        "organization": 1 + int(state.teams.record["organization"].max()),
        "neighbour_first": 1,
        "neighbour_size": max(1, len(state.teams.neighbours)),
        "neighbours": teams,
        "reach": customers,
        "considered": teams,
        "committed_to": teams,
        "choice": slots + 1,
        "reach_first": 1,
        "reach_size": customers,
        "home": len(state.segments.log_care),
        "segment": len(state.segments.log_care),
    }
    column = name.partition(".")[2]
    if column in ends:
        return luck.integers(0, ends[column], array.shape)
    return np.full_like(array, (10**6, 7, -3)[kind])


@every_phase
@pytest.mark.parametrize("kind", range(3))
def test_phase_reads_only_what_it_declares(name: str, kind: int) -> None:
    """Garbage in everything else changes nothing of what it writes.

    That holds for columns which it writes and does not read, too: what it leaves untouched of them
    it leaves untouched in both cases.
    """
    facts = facts_of(name)
    for moment in moments_of(name):
        expected = columns_of(run(name, moment))
        spoiled = moment._replace(state=copied(moment.state))
        before = columns_of(spoiled.state)
        for column, array in before.items():
            if column not in facts.reads:
                array[...] = garbage(column, array, kind, moment.state)
        spoiled_before = snapshot(spoiled.state)
        found = columns_of(run(name, spoiled))
        old = columns_of(moment.state)
        for column in facts.writes:
            untouched = is_same(found[column], spoiled_before[column])
            untouched &= is_same(expected[column], old[column])
            assert (is_same(found[column], expected[column]) | untouched).all(), column


@every_phase
def test_each_declared_column_matters_some_time(name: str) -> None:
    """Garbage in it alone changes what is written, in one of the moments at least."""
    facts = facts_of(name)
    silent = set(facts.reads)
    for column in facts.reads:
        for moment in moments_of(name):
            if column in silent and matters(name, column, moment):
                silent.remove(column)
    assert not silent


def matters(name: str, column: str, moment: Moment) -> bool:
    expected = columns_of(run(name, moment))
    for kind in range(3):
        spoiled = moment._replace(state=copied(moment.state))
        array = columns_of(spoiled.state)[column]
        array[...] = garbage(column, array, kind, moment.state)
        try:
            found = columns_of(run(name, spoiled))
        except (ArithmeticError, ValueError):
            return True  # too much even for the arithmetic
        others = set(facts_of(name).writes) - {column}
        if any(not is_same(found[c], expected[c]).all() for c in others):
            return True
        # A phase may write only the column that it reads: then what is left of it must differ.
        changed = ~is_same(found[column], array)
        if (changed & ~is_same(found[column], expected[column])).any():
            return True
    return False


# --- what it draws


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int, int, int]]:
    """Addresses (seed, stream, cycle, entity, draw) of what the interpreted phases draw."""
    addresses: list[tuple[int, int, int, int, int]] = []

    def watched(kind: str, original: Any) -> Any:
        def call(*args: Any) -> Any:
            if kind == "philox":
                seed, stream, draw, entity, cycle = map(int, args)
                addresses.append((seed, stream, cycle, entity, draw))
            elif kind == "fill_normals":
                row, (seed, stream, cycle, entity, first) = args[0], map(int, args[1:])
                for block in range(-(-len(row) // WORDS)):
                    addresses.append((seed, stream, cycle, entity, first + block))
            else:
                seed, stream, cycle, entity, draw = map(int, args)
                addresses.append((seed, stream, cycle, entity, draw))
            return original(*args)

        return call

    for name in PHASES:
        module = module_of(name)
        for kind in DRAWING:
            if hasattr(module, kind):
                monkeypatch.setattr(module, kind, watched(kind, getattr(module, kind)))
    return addresses


def test_nothing_else_in_a_phase_can_draw() -> None:
    """Every function with a seed is one of those watched, and no phase has another generator."""
    makers = {
        key
        for module in (random_module, philox_module)
        for key, value in vars(module).items()
        if inspect.isfunction(plain := getattr(value, "py_func", value))
        and "seed" in inspect.signature(plain).parameters
    }
    assert makers == set(DRAWING)
    for name in PHASES:
        source = inspect.getsource(module_of(name))
        assert "np.random" not in source
        assert "import random" not in source


@every_phase
def test_phase_draws_from_its_declared_streams_and_from_each_of_them(
    name: str, drawn: list[tuple[int, int, int, int, int]]
) -> None:
    declared = {NUMBER[stream] for stream in facts_of(name).streams}
    for moment in moments_of(name):
        run(name, moment)
    assert {stream for _, stream, *_ in drawn} == declared


@every_phase
def test_phase_draws_at_its_own_place_and_never_twice_at_one_address(
    name: str, drawn: list[tuple[int, int, int, int, int]]
) -> None:
    entities = {
        stream.number: stream.entity for stream in STREAMS if stream.name in facts_of(name).streams
    }
    for moment in moments_of(name):
        drawn.clear()
        run(name, moment)
        assert len(set(drawn)) == len(drawn)
        numbers = {
            "segment": len(moment.state.segments.log_care),
            "customer": len(moment.state.customers.care),
            "team": len(moment.state.teams.belief),
        }
        for seed, stream, cycle, entity, draw in drawn:
            assert (seed, cycle) == (moment.at.seed, moment.at.cycle)
            assert 0 <= entity < numbers[entities[stream]]
            assert draw >= 0


@every_phase
def test_another_seed_matters_exactly_to_phases_that_draw(name: str) -> None:
    differs = False
    for moment in moments_of(name):
        other = moment._replace(at=Address(moment.at.seed + 1000, moment.at.cycle))
        first, second = columns_of(run(name, moment)), columns_of(run(name, other))
        differs |= any(not is_same(first[c], second[c]).all() for c in COLUMNS)
    assert differs == bool(facts_of(name).streams)


# --- nothing is hidden


@every_phase
def test_same_call_gives_the_same_bits(name: str) -> None:
    def bits() -> Iterator[Columns]:
        for moment in moments_of(name):
            yield snapshot(run(name, moment))

    for first, moment in zip(bits(), moments_of(name), strict=True):
        again = run(name, moment)
        assert_same(again, first)
        for column, array in columns_of(again).items():
            assert array.tobytes() == first[column].tobytes(), column
