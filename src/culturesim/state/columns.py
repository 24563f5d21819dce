"""The one table of state: who holds what, its shape, unit, writers and meaning.

Each column is declared once, as an annotated field; the arrays, the agents' attributes, the printed
documentation and the tests are made from the declaration.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple, get_type_hints

import numpy as np

from culturesim.state.parameters import Floats, Integers, Records


class Column(NamedTuple):
    """What a column is.

    Shape names: S segments, C customers, K offers considered at most, T teams, D concerns. Writers
    are phases of the cycle, or ``populate``, which sets everything up.
    """

    shape: tuple[str, ...]
    unit: str
    writers: str
    meaning: str
    dtype: type = np.float64


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


class TeamRecord:
    """What is one number a team; all of it lies side by side, in one array of records."""

    organization: Annotated[
        int, Column(("T",), "index", "populate", "the organization it belongs to", np.int64)
    ]
    home: Annotated[int, Column(("T",), "index", "populate", "its home segment", np.int64)]
    capacity: Annotated[
        float, Column(("T",), "effort/cycle", "populate", "effort at hand in a cycle")
    ]
    reach_first: Annotated[
        int,
        Column(("T",), "index", "populate", "where its customers begin in `reach`", np.int64),
    ]
    reach_size: Annotated[
        int,
        Column(("T",), "customers", "populate", "number of customers that consider it", np.int64),
    ]
    fair_share: Annotated[
        float,
        Column(
            ("T",),
            "customers",
            "populate",
            "commitments if each customer in reach split evenly among the offers it considers",
        ),
    ]
    listening_skill: Annotated[
        float, Column(("T",), "share", "populate learn", "how much of what is said it hears")
    ]
    test_skill: Annotated[
        float, Column(("T",), "share", "populate learn", "how well it asks where it is in doubt")
    ]
    discipline: Annotated[
        float, Column(("T",), "discipline", "populate learn", "process discipline gained so far")
    ]
    culture: Annotated[
        float,
        Column(("T",), "share", "populate", "propensity to take the second of its two stances"),
    ]
    stance: Annotated[
        int,
        Column(("T",), "index", "populate cultivate", "the practices of this cycle", np.int64),
    ]
    listening_share: Annotated[
        float, Column(("T",), "share", "populate listen", "part of free effort spent listening")
    ]
    testing_share: Annotated[
        float, Column(("T",), "share", "populate listen", "part of free effort spent testing")
    ]
    conversations: Annotated[
        int, Column(("T",), "customers", "populate listen", "conversations held", np.int64)
    ]
    trials: Annotated[
        int,
        Column(("T",), "customers", "populate trial", "customers asked to commit", np.int64),
    ]
    validation: Annotated[
        int,
        Column(
            ("T",), "code", "populate build", "0 searching, 1 validated, 2 also taken up", np.int64
        ),
    ]
    price: Annotated[
        float, Column(("T",), "resources/cycle", "populate offer", "what a commitment costs")
    ]
    offering: Annotated[
        bool,
        Column(("T",), "yes/no", "populate offer", "whether it makes an offer", np.bool_),
    ]
    commitments: Annotated[
        int,
        Column(("T",), "customers", "populate commit", "customers that committed", np.int64),
    ]
    kept: Annotated[int, Column(("T",), "customers", "populate deliver", "promises kept", np.int64)]
    serving_due: Annotated[
        float,
        Column(
            ("T",), "effort", "populate account", "effort that last cycle's commitments take now"
        ),
    ]
    broken_share: Annotated[
        float,
        Column(
            ("T",), "share", "populate account", "part of last cycle's promises that were broken"
        ),
    ]
    effort_listening: Annotated[
        float, Column(("T",), "effort", "populate listen", "effort spent listening")
    ]
    effort_testing: Annotated[
        float, Column(("T",), "effort", "populate trial", "effort spent testing")
    ]
    effort_building: Annotated[
        float, Column(("T",), "effort", "populate build", "effort spent building")
    ]
    effort_serving: Annotated[
        float, Column(("T",), "effort", "populate listen", "effort spent serving")
    ]
    effort_withheld: Annotated[
        float, Column(("T",), "effort", "populate build", "effort withheld by the stage gate")
    ]
    value_created: Annotated[
        float,
        Column(
            ("T",),
            "resources",
            "populate account",
            "customers' assessment of kept promises beyond doing nothing",
        ),
    ]
    resources_committed: Annotated[
        float, Column(("T",), "resources", "populate account", "what customers paid")
    ]
    waste_unaccepted: Annotated[
        float,
        Column(("T",), "effort", "populate account", "building that commitments do not cover"),
    ]
    waste_misdirected: Annotated[
        float,
        Column(
            ("T",), "effort", "populate account", "building that somebody who knew would not need"
        ),
    ]
    waste_broken: Annotated[
        float, Column(("T",), "effort", "populate account", "serving spent on broken promises")
    ]


class Teams(NamedTuple):
    """Those who listen, test, plan, build and offer."""

    record: Annotated[
        Records, Column(("T",), "", "", "the columns of `TeamRecord`, one record a team", np.record)
    ]
    reach: Annotated[
        Integers,
        Column(
            ("C*K",),
            "index",
            "populate",
            "the customers that consider each team, team after team; -1 at the end",
            np.int64,
        ),
    ]
    care_in_reach: Annotated[
        Floats,
        Column(("T", "D"), "share", "populate drift", "mean care of the customers in reach"),
    ]
    belief: Annotated[
        Floats,
        Column(
            ("T", "D"),
            "share",
            "populate listen trial deliver",
            "what it believes its customers care about",
        ),
    ]
    precision: Annotated[
        Floats,
        Column(
            ("T", "D"),
            "1/variance",
            "populate listen trial deliver",
            "how sure it is of its belief",
        ),
    ]
    target: Annotated[
        Floats,
        Column(("T", "D"), "share", "populate plan", "plan that would be best, were it right"),
    ]
    plan: Annotated[
        Floats, Column(("T", "D"), "share", "populate plan", "shares of building effort")
    ]
    experience: Annotated[
        Floats, Column(("T", "D"), "effort", "populate build", "effort that practice remembers")
    ]
    performance: Annotated[
        Floats,
        Column(("T", "D"), "effort", "populate build", "stock of effort that works for customers"),
    ]
    offer: Annotated[
        Floats,
        Column(("T", "D"), "fit", "populate offer", "degree to which each concern is cared for"),
    ]
    care_committed: Annotated[
        Floats,
        Column(("T", "D"), "share", "populate deliver", "mean care of those who committed"),
    ]


class State(NamedTuple):
    """Everything that changes during a run."""

    segments: Segments
    customers: Customers
    teams: Teams


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
