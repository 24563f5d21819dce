"""The engine: what is recorded, a cycle in parts, and the first compilation."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import culturesim as cs
from culturesim.cycle import PHASES
from culturesim.model import engine as module
from culturesim.model.engine import PARTS, Setup
from culturesim.model.measure import NAMES
from tests.cycle._worlds import assert_same, snapshot

SMALL = {"world.customers": 20, "organizations.*.teams": 3, "world.cycles": 4}


def test_every_field_of_a_record_is_written() -> None:
    """What memory held before does not come through."""
    scenario = cs.load_scenario("baseline", SMALL)
    runs = []
    for rubbish in (-1e300, 1e300):
        records = np.full((4, 1, len(NAMES)), rubbish)
        Setup(scenario, "discovery").run(9, records)
        assert np.nanmax(np.abs(records)) < 1e6
        runs.append(records.tobytes())
    assert runs[0] == runs[1]


@pytest.mark.parametrize("cuts", [(), (0,), (5,), (1, 2, 11), tuple(range(1, PARTS)), (PHASES,)])
def test_a_cycle_in_parts_is_the_cycle(cuts: tuple[int, ...]) -> None:
    setup = Setup("two-segments", "discovery")
    whole, parts = setup.start(3), setup.start(3)
    records, found = setup.empty_records(), setup.empty_records()
    bounds = [0, *cuts, PARTS]
    for cycle in range(8):
        setup.advance(3, cycle, cycle + 1, whole, records)
        for part in itertools.pairwise(bounds):
            setup.advance(3, cycle, cycle + 1, parts, found, part)
        assert_same(parts, snapshot(whole))
    assert found[:8].tobytes() == records[:8].tobytes()


def test_only_the_last_part_records() -> None:
    setup = Setup("baseline", "discovery")
    state = setup.start(3)
    records = np.full_like(setup.empty_records(), -7.0)
    setup.advance(3, 0, 1, state, records, (0, PHASES))
    assert (records == -7.0).all()
    setup.advance(3, 0, 1, state, records, (PHASES, PARTS))
    assert (records[0] != -7.0).all()
    assert (records[1:] == -7.0).all()


def test_compiling_is_announced_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    marked: list[bool] = []
    monkeypatch.setattr(module, "is_compiled", lambda: bool(marked))
    monkeypatch.setattr(module, "mark_compiled", lambda: marked.append(True))
    cs.simulate("baseline")
    first = capsys.readouterr()
    assert first.err.startswith("Compiling the model")
    assert first.out == ""
    cs.simulate("baseline")
    assert capsys.readouterr().err == ""
    assert marked == [True]
