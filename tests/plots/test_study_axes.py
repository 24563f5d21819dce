"""Factors become axes that say what they mean, on the scale their levels lie on."""

from __future__ import annotations

import math
from typing import Any

import pytest

from culturesim.plots.study_axes import axis_of, words_of
from culturesim.scenario.load import load_scenario
from tests.plots.studies import MEMORY, STRENGTH, TARGET, made_up_study


def axis(levels: list[Any], factor: str = MEMORY) -> Any:
    return axis_of(made_up_study({factor: levels}, lambda at: 1.0, scenario="garden"), factor)


@pytest.mark.parametrize(
    ("levels", "scale", "ordered"),
    [
        ([240, 120, 60, 20, 5], "log", True),
        ([0.1, 0.2, 0.3, 0.4], "linear", True),
        ([0, 0.01, 0.1, 1.0], "linear", True),
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], "linear", True),
        ([5, 50, math.inf], "levels", True),
        (["all", "champions"], "levels", False),
        ([True, False], "levels", False),
    ],
)
def test_scale_is_that_of_the_levels(levels: list[Any], scale: str, ordered: bool) -> None:
    found = axis(levels)
    assert (found.scale, found.ordered) == (scale, ordered)
    places = [found.at(level) for level in found.levels]
    assert places == sorted(places)
    edges = found.edges()
    assert len(edges) == len(levels) + 1
    assert all(a < p < b for a, p, b in zip(edges, places, edges[1:], strict=False))


def test_ticks_are_round_numbers_within_the_levels() -> None:
    levels = [5.0 * 2.0 ** (n / 2) for n in range(15)]
    words = [word for _, word in axis(levels).ticks()]
    assert words == ["5", "10", "20", "50", "100", "200", "500"]


def test_infinity_and_truth_are_written_as_one_reads_them() -> None:
    assert [word for _, word in axis([5, math.inf]).ticks()] == ["5", "∞"]
    assert [word for _, word in axis([True, False]).ticks()] == ["yes", "no"]


@pytest.mark.parametrize(
    ("scenario", "factor", "label", "short"),
    [
        (
            "baseline",
            "segments.*.status_quo",
            "How well doing nothing takes care of a customer (fit)",
            "status quo",
        ),
        (
            "baseline",
            "cultures.discovery.taper",
            "Discovery: how much of listening and testing stops once the offer is taken up (share)",
            "taper of discovery",
        ),
        (
            "garden",
            "leadership.0.to",
            "Cycle in which leaders' care ends; it begins in cycle 10",
            "end of care",
        ),
        ("mandate", "leadership.0.strength", "How often leaders order it (share)", "strength"),
        ("garden", TARGET, "Teams that leaders attend to", "target"),
        ("garden", STRENGTH, "What leaders' care adds of what is missing (share)", "strength"),
        ("baseline", "together.effort_of_both", "Effort of both", "effort of both"),
    ],
)
def test_labels_say_what_the_schema_says(
    scenario: str, factor: str, label: str, short: str
) -> None:
    assert words_of(load_scenario(scenario), factor) == (label, short)
