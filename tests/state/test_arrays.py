"""The arrays are what the table of columns says."""

from __future__ import annotations

import numpy as np
import pytest

from culturesim.state.arrays import empty_state
from culturesim.state.columns import ENTITIES, State, TeamRecord, all_columns, columns
from tests.cycle._worlds import columns_of

# All different, so that no axis can be taken for another.
SIZES = {"S": 2, "C": 11, "T": 5, "D": 7, "K": 3, "K+1": 4, "C*K": 33, "A": 6, "L": 9}


def empty() -> State:
    return empty_state(segments=2, customers=11, teams=5, concerns=7, slots=3, actions=6, links=9)


@pytest.fixture
def state() -> State:
    return empty()


def test_every_column_has_the_shape_and_type_of_the_table(state: State) -> None:
    arrays = columns_of(state)
    assert set(arrays) == set(all_columns())
    for name, column in all_columns().items():
        assert arrays[name].shape == tuple(SIZES[axis] for axis in column.shape), name
        assert arrays[name].dtype == column.dtype, name


def test_fields_stand_in_the_order_of_their_declaration(state: State) -> None:
    for entity, kind in ENTITIES.items():
        part = getattr(state, entity)
        assert type(part) is kind
        for name, array in zip(kind._fields, part, strict=True):
            assert array is getattr(part, name)
    assert state.teams.record.dtype.names == tuple(TeamRecord.__annotations__)
    assert set(state.teams.record.dtype.names or ()) <= set(columns("teams"))


def test_everything_begins_at_zero(state: State) -> None:
    for name, array in columns_of(state).items():
        assert not array.any(), name


def test_arrays_are_contiguous_and_share_nothing(state: State) -> None:
    arrays = [array for part in state for array in part]
    for n, array in enumerate(arrays):
        assert array.flags.c_contiguous
        assert array.flags.owndata
        assert not any(np.shares_memory(array, other) for other in arrays[:n])


def test_two_states_share_nothing(state: State) -> None:
    other = empty()
    for name, array in columns_of(state).items():
        assert not np.shares_memory(array, columns_of(other)[name])


def test_leaders_and_links_take_no_room_where_there_are_none() -> None:
    state = empty_state(segments=2, customers=11, teams=5, concerns=7, slots=3)
    assert state.teams.targeted.shape == (5, 0)
    assert state.teams.neighbours.shape == (0,)


def test_record_of_a_team_is_a_view_that_can_be_written(state: State) -> None:
    team = state.teams.record[3]
    team.capacity = 2.5
    team.stance = 1
    team.offering = True
    assert state.teams.record["capacity"].tolist() == [0, 0, 0, 2.5, 0]
    assert state.teams.record["stance"].tolist() == [0, 0, 0, 1, 0]
    assert state.teams.record["offering"].tolist() == [False, False, False, True, False]
