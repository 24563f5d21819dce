"""Two directories of one study become one."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from culturesim.errors import ResultError
from culturesim.experiments import store
from culturesim.experiments.ledger import Ledger, grown
from culturesim.experiments.ledger_files import read_ledger
from culturesim.experiments.lock import locked
from culturesim.experiments.parts import RUNS, places, read_parts, remove_leftovers, write_part
from culturesim.experiments.study import Study, load_study
from culturesim.experiments.undertaking import Undertaking

if TYPE_CHECKING:
    from numpy.typing import NDArray


def merge(first: str | Path, second: str | Path, out: str | Path) -> Study:
    """Put the runs of two sweeps of the same study into one directory.

    Parameters
    ----------
    first, second : str or Path
        They stay as they are. A run that is in both is taken once.
    out : str or Path
        A directory that holds nothing yet.

    Returns
    -------
    Study
        With all design points, cultures and replications of both; what neither has is missing, and
        the sweep's command goes on from there.

    Raises
    ------
    ResultError
        If they are different studies, a run that is in both differs, or `out` is not empty.
    """
    into = Path(out)
    sources = [(Path(folder), _ledger(Path(folder))) for folder in (first, second)]
    (_, mine), (theirs_at, theirs) = sources
    merged = grown(mine, theirs, theirs_at)
    merged = merged._replace(sessions=[*mine.sessions, *theirs.sessions])
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise ResultError("is not empty", where=str(into), hint="choose another directory")
    store.make_directory(into)
    with locked(into):
        remove_leftovers(into)
        width = max(_replications(folder) for folder, _ in sources)
        seen = np.zeros((*merged.shape[:2], width), np.uint64)
        number = 0
        numbers = {point.identity: n for n, point in enumerate(merged.points)}
        for folder, ledger in sources:
            renumbered = np.array([numbers[point.identity] for point in ledger.points], np.int64)
            for table in read_parts(folder / RUNS):
                table = _renumbered(table, renumbered)
                kept = _unseen(table, merged, seen, folder)
                if len(kept):
                    write_part(kept, into / RUNS, number)
                    number += 1
        Undertaking(into, merged).write_ledger()
    return load_study(into)


def _ledger(folder: Path) -> Ledger:
    ledger = read_ledger(folder)
    if ledger is None:
        raise ResultError("there is no sweep here", where=str(folder))
    return ledger


def _replications(folder: Path) -> int:
    """How many replications there are, at the design point that has most."""
    found = [pc.max(t["replication"]).as_py() for t in read_parts(folder / RUNS, ["replication"])]
    return 1 + max((number for number in found if number is not None), default=-1)


def _renumbered(table: pa.Table, numbers: NDArray[np.int64]) -> pa.Table:
    place = table.column_names.index("design_point")
    column = pa.array(numbers[table["design_point"].to_numpy()])
    return table.set_column(place, "design_point", column)


def _unseen(
    table: pa.Table,
    ledger: Ledger,
    seen: NDArray[np.uint64],
    folder: Path,
) -> pa.Table:
    """Rows of runs that no source before had; those it had must be equal.

    Parameters
    ----------
    table : Table
    ledger : Ledger
        Of the merged study.
    seen : array of uint64, shape (points, cultures, replications)
        Checksum of each run so far, 0 for none; written.
    folder : Path
        The source, for errors.
    """
    sums = _checksums(table)
    keys = np.stack(places(table, ledger.cultures), axis=1)
    # Rows of one run stand together: what differs from the row before begins a run.
    begins = np.flatnonzero(np.r_[True, (keys[1:] != keys[:-1]).any(axis=1)])
    totals = np.add.reduceat(sums, begins) | np.uint64(1)  # never 0
    kept = np.zeros(len(table), np.bool_)
    ends = np.r_[begins[1:], len(table)]
    for begin, end, total in zip(begins, ends, totals, strict=True):
        key = tuple(keys[begin])
        if seen[key] == 0:
            seen[key], kept[begin:end] = total, True
        elif seen[key] != total:
            point, culture, replication = key
            run = f"{point}/{ledger.cultures[culture]}/{replication}"
            raise ResultError(
                f"differs from the other directory in run {run}",
                where=str(folder),
                hint="culturesim replay says which of them this installation repeats",
            )
    return table.filter(pa.array(kept))


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _checksums(table: pa.Table) -> NDArray[np.uint64]:
    """One number for all that a row says; bits count, except those of what is not a number."""
    sums = np.zeros(len(table), np.uint64)
    for name in table.column_names:
        column = table[name].combine_chunks()
        if pa.types.is_floating(column.type):
            values = column.to_numpy(zero_copy_only=False).astype(np.float64)
            values[np.isnan(values)] = np.nan
            words = values.view(np.uint64)
        elif _is_text(column.type):
            coded = column.dictionary_encode()
            texts = [zlib.crc32(text.encode()) for text in coded.dictionary.to_pylist()]
            words = np.array(texts, np.uint64)[coded.indices.to_numpy()]
        else:
            words = column.to_numpy(zero_copy_only=False).astype(np.uint64)
        sums = sums * np.uint64(0x9E3779B97F4A7C15) + words  # of odd numbers, none loses bits
        sums ^= sums >> np.uint64(29)
    return sums
