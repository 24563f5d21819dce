"""One writer at a time in a result directory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from culturesim.errors import ResultError

try:
    import fcntl
except ImportError:  # not every system has it: there nobody is kept out
    fcntl = None  # type: ignore[assignment]  # a module elsewhere

LOCK = ".lock"


@contextmanager
def locked(directory: Path, wait: bool = False) -> Iterator[None]:
    """Keep others from writing into a directory; a process that dies lets go of it.

    Parameters
    ----------
    directory : Path
    wait : bool
        Until nobody else writes there, where the system can.

    Raises
    ------
    ResultError
        If another process writes there, or nothing can be written.
    """
    path = directory / LOCK
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise ResultError("cannot be written", where=str(path), found=error.strerror) from error
        try:
            if fcntl is not None:
                fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            os.close(descriptor)
            raise ResultError(
                "is being written by another process",
                where=str(directory),
                hint="wait until that one has ended, or choose another directory with --out",
            ) from None
        if _is_still(path, descriptor):
            break
        os.close(descriptor)  # its owner has just removed it: there may be a new one
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
