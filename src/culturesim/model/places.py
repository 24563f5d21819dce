"""Whose code it is: that of the person who wrote a team, or some library's."""

from __future__ import annotations

import inspect
import os
import sys
import sysconfig
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]


def is_installed(file: str) -> bool:
    """Whether a file belongs to this package, to an installed library, or to Python itself."""
    if file.startswith("<frozen "):
        return True
    path = os.path.realpath(file)
    homes = os.path.realpath(PACKAGE), os.path.realpath(sysconfig.get_path("stdlib"))
    return path.startswith(tuple(home + os.sep for home in homes)) or any(
        name in Path(path).parts for name in ("site-packages", "dist-packages")
    )


def module_of_ones_own(kind: type[Any]) -> Any:
    """The module in which somebody wrote a class; None for a library's, and for no file at all."""
    module = sys.modules.get(kind.__module__)
    file = getattr(module, "__file__", None)
    return module if file is not None and not is_installed(file) else None


def sources_of_ones_own() -> tuple[tuple[str, int], ...]:
    """Files of the modules that are loaded and belong to no library, and when each was written."""
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    own = sorted(Path(file) for file in files if file and not is_installed(file))
    return tuple((str(file), file.stat().st_mtime_ns) for file in own if file.exists())


def place_of(function: Callable[..., Any]) -> tuple[str, int]:
    """File and first line of a function."""
    code = inspect.unwrap(function).__code__
    return code.co_filename, code.co_firstlineno


def place_of_error(error: BaseException, function: Callable[..., Any]) -> tuple[str, int]:
    """File and line at which a function's own code failed, the last of them on the way."""
    place = place_of(function)
    file = place[0]
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == file or not is_installed(frame.filename):
            place = frame.filename, frame.lineno or 0
    return place
