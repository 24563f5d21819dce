"""Arrays for the columns: made empty, and copied."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from culturesim.state.parameters import record_type
from culturesim.state.columns import ENTITIES, State, TeamRecord, columns


@cache
def _layout() -> tuple[tuple[type[Any], tuple[tuple[tuple[str, ...], type], ...]], ...]:
    return tuple(
        (
            cls,
            tuple(
                (("T",), record_type(TeamRecord)) if name == "record" else columns(entity)[name][::4]
                for name in cls._fields
            ),
        )
        for entity, cls in ENTITIES.items()
    )


def empty_state(*, segments: int, customers: int, teams: int, concerns: int, slots: int) -> State:
    """Make the arrays of a run, all zero.

    Parameters
    ----------
    segments, customers, teams, concerns : int
        Numbers of each.
    slots : int
        Most offers that any customer considers.

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
    }
    return State(
        *(
            cls(*(np.zeros([sizes[s] for s in shape], dtype) for shape, dtype in layout))
            for cls, layout in _layout()
        )
    )
