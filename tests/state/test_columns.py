"""The one table of state: every column declared once, complete, and by a writer that exists."""

from __future__ import annotations

import re

import numpy as np
import pytest

from culturesim.cycle import one_cycle
from culturesim.state import columns as table
from culturesim.state.columns import (
    ENTITIES,
    RECORDS,
    Column,
    all_columns,
    columns,
)

COLUMNS = all_columns()
WRITERS = ("populate", *one_cycle.__code__.co_names)
SIZES = {"S", "C", "T", "D", "K", "K+1", "C*K", "A", "L"}
LISTS = {"reach": "C*K", "neighbours": "L"}  # of all teams, one after the other


def test_every_column_is_declared_once() -> None:
    """A name in the record and beside it would hide one of the two."""
    for entity, kind in ENTITIES.items():
        declared = list(kind.__annotations__) + list(
            getattr(RECORDS.get(entity), "__annotations__", {})
        )
        declared = [name for name in declared if name != "record"]
        assert len(set(declared)) == len(declared)
        assert sorted(columns(entity)) == sorted(declared)
    assert len(COLUMNS) == sum(len(columns(entity)) for entity in ENTITIES)


@pytest.mark.parametrize("name", COLUMNS)
def test_column_is_complete(name: str) -> None:
    column = COLUMNS[name]
    assert isinstance(column, Column)
    assert set(column.shape) <= SIZES
    assert column.unit
    assert column.meaning
    assert not column.meaning.endswith(".")
    assert column.dtype in (np.float64, np.int64, np.bool_)


@pytest.mark.parametrize("name", COLUMNS)
def test_every_writer_exists_and_populate_comes_first(name: str) -> None:
    writers = COLUMNS[name].writers.split()
    assert writers[0] == "populate"
    places = [WRITERS.index(writer) for writer in writers]
    assert places == sorted(set(places))


@pytest.mark.parametrize("entity", ENTITIES)
def test_first_axis_is_the_entity_itself(entity: str) -> None:
    for name, column in columns(entity).items():
        expected = {"segments": "S", "customers": "C", "teams": "T"}[entity]
        assert column.shape[0] == LISTS.get(name, expected)


def test_record_holds_one_number_a_team() -> None:
    record = RECORDS["teams"].__annotations__
    assert all(columns("teams")[name].shape == ("T",) for name in record)
    beside = set(columns("teams")) - set(record)
    assert all(len(columns("teams")[name].shape) > 1 or name in LISTS for name in beside)


def test_codes_of_an_outcome_are_those_of_its_meaning() -> None:
    words = {
        table.STATUS_QUO: "status quo",
        table.INDECISION: "indecision",
        table.COMMITTED: "committed",
        table.KEPT: "kept",
        table.BROKEN: "broken",
    }
    said = dict(re.findall(r"(\d) ([^,]+)", COLUMNS["customers.outcome"].meaning))
    assert sorted(words) == sorted(map(int, said)) == [0, 1, 2, 3, 4]
    for code, word in words.items():
        assert word in said[str(code)]


def test_codes_of_validation_are_those_of_its_meaning() -> None:
    words = {table.SEARCHING: "searching", table.VALIDATED: "validated", table.TAKEN_UP: "taken up"}
    said = dict(re.findall(r"(\d) ([^,]+)", COLUMNS["teams.validation"].meaning))
    assert sorted(words) == sorted(map(int, said)) == [0, 1, 2]
    for code, word in words.items():
        assert word in said[str(code)]


def test_nobody_is_no_index() -> None:
    assert table.NOBODY == -1
    for name in ("customers.considered", "customers.committed_to", "teams.reach"):
        assert f"{table.NOBODY}" in COLUMNS[name].meaning
