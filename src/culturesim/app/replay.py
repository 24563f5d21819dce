"""One run of both worlds, cycle by cycle, for the map and the garden."""

from __future__ import annotations

import math
import string
from typing import Any

import numpy as np

from culturesim.app.asked import Asked
from culturesim.app.axes import Axes, axes_of
from culturesim.app.desk import Desk, DroppedError, Stale
from culturesim.app.sides import Side
from culturesim.model.engine import Setup
from culturesim.model.measure import NAMES
from culturesim.model.seeds import replication_seed
from culturesim.scenario.load import load_scenario
from culturesim.state.columns import BROKEN, State
from culturesim.state.parameters import Floats

EVERY = 4  # cycles between two places of a customer on the wire
PLACES = 3  # decimals of a place
RIM = 0.94  # how far out the names of concerns stand

LETTERS = string.ascii_uppercase
Answer = dict[str, Any]


def replay(asked: Asked, run: int, desk: Desk, stale: Stale) -> Answer:
    """Follow one replication through both worlds.

    Parameters
    ----------
    asked : Asked
    run : int
        Which replication of the ensemble.
    desk : Desk
    stale : callable

    Returns
    -------
    dict
        Places of customers, offers and beliefs on the map; who took what; each team's culture,
        skill and value.

    Raises
    ------
    DroppedError
        If a newer move came.
    """
    seed = replication_seed(asked.seed, run)
    with desk.turn(stale):
        setups = [Setup(load_scenario(side.scenario, side.changes)) for side in asked.sides]
        axes = axes_of(setups[0], seed)
        worlds = [
            _Follow(side, setup, seed, axes, asked.shown, stale)
            for side, setup in zip(asked.sides, setups, strict=True)
        ]
    return {
        "run": run,
        "seed": seed,
        "cycles": asked.act.cycles,
        "shown": asked.shown,
        "labels": list(LETTERS[: worlds[0].teams]),
        "extent": [round(end, PLACES) for end in axes.extent],
        "concerns": concerns(axes),
        "customers": {"every": EVERY, "at": worlds[0].customers},
        "worlds": [world.told for world in worlds],
    }


def concerns(axes: Axes) -> list[Answer]:
    """Where the name of each concern stands, at the rim of the map; `pull` says how much it says.

    Parameters
    ----------
    axes : Axes

    Returns
    -------
    list of dict
        One a concern: who cares more about it lies further in its direction.
    """
    x_low, x_high, y_low, y_high = axes.extent
    half = np.array([x_high - x_low, y_high - y_low]) / 2.0
    middle = np.array([x_high + x_low, y_high + y_low]) / 2.0
    found = []
    for d, direction in enumerate(axes.directions.T):
        pull = float(np.hypot(*direction))
        outward = direction / half
        stretch = float(np.abs(outward).max())
        at = middle + RIM * half * outward / stretch if stretch > 0.0 else middle
        found.append(
            {
                "name": f"concern {d + 1}",
                "x": round(float(at[0]), PLACES),
                "y": round(float(at[1]), PLACES),
                "pull": round(pull, PLACES),
            }
        )
    return found


class _Follow:
    """One world, followed through the cycles that may be shown."""

    def __init__(
        self, side: Side, setup: Setup, seed: int, axes: Axes, shown: int, stale: Stale
    ) -> None:
        self._axes = axes
        self.customers: list[list[float]] = []
        state = setup.start(seed)
        self.teams = len(state.teams.record)
        self._total = np.zeros(self.teams)
        self.told: Answer = {"name": side.world} | {
            name: []
            for name in (
                "took",
                "offers",
                "made",
                "believed",
                "culture",
                "practised",
                "skill",
                "team_value",
            )
        }
        records = setup.empty_records()
        for cycle in range(shown):
            if stale():
                raise DroppedError
            setup.advance(seed, cycle, cycle + 1, state, records)
            self._look(state)
            if cycle % EVERY == 0 or cycle == shown - 1:
                self.customers.append(flat(axes.place(state.customers.care)))
        self._sums(records[:shown, 0])

    def _look(self, state: State) -> None:
        """Tell of one cycle."""
        teams, record, told = state.teams, state.teams.record, self.told
        self._total += record["value_created"]
        skill = (record["listening_skill"] + record["test_skill"]) / 2.0
        told["took"].append(took(state.customers.committed_to, state.customers.outcome))
        told["offers"].append(flat(self._axes.place_offers(teams.offer)))
        told["made"].append("".join("1" if made else "0" for made in record["offering"].tolist()))
        told["believed"].append(flat(self._axes.place(teams.belief)))
        told["culture"].append(_short(record["culture"]))
        told["practised"].append(_short(record["practised"]))
        told["skill"].append(_short(skill))
        told["team_value"].append(_short(self._total))

    def _sums(self, records: Floats) -> None:
        """Tell of the whole organization."""
        column = {name: records[:, NAMES.index(name)] for name in NAMES}
        self.told["value"] = _short(column["value_created"].cumsum())
        self.told["waste"] = _short(column["waste"].cumsum())
        self.told["nothing"] = _short(column["no_decision_rate"])


def took(committed_to: Any, outcome: Any) -> str:
    """What each customer took, a letter each.

    Parameters
    ----------
    committed_to : array of int, shape (C,)
        The team; below 0: none.
    outcome : array of int, shape (C,)
        Codes of the state column.

    Returns
    -------
    str
        ``.`` for nothing, a team's letter, in lower case where its promise was broken.
    """
    letters = np.frombuffer(("." + LETTERS).encode(), np.uint8)
    found = letters[committed_to + 1]
    found = np.where(outcome == BROKEN, found + 32, found)
    return bytes(found.astype(np.uint8)).decode("ascii")


def flat(places: Floats) -> list[float]:
    """Places in one row of numbers, x and y in turn."""
    return [round(value, PLACES) for value in places.ravel().tolist()]


def _short(values: Floats) -> list[float | None]:
    return [float(f"{v:.4g}") if math.isfinite(v) else None for v in values.tolist()]
