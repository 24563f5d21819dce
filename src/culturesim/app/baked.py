"""Answers kept in the package: the acts as they begin, so that the page is whole at once.

``tools/bake.py`` writes them; a test computes some anew and compares.
"""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path

from culturesim.app.asked import Asked

FILE = Path(__file__).parent / "answers.zip"
ACTS = "acts"


def bands(asked: Asked, runs: int) -> str:
    """Name under which bands are kept."""
    return f"bands_{asked.name}_runs{runs}"


def replay(asked: Asked, run: int) -> str:
    """Name under which a run is kept."""
    return f"replay_{asked.name}_run{run}"


def curve(asked: Asked) -> str:
    """Name under which a curve is kept: where its knob stands does not matter."""
    others = {name: value for name, value in asked.knobs.items() if name != asked.act.knobs[0]}
    return f"curve_{asked._replace(knobs=others).name}"


def by_hand(effort: list[float], seed: int, run: int) -> str:
    """Name under which an offer made by hand is kept."""
    return f"by-hand_{'_'.join(f'{one:g}' for one in effort)}_seed{seed}_run{run}"


def find(name: str) -> bytes | None:
    """An answer that is kept, as JSON.

    Parameters
    ----------
    name : str

    Returns
    -------
    bytes or None
        None if it is not kept.
    """
    try:
        return _archive().read(name)
    except (KeyError, FileNotFoundError):
        return None


@cache
def _archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(FILE)
