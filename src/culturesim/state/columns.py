"""The one table of state: who holds what, its shape, unit, writers and meaning.

Each column is declared once, as an annotated field; the arrays, the agents' attributes, the printed
documentation and the tests are made from the declaration.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple, get_type_hints

import numpy as np

from culturesim.state.column import Column
from culturesim.state.parameters import Floats, Integers
from culturesim.state.room import Room
from culturesim.state.team_columns import TeamRecord, Teams

__all__ = [
    "BROKEN",
    "COMMITTED",
    "ENTITIES",
    "INDECISION",
    "KEPT",
    "NOBODY",
    "RECORDS",
    "SEARCHING",
    "STATUS_QUO",
    "TAKEN_UP",
    "VALIDATED",
    "Column",
    "Customers",
    "Segments",
    "State",
    "TeamRecord",
    "Teams",
    "all_columns",
    "columns",
]

# What became of a customer's choice in a cycle.
STATUS_QUO = 0  # doing nothing was preferred
INDECISION = 1  # an offer was preferred, and put off
COMMITTED = 2  # committed; delivery is still to come
KEPT = 3  # the promise was kept: the customer paid
BROKEN = 4  # the promise was broken: nothing was paid

# How far an offer has been validated (it matters to gated cultures only).
SEARCHING = 0
VALIDATED = 1
TAKEN_UP = 2  # validated, and taken up by a tenth of its fair share at least once

NOBODY = -1  # no team


class Segments(NamedTuple):
    """Groups of customers who care about similar things."""

    log_care: Annotated[
        Floats, Column(("S", "D"), "log weight", "populate drift", "what the segment cares about")
    ]
    takeup: Annotated[
        Floats,
        Column(
            ("S", "T"),
            "share",
            "populate commit",
            "part of the segment's customers that committed to each team",
        ),
    ]


class Customers(NamedTuple):
    """Those who assess offers and commit, or do nothing."""

    segment: Annotated[Integers, Column(("C",), "index", "populate", "its segment", np.int64)]
    care_factor: Annotated[
        Floats,
        Column(
            ("C", "D"),
            "factor",
            "populate",
            "how its care differs from the segment's: exp of a normal, fixed for life",
        ),
    ]
    care: Annotated[
        Floats,
        Column(
            ("C", "D"),
            "share",
            "populate drift",
            "what it cares about: weights of the concerns, which sum to 1",
        ),
    ]
    standard: Annotated[
        Floats, Column(("C",), "fit", "populate drift", "least fit that it accepts")
    ]
    worth: Annotated[
        Floats,
        Column(("C",), "resources/cycle", "populate", "what it is worth to be fully taken care of"),
    ]
    status_quo: Annotated[
        Floats, Column(("C",), "fit", "populate", "how well doing nothing takes care of it")
    ]
    budget: Annotated[
        Floats, Column(("C",), "resources/cycle", "populate", "most that it can commit")
    ]
    considered: Annotated[
        Integers,
        Column(
            ("C", "K"),
            "index",
            "populate",
            "teams whose offers it considers; -1 where there is none",
            np.int64,
        ),
    ]
    trust: Annotated[
        Floats,
        Column(("C", "K"), "share", "populate deliver", "its trust in each team that it considers"),
    ]
    fit: Annotated[
        Floats,
        Column(
            ("C", "K"),
            "fit",
            "populate assess",
            "how well each offer takes care of what it cares about; 0 where there is no offer",
        ),
    ]
    assessment: Annotated[
        Floats,
        Column(
            ("C", "K+1"),
            "resources/cycle",
            "populate assess",
            "its assessment of doing nothing (first) and of each offer; -inf: not acceptable",
        ),
    ]
    odds: Annotated[
        Floats,
        Column(
            ("C", "K+1"), "ratio", "populate commit", "odds of each option against the best one"
        ),
    ]
    choice: Annotated[
        Integers,
        Column(
            ("C",),
            "option",
            "populate commit",
            "what it does: 0 nothing, n the n-th team that it considers",
            np.int64,
        ),
    ]
    committed_to: Annotated[
        Integers,
        Column(("C",), "index", "populate commit", "the team it commits to; -1: none", np.int64),
    ]
    outcome: Annotated[
        Integers,
        Column(
            ("C",),
            "code",
            "populate commit deliver",
            "0 status quo preferred, 1 indecision, 2 committed, 3 promise kept, 4 broken",
            np.int64,
        ),
    ]


class State(NamedTuple):
    """Everything that changes during a run, and room to work it out in."""

    segments: Segments
    customers: Customers
    teams: Teams
    room: Room


ENTITIES: dict[str, type[Any]] = {"segments": Segments, "customers": Customers, "teams": Teams}
RECORDS: dict[str, type[Any]] = {"teams": TeamRecord}


def columns(entity: str) -> dict[str, Column]:
    """Columns of an entity (``"segments"``, ``"customers"`` or ``"teams"``) by name."""
    found: dict[str, Column] = {}
    for source in (RECORDS.get(entity), ENTITIES[entity]):
        if source is not None:
            hints = get_type_hints(source, include_extras=True)
            found |= {name: hint.__metadata__[0] for name, hint in hints.items()}
    found.pop("record", None)
    return found


def all_columns() -> dict[str, Column]:
    """Every column, named ``entity.column``."""
    return {f"{entity}.{name}": c for entity in ENTITIES for name, c in columns(entity).items()}
