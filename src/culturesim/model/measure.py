"""What a run records, cycle by cycle and organization by organization.

A metric is added here and nowhere else: a number in the list, a row in the table, a line in
`measure`.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from culturesim.kernels.blocks import first_row
from culturesim.kernels.jit import rule
from culturesim.kernels.vectors import cosine
from culturesim.state.columns import (
    INDECISION,
    NOBODY,
    STATUS_QUO,
    Customers,
    State,
    TeamRecord,
    Teams,
)
from culturesim.state.parameters import Address, Floats, OrganizationTraits, Params, SegmentTraits
from culturesim.state.room import Room
from culturesim.state.rows import some

(
    VALUE_CREATED,
    NET_VALUE,
    RESOURCES_COMMITTED,
    CUSTOMER_SURPLUS,
    WASTE,
    WASTE_UNACCEPTED,
    WASTE_MISDIRECTED,
    WASTE_BROKEN,
    EFFORT,
    EFFORT_LISTENING,
    EFFORT_TESTING,
    EFFORT_BUILDING,
    EFFORT_SERVING,
    EFFORT_WITHHELD,
    EFFORT_CONTRIBUTED,
    VALUE_INTERNAL,
    COMMITMENT_RATE,
    COMMITMENT_EXTERNAL,
    COMMITMENT_INTERNAL,
    NO_DECISION_RATE,
    NO_DECISION_STATUS_QUO,
    NO_DECISION_INDECISION,
    BROKEN_PROMISE_RATE,
    ALIGNMENT,
    LISTENING_SKILL,
    TEST_SKILL,
    TRUST,
    CULTURE,
    CULTURE_MAJORITY,
    PRACTISED,
) = range(30)


class Metric(NamedTuple):
    """A recorded quantity: its unit, what becomes of it over a run and over a market, its sense.

    Over the organizations of a market a quantity is summed, is the same for all, or is a mean by
    their numbers of teams, insiders or commitments.
    """

    name: str
    unit: str
    over_run: Literal["sum", "mean", "mean of commitments"]
    over_market: Literal["sum", "same", "teams", "insiders", "commitments"]
    better: Literal["more", "less", "neither"]
    meaning: str


METRICS: tuple[Metric, ...] = (
    Metric(
        "value_created",
        "resources",
        "sum",
        "sum",
        "more",
        "customers' assessment of kept promises beyond doing nothing",
    ),
    Metric("net_value", "resources", "sum", "sum", "more", "value created less effort spent"),
    Metric("resources_committed", "resources", "sum", "sum", "more", "what customers paid"),
    Metric(
        "customer_surplus",
        "resources",
        "sum",
        "sum",
        "more",
        "value created beyond what customers paid",
    ),
    Metric(
        "waste", "effort", "sum", "sum", "less", "effort that no customer valued: the three kinds"
    ),
    Metric(
        "waste_unaccepted", "effort", "sum", "sum", "less", "building that commitments do not cover"
    ),
    Metric(
        "waste_misdirected",
        "effort",
        "sum",
        "sum",
        "less",
        "building that somebody who knew what is cared about would not have needed",
    ),
    Metric("waste_broken", "effort", "sum", "sum", "less", "serving spent on broken promises"),
    Metric("effort", "effort", "sum", "sum", "neither", "all effort at hand: the five kinds"),
    Metric("effort_listening", "effort", "sum", "sum", "neither", "effort spent listening"),
    Metric("effort_testing", "effort", "sum", "sum", "neither", "effort spent testing"),
    Metric("effort_building", "effort", "sum", "sum", "neither", "effort spent building"),
    Metric("effort_serving", "effort", "sum", "sum", "neither", "effort spent serving"),
    Metric("effort_withheld", "effort", "sum", "sum", "neither", "effort withheld by a stage gate"),
    Metric(
        "effort_contributed",
        "effort",
        "sum",
        "sum",
        "neither",
        "effort at hand that insiders contributed",
    ),
    Metric(
        "value_internal",
        "resources",
        "sum",
        "sum",
        "more",
        "part of the value that insiders declared",
    ),
    Metric(
        "commitment_rate",
        "share of customers",
        "mean",
        "sum",
        "more",
        "customers that committed to the organization",
    ),
    Metric(
        "commitment_external",
        "share of outside buyers",
        "mean",
        "sum",
        "more",
        "outside buyers that committed to the organization",
    ),
    Metric(
        "commitment_internal",
        "share of its insiders",
        "mean",
        "insiders",
        "more",
        "insiders of the organization that committed to one of its teams: buy-in",
    ),
    Metric(
        "no_decision_rate",
        "share of customers",
        "mean",
        "same",
        "less",
        "customers that did nothing",
    ),
    Metric(
        "no_decision_status_quo",
        "share of customers",
        "mean",
        "same",
        "less",
        "customers that preferred to do nothing",
    ),
    Metric(
        "no_decision_indecision",
        "share of customers",
        "mean",
        "same",
        "less",
        "customers that preferred an offer and put it off",
    ),
    Metric(
        "broken_promise_rate",
        "share of promises",
        "mean of commitments",
        "commitments",
        "less",
        "promises that were broken",
    ),
    Metric(
        "alignment",
        "cosine",
        "mean",
        "teams",
        "more",
        "likeness of what teams believe and what customers in reach care about",
    ),
    Metric("listening_skill", "share", "mean", "teams", "more", "mean skill in listening"),
    Metric("test_skill", "share", "mean", "teams", "more", "mean skill in designing tests"),
    Metric(
        "trust", "share", "mean", "teams", "more", "mean trust of customers in teams they consider"
    ),
    Metric(
        "culture",
        "share",
        "mean",
        "teams",
        "neither",
        "mean propensity to take the second pole's stance",
    ),
    Metric(
        "culture_majority",
        "share of teams",
        "mean",
        "teams",
        "neither",
        "teams with a propensity above 1/2",
    ),
    Metric(
        "practised",
        "share",
        "mean",
        "teams",
        "neither",
        "mean propensity with mandates that stand: what is done, whoever wants it",
    ),
)

NAMES: tuple[str, ...] = tuple(metric.name for metric in METRICS)


@rule
def measure(at: Address, params: Params, state: State, row: Floats) -> None:
    """Record one cycle.

    Parameters
    ----------
    at : Address
    params : Params
    state : State
    row : array of float, shape (O, number of metrics)
        Written. Not a number: the share of broken promises where nobody committed, the commitment
        of outside buyers or insiders where there are none, and alignment and trust where no
        customer considers the organization.
    """
    blocks, people = state.room.outcomes.shape[0], state.customers.choice.shape[0]
    for block in range(at.share.first, min(at.share.last, blocks)):
        first = first_row(block, blocks, people)
        customers = some(state.customers, first, first_row(block + 1, blocks, people))
        _ask(customers, state.teams, state.room, block)
    if at.share.closes:
        _write(params, state, row)


@rule
def _ask(customers: Customers, teams: Teams, room: Room, block: int) -> None:
    """What these customers, who are a block, did and trust."""
    people = customers.outcome.shape[0]
    status_quo = 0
    indecision = 0
    for i in range(people):
        status_quo += customers.outcome[i] == STATUS_QUO
        indecision += customers.outcome[i] == INDECISION
    room.outcomes[block, 0] = status_quo
    room.outcomes[block, 1] = indecision
    if room.trust.shape[1] == 1:
        room.trust[block, 0] = _trust(customers)
    else:
        for o in range(room.trust.shape[1]):
            room.trust[block, o] = _trust_in(customers, teams, o)


@rule
def _trust(customers: Customers) -> float:
    """Sum of the trust in all teams that are considered."""
    trust = 0.0
    for i in range(customers.trust.shape[0]):
        mine = 0.0  # customer by customer: sums of their own need not wait for each other
        for slot in range(customers.trust.shape[1]):
            mine += customers.trust[i, slot] if customers.considered[i, slot] >= 0 else 0.0
        trust += mine
    return trust


@rule
def _trust_in(customers: Customers, teams: Teams, organization: int) -> float:
    """Sum of the trust in the teams of one organization, in the same order."""
    trust = 0.0
    for i in range(customers.trust.shape[0]):
        mine = 0.0
        for slot in range(customers.trust.shape[1]):
            j = customers.considered[i, slot]
            if j >= 0 and teams.record[j].organization == organization:
                mine += customers.trust[i, slot]
        trust += mine
    return trust


@rule
def _write(params: Params, state: State, row: Floats) -> None:
    """The row, from the teams' columns and from what the customers of all blocks said."""
    teams, room = state.teams, state.room
    people = state.customers.choice.shape[0]
    status_quo, indecision = room.outcomes[0, 0], room.outcomes[0, 1]
    for block in range(1, room.outcomes.shape[0]):
        status_quo += room.outcomes[block, 0]
        indecision += room.outcomes[block, 1]
    for o in range(row.shape[0]):
        out = row[o]
        for m in range(out.shape[0]):
            out[m] = 0.0
        out[NO_DECISION_STATUS_QUO] = status_quo / people
        out[NO_DECISION_INDECISION] = indecision / people
        out[NO_DECISION_RATE] = (status_quo + indecision) / people
        outside = 0
        inside = 0
        for s in range(params.segments.shape[0]):
            traits: SegmentTraits = params.segments[s]
            if not traits.internal:
                outside += traits.customers
            elif traits.organization == o or traits.organization == NOBODY:
                inside += traits.customers
        organization: OrganizationTraits = params.organizations[o]
        members = 0
        reaching = 0
        commitments = 0
        internal = 0
        kept = 0
        considered = 0
        for j in range(teams.record.shape[0]):
            team: TeamRecord = teams.record[j]
            if team.organization != o:
                continue
            members += 1
            considered += team.reach_size
            commitments += team.commitments
            internal += team.internal_commitments
            kept += team.kept
            out[VALUE_CREATED] += team.value_created
            out[RESOURCES_COMMITTED] += team.resources_committed
            out[WASTE_UNACCEPTED] += team.waste_unaccepted
            out[WASTE_MISDIRECTED] += team.waste_misdirected
            out[WASTE_BROKEN] += team.waste_broken
            # The five kinds make up the capacity; summing them instead would add rounding noise.
            out[EFFORT] += team.capacity
            out[EFFORT_LISTENING] += team.effort_listening
            out[EFFORT_TESTING] += team.effort_testing
            out[EFFORT_BUILDING] += team.effort_building
            out[EFFORT_SERVING] += team.effort_serving
            out[EFFORT_WITHHELD] += team.effort_withheld
            out[EFFORT_CONTRIBUTED] += team.capacity - organization.capacity
            out[VALUE_INTERNAL] += team.internal_value
            out[LISTENING_SKILL] += team.listening_skill
            out[TEST_SKILL] += team.test_skill
            out[CULTURE] += team.culture
            out[PRACTISED] += team.practised
            if team.culture > 0.5:
                out[CULTURE_MAJORITY] += 1.0
            if team.reach_size > 0:
                reaching += 1
                out[ALIGNMENT] += cosine(teams.belief[j], teams.care_in_reach[j])
        out[WASTE] = out[WASTE_UNACCEPTED] + out[WASTE_MISDIRECTED] + out[WASTE_BROKEN]
        out[NET_VALUE] = out[VALUE_CREATED] - (out[EFFORT] - out[EFFORT_WITHHELD])
        out[CUSTOMER_SURPLUS] = out[VALUE_CREATED] - out[RESOURCES_COMMITTED]
        out[COMMITMENT_RATE] = commitments / people
        out[COMMITMENT_EXTERNAL] = (commitments - internal) / outside if outside > 0 else math.nan
        out[COMMITMENT_INTERNAL] = internal / inside if inside > 0 else math.nan
        out[BROKEN_PROMISE_RATE] = (
            (commitments - kept) / commitments if commitments > 0 else math.nan
        )
        out[ALIGNMENT] = out[ALIGNMENT] / reaching if reaching > 0 else math.nan
        for level in (LISTENING_SKILL, TEST_SKILL, CULTURE, CULTURE_MAJORITY, PRACTISED):
            out[level] /= members
        trust = room.trust[0, o]
        for block in range(1, room.trust.shape[0]):
            trust += room.trust[block, o]
        out[TRUST] = trust / considered if considered > 0 else math.nan
