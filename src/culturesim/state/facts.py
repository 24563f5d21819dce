"""What a phase of the cycle declares about itself."""

from __future__ import annotations

from typing import NamedTuple


class Facts(NamedTuple):
    """Who acts in a phase, what it does, and which columns and streams it touches.

    Columns are named ``entity.column``; a contract test holds every phase to its declaration.
    """

    acts: str
    does: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    streams: tuple[str, ...] = ()


def named(entity: str, names: str) -> tuple[str, ...]:
    """Full names of an entity's columns, from their short names separated by spaces."""
    return tuple(f"{entity}.{name}" for name in names.split())
