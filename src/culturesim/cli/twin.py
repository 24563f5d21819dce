"""The command that follows one customer, or one team, through several worlds."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from culturesim.cli.commands import Changes, Json, Out, ScenarioName, Seed, _scenario, app


@app.command()
def twin(
    scenario: ScenarioName,
    customer: Annotated[
        int | None,
        typer.Option(
            help="The customer to follow, from 0; if neither this nor --team is given, the one "
            "whose difference in value between the first two cultures is the median.",
            min=0,
        ),
    ] = None,
    team: Annotated[int | None, typer.Option(help="The team to follow, from 0.", min=0)] = None,
    cultures: Annotated[
        list[str] | None,
        typer.Option(
            "--culture",
            "-c",
            help="A culture, one a world; may be repeated. Execution and discovery if not given.",
        ),
    ] = None,
    seed: Seed = 0,
    changes: Changes = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Follow one customer, or one team, through several worlds with the same luck."""
    from culturesim.cli import render_twin
    from culturesim.experiments import store
    from culturesim.experiments.compare import CULTURES
    from culturesim.experiments.contestants import check_cultures
    from culturesim.experiments.twin import check_followed
    from culturesim.experiments.twin import twin as follow
    from culturesim.experiments.twin_result import identity

    resolved = _scenario(scenario, changes)
    names = check_cultures(resolved, cultures or CULTURES)
    kind, row = check_followed(resolved, customer, team)
    started = store.now()
    study = identity(resolved, names, seed, kind, row)
    folder = store.choose_directory(out, f"twin-{resolved.name}", study)
    result = follow(resolved, seed, names, customer, team)
    written = result.save(folder, sys.argv, started)
    render_twin.twin(result, folder, written, as_json)
