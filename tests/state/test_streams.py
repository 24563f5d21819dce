"""Streams of random numbers: distinct, named, and listed once."""

from __future__ import annotations

from culturesim.cycle import one_cycle
from culturesim.state import streams
from culturesim.state.streams import STREAMS

CONSTANTS = {
    name: value for name, value in vars(streams).items() if name.isupper() and name != "STREAMS"
}


def test_numbers_and_names_are_distinct() -> None:
    assert len({stream.number for stream in STREAMS}) == len(STREAMS)
    assert len({stream.name for stream in STREAMS}) == len(STREAMS)


def test_constants_are_those_of_the_table() -> None:
    assert {stream.name.upper(): stream.number for stream in STREAMS} == CONSTANTS


def test_table_is_in_the_order_of_the_numbers() -> None:
    numbers = [stream.number for stream in STREAMS]
    assert numbers == sorted(numbers)
    assert all(0 <= number < 2**63 for number in numbers)


def test_every_user_exists() -> None:
    phases = one_cycle.__code__.co_names
    assert {stream.used_by for stream in STREAMS} <= {"populate", "replicate", *phases}


def test_every_stream_says_whose_event_it_is_and_what_is_drawn() -> None:
    for stream in STREAMS:
        assert stream.entity in ("segment", "customer", "team", "organization", "replication")
        assert stream.draws
