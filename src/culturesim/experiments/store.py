"""The directory that an experiment leaves behind: a manifest, tables, figures.

Every file is written under another name and then renamed, so that what is there is whole.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from culturesim import __version__
from culturesim.errors import ResultError
from culturesim.experiments.provenance import one_or_all, provenance, several

if TYPE_CHECKING:
    import pandas as pd

    from culturesim.scenario.schema import Scenario

MANIFEST = "manifest.json"
RUNS, CYCLES = "runs/part-00000.parquet", "cycles/part-00000.parquet"
FORMAT = 1


def identity(
    kind: str,
    scenario: Scenario | Sequence[Scenario],
    cultures: list[str],
    seed: int,
    n: int,
) -> dict[str, Any]:
    """What makes a study this study: the same identity gives the same rows.

    Parameters
    ----------
    kind : str
        ``"run"`` or ``"compare"``.
    scenario : Scenario, or a sequence of them
    cultures : list of str
    seed, n : int
        Seed of the study and number of replications.

    Returns
    -------
    dict
    """
    return {
        "kind": kind,
        "scenario_hash": one_or_all([s.hash() for s in several(scenario)]),
        "cultures": cultures,
        "seed": seed,
        "replications": n,
        "culturesim": __version__,
    }


def choose_directory(chosen: Path | None, name: str, study: Mapping[str, Any]) -> Path:
    """Make the directory for a study, before anything is computed.

    Parameters
    ----------
    chosen : Path or None
        What the user asked for; if nothing, the first of ``results/NAME``, ``results/NAME-2``, ...
        that is free or holds this very study.
    name : str
    study : mapping
        As `identity` gives it.

    Returns
    -------
    Path

    Raises
    ------
    ResultError
        If the directory cannot be made, or holds something else: results are never overwritten
        except by the same study, whose rows are the same.
    """
    if chosen is not None:
        problem = _occupied(chosen, study)
        if problem is not None:
            raise ResultError(
                problem,
                where=str(chosen),
                hint="choose another directory with --out, or move this one away",
            )
        return make_directory(chosen)
    number = 1
    while True:
        path = Path("results") / (name if number == 1 else f"{name}-{number}")
        if _occupied(path, study) is None:
            return make_directory(path)
        number += 1


def make_directory(path: Path) -> Path:
    """Make a directory, and see whether it can be written to.

    Raises
    ------
    ResultError
        If it cannot.
    """
    with _disk_errors(path):
        path.mkdir(parents=True, exist_ok=True)
        probe = path / ".writable"
        probe.touch()
        probe.unlink()
    return path


def _occupied(path: Path, study: Mapping[str, Any]) -> str | None:
    """Say why a study cannot go into a directory; nothing if it can."""
    if not path.exists():
        return None
    if not path.is_dir():
        return "is a file, not a directory"
    if not any(path.iterdir()):
        return None
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        found = {key: manifest["study"][key] for key in study}
    except (OSError, ValueError, KeyError, TypeError):
        return "is not empty and holds no study of this program"
    return None if found == dict(study) else "holds the results of another study"


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno == errno.ENOSPC
        what = "make room and try again" if full else "choose another directory with --out"
        raise ResultError(
            "cannot be written",
            where=str(path),
            found=error.strerror or str(error),
            hint=f"{what}; what was written before is whole",
        ) from error


def write_whole(path: Path, write: Callable[[Path], object]) -> Path:
    """Write a file under a temporary name in its directory, then rename it.

    Parameters
    ----------
    path : Path
    write : callable
        Given the temporary path, writes the file.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    ResultError
        If the disk refuses.
    """
    with _disk_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{os.getpid()}-{path.name}")
        try:
            write(temporary)
            _to_the_disk(temporary)  # else a machine that dies could leave a name without content
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    return path


def _to_the_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def write_table(table: pd.DataFrame, path: Path) -> Path:
    """Write a table as Parquet, as `write_whole` does."""
    return write_whole(path, lambda p: table.to_parquet(p, engine="pyarrow", index=False))


def write_manifest(
    directory: Path,
    study: Mapping[str, Any],
    scenario: Scenario | Sequence[Scenario],
    command: list[str],
    started: datetime,
) -> Path:
    """Write what a reader needs in order to know, and to repeat, what was done.

    Parameters
    ----------
    directory : Path
    study : mapping
        As `identity` gives it.
    scenario : Scenario, or a sequence of them
    command : list of str
        The command line, or nothing from Python.
    started : datetime

    Returns
    -------
    Path
    """
    manifest = {
        "format": FORMAT,
        "study": dict(study),
        **provenance(scenario),
        "command": command,
        "started": started.isoformat(timespec="seconds"),
        "ended": now().isoformat(timespec="seconds"),
        "design_points": [{"design_point": 0, "parameters": {}, "state": "complete"}],
    }
    return write_json(manifest, directory / MANIFEST)


def write_json(value: Mapping[str, Any], path: Path) -> Path:
    """Write plain values as JSON, as `write_whole` does."""
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return write_whole(path, lambda p: p.write_text(text, encoding="utf-8"))


def now() -> datetime:
    """The present time, with its zone."""
    return datetime.now(UTC)
