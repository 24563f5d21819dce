"""The commands, their options, and what each calls.

What is heavy is imported inside the command that needs it, so that help comes at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario

app = typer.Typer(
    help="Simulate organizations that execute, and organizations that discover what is valued.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ScenarioName = Annotated[
    str,
    typer.Argument(help="Name of a bundled scenario, or path of a TOML file.", metavar="SCENARIO"),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        "-s",
        metavar="KEY=VALUE",
        help="Change a parameter: a dotted path, * for all names. May be repeated.",
    ),
]
Seed = Annotated[int, typer.Option(help="Seed of the study.", min=0, max=2**63 - 1)]
Workers = Annotated[int | None, typer.Option(help="Threads; all processors if not given.", min=1)]
Out = Annotated[
    Path | None, typer.Option(help="Directory for the results; results/... if not given.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]
Cycles = Annotated[bool, typer.Option("--cycles", help="Keep every cycle of every run as well.")]


def _version(wanted: bool) -> None:
    if wanted:
        from culturesim import __version__

        print(f"culturesim {__version__}")
        raise typer.Exit


@app.callback()
def _every_command(
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Simulate organizations that execute, and organizations that discover what is valued."""


def _scenario(name: str, changes: list[str] | None) -> Scenario:
    from culturesim.scenario import load_scenario, parse_override

    return load_scenario(name, dict(parse_override(change) for change in changes or []))


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the bundled scenarios, and the bundled sweeps."""
    from culturesim.cli import render
    from culturesim.experiments.sweep_places import bundled_sweep_heads
    from culturesim.scenario import bundled_scenarios

    render.bundled(bundled_scenarios(), bundled_sweep_heads(), as_json)


@app.command()
def show(scenario: ScenarioName, changes: Changes = None, as_json: Json = False) -> None:
    """Show a scenario as it resolves: every value, its unit and what it means."""
    from culturesim.cli import render

    render.scenario(_scenario(scenario, changes), as_json)


@app.command()
def check(scenario: ScenarioName, changes: Changes = None, as_json: Json = False) -> None:
    """Check a scenario file; exit code 2 and one clear message if it is wrong."""
    from culturesim.cli import render

    render.checked(_scenario(scenario, changes), as_json)


@app.command()
def run(
    scenario: ScenarioName,
    culture: Annotated[
        str | None,
        typer.Option("--culture", "-c", help="Culture of every organization; the scenario's own."),
    ] = None,
    replications: Annotated[
        int, typer.Option("--replications", "-n", help="Number of runs.", min=1)
    ] = 1,
    seed: Seed = 0,
    changes: Changes = None,
    workers: Workers = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run one culture, and keep every cycle."""
    from culturesim.cli import render_runs
    from culturesim.cli.progress import progress
    from culturesim.experiments import store
    from culturesim.model.simulate import ensemble

    resolved = _scenario(scenario, changes).with_culture(culture)
    started = store.now()
    study = store.identity("run", resolved, [culture or "as the scenario says"], seed, replications)
    folder = store.choose_directory(out, f"run-{resolved.name}", study)
    with progress("Running", quiet) as report:
        result = ensemble(resolved, culture, replications, seed, workers, report)
    store.write_table(result.runs, folder / store.RUNS)
    store.write_table(result.cycles, folder / store.CYCLES)
    store.write_manifest(folder, study, resolved, sys.argv, started)
    render_runs.runs(result, folder, as_json)


@app.command()
def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            help="Name of a bundled scenario, or path of a TOML file; several are compared as "
            "they are.",
            metavar="SCENARIO...",
        ),
    ],
    cultures: Annotated[
        list[str] | None,
        typer.Option(
            "--culture",
            "-c",
            help="A culture to compare; may be repeated, the first is the base. If not given: "
            "the scenario's organizations with each other, if there are several; what leaders do "
            "in it with the absence of that; else execution with discovery.",
        ),
    ] = None,
    replications: Annotated[
        int, typer.Option("--replications", "-n", help="Number of markets.", min=1)
    ] = 100,
    seed: Seed = 0,
    changes: Changes = None,
    workers: Workers = None,
    out: Out = None,
    cycles: Cycles = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compare cultures in the same markets: same customers, same luck, pair by pair."""
    from culturesim.cli import render
    from culturesim.cli.progress import progress
    from culturesim.experiments import store
    from culturesim.experiments.compare import compare as compare_cultures
    from culturesim.experiments.compare import question
    from culturesim.experiments.comparison import study_of

    resolved = [_scenario(name, changes) for name in scenarios]
    asked = question(resolved, cultures)
    started = store.now()
    study = study_of(asked.kind, asked.distinct, asked.names, seed, replications)
    folder = store.choose_directory(out, f"compare-{'-'.join(s.name for s in resolved)}", study)
    with progress("Comparing", quiet) as report:
        result = compare_cultures(resolved, cultures, replications, seed, workers, report)
    written = result.save(folder, sys.argv, started, cycles)
    render.comparison(result, folder, written, as_json)


@app.command()
def explain(as_json: Json = False) -> None:
    """Explain the cycle: each phase, who acts, what it reads and writes, and its random streams."""
    from culturesim.cli import render

    render.cycle(as_json)


@app.command()
def schema(as_json: Json = False) -> None:
    """List every parameter a scenario file may set; with --json, the JSON Schema of a file."""
    from culturesim.cli import render

    render.schema(as_json)
