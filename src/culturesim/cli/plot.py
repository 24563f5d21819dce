"""The command that draws what a sweep has left in a directory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from culturesim.cli.commands import Json, app


@app.command()
def plot(
    directory: Annotated[
        Path, typer.Argument(help="Directory of a sweep, finished or not.", metavar="DIR")
    ],
    metric: Annotated[
        str | None,
        typer.Option(help="What to draw; value_created, or whether a culture took root."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Draw what fits a sweep: a map of two factors, lines of one, its optimum; PNG and SVG."""
    from culturesim.cli import render
    from culturesim.experiments.study import load_study
    from culturesim.plots.page import save_figure

    study = load_study(directory)
    stem = f"study-{metric}" if metric else "study"
    written = save_figure(study.plot(metric), directory, stem)
    render.figures(written, as_json)
