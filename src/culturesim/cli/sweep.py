"""The commands of sweeps: run one, merge two, run one row again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from culturesim.cli.commands import Changes, Json, Out, Quiet, Workers, app

INTERRUPTED = 130


@app.command()
def sweep(
    source: Annotated[
        str,
        typer.Argument(help="Name of a bundled sweep, or path of a TOML file.", metavar="SWEEP"),
    ],
    cultures: Annotated[
        list[str] | None,
        typer.Option(
            "--culture",
            "-c",
            help="A culture to compare; may be repeated, the first is the base. The file's.",
        ),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            "-n",
            help="Of every design point; at least, with --until. The file's.",
            min=1,
        ),
    ] = None,
    extend: Annotated[
        int | None,
        typer.Option(
            "--extend-replications",
            metavar="N",
            help="Let a study that is there grow to N replications of every design point.",
            min=1,
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Seed of the study; the file's.", min=0, max=2**63 - 1)
    ] = None,
    scenario: Annotated[
        str | None, typer.Option(help="Scenario to take in place of the file's.")
    ] = None,
    until: Annotated[
        list[str] | None,
        typer.Option(
            "--until",
            metavar="METRIC=±X",
            help="Add replications to each design point until half of the 95 % interval of the "
            "metric's paired difference is X or less, in its unit, or X% of the first culture's "
            "mean. May be repeated; the file's.",
        ),
    ] = None,
    max_replications: Annotated[
        int | None,
        typer.Option(
            "--max-replications",
            metavar="N",
            help="Of a design point, with --until; the file's, or 1000.",
            min=1,
        ),
    ] = None,
    changes: Changes = None,
    workers: Workers = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Run on the workers of a dask scheduler, for example tcp://10.0.0.1:8786, in "
            "place of threads; the rows are the same, and are written here.",
        ),
    ] = None,
    out: Out = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Say how many runs, how long, how much disk; run none.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compare cultures at every point of a design; the same command goes on where it was ended."""
    from culturesim.cli import render_sweep
    from culturesim.cli.progress import progress
    from culturesim.errors import ArgumentError
    from culturesim.experiments.runners.cluster import connected
    from culturesim.experiments.study import load_study
    from culturesim.experiments.sweep import ask, undertake
    from culturesim.experiments.until import parse_until
    from culturesim.scenario import parse_override

    for one, other, both in (
        ("--replications", "--extend-replications", replications and extend),
        ("--workers", "--scheduler", workers and scheduler),
    ):
        if both:
            raise ArgumentError(
                "say the same thing twice", key=f"{one} and {other}", hint="give one of them"
            )
    overrides = dict(parse_override(change) for change in changes or [])
    wanted = parse_until(until) if until else None
    number = extend or replications
    asked = ask(source, number, cultures, seed, scenario, overrides, wanted, max_replications)
    undertaking = undertake(asked, out)
    render_sweep.check_growth(undertaking, extend)
    with connected(scheduler) as cluster:
        if plan or not (quiet or undertaking.missing == 0):
            file = sys.stdout if plan else sys.stderr
            at_work = cluster.threads if cluster else workers
            planned = undertaking.plan(at_work, elsewhere=cluster is not None)
            render_sweep.plan(undertaking, planned, as_json and plan, file)
        if plan:
            return
        try:
            with progress("Sweeping", quiet) as report:
                runner = cluster.runner if cluster else None
                undertaking.carry_out(workers, report, sys.argv, runner)
        except KeyboardInterrupt:
            render_sweep.stopped(undertaking)
            raise typer.Exit(INTERRUPTED) from None
    render_sweep.study(load_study(undertaking.directory), as_json)


@app.command()
def merge(
    first: Annotated[Path, typer.Argument(help="Directory of a sweep.", metavar="A")],
    second: Annotated[Path, typer.Argument(help="Directory of the same sweep.", metavar="B")],
    out: Annotated[Path, typer.Option(help="Directory for both, which holds nothing yet.")],
    as_json: Json = False,
) -> None:
    """Put the runs of two sweeps of the same study into one directory."""
    from culturesim.cli import render_sweep
    from culturesim.experiments.merge import merge as merge_studies

    render_sweep.study(merge_studies(first, second, out), as_json)


@app.command()
def replay(
    directory: Annotated[Path, typer.Argument(help="Directory of a sweep.", metavar="DIR")],
    run: Annotated[
        str, typer.Option("--run", help="POINT/CULTURE/REPLICATION, for example 0/discovery/7.")
    ],
    as_json: Json = False,
) -> None:
    """Run one row of a sweep again and say whether it is bit-equal; exit code 1 if it is not."""
    from culturesim.cli import render_sweep
    from culturesim.experiments.replay import replay as run_again

    result = run_again(directory, run)
    render_sweep.replay(result, as_json)
    if not result.equal:
        raise typer.Exit(1)
