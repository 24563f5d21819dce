"""One run of a sweep once more, held against the row that is on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from culturesim.errors import ArgumentError, ResultError, nearest
from culturesim.experiments.ledger import Ledger
from culturesim.experiments.ledger_files import read_ledger
from culturesim.experiments.parts import RUNS, read_parts
from culturesim.experiments.work import Job
from culturesim.model.engine import compile_first
from culturesim.model.results import IN_TABLES

if TYPE_CHECKING:
    from culturesim.experiments.work import Rows


class Replay(NamedTuple):
    """What came of it.

    Parameters
    ----------
    run : str
        Design point, culture and replication.
    seed : int
    equal : bool
        Whether every number is equal, bit for bit, or the run failed in the same way.
    values : int
        How many numbers were held against each other.
    differs : str
        Name of the first number that differs, with the organization; empty if none does.
    stored, now : str
        That number, or the error of a run that failed.
    """

    run: str
    seed: int
    equal: bool
    values: int
    differs: str
    stored: str
    now: str

    @property
    def sentence(self) -> str:
        """Whether it came out the same, in plain words."""
        about = f"run {self.run}, seed {self.seed}"
        if self.equal and self.stored:
            return f"{about}: fails in the same way\n  {self.stored}"
        if self.equal:
            return f"{about}: bit-equal, {self.values} numbers"
        first = f"{about}: differs first in {self.differs}"
        return f"{first}\n  on the disk: {self.stored}\n  now:         {self.now}"


def replay(directory: str | Path, run: str) -> Replay:
    """Run one row of a sweep again and compare.

    Parameters
    ----------
    directory : str or Path
    run : str
        As in ``"3/discovery/17"``: design point, culture, replication.

    Returns
    -------
    Replay

    Raises
    ------
    ArgumentError
        If there can be no such run.
    ResultError
        If the directory holds no sweep, or that run has not been done.
    """
    folder = Path(directory)
    ledger = read_ledger(folder)
    if ledger is None:
        raise ResultError("there is no sweep here", where=str(folder))
    point, culture, replication = _parsed(run, ledger)
    stored = _stored(folder, point, culture, replication)
    if stored is None:
        if replication >= ledger.most:
            _names_no("replication", run, replication, ledger.most)
        raise ResultError("has not been done", where=str(folder), key=f"run {run}")
    compile_first()
    rows = ledger.work(Job(point, culture, (replication,)))
    return _held(run, ledger, rows, stored)


def _held(run: str, ledger: Ledger, rows: Rows, stored: pa.Table) -> Replay:
    seed, error = int(rows.seeds[0]), str(stored["error"][0])
    number = 0
    if error or rows.errors[0]:
        same = error == rows.errors[0]
        return Replay(run, seed, same, 0, "" if same else "error", error, rows.errors[0])
    names = stored["organization"].to_pylist()
    for o, organization in enumerate(rows.organizations):
        place = names.index(organization)
        for m, metric in enumerate(ledger.record):
            column = IN_TABLES.get(metric, metric)
            before, after = float(stored[column][place].as_py()), float(rows.values[0, o, m])
            number += 1
            if np.float64(before).tobytes() != np.float64(after).tobytes() and not (
                np.isnan(before) and np.isnan(after)
            ):
                name = metric if len(names) == 1 else f"{metric} of {organization}"
                return Replay(run, seed, False, number, name, repr(before), repr(after))
    return Replay(run, seed, True, number, "", "", "")


def _parsed(run: str, ledger: Ledger) -> tuple[int, str, int]:
    first, _, rest = run.partition("/")
    culture, _, last = rest.rpartition("/")
    points = len(ledger.points)
    if not (first.isdecimal() and last.isdecimal() and culture):
        raise ArgumentError(
            "is no run", key="run", found=run, allowed="POINT/CULTURE/REPLICATION, as 0/discovery/7"
        )
    if culture not in ledger.cultures:
        raise ArgumentError(
            "is no culture of the sweep",
            key=f"run {run}",
            found=culture,
            allowed=ledger.cultures,
            nearest=nearest(culture, ledger.cultures),
        )
    if int(first) >= points:
        _names_no("design point", run, first, points)
    return int(first), culture, int(last)


def _names_no(what: str, run: str, found: str | int, limit: int) -> NoReturn:
    raise ArgumentError(
        f"names no {what}", key=f"run {run}", found=str(found), allowed=f"0 to {limit - 1}"
    )


def _stored(folder: Path, point: int, culture: str, replication: int) -> pa.Table | None:
    for table in read_parts(folder / RUNS):
        wanted = pc.and_(
            pc.and_(pc.equal(table["design_point"], point), pc.equal(table["culture"], culture)),
            pc.equal(table["replication"], replication),
        )
        found = table.filter(wanted)
        if len(found):
            return found
    return None
