"""Where sweep files are: those that come with the package, and those of others."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from culturesim.errors import ScenarioError, nearest
from culturesim.scenario.files import Place, bundled_folder, read_toml
from culturesim.scenario.words import show


class BundledSweep(NamedTuple):
    """What a bundled sweep says about itself, and the scenario that it varies."""

    scenario: str
    title: str
    about: str
    expect: str


def bundled_sweeps() -> dict[str, Place]:
    """Every sweep that comes with the package, by name."""
    files = sorted((bundled_folder() / "sweeps").glob("*.toml"))
    return {path.stem: Place(f"bundled:sweeps/{path.stem}", path.stem, path) for path in files}


def bundled_sweep_heads() -> dict[str, BundledSweep]:
    """Scenario, title and purpose of every sweep that comes with the package, by name."""
    heads = {}
    for name, place in bundled_sweeps().items():
        values = read_toml(place)
        heads[name] = BundledSweep(*(str(values.get(key, "")) for key in BundledSweep._fields))
    return heads


def locate_sweep(text: str) -> Place:
    """Find a sweep file by the name of a bundled one, or by its path.

    Raises
    ------
    ScenarioError
        If there is none.
    """
    bundled = bundled_sweeps()
    if not any(mark in text for mark in "/\\") and not text.lower().endswith(".toml"):
        if text in bundled:
            return bundled[text]
        raise ScenarioError(
            f"there is no bundled sweep {show(text)}",
            allowed=[*bundled, "or the path of a .toml file"],
            nearest=nearest(text, bundled),
        )
    path = Path(text)
    if not path.exists():
        near = nearest(path.stem, bundled)
        hint = f'the bundled sweep of that kind is "{near}"' if near else None
        raise ScenarioError(f'there is no file "{text}"', hint=hint)
    return Place(text, path.stem, path)
