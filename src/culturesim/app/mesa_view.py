"""Starting Mesa's own page of the model, for modellers; nothing else is built on it."""

from __future__ import annotations

import os
import subprocess
import sys

from culturesim.app.launch import HOST, listen
from culturesim.errors import ArgumentError
from culturesim.scenario.schema import Scenario

SCENARIO, CULTURE, SEED = (f"CULTURESIM_VIEW_{name}" for name in ("SCENARIO", "CULTURE", "SEED"))
PAGE = "culturesim.app.mesa_page"

# Solara reports use unless told not to. What the page needs it takes from `solara-assets`.
QUIET = {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False", "SOLARA_ASSETS_PROXY": "True"}
TOO_NEW = 2  # ipyvuetify from here on draws nothing of Mesa's page


def mesa_view(scenario: Scenario, culture: str | None, seed: int, port: int, browser: bool) -> int:
    """Serve the page until it is interrupted.

    Parameters
    ----------
    scenario : Scenario
    culture : str or None
    seed : int
    port : int
        The next free one is taken if it is in use.
    browser : bool
        Whether to open the page.

    Returns
    -------
    int
        What Solara's process ended with.

    Raises
    ------
    ArgumentError
        If what is installed cannot draw the page, or the scenario is a changed one without a file.
    """
    check_versions()
    scenario.with_culture(culture)
    listening = listen(port)
    found = listening.getsockname()[1]
    listening.close()  # Solara opens it itself
    chosen = {SCENARIO: scenario.source.removeprefix("bundled:"), CULTURE: culture or ""}
    print(f"The page is at http://{HOST}:{found}/ (Ctrl-C ends it)", flush=True)
    command = [sys.executable, "-m", "solara", "run", PAGE, "--host", HOST, "--port", str(found)]
    command += ["--production", "--log-level", "error"] + ([] if browser else ["--no-open"])
    process = subprocess.Popen(command, env=os.environ | QUIET | chosen | {SEED: str(seed)})
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        return 0


def check_versions() -> None:
    """Say so where ipyvuetify is one that draws nothing of Mesa's page.

    Raises
    ------
    ArgumentError
        If it is.
    """
    from importlib.metadata import version

    found = version("ipyvuetify")
    if int(found.partition(".")[0]) >= TOO_NEW:
        raise ArgumentError(
            "cannot draw Mesa's page",
            key="ipyvuetify",
            found=found,
            allowed=f"below {TOO_NEW}",
            hint="pip install 'culturesim[mesa-view]'",
        )
