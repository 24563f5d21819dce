"""Arrays for the columns: made empty, and copied."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from culturesim.state.columns import ENTITIES, State, TeamRecord, columns
from culturesim.state.parameters import record_type
from culturesim.state.room import Delivered, Room, number_of_blocks


@cache
def _layout() -> list[tuple[type[Any], list[tuple[tuple[str, ...], Any]]]]:
    layouts = []
    for entity, kind in ENTITIES.items():
        table = columns(entity)
        fields = [
            (("T",), record_type(TeamRecord))
            if name == "record"
            else (table[name].shape, table[name].dtype)
            for name in kind._fields
        ]
        layouts.append((kind, fields))
    return layouts


@cache
def _delivered() -> np.dtype[Any]:
    return record_type(Delivered)


def empty_state(
    *,
    segments: int,
    customers: int,
    teams: int,
    concerns: int,
    slots: int,
    actions: int = 0,
    links: int = 0,
    organizations: int = 1,
) -> State:
    """Make the arrays of a run, all zero.

    Parameters
    ----------
    segments, customers, teams, concerns : int
        Numbers of each.
    slots : int
        Most offers that any customer considers.
    actions : int
        Number of leadership actions.
    links : int
        Links between teams, each counted from both ends.
    organizations : int

    Returns
    -------
    State
    """
    sizes = {
        "S": segments,
        "C": customers,
        "T": teams,
        "D": concerns,
        "K": slots,
        "K+1": slots + 1,
        "C*K": customers * slots,
        "A": actions,
        "L": links,
    }
    parts: list[Any] = [
        kind(*(np.zeros([sizes[s] for s in shape], dtype) for shape, dtype in fields))
        for kind, fields in _layout()
    ]
    parts.append(_room(segments, customers, teams, concerns, organizations))
    return State(*parts)


def _room(segments: int, customers: int, teams: int, concerns: int, organizations: int) -> Room:
    blocks = number_of_blocks(customers)
    return Room(
        factor=np.zeros((segments, concerns)),
        care=np.zeros((blocks, teams, concerns)),
        takeup=np.zeros((blocks, segments, teams), np.int64),
        keeping=np.zeros(teams),
        served=np.zeros(customers, np.int64),
        delivered=np.zeros((blocks, teams), _delivered()),
        heard=np.zeros((blocks, teams, concerns)),
        committed=np.zeros((blocks, teams, concerns)),
        outcomes=np.zeros((blocks, 2), np.int64),
        trust=np.zeros((blocks, organizations)),
        signal=np.zeros(concerns),
        noise=np.zeros(concerns),
    )
