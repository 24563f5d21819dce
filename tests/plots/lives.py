"""Lives to draw whose numbers are made up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from culturesim.experiments.twin_result import Kind, Twin
from culturesim.scenario.load import load_scenario
from tests.plots.figures import CULTURES

REASONS = {
    "status quo": "below_standard",
    "indecision": "indecision",
    "kept": "kept",
    "broken": "broken",
}
Change = Callable[[pd.DataFrame], None]


def made_up_life(
    cultures: tuple[str, ...] = CULTURES,
    cycles: int = 40,
    change: Change | None = None,
    changes: dict[str, Any] | None = None,
    kind: Kind = "customer",
    picked: bool = True,
) -> Twin:
    """Give a twin whose cycles are drawn, not run; `change` may alter them."""
    scenario = load_scenario("baseline").override({"world.cycles": cycles} | (changes or {}))
    random = np.random.default_rng(1)
    number = len(cultures) * cycles
    table = pd.DataFrame(
        {
            "culture": np.repeat(cultures, cycles),
            "cycle": np.tile(np.arange(cycles), len(cultures)),
            "organization": "acme",
        }
    )
    if kind == "team":
        table["stance"] = table["culture"]
        table["alignment"] = random.random(number)
        table["commitments"] = random.integers(0, 30, number)
        table["effort"] = 10.0
        table["waste"] = 4.0
        table["offer"] = random.random(number)
    else:
        outcomes = random.choice(list(REASONS), number, p=[0.4, 0.1, 0.4, 0.1])
        team = np.where(np.isin(outcomes, ["kept", "broken"]), random.integers(0, 12, number), -1)
        table["team"] = pd.array(team, dtype="Int64")
        table.loc[team < 0, "team"] = pd.NA
        table["preferred_team"] = 3
        table["outcome"] = outcomes
        table["reason"] = [REASONS[outcome] for outcome in outcomes]
        table["fit"] = table["best_fit"] = random.random(number)
        table["standard"] = 0.42
        table["status_quo"] = 0.22
        table["made"] = True
        table["price"] = 1.0
    table["value"] = random.random(number)
    if change is not None:
        change(table)
    table["cumulative_value"] = table.groupby("culture")["value"].cumsum()
    return Twin(scenario, 0, kind, 17, picked, table, table)


# --- how they may be altered


def nothing_ever(table: pd.DataFrame) -> None:
    table["team"] = pd.array([pd.NA] * len(table), dtype="Int64")
    table["outcome"], table["reason"] = "status quo", "not_offered"
    table["best_fit"], table["value"] = np.nan, 0.0


def all_broken(table: pd.DataFrame) -> None:
    table["outcome"], table["reason"], table["value"] = "broken", "broken", 0.0


def perfect(table: pd.DataFrame) -> None:
    table["best_fit"] = table["standard"] = table["status_quo"] = 1.0


def loss(table: pd.DataFrame) -> None:
    table["value"] = -1e6


def late(table: pd.DataFrame) -> None:
    """The same in all worlds, but for the last cycle of one."""
    table["team"] = pd.array([4] * (len(table) - 1) + [5], dtype="Int64")
    table["outcome"], table["reason"] = "kept", "kept"


def never_a_number(table: pd.DataFrame) -> None:
    table["alignment"] = np.nan
