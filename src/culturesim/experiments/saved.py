"""Writing what came of a study: its tables, its figure, and what they were made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from culturesim.experiments import store
from culturesim.plots.page import save_figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from culturesim.scenario.schema import Scenario


def save_study(
    directory: str | Path,
    study: Mapping[str, Any],
    scenario: Scenario | Sequence[Scenario],
    tables: Mapping[str, pd.DataFrame],
    plot: Callable[[], Figure],
    stem: str,
    command: Sequence[str] = (),
    started: datetime | None = None,
) -> list[Path]:
    """Write tables, figure and manifest of a study into a directory.

    Parameters
    ----------
    directory : str or Path
        Made if it is not there; it may hold the same study already, nothing else.
    study : mapping
        As `store.identity` gives it.
    scenario : Scenario, or a sequence of them
    tables : mapping of str to DataFrame
        By file name, which ends in ``.parquet`` or ``.csv``; an index is not written. What would
        take longest to make again comes first.
    plot : callable
        Draws the figure, once the tables are safe.
    stem : str
        Name of the figure's files.
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
    folder = store.choose_directory(Path(directory), "", study)
    started = started or store.now()
    written = []
    for name, table in tables.items():
        path = folder / name
        if path.suffix == ".parquet":
            written.append(store.write_table(table, path))
        else:
            written.append(store.write_whole(path, partial(table.to_csv, index=False)))
    written += save_figure(plot(), folder, stem)
    written.append(store.write_manifest(folder, study, scenario, list(command), started))
    return written
