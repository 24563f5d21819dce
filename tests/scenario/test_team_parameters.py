"""The ends of ranges in the tables of the teams, and what a culture must say."""

from __future__ import annotations

from typing import Any

import pytest

from culturesim.scenario import Scenario
from culturesim.scenario.describe import parameters


@pytest.mark.parametrize(
    "changes",
    [
        {"organizations.acme.culture": 0},
        {"organizations.acme.culture": 0.5},
    ],
)
def test_ends_of_ranges_are_allowed(changes: dict[str, Any], baseline: Scenario) -> None:
    assert isinstance(baseline.override(changes), Scenario)


def test_only_practices_have_no_default() -> None:
    dated = ("shocks", "leadership")
    rows = [row for row in parameters() if not row.path.startswith(dated)]
    required = {row.path for row in rows if row.required}
    practices = ("listening", "testing", "replan", "evidence", "forgetting", "discipline")
    assert required == {f"cultures.*.{practice}" for practice in practices}
