"""What the commands of sweeps print."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, TextIO

from culturesim.cli.render import _console, _number, _print_json, _table
from culturesim.errors import ArgumentError

if TYPE_CHECKING:
    from culturesim.experiments.plan import Plan
    from culturesim.experiments.replay import Replay
    from culturesim.experiments.study import Study
    from culturesim.experiments.undertaking import Undertaking

SHOWN_ROWS = 30  # of a table for people; the rest is in the directory


def check_growth(undertaking: Undertaking, extend: int | None) -> None:
    """Say so if a study is to grow that is not there, or is larger already."""
    if extend is None:
        return
    directory, there = undertaking.directory, undertaking.ledger.replications
    if not undertaking.ledger.sessions:
        raise ArgumentError(
            "there is no study to extend",
            key="--extend-replications",
            found=str(directory),
            hint="--out names the directory of a study; --replications begins one",
        )
    if extend < there:
        raise ArgumentError(
            "is less than the study has",
            key="--extend-replications",
            found=str(extend),
            allowed=f"{there} or more",
        )


def plan(undertaking: Undertaking, planned: Plan, as_json: bool, file: TextIO) -> None:
    """How many runs, how long, how much disk."""
    if as_json:
        _print_json({**planned._asdict(), "directory": str(undertaking.directory)})
        return
    p = planned
    replications, runs = _count(p.replications, "replication"), _count(p.runs, "run")
    if p.most_runs > p.runs:
        replications = f"{p.replications:,} to {_count(p.most_replications, 'replication')}"
        runs = f"{p.runs:,} to {_count(p.most_runs, 'run')}"
    print(
        f"{_count(p.design_points, 'design point')} x {_count(p.cultures, 'culture')} x "
        f"{replications} = {runs}",
        file=file,
    )
    for target in undertaking.ledger.until:
        print(f"until the difference is known in {target}, at each", file=file)
    if p.missing < p.runs:
        print(f"{p.runs - p.missing:,} of them are there; {p.missing:,} are missing", file=file)
    if p.missing:
        time, size = _time(p.seconds), _size(p.bytes)
        if p.most_runs > p.runs:
            time, size = f"{time} to {_time(p.most_seconds)}", _size(p.most_bytes)
        workers = _count(p.workers, "worker")
        print(f"about {time} with {workers}, up to {size} on the disk", file=file)
    print(f"in {undertaking.directory}", file=file)


def stopped(undertaking: Undertaking) -> None:
    """What is there after an interruption, and how to go on."""
    there, total = undertaking.runs - undertaking.missing, undertaking.runs
    print(
        f"Interrupted. {there:,} of {total:,} runs are in {undertaking.directory}; "
        f"the same command goes on from there.",
        file=sys.stderr,
    )


def study(result: Study, as_json: bool) -> None:
    """Differences at every design point, failures, and where the results are."""
    table, failures = result.table, result.failures
    metric = next(iter(result.until), result.metrics[0])
    if as_json:
        _print_json(
            {
                "title": result.title,
                "scenario": result.scenario.name,
                "factors": list(result.factors),
                "cultures": list(result.cultures),
                "replications": result.replications,
                "until": result.until,
                "seed": result.seed,
                "table": table.to_dict(orient="records"),
                "failures": failures.to_dict(orient="records"),
                "directory": str(result.directory),
            }
        )
        return
    console = _console()
    console.print(result.title, style="bold", markup=False)
    several = len(result.cultures) > 1
    rows = table[table["metric"] == metric]
    numbers = ("base", "mean", "difference") if several else ("mean",)
    columns = (*result.factors, *(("culture",) if len(result.cultures) > 2 else ()))
    last = ("95 % interval", "n", *(("unpaired", "reached") if result.until else ()))
    shown = _table(*columns, *numbers, *last, right=(*numbers, *last))
    for row in rows.head(SHOWN_ROWS).to_dict(orient="records"):
        shown.add_row(
            *(_level(row[str(name)]) for name in columns),
            *(_number(row[name], metric, sign=name == "difference") for name in numbers),
            f"{_number(row['low'], metric)} to {_number(row['high'], metric)}",
            str(row["n"]),
            *((_runs(row["unpaired"]), "yes" if row["reached"] else "no") if result.until else ()),
        )
    print(f"\n{metric}")
    console.print(shown)
    if len(rows) > SHOWN_ROWS:
        print(f"... and {len(rows) - SHOWN_ROWS} more design points")
    if several:
        print(f"\nbase: {result.cultures[0]}; difference with 95 % interval, pair by pair.")
    if result.until:
        print("n: pairs it took; unpaired: runs of each culture, for an interval as narrow.")
        for target in result.ledger.until:
            reached = table["reached"][table["metric"] == target.metric]
            print(f"known in {target}: {reached.sum():,} of {_count(len(reached), 'difference')}.")
    if len(failures):
        print(f"\n{_count(len(failures), 'run')} failed; the first:")
        print(f"  {failures['error'][0]}\n  {failures['command'][0]}")
    print(f"\nResults: {result.directory}")


def replay(result: Replay, as_json: bool) -> None:
    """Whether a run came out the same."""
    if as_json:
        _print_json(result._asdict())
    elif result.equal and result.stored:
        print(f"run {result.run}, seed {result.seed}: fails in the same way\n  {result.stored}")
    elif result.equal:
        print(f"run {result.run}, seed {result.seed}: bit-equal, {result.values} numbers")
    else:
        print(f"run {result.run}, seed {result.seed}: differs first in {result.differs}")
        print(f"  on the disk: {result.stored}\n  now:         {result.now}")


def _level(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _runs(number: float) -> str:
    return f"{number:,.0f}" if math.isfinite(number) else "-"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, math.ceil(seconds))} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def _size(number: int) -> str:
    return f"{number / 1e6:,.1f} MB" if number < 1e9 else f"{number / 1e9:,.1f} GB"
