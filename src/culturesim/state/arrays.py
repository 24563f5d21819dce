"""Arrays for the columns: made empty, and copied."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from culturesim.state.columns import ENTITIES, State, TeamRecord, columns
from culturesim.state.parameters import record_type


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


def empty_state(
    *,
    segments: int,
    customers: int,
    teams: int,
    concerns: int,
    slots: int,
    actions: int = 0,
    links: int = 0,
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
    return State(
        *(
            kind(*(np.zeros([sizes[s] for s in shape], dtype) for shape, dtype in fields))
            for kind, fields in _layout()
        )
    )
