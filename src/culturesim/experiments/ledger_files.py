"""What a sweep's directory says of the sweep: its manifest and its table of design points."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from culturesim.errors import ResultError
from culturesim.experiments import store
from culturesim.experiments.design import Point
from culturesim.experiments.factors import Level
from culturesim.experiments.ledger import Ledger
from culturesim.experiments.parts import column
from culturesim.experiments.provenance import plain, provenance
from culturesim.experiments.until import read_until
from culturesim.scenario.draft import Draft
from culturesim.scenario.schema import Scenario, build

if TYPE_CHECKING:
    from numpy.typing import NDArray

POINTS = "points.parquet"


def write_ledger(
    directory: Path, ledger: Ledger, states: Sequence[str], wanted: Sequence[int]
) -> None:
    """Write the table of design points and the manifest.

    Parameters
    ----------
    directory : Path
    ledger : Ledger
    states : sequence of str
        Of each design point.
    wanted : sequence of int
        Replications of each.

    Raises
    ------
    ResultError
        If the disk refuses.
    """
    factors = ledger.study["factors"]
    last = ledger.sessions[-1] if ledger.sessions else {}
    manifest = {
        "format": store.FORMAT,
        "study": ledger.study,
        "title": ledger.title,
        "about": ledger.about,
        "expect": ledger.expect,
        "cultures": list(ledger.cultures),
        "replications": ledger.replications,
        "until": {target.metric: target.said for target in ledger.until},
        "max_replications": ledger.most,
        **provenance(ledger.scenario),
        "command": last.get("command", []),
        "started": ledger.sessions[0]["started"] if ledger.sessions else None,
        "ended": last.get("ended"),
        "sessions": ledger.sessions,
        "samples": ledger.samples,
        "design_points": [
            {
                "design_point": number,
                "parameters": plain(dict(zip(factors, point.levels, strict=True))),
                "replications": replications,
                "state": state,
            }
            for number, (point, state, replications) in enumerate(
                zip(ledger.points, states, wanted, strict=True)
            )
        ],
    }
    # The manifest first: a directory without one is not taken for ours.
    store.write_json(manifest, directory / store.MANIFEST)
    layout = ledger.layout
    columns: dict[str, NDArray[Any]] = {"design_point": np.arange(len(ledger.points))}
    for n, name in enumerate(factors):
        columns[name] = column([levels[n] for levels in layout.levels.values()])
    columns["identity"] = column([point.identity for point in ledger.points])
    columns["levels"] = column([json.dumps(point.levels) for point in ledger.points])
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    store.write_whole(directory / POINTS, lambda path: pq.write_table(table, path))


def read_ledger(directory: Path) -> Ledger | None:
    """Read what a directory says of its sweep.

    Parameters
    ----------
    directory : Path

    Returns
    -------
    Ledger or None
        None if there is no such directory, or nothing in it.

    Raises
    ------
    ResultError
        If it holds something else, or cannot be read.
    """
    if not directory.exists():
        return None
    if not directory.is_dir():
        raise ResultError("is a file, not a directory", where=str(directory))
    path = directory / store.MANIFEST
    if not path.exists() and all(file.name.startswith(".") for file in directory.iterdir()):
        return None
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if manifest["study"]["kind"] != "sweep":
            raise ResultError(
                f"holds a {manifest['study']['kind']}, not a sweep",
                where=str(directory),
                hint="choose another directory with --out, or move this one away",
            )
        study = manifest["study"]
        scenario = _scenario(manifest["scenario"])
        return Ledger(
            study,
            manifest["title"],
            manifest["about"],
            manifest["expect"],
            scenario,
            tuple(manifest["cultures"]),
            manifest["replications"],
            _points(directory, study["factors"]),
            manifest["samples"],
            manifest["sessions"],
            read_until(manifest.get("until", {})),
            manifest.get("max_replications", 0),
        )
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise ResultError(
            "is not empty and holds no sweep of this program",
            where=str(directory),
            found=f"{type(error).__name__}: {error}",
            hint="choose another directory with --out, or move this one away",
        ) from error


def _points(directory: Path, factors: Mapping[str, Any]) -> list[Point]:
    path = directory / POINTS
    if not path.exists():
        return []  # killed between manifest and points: nothing can have been run
    points = []
    for row in pq.read_table(path, columns=["identity", "levels"]).to_pylist():
        levels: list[Level] = json.loads(row["levels"])
        changes = {
            way: level
            for facts, level in zip(factors.values(), levels, strict=True)
            for way in facts["paths"]
        }
        points.append(Point(tuple(levels), changes, row["identity"]))
    return points


def _scenario(said: Mapping[str, Any]) -> Scenario:
    draft = Draft()
    draft.lay(_with_inf(said["values"]), said["source"])
    scenario = build(draft, said["name"], said["source"])
    if scenario.hash() != said["hash"]:
        raise ValueError("the scenario in the manifest is not the one that was run")
    return scenario


def _with_inf(value: Any) -> Any:
    """Undo what JSON needed: the text of a scenario file becomes infinity again."""
    if isinstance(value, dict):
        return {key: _with_inf(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_inf(inner) for inner in value]
    return math.inf if value == "inf" else value
