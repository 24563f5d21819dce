"""What the commands of sweeps print."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, TextIO

from culturesim.cli.render import _console, _print_json, _table
from culturesim.errors import ArgumentError
from culturesim.model.numbers import number_words
from culturesim.progress.words import count_words

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
    print(p.size, file=file)
    for target in undertaking.ledger.until:
        print(f"until the difference is known in {target}, at each", file=file)
    if p.missing < p.runs:
        print(f"{p.runs - p.missing:,} of them are there; {p.missing:,} are missing", file=file)
    if p.missing:
        print(p.effort, file=file)
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
            *(number_words(row[name], metric, sign=name == "difference") for name in numbers),
            f"{number_words(row['low'], metric)} to {number_words(row['high'], metric)}",
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
            whole = count_words(len(reached), "difference")
            print(f"known in {target}: {reached.sum():,} of {whole}.")
    if len(failures):
        print(f"\n{count_words(len(failures), 'run')} failed; the first:")
        print(f"  {failures['error'][0]}\n  {failures['command'][0]}")
    print(f"\nResults: {result.directory}")


def replay(result: Replay, as_json: bool) -> None:
    """Whether a run came out the same."""
    if as_json:
        _print_json(result._asdict())
    else:
        print(result.sentence)


def _level(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _runs(number: float) -> str:
    return f"{number:,.0f}" if math.isfinite(number) else "-"
