"""What a run starts with: customers, teams, and who meets whom."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from culturesim.kernels.blocks import first_row
from culturesim.kernels.jit import rule, rule_with_memory
from culturesim.kernels.market import everybodys_care, mean_care, segment_factors
from culturesim.kernels.normal import between, ends, normal_quantile
from culturesim.kernels.random import WORDS, fill_normals, uniforms
from culturesim.kernels.vectors import softmax_inplace
from culturesim.scenario.network import links
from culturesim.state import streams
from culturesim.state.arrays import empty_state
from culturesim.state.columns import NOBODY, Customers, Segments, State, TeamRecord, Teams
from culturesim.state.parameters import (
    Address,
    Floats,
    Integers,
    Means,
    OrganizationTraits,
    Params,
    Records,
    SegmentTraits,
    Skills,
    World,
)
from culturesim.state.rows import some

ROOM_FOR_ROUNDING = 1.0 + 1e-9

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario


def blank_state(scenario: Scenario, seed: int = 0) -> State:
    """Make the arrays for a run, all zero but for the network; `populate` gives them content.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        Seed of the run: networks are drawn from it, where links are rewired.

    Returns
    -------
    State
    """
    teams = sum(organization.teams for organization in scenario.organizations.values())
    attention = max(segment.attention for segment in scenario.segments.values())
    sizes, neighbours = links(scenario, seed)
    state = empty_state(
        segments=len(scenario.segments),
        customers=scenario.world.customers,
        teams=teams,
        concerns=scenario.world.concerns,
        slots=min(attention, teams),
        actions=len(scenario.leadership),
        links=len(neighbours),
        organizations=len(scenario.organizations),
    )
    state.teams.record["neighbour_size"] = sizes
    state.teams.record["neighbour_first"] = np.cumsum(sizes) - sizes
    state.teams.neighbours[...] = neighbours
    return state


@rule
def populate(at: Address, params: Params, state: State) -> None:
    """Give every customer and team what it starts with; everybody starts by doing nothing.

    Source
    ------
    Efraimidis & Spirakis (2006), *Weighted random sampling with a reservoir*: consideration sets.
    The rest is assumed.
    """
    if at.share.opens:
        _settle_teams(params.organizations, params.homes, params.skills, state.teams)
        _settle_segments(at, params.world, state.segments, state.room.factor)
    _settle_customers(at, params, state)
    if at.share.closes:
        _reach(state.customers, state.teams)
        size = state.teams.record["reach_size"]
        mean_care(state.room.care, size, state.teams.care_in_reach)
        _believe(at, params.organizations, params.world.care_focus, params.means, state.teams)


@rule
def _settle_teams(organizations: Records, homes: Integers, skills: Skills, teams: Teams) -> None:
    """Organization, home, capacity, skills and culture of each team."""
    j = 0
    for o in range(organizations.shape[0]):
        organization: OrganizationTraits = organizations[o]
        for n in range(organization.teams):
            team: TeamRecord = teams.record[j]
            team.organization = o
            team.home = homes[o, n % organization.homes]
            team.capacity = organization.capacity
            team.culture = organization.culture
            team.practised = organization.culture
            team.stance = organization.first_pole
            team.listening_skill = skills.initial
            team.test_skill = skills.initial
            j += 1


@rule
def _settle_segments(at: Address, world: World, segments: Segments, factor: Floats) -> None:
    """What segments care about."""
    for s in range(segments.log_care.shape[0]):
        fill_normals(segments.log_care[s], at.seed, streams.SEGMENT_CARE, 0, s, 0)
        for d in range(segments.log_care.shape[1]):
            segments.log_care[s, d] *= world.care_focus
    segment_factors(segments.log_care, factor)


@rule_with_memory
def _settle_customers(at: Address, params: Params, state: State) -> None:
    """Traits of the customers, which offers they consider, and what they care about."""
    room = state.room
    keys = np.empty(state.customers.considered.shape[1])
    weights = np.empty(state.teams.record.shape[0])
    blocks, people = room.care.shape[0], state.customers.segment.shape[0]
    for block in range(at.share.first, min(at.share.last, blocks)):
        first = first_row(block, blocks, people)
        customers = some(state.customers, first, first_row(block + 1, blocks, people))
        _describe(at, params.world, params.segments, customers, first)
        _consider(at, params, customers, state.teams, keys, weights, first)
        everybodys_care(
            room.factor,
            customers.segment,
            customers.care_factor,
            customers.considered,
            customers.care,
            room.care[block],
        )


@rule
def _describe(at: Address, world: World, groups: Records, customers: Customers, first: int) -> None:
    """Segment and traits of these customers; `first` is the row of the first one."""
    s = -1
    end = 0  # of the segment's customers
    standards = worths = habits = 0.0, 0.0
    for i in range(customers.segment.shape[0]):
        while first + i >= end:
            s += 1
            end += groups[s].customers
            theirs: SegmentTraits = groups[s]
            standards = ends(theirs.standard, theirs.standard_spread, 0.0, 1.0)
            worths = ends(theirs.worth, theirs.worth_spread, 0.0, math.inf)
            habits = ends(theirs.status_quo, theirs.status_quo_spread, 0.0, 1.0)
        traits: SegmentTraits = groups[s]
        customers.segment[i] = s
        customers.committed_to[i] = NOBODY
        factor = customers.care_factor[i]
        fill_normals(factor, at.seed, streams.CUSTOMER_CARE, 0, first + i, 0)
        for d in range(factor.shape[0]):
            factor[d] = math.exp(world.care_spread * factor[d])
        u = uniforms(at.seed, streams.CUSTOMER_TRAITS, 0, first + i, 0)
        customers.standard[i] = between(
            u[0], traits.standard, traits.standard_spread, 0.0, 1.0, standards
        )
        customers.worth[i] = between(u[1], traits.worth, traits.worth_spread, 0.0, math.inf, worths)
        customers.status_quo[i] = between(
            u[2], traits.status_quo, traits.status_quo_spread, 0.0, 1.0, habits
        )
        # The lognormal's mean, not its median, is the budget of the scenario.
        spread = traits.budget_spread
        log_budget = spread * normal_quantile(u[3]) - 0.5 * spread * spread
        customers.budget[i] = traits.budget * math.exp(log_budget)


@rule
def _weigh(s: int, traits: SegmentTraits, teams: Teams, weights: Floats) -> None:
    """How likely a segment's customers are to consider each team."""
    for j in range(weights.shape[0]):
        weights[j] = 1.0 if teams.record[j].home == s else 1.0 - traits.segment_focus
        stranger = traits.internal and traits.organization >= 0
        if stranger and teams.record[j].organization != traits.organization:
            weights[j] = 0.0


@rule
def _consider(
    at: Address,
    params: Params,
    customers: Customers,
    teams: Teams,
    keys: Floats,
    weights: Floats,
    first: int,
) -> None:
    """Which offers these customers consider: those with the greatest keys."""
    number = teams.record.shape[0]
    slots = customers.considered.shape[1]
    weighed = -1
    for i in range(customers.segment.shape[0]):
        s = customers.segment[i]
        traits: SegmentTraits = params.segments[s]
        if s != weighed:  # customers of a segment follow each other
            _weigh(s, traits, teams, weights)
            weighed = s
        attention = min(traits.attention, slots)
        considered = customers.considered[i]
        found = 0
        hopeless = -math.inf
        for block in range((number + WORDS - 1) // WORDS):
            luck = uniforms(at.seed, streams.CONSIDERATION, 0, first + i, block)
            for j in range(block * WORDS, min(number, block * WORDS + WORDS)):
                u = luck[j - block * WORDS]
                # A logarithm is below its argument less 1: that is enough to pass over most teams.
                if weights[j] <= 0.0 or u - 1.0 < hopeless * weights[j]:
                    continue
                key = math.log(u) / weights[j]
                if found == attention and key <= keys[found - 1]:
                    continue
                place = min(found, attention - 1)
                while place > 0 and keys[place - 1] < key:
                    keys[place] = keys[place - 1]
                    considered[place] = considered[place - 1]
                    place -= 1
                keys[place] = key
                considered[place] = j
                found = min(found + 1, attention)
                if found == attention:
                    hopeless = keys[found - 1] * ROOM_FOR_ROUNDING
        for slot in range(slots):
            if slot < found:
                customers.trust[i, slot] = params.trust.initial
            else:
                considered[slot] = NOBODY


@rule
def _reach(customers: Customers, teams: Teams) -> None:
    """Count, and list for each team the customers that consider it, in their order."""
    slots = customers.considered.shape[1]
    for i in range(customers.considered.shape[0]):
        found = 0
        for slot in range(slots):
            found += customers.considered[i, slot] >= 0
        for slot in range(found):
            team: TeamRecord = teams.record[customers.considered[i, slot]]
            team.reach_size += 1
            team.fair_share += 1.0 / found
    first = 0
    for j in range(teams.record.shape[0]):
        team = teams.record[j]
        team.reach_first = first
        first += team.reach_size
        team.reach_size = 0
    for n in range(teams.reach.shape[0]):
        teams.reach[n] = NOBODY
    for i in range(customers.segment.shape[0]):
        for slot in range(slots):
            j = customers.considered[i, slot]
            if j >= 0:
                team = teams.record[j]
                teams.reach[team.reach_first + team.reach_size] = i
                team.reach_size += 1


@rule
def _believe(
    at: Address, organizations: Records, care_focus: float, means: Means, teams: Teams
) -> None:
    """First beliefs: part true, part guess; who reaches nobody has only the guess."""
    variance = means.listening_noise * means.listening_noise
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        organization: OrganizationTraits = organizations[team.organization]
        accuracy = organization.prior_accuracy if team.reach_size > 0 else 0.0
        belief = teams.belief[j]
        fill_normals(belief, at.seed, streams.PRIOR, 0, j, 0)
        for d in range(belief.shape[0]):
            belief[d] *= care_focus
        softmax_inplace(belief)
        for d in range(belief.shape[0]):
            belief[d] = accuracy * teams.care_in_reach[j, d] + (1.0 - accuracy) * belief[d]
            teams.precision[j, d] = organization.prior_confidence / variance
