"""Room to work in: how many blocks a market has, and that nobody finds there what another left."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from culturesim.model.engine import PARTS, Setup
from culturesim.state import room
from culturesim.state.arrays import empty_state
from culturesim.state.columns import State
from culturesim.state.room import LEAST_BLOCK, MOST_BLOCKS, number_of_blocks
from tests.cycle._worlds import assert_same, snapshot

CYCLES = 12


@pytest.mark.parametrize("customers", [1, 300, LEAST_BLOCK])
def test_small_market_is_one_block(customers: int) -> None:
    assert number_of_blocks(customers) == 1


def test_blocks_become_more_and_then_larger() -> None:
    assert number_of_blocks(LEAST_BLOCK + 1) == 2
    assert number_of_blocks(10 * LEAST_BLOCK) == 10
    assert number_of_blocks(10**9) == MOST_BLOCKS


def test_room_is_for_every_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LEAST_BLOCK", 5)
    state = empty_state(segments=2, customers=11, teams=4, concerns=7, slots=3, organizations=6)
    shapes = {name: array.shape for name, array in state.room._asdict().items()}
    assert shapes == {
        "factor": (2, 7),
        "care": (3, 4, 7),
        "takeup": (3, 2, 4),
        "keeping": (4,),
        "served": (11,),
        "delivered": (3, 4),
        "heard": (3, 4, 7),
        "committed": (3, 4, 7),
        "outcomes": (3, 2),
        "trust": (3, 6),
        "signal": (7,),
        "noise": (7,),
    }


def spoil(state: State, kind: int) -> None:
    arrays: tuple[Any, ...] = state.room
    for array in arrays:
        if array.dtype == np.float64:
            array[...] = (np.nan, 1e9)[kind]
        elif array.dtype.names:
            array["kept"] = array["internal_kept"] = 7
            array["value_created"] = array["internal_value"] = np.nan
        else:
            array[...] = (-(10**9), 7)[kind]


@pytest.mark.parametrize("kind", [0, 1])
@pytest.mark.parametrize("scenario", ["two-segments", "shock", "head-to-head"])
def test_nothing_is_left_in_it_from_phase_to_phase(
    scenario: str, kind: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LEAST_BLOCK", 70)
    setup = Setup(scenario)
    tidy, spoiled = setup.start(3), setup.start(3)
    assert len(tidy.room.care) > 1
    records, found = setup.empty_records(), setup.empty_records()
    for cycle in range(CYCLES):
        setup.advance(3, cycle, cycle + 1, tidy, records)
        for part in range(PARTS):
            spoil(spoiled, kind)
            setup.advance(3, cycle, cycle + 1, spoiled, found, (part, part + 1))
        assert_same(spoiled, snapshot(tidy))
    assert found[:CYCLES].tobytes() == records[:CYCLES].tobytes()
