"""The command that lets cultures meet in pairs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from culturesim.cli.commands import Changes, Json, Out, Quiet, Seed, Workers, _scenario, app


@app.command()
def tournament(
    scenario: Annotated[
        str,
        typer.Argument(help="Name of a bundled scenario, or path of a TOML file."),
    ] = "baseline",
    cultures: Annotated[
        list[str] | None,
        typer.Option(
            "--culture",
            "-c",
            help="A culture that takes part; may be repeated. All of the scenario's if not given.",
        ),
    ] = None,
    replications: Annotated[
        int,
        typer.Option("--replications", "-n", help="Number of markets of each pair.", min=1),
    ] = 100,
    payoff: Annotated[
        str, typer.Option(help="What counts, for example value_created.")
    ] = "value_per_effort",
    seed: Seed = 0,
    changes: Changes = None,
    workers: Workers = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Let cultures meet, two in a market: who beats whom, and which would spread by imitation."""
    from culturesim.cli import render_tournament
    from culturesim.cli.progress import progress
    from culturesim.experiments import store
    from culturesim.experiments.tournament import check_entries
    from culturesim.experiments.tournament import tournament as play
    from culturesim.experiments.tournament_result import study_of

    resolved = _scenario(scenario, changes)
    names = [entrant.label for entrant in check_entries(resolved, cultures, payoff)]
    started = store.now()
    study = study_of(resolved, names, seed, replications, payoff)
    folder = store.choose_directory(out, f"tournament-{resolved.name}", study)
    with progress("Playing", quiet) as report:
        result = play(names, resolved, replications, seed, workers, payoff, report)
    written = result.save(folder, sys.argv, started)
    render_tournament.tournament(result, folder, written, as_json)
