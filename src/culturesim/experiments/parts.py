"""Rows of runs on the disk: written in whole parts, recognised by their keys."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from culturesim.errors import ResultError
from culturesim.experiments.factors import Level
from culturesim.experiments.store import write_whole
from culturesim.experiments.work import Rows
from culturesim.model.results import IN_TABLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

RUNS = "runs"
KEYS = ("design_point", "culture", "replication")
TEXTS = ("scenario", "culture", "organization", "state", "error")
DONE, FAILED = "done", "failed"

ROWS = 5000  # of a full part: some hundred kilobytes
SECONDS = 2.0  # after which a part is written although it is not full ...
SHARE = 0.02  # ... or after this share of all the time so far, which bounds what a kill can cost


class Layout(NamedTuple):
    """What the columns of a part are.

    Parameters
    ----------
    scenario : str
        Name of the base scenario.
    factors : tuple of str
    record : tuple of str
        Metrics.
    levels : dict of int to tuple
        Of each design point, as its table shows them.
    """

    scenario: str
    factors: tuple[str, ...]
    record: tuple[str, ...]
    levels: dict[int, tuple[Level, ...]]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        metrics = [IN_TABLES.get(name, name) for name in self.record]
        key = ["culture", "replication", "seed", "organization"]
        return ["design_point", "scenario", *self.factors, *key, *metrics, "state", "error"]

    def table(self, many: Sequence[Rows]) -> pa.Table:
        """Turn the rows of some jobs into one table, in the order of its keys."""
        ordered = sorted(many, key=lambda rows: (*rows.job[:2], rows.job.replications))
        sizes = [len(rows.seeds) * len(rows.organizations) for rows in ordered]

        def per_job(values: Iterable[Level]) -> pa.Array:
            found = list(values)
            return pa.array(np.repeat(column(found), sizes))

        def per_run(values: Iterable[NDArray[np.int64]]) -> pa.Array:
            rows = zip(values, ordered, strict=True)
            return pa.array(np.concatenate([np.repeat(v, len(r.organizations)) for v, r in rows]))

        jobs = [rows.job for rows in ordered]
        errors = [e for r in ordered for e in r.errors for _ in r.organizations]
        names = [name for r in ordered for name in r.organizations * len(r.seeds)]
        values = np.concatenate([rows.values.reshape(-1, len(self.record)) for rows in ordered])
        columns = [
            per_job(job.design_point for job in jobs),
            per_job(self.scenario for _ in jobs),
            *(
                per_job(self.levels[job.design_point][n] for job in jobs)
                for n in range(len(self.factors))
            ),
            per_job(job.culture for job in jobs),
            per_run(np.array(job.replications, np.int64) for job in jobs),
            per_run(rows.seeds for rows in ordered),
            pa.array(names),
            *(pa.array(values[:, m]) for m in range(len(self.record))),
            pa.array([FAILED if error else DONE for error in errors]),
            pa.array(errors),
        ]
        return pa.Table.from_arrays(columns, names=self.columns)


def column(values: Sequence[Level]) -> NDArray[np.generic]:
    """Values as the column of a table: texts as they are, not cut to one length."""
    return np.array(values, dtype=object if isinstance(values[0], str) else None)


class Writer:
    """Collects rows and writes them as parts.

    Parameters
    ----------
    folder : Path
        Of the parts.
    layout : Layout
    """

    def __init__(self, folder: Path, layout: Layout) -> None:
        self.folder = folder
        self.layout = layout
        self._next = 1 + max((part_number(path) for path in part_files(folder)), default=-1)
        self._waiting: list[Rows] = []
        self._began = self._written = time.monotonic()

    def add(self, rows: Rows) -> None:
        """Take rows, and write a part if there are enough or it is time.

        Raises
        ------
        ResultError
            If the disk refuses.
        """
        self._waiting.append(rows)
        number = sum(len(r.seeds) * len(r.organizations) for r in self._waiting)
        now = time.monotonic()
        patience = max(SECONDS, SHARE * (now - self._began))
        if number >= ROWS or now - self._written >= patience:
            self.flush()

    def flush(self) -> None:
        """Write what waits.

        Raises
        ------
        ResultError
            If the disk refuses; what waits is still there then.
        """
        if self._waiting:
            write_part(self.layout.table(self._waiting), self.folder, self._next)
            self._next += 1
            self._waiting = []
        self._written = time.monotonic()


def write_part(table: pa.Table, folder: Path, number: int) -> Path:
    """Write one part, whole or not at all.

    Raises
    ------
    ResultError
        If the disk refuses.
    """
    # Numbers of a model hardly repeat: a dictionary of them would only cost time.
    texts = [name for name in table.column_names if pa.types.is_string(table[name].type)]
    path = folder / f"part-{number:05d}.parquet"
    return write_whole(
        path, lambda p: pq.write_table(table, p, use_dictionary=texts, compression="zstd")
    )


def part_files(folder: Path) -> list[Path]:
    """All parts of a folder, in order."""
    return sorted(folder.glob("part-*.parquet"), key=part_number)


def part_number(path: Path) -> int:
    """Number of a part."""
    digits = path.stem.removeprefix("part-")
    return int(digits) if digits.isdecimal() else -1


def remove_leftovers(directory: Path) -> None:
    """Remove what a killed process had not finished writing."""
    for pattern in (
        *(".writable", ".*-manifest.json", ".*-points.parquet"),
        f"{RUNS}/.*-part-*.parquet",
    ):
        for path in directory.glob(pattern):
            path.unlink(missing_ok=True)


def read_parts(folder: Path, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """Read parts one after another.

    Parameters
    ----------
    folder : Path
    columns : sequence of str, optional
        All if not given.

    Yields
    ------
    Table

    Raises
    ------
    ResultError
        If a part cannot be read.
    """
    for path in part_files(folder):
        try:
            yield pq.ParquetFile(path).read(columns=columns)
        except (OSError, pa.ArrowException, KeyError) as error:
            raise ResultError(
                "cannot be read",
                where=str(path),
                found=str(error).splitlines()[0],
                hint="move it away and give the sweep's command again: its runs are made anew",
            ) from error


def places(
    table: pa.Table, cultures: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Design point, number of the culture (-1: none of these) and replication of every row."""
    point = table["design_point"].to_numpy().astype(np.int64)
    replication = table["replication"].to_numpy().astype(np.int64)
    words = table["culture"].combine_chunks().dictionary_encode()
    names = words.dictionary.to_pylist()
    order = np.array([cultures.index(n) if n in cultures else -1 for n in names], np.int64)
    culture = order[words.indices.to_numpy()] if len(names) else np.zeros(0, np.int64)
    return point, culture, replication
