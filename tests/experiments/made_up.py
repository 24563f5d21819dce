"""Tournaments whose payoffs are made up, not run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

import culturesim as cs


def made_up(
    payoffs: Any,
    names: Sequence[str] = ("a", "b", "c"),
    runs: int = 12,
    noise: float = 0.01,
    **changes: Any,
) -> cs.Tournament:
    """Give a tournament with these mean payoffs, exactly, and noise that differs in each market."""
    random = np.random.default_rng(1)
    matrix = np.asarray(payoffs, float)
    names = names[: len(matrix)]
    rows = []
    for i, mine in enumerate(names):
        for j, other in enumerate(names):
            for place in ("alone",) if i == j else ("first", "second"):
                luck = noise * random.standard_normal(runs)
                luck -= luck.mean()
                for r in range(runs):
                    pay = matrix[i, j] + luck[r]
                    rows.append((mine, other, place, 6, r, pay, 60.0 * pay))
    columns = ["contestant", "against", "place", "teams", "replication"]
    table = pd.DataFrame(rows, columns=[*columns, "value_per_effort", "value_created"])
    scenario = cs.load_scenario("baseline").override(changes)
    return cs.Tournament(scenario, names, table, "value_per_effort", 0)
