"""Paths lead to every parameter, whatever names a scenario chooses."""

from __future__ import annotations

from culturesim.scenario import Scenario
from culturesim.scenario.contents import HEADS
from culturesim.scenario.paths import fields, leaves, named, pattern
from culturesim.scenario.team_parameters import Culture


def test_pattern_puts_a_star_for_a_name() -> None:
    assert pattern(("segments", "firms", "worth")) == ("segments", "*", "worth")
    assert pattern(("world", "cycles")) == ("world", "cycles")
    assert pattern(("segments",)) == ("segments",)
    assert pattern(("unknown", "firms")) == ("unknown", "firms")


def test_tables_by_names() -> None:
    assert named("cultures") is Culture
    assert named("world") is None
    assert named("unknown") is None


def test_every_value_of_a_scenario_has_its_field(baseline: Scenario) -> None:
    paths = [path for path, _ in fields()]
    assert len(set(paths)) == len(paths)
    assert paths[: len(HEADS)] == [(head,) for head in HEADS]
    used = {pattern(path) for path, _ in leaves(baseline.resolved())}
    assert used == {path for path in paths if path[0] not in ("shocks", "leadership")}
