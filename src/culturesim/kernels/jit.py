"""The compiler: its only flags, and the folder in which compiled code is kept.

The compiler's own disk cache looks at the file of the cached function alone and would miss an edit
in a function called from another file. The folder is therefore named by a fingerprint of every
source file that can end up in compiled code: an edit anywhere opens a new folder.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numba
from numba.extending import register_jitable
from platformdirs import user_cache_dir

Function = TypeVar("Function", bound=Callable[..., object])

PACKAGE = Path(__file__).resolve().parents[1]
COMPILED_PLACES = (
    "kernels",
    "state",
    "cycle",
    "model/engine.py",
    "model/measure.py",
    "scenario/populate.py",
)


def sources() -> list[Path]:
    """Every source file that compiled code is made from, in a fixed order."""
    files: list[Path] = []
    for place in COMPILED_PLACES:
        path = PACKAGE / place
        files.extend([path] if path.is_file() else path.glob("*.py"))
    return sorted(files)


def fingerprint() -> str:
    """Name the present state of this installation's sources: 16 hexadecimal digits.

    Place and time of each file count beside its content, since the compiler's cache takes a file
    that was moved or written anew for another one.
    """
    digest = hashlib.sha256(str(PACKAGE).encode())
    for file in sources():
        digest.update(f"{file.relative_to(PACKAGE)} {file.stat().st_mtime_ns}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def cache_folder() -> Path:
    """Folder for compiled code: ``CULTURESIM_CACHE_DIR``, the user's cache, or a temporary one.

    Raises
    ------
    OSError
        If not even the temporary folder can be written to.
    """
    chosen = os.environ.get("CULTURESIM_CACHE_DIR")
    roots = [Path(chosen)] if chosen else []
    roots += [Path(user_cache_dir("culturesim")), Path(tempfile.gettempdir()) / "culturesim"]
    name = f"compiled-{fingerprint()}"
    for root in roots:
        if _writable(root / name):
            return root / name
    raise OSError(f"no folder to keep compiled code in; tried {', '.join(map(str, roots))}")


CACHE = cache_folder()
INTERPRETED = bool(numba.config.DISABLE_JIT)


def compiled(function: Function) -> Function:
    """Compile to machine code without the interpreter lock, and keep the result on disk.

    Double precision throughout and no reordering of sums, so that the same input gives the same
    bits; a division by zero gives an infinity, as in numpy. The function may not make arrays: its
    caller holds those it works on, and nobody counts references to them (`compiled_with_memory`).
    """
    return _compile(function, _nrt=False)


def compiled_in_place(function: Function) -> Function:
    """Compile as `compiled` does, and copy the code into every caller.

    For what is called in the innermost loops and costs little more than the call. Elsewhere it
    would only make the compiler's work longer.
    """
    return _compile(function, _nrt=False, forceinline=True)


def compiled_with_memory(function: Function) -> Function:
    """Compile as `compiled` does, a function that makes arrays of its own.

    It counts references, at every array and row that it touches, by a locked instruction that costs
    as much as the arithmetic on a short row: not for loops over customers.
    """
    return _compile(function, _nrt=True)


def _compile(function: Function, **flags: bool) -> Function:
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(CACHE)  # read once, when the decorator runs
    try:
        machine_code: Function = numba.njit(
            function, nogil=True, cache=True, error_model="numpy", **flags
        )
        return machine_code
    finally:
        numba.config.CACHE_DIR = before


def rule(function: Function) -> Function:
    """Let compiled code call a function without giving the function an entry of its own.

    The phases of the cycle take the whole state. An entry from Python, which has to take every one
    of its arrays apart, would cost more to compile than the phase itself; so they are compiled only
    as parts of the run. Called from Python a rule is interpreted: slow, with the same result. As
    `compiled`, it may not make arrays.
    """
    return _mark(function, _nrt=False)


def rule_with_memory(function: Function) -> Function:
    """Mark as `rule` does, a function that makes arrays of its own."""
    return _mark(function, _nrt=True)


def _mark(function: Function, **flags: bool) -> Function:
    if INTERPRETED:
        return function
    mark = register_jitable(
        nogil=True, error_model="numpy", no_cfunc_wrapper=True, forceinline=True, **flags
    )
    same: Function = mark(function)
    return same


def _marker() -> Path:
    python = f"{sys.version_info.major}{sys.version_info.minor}"
    return CACHE / f"complete-{python}-{numba.__version__}"


def is_compiled() -> bool:
    """Say whether an earlier process has compiled everything for this interpreter."""
    return INTERPRETED or _marker().exists()


def mark_compiled() -> None:
    """Note that everything has been compiled, so that nobody is told to wait again."""
    if not INTERPRETED:
        _marker().touch()
