"""Parameters as the compiled cycle reads them: the scenario's own names, as numbers and arrays.

What each parameter means, its unit, range and source stand in the scenario's schema; the names here
are the same, field by field.
"""

from __future__ import annotations

from typing import Any, NamedTuple, get_type_hints

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Records = Any  # an array of records: one that a type checker can look into does not exist


# What leaders do, and for whom; a code is a place in the list.
KINDS = ("seed", "cultivate", "mandate")
SEED, CULTIVATE, MANDATE = range(3)
TARGETS = ("all", "champions", "laggards", "random", "cluster")
ALL, CHAMPIONS, LAGGARDS, RANDOM, CLUSTER = range(5)
NAMED = -1

FOR_EVER = 2**62  # later than any cycle


class World(NamedTuple):
    """What customers care about, and how that moves."""

    care_focus: float
    care_spread: float
    care_memory: float


class SegmentTraits:
    """Traits of a segment's customers: one record a segment."""

    customers: int
    internal: bool
    organization: int  # whose insiders they are; -1: every organization's, or nobody's
    standard: float
    standard_spread: float
    standard_drift: float
    worth: float
    worth_spread: float
    status_quo: float
    status_quo_spread: float
    budget: float
    budget_spread: float
    switching_cost: float
    choice_noise: float
    indecision: float
    peer_influence: float
    attention: int
    segment_focus: float


class OrganizationTraits:
    """Traits of an organization: one record each."""

    teams: int
    capacity: float
    price: float
    entry: int
    culture: float
    first_pole: int  # the practices of the two stances, as rows of the cultures
    second_pole: int
    homes: int  # number of segments that its teams are dealt to in turn
    prior_accuracy: float
    prior_confidence: float


class Growth(NamedTuple):
    """How cultures grow and die."""

    on: float
    contagion: float
    conformity: float
    payoff_bias: float
    reinforcement: float
    weeds: float
    mandate_visibility: float
    internalisation: float
    aspiration_own: float
    aspiration_others: float


class ActionTraits:
    """What leaders do: one record an action."""

    kind: int  # place in `KINDS`
    first: int  # cycle in which it begins
    end: int  # the first cycle after it
    strength: float
    target: int  # place in `TARGETS`; -1: the teams that it names
    teams: int


class Production(NamedTuple):
    """How effort becomes performance, and how promises are kept."""

    decay: float
    saturation: float
    learning: float
    experience_scale: float
    experience_decay: float
    serving: float
    serving_cap: float
    defect: float
    discipline_scale: float
    discipline_exponent: float


class Trust(NamedTuple):
    """How trust begins and moves."""

    initial: float
    gain: float
    loss: float


class Means(NamedTuple):
    """What listening and testing cost, and how noisy they are."""

    cost_talk: float
    cost_test: float
    listening_noise: float
    slope: float
    ask_error: float
    feedback: float


class Skills(NamedTuple):
    """How skill in listening and testing is won and lost."""

    initial: float
    practice: float
    forget: float


class Practices:
    """A culture: one record each."""

    listening: float
    testing: float
    replan: float
    evidence: float
    forgetting: float
    taper: float
    gate: float
    validation: float
    discipline: float


class ShockTraits:
    """A sudden change of care: one record each."""

    cycle: int
    size: float


class Params(NamedTuple):
    """Everything that stays the same during a run."""

    world: World
    segments: Records  # SegmentTraits, shape (S,)
    organizations: Records  # OrganizationTraits, shape (O,)
    homes: Integers  # (O, longest list): home segments of each organization's teams, in turn
    growth: Growth
    actions: Records  # ActionTraits, shape (A,)
    acting: Booleans  # (A, O): whose leaders act
    named: Booleans  # (A, T): teams that an action names
    production: Production
    trust: Trust
    means: Means
    skills: Skills
    practices: Records  # Practices, shape (number of cultures,)
    shocks: Records  # ShockTraits, shape (number of shocks,)
    shocked: Booleans  # (number of shocks, S): whether a shock moves a segment


class Share(NamedTuple):
    """A part of what a phase does for customers: some blocks, what comes before or after them."""

    opens: bool  # whether what comes before is done
    first: int  # the first block
    last: int  # the block after the last one
    closes: bool  # whether what comes after is done


WHOLE = Share(True, 0, FOR_EVER, True)


class Address(NamedTuple):
    """Where a run stands: the first half of the address of every draw, and whose share is done."""

    seed: int | np.uint64
    cycle: int
    share: Share = WHOLE


def record_type(kind: type) -> np.dtype[Any]:
    """Memory layout of a record whose fields are the annotations of a class."""
    layout = {float: np.float64, int: np.int64, bool: np.bool_}
    fields = [(name, layout[hint]) for name, hint in get_type_hints(kind).items()]
    return np.dtype((np.record, np.dtype(fields, align=True)))
