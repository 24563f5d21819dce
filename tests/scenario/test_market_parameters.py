"""The ends of ranges in the tables of the market."""

from __future__ import annotations

import math
from typing import Any

import pytest

from culturesim.scenario import Scenario


@pytest.mark.parametrize(
    "changes",
    [
        {"world.care_memory": 0},
        {"world.care_memory": math.inf},
        {"segments.*.budget": math.inf, "segments.*.budget_spread": 1},
        {"segments.*.choice_noise": 0},
    ],
)
def test_ends_of_ranges_are_allowed(changes: dict[str, Any], baseline: Scenario) -> None:
    assert isinstance(baseline.override(changes), Scenario)
