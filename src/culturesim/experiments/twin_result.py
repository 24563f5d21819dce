"""What a twin is: tables of its lives, where they part, the sentence, the picture, the files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from culturesim.errors import ArgumentError
from culturesim.experiments import store
from culturesim.experiments.twin_sentence import sentence

if TYPE_CHECKING:
    from culturesim.plots.style import Picture
    from culturesim.scenario.schema import Scenario

Kind = Literal["customer", "team"]

# Columns that show whether offers, and what customers made of them, are the same in two worlds.
OFFERS: dict[Kind, tuple[str, ...]] = {"customer": ("made", "fit", "price"), "team": ("offer",)}
CHOICE: dict[Kind, str] = {"customer": "team", "team": "commitments"}


class Parts(NamedTuple):
    """Where the lives part: cycles are None where they never do.

    ``offers``: the first cycle in which the offers considered differ between any two worlds (for a
    team: its own offer). ``choice``: the first in which what the customer does differs (for a team:
    how many commit to it). ``value``: resources of value beyond doing nothing that each life ended
    with, by culture.
    """

    offers: int | None
    choice: int | None
    value: dict[str, float]


class Twin:
    """One customer or team in several worlds: the same cares, traits and luck, another culture.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    kind : str
        ``"customer"`` or ``"team"``.
    row : int
        Which one, from 0.
    picked : bool
        Whether the rule of `median_customer` picked it.
    table, cycles : DataFrame
        See `twin`.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        kind: Kind,
        row: int,
        picked: bool,
        table: pd.DataFrame,
        cycles: pd.DataFrame,
    ) -> None:
        self.scenario = scenario
        self.seed = seed
        self.kind = kind
        self.row = row
        self.picked = picked
        self.table = table
        self.cycles = cycles

    def __repr__(self) -> str:
        return (
            f"<Twin: {self.kind} {self.row} under {', '.join(self.cultures)} "
            f"in {self.scenario.name}>"
        )

    def _repr_html_(self) -> str:
        from culturesim.experiments.shown import twin_html

        return twin_html(self)

    @property
    def cultures(self) -> tuple[str, ...]:
        """Names of the cultures, one a world."""
        return tuple(self.cycles["culture"].unique())

    def life(self, culture: str) -> pd.DataFrame:
        """The cycles of one world.

        Parameters
        ----------
        culture : str

        Returns
        -------
        DataFrame
            One row per cycle.

        Raises
        ------
        ArgumentError
            If that culture was not followed.
        """
        if culture not in self.cultures:
            raise ArgumentError("was not followed", key=f"culture {culture}", allowed=self.cultures)
        return self.cycles[self.cycles["culture"] == culture].reset_index(drop=True)

    @property
    def parts(self) -> Parts:
        """Where the lives part, and the value with which each ends."""
        offers = [
            cycle
            for column in OFFERS[self.kind]
            if (cycle := first_difference(self.table, column)) is not None
        ]
        last = self.cycles.groupby("culture", sort=False)["cumulative_value"].last()
        return Parts(
            min(offers, default=None),
            first_difference(self.cycles, CHOICE[self.kind]),
            {str(culture): float(value) for culture, value in last.items()},
        )

    @property
    def sentence(self) -> str:
        """What came of it, in plain words."""
        return sentence(self)

    def plot(self) -> Picture:
        """The lives along time, one above the other; of a team, three panels of lines.

        Returns
        -------
        matplotlib Figure
            Its panels are matplotlib axes: by name, as in ``figure["NAME"]`` (``figure.panels``
            has all), or one after another in a loop.
        """
        from culturesim.plots.twin import plot_twin

        return plot_twin(self)

    def save(
        self, directory: str | Path, command: Sequence[str] = (), started: datetime | None = None
    ) -> list[Path]:
        """Write tables, figure and manifest into a directory.

        Parameters
        ----------
        directory : str or Path
            Made if it is not there; it may hold the same study already, nothing else.
        command : sequence of str
            The command line, for the manifest.
        started : datetime, optional
            When the work began; now if not given.

        Returns
        -------
        list of Path
            What was written.

        Raises
        ------
        ResultError
            If the directory holds something else, or cannot be written to.
        """
        from culturesim.experiments.saved import save_study

        tables = {
            f"{name}.{ending}": table
            for name, table in (("table", self.table), ("cycles", self.cycles))
            for ending in ("parquet", "csv")
        }
        return save_study(
            directory, self.study, self.scenario, tables, self.plot, "twin", command, started
        )

    @property
    def study(self) -> dict[str, Any]:
        """What makes this twin this one: scenario, cultures, seed, whom it follows, version."""
        row = None if self.picked else self.row
        return identity(self.scenario, self.cultures, self.seed, self.kind, row)


def identity(
    scenario: Scenario, cultures: Sequence[str], seed: int, kind: Kind, row: int | None
) -> dict[str, Any]:
    """What makes a twin this one, known before anything is run.

    Parameters
    ----------
    scenario : Scenario
    cultures : sequence of str
    seed : int
    kind : str
        ``"customer"`` or ``"team"``.
    row : int or None
        Which one; None: the customer that the rule picks.

    Returns
    -------
    dict
    """
    study = store.identity("twin", scenario, list(cultures), seed, 1)
    return study | {"follows": kind, "row": "median" if row is None else row}


def first_difference(table: pd.DataFrame, column: str) -> int | None:
    """First cycle in which a column is not the same under all cultures.

    Parameters
    ----------
    table : DataFrame
        With columns ``culture`` and ``cycle``, the same number of rows for each.
    column : str

    Returns
    -------
    int or None
    """
    cycles = table["cycle"].nunique()
    values = table[column].to_numpy(np.float64, na_value=np.nan)
    worlds = values.reshape(table["culture"].nunique(), cycles, -1)
    same = (worlds == worlds[0]) | (np.isnan(worlds) & np.isnan(worlds[0]))
    differs = np.flatnonzero(~same.all(axis=(0, 2)))
    return int(differs[0]) if len(differs) else None
