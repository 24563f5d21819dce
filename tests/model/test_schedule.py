"""The schedule: read off the compiled cycle, one file of facts for each phase."""

from __future__ import annotations

from culturesim.model.schedule import schedule
from culturesim.state.columns import all_columns
from culturesim.state.streams import STREAMS

ORDER = [
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
]


def test_phases_stand_in_the_order_of_the_cycle() -> None:
    assert [phase.name for phase in schedule()] == ORDER


def test_every_phase_says_who_acts_and_what_happens() -> None:
    for phase in schedule():
        assert phase.facts.acts
        assert phase.facts.does
        assert phase.facts.writes


def test_facts_name_columns_and_streams_that_exist() -> None:
    columns, streams = set(all_columns()), {stream.name for stream in STREAMS}
    for phase in schedule():
        assert set(phase.facts.reads) | set(phase.facts.writes) <= columns, phase.name
        assert set(phase.facts.streams) <= streams, phase.name
