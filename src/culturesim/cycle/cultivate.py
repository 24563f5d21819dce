"""Cultivate: leaders act, and each team takes its stance for the cycle."""

from __future__ import annotations

import math

import numpy as np

from culturesim.kernels.jit import rule, rule_with_memory
from culturesim.kernels.network import distances, in_order
from culturesim.kernels.random import uniform
from culturesim.state import streams
from culturesim.state.columns import State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import (
    ALL,
    CHAMPIONS,
    CLUSTER,
    CULTIVATE,
    LAGGARDS,
    MANDATE,
    NAMED,
    SEED,
    ActionTraits,
    Address,
    OrganizationTraits,
    Params,
)

TOLD_APART = 1e9  # cultures that differ by less than its inverse, by rounding, are equal

FACTS = Facts(
    acts="team",
    does="leaders seed, cultivate or mandate; each team takes its stance: this cycle's practices",
    reads=named("teams", "organization culture targeted neighbour_first neighbour_size neighbours"),
    writes=named("teams", "targeted culture practised stance"),
    streams=("target", "stance"),
)


@rule
def cultivate(at: Address, params: Params, state: State) -> None:
    """Act on cultures by date; then take the stance of the second pole by propensity, or orders.

    Leaders choose the teams they mean when an action begins, before anything changes in that
    cycle. A seed sets a culture once. To cultivate takes attention, which is shared by the teams it
    is given to. A mandate changes what is done, and not the culture itself.

    Source
    ------
    Schein (2010), *Organizational culture and leadership*, chapter 14: what leaders attend to. The
    forms are assumed, and so is culture as a propensity: it is what a team habitually does.
    """
    teams = state.teams
    for j in range(teams.record.shape[0]):
        teams.record[j].practised = 0.0
    for n in range(params.actions.shape[0]):
        action: ActionTraits = params.actions[n]
        if action.first == at.cycle:
            _choose_targets(at, params, state, n)
    for n in range(params.actions.shape[0]):
        action = params.actions[n]
        if action.first <= at.cycle < action.end:
            _act(at, params, state, n)
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        organization: OrganizationTraits = params.organizations[team.organization]
        team.practised = max(team.culture, team.practised)
        second = uniform(at.seed, streams.STANCE, at.cycle, j, 0) < team.practised
        team.stance = organization.second_pole if second else organization.first_pole


@rule_with_memory
def _choose_targets(at: Address, params: Params, state: State, n: int) -> None:
    """Mark the teams that an action is meant for; luck decides between equals."""
    teams = state.teams
    action: ActionTraits = params.actions[n]
    number = teams.record.shape[0]
    luck = np.empty(number)
    for j in range(number):
        teams.targeted[j, n] = False
        luck[j] = uniform(at.seed, streams.TARGET, at.cycle, j, n)
    key = np.zeros(number)
    first = 0
    for o in range(params.organizations.shape[0]):
        organization: OrganizationTraits = params.organizations[o]
        end = first + organization.teams
        if params.acting[n, o]:
            if action.target == CHAMPIONS or action.target == LAGGARDS:
                sign = -1.0 if action.target == CHAMPIONS else 1.0
                for j in range(first, end):
                    key[j] = sign * math.floor(teams.record[j].culture * TOLD_APART + 0.5)
            elif action.target == CLUSTER:
                centre = first + int(np.argmin(luck[first:end]))
                record = teams.record
                distances(
                    centre,
                    record["neighbour_first"],
                    record["neighbour_size"],
                    teams.neighbours,
                    key,
                )
            chosen = in_order(key[first:end], luck[first:end])
            for rank in range(end - first):
                j = first + chosen[rank]
                if action.target == NAMED:
                    teams.targeted[j, n] = params.named[n, j]
                else:
                    teams.targeted[j, n] = action.target == ALL or rank < action.teams
        first = end


@rule
def _act(at: Address, params: Params, state: State, n: int) -> None:
    """Do what an action does in this cycle to each team it is meant for."""
    teams = state.teams
    action: ActionTraits = params.actions[n]
    first = 0
    for o in range(params.organizations.shape[0]):
        organization: OrganizationTraits = params.organizations[o]
        end = first + organization.teams
        targets = 0
        for j in range(first, end):
            targets += teams.targeted[j, n]
        for j in range(first, end):
            if not teams.targeted[j, n]:
                continue
            team: TeamRecord = teams.record[j]
            if action.kind == MANDATE:
                team.practised = max(team.practised, action.strength)
            elif action.kind == CULTIVATE:
                attention = min(1.0, action.strength * organization.teams / targets)
                team.culture += attention * (1.0 - team.culture)
            elif action.kind == SEED and at.cycle == action.first:
                team.culture = action.strength
        first = end
