"""The commands that open a page: the trainer's, and Mesa's own."""

from __future__ import annotations

from typing import Annotated

import typer

from culturesim.cli.commands import ScenarioName, Seed, _scenario, app
from culturesim.errors import ArgumentError

NEEDED = ("starlette", "uvicorn", "segno")
VIEW_NEEDS = ("solara", "ipyvuetify", "solara_assets", "altair", "uvicorn")


@app.command()
def demo(
    port: Annotated[
        int,
        typer.Option(
            help="Port on this machine; the next free one if it is in use; 0: any.",
            min=0,
            max=65535,
        ),
    ] = 8765,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
    lang: Annotated[str, typer.Option(help="Language that the page begins with.")] = "en",
    seed: Annotated[
        int, typer.Option(help="Seed of all runs of the page.", min=0, max=2**53 - 1)
    ] = 0,
    room: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Address of this machine in the room's network, for votes by phones; found out if "
            "not given.",
        ),
    ] = None,
    pseudo: Annotated[
        bool,
        typer.Option("--pseudo", help="Offer a made-up language with longer words.", hidden=True),
    ] = False,
) -> None:
    """Open the trainer's page: bets and reveals for a room, on this machine alone."""
    check_installed(NEEDED, "demo")
    from culturesim.app.launch import launch

    launch(port, not no_browser, lang, seed, pseudo, room)


def check_installed(modules: tuple[str, ...], extra: str) -> None:
    """Say what to install where an optional dependency is missing.

    Raises
    ------
    ArgumentError
        If one of the modules cannot be found.
    """
    from importlib.util import find_spec

    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise ArgumentError(
            "is not installed" if len(missing) == 1 else "are not installed",
            key=", ".join(missing),
            hint=f"pip install 'culturesim[{extra}]'",
        )


@app.command("mesa-view")
def mesa_view(
    scenario: ScenarioName = "baseline",
    culture: Annotated[
        str | None, typer.Option("--culture", "-c", help="Culture of every organization.")
    ] = None,
    seed: Seed = 0,
    port: Annotated[
        int,
        typer.Option(
            help="Port on this machine; the next free one if it is in use.", min=0, max=65535
        ),
    ] = 8767,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Step the model in Mesa's own page (SolaraViz): for modellers."""
    check_installed(VIEW_NEEDS, "mesa-view")
    from culturesim.app.mesa_view import mesa_view as view

    code = view(_scenario(scenario, None), culture, seed, port, not no_browser)
    raise typer.Exit(code)
