"""Where results come from: scenario, versions, commit, platform."""

from __future__ import annotations

import hashlib
import math
import platform
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from culturesim import __version__

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario

LIBRARIES = (
    "SALib",
    "cloudpickle",
    "distributed",
    "llvmlite",
    "loky",
    "matplotlib",
    "mesa",
    "numba",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "rich",
    "scipy",
    "typer",
)


def several(scenario: Scenario | Sequence[Scenario]) -> Sequence[Scenario]:
    """A sequence of scenarios, also of a single one."""
    return scenario if isinstance(scenario, Sequence) else [scenario]


def one_or_all(items: list[Any]) -> Any:
    """The only item, or all if there are several."""
    return items[0] if len(items) == 1 else items


def provenance(scenario: Scenario | Sequence[Scenario]) -> dict[str, Any]:
    """Where results come from: scenario as resolved, versions, commit, platform.

    Parameters
    ----------
    scenario : Scenario, or a sequence of them

    Returns
    -------
    dict
        Keys ``scenario``, ``versions``, ``git_commit`` (of the package's own checkout, with
        ``-dirty`` if files of it were changed; None where there is none) and ``platform``.
    """
    return {
        "scenario": one_or_all(
            [
                {
                    "name": s.name,
                    "source": s.source,
                    "hash": s.hash(),
                    "values": plain(s.resolved()),
                }
                for s in several(scenario)
            ]
        ),
        "versions": {
            "python": platform.python_version(),
            "culturesim": __version__,
            **{name: _version(name) for name in LIBRARIES},
        },
        "git_commit": git_commit(Path(__file__).parent),
        "platform": platform.platform(),
    }


@cache
def git_commit(folder: Path) -> str | None:
    """The commit that the files of a folder are from, if they are under version control."""
    commands = (
        ["git", "ls-files", "--error-unmatch", "."],  # a folder may merely lie inside a checkout
        ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
    )
    said = None
    for command in commands:
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=10)
        except (OSError, subprocess.SubprocessError):
            return None
        if done.returncode != 0:
            return None
        said = done.stdout.strip()
    return said


@cache
def source_hash() -> str:
    """Name the sources of this package by their content: 16 hexadecimal digits.

    The same on every machine and system that has the same sources.
    """
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for file in sorted(
        package.rglob("*.py"), key=lambda file: file.relative_to(package).as_posix()
    ):
        digest.update(f"{file.relative_to(package).as_posix()}\n".encode())
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def plain(value: Any) -> Any:
    """Values that JSON has: infinity becomes the text that a scenario file would have."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return value
