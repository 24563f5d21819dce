"""The columns of teams: one number a team in a record, rows of numbers beside it."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from culturesim.state.column import Column
from culturesim.state.parameters import Booleans, Floats, Integers, Records


class TeamRecord:
    """What is one number a team; all of it lies side by side, in one array of records."""

    organization: Annotated[
        int, Column(("T",), "index", "populate", "the organization it belongs to", np.int64)
    ]
    home: Annotated[int, Column(("T",), "index", "populate", "its home segment", np.int64)]
    capacity: Annotated[
        float,
        Column(
            ("T",),
            "effort/cycle",
            "populate listen",
            "effort at hand in a cycle: its organization's, and what insiders contributed",
        ),
    ]
    contributed: Annotated[
        float,
        Column(
            ("T",), "effort", "populate account", "effort that insiders add to the next cycle's"
        ),
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
    neighbour_first: Annotated[
        int,
        Column(("T",), "index", "populate", "where its neighbours begin in `neighbours`", np.int64),
    ]
    neighbour_size: Annotated[
        int,
        Column(("T",), "teams", "populate", "number of teams that it sees at work", np.int64),
    ]
    culture: Annotated[
        float,
        Column(
            ("T",),
            "share",
            "populate cultivate learn",
            "propensity to take the second of its two stances",
        ),
    ]
    practised: Annotated[
        float,
        Column(
            ("T",),
            "share",
            "populate cultivate",
            "propensity this cycle, with a mandate that stands: the effective culture",
        ),
    ]
    aspiration: Annotated[
        float,
        Column(("T",), "resources", "populate learn", "value that it has come to expect"),
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
    internal_commitments: Annotated[
        int,
        Column(("T",), "customers", "populate commit", "insiders that committed", np.int64),
    ]
    kept: Annotated[int, Column(("T",), "customers", "populate deliver", "promises kept", np.int64)]
    internal_kept: Annotated[
        int,
        Column(("T",), "customers", "populate deliver", "promises kept to insiders", np.int64),
    ]
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
            "populate deliver",
            "customers' assessment of kept promises beyond doing nothing",
        ),
    ]
    internal_value: Annotated[
        float,
        Column(("T",), "resources", "populate deliver", "part of the value that insiders declared"),
    ]
    resources_committed: Annotated[
        float,
        Column(("T",), "resources", "populate account", "what customers paid"),
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
    neighbours: Annotated[
        Integers,
        Column(
            ("L",),
            "index",
            "populate",
            "the teams that each team sees at work, team after team",
            np.int64,
        ),
    ]
    targeted: Annotated[
        Booleans,
        Column(
            ("T", "A"),
            "yes/no",
            "populate cultivate",
            "whether each leadership action is meant for it",
            np.bool_,
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
