"""A small market in which every reason occurs, and every customer's twin in it."""

from __future__ import annotations

from typing import Any

import culturesim as cs
from tests.model.lively import LIVELY

CULTURES = ("execution", "discovery")
SEED = 1

# Bids that are refused for each reason: some teams come later, some customers have little money.
CHANGES: dict[str, Any] = {**LIVELY, "organizations.*.entry": 3, "segments.*.standard_spread": 0.1}


def market() -> cs.Scenario:
    return cs.load_scenario("two-segments", CHANGES)


def all_customers(scenario: cs.Scenario) -> list[cs.Twin]:
    number = scenario.world.customers
    return [cs.twin(scenario, SEED, CULTURES, customer=row) for row in range(number)]
