"""Drift: what customers care about moves, and what they expect rises."""

from __future__ import annotations

import math

import numpy as np

from culturesim.kernels.jit import rule, rule_with_memory
from culturesim.kernels.market import add_rows, segment_factors, some_care
from culturesim.kernels.random import WORDS, fill_normals
from culturesim.state import streams
from culturesim.state.columns import Customers, State, TeamRecord, Teams
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Floats, Integers, Params, ShockTraits

FACTS = Facts(
    acts="segment, customer",
    does="what customers care about moves; expectations rise",
    reads=named("segments", "log_care")
    + named("customers", "segment care_factor standard fit")
    + named("teams", "reach_first reach_size reach"),
    writes=named("segments", "log_care")
    + named("customers", "care standard")
    + named("teams", "care_in_reach"),
    streams=("drift", "shock"),
)

BLOCK = 2048  # customers: their care fits into the cache that a processor has to itself


@rule_with_memory
def drift(at: Address, params: Params, state: State) -> None:
    """Move each segment's log-care, then what follows from it.

    Log-care is a stationary first-order autoregression with standard deviation ``care_focus`` and
    autocorrelation ``exp(-lag / care_memory)``; a shock takes the share ``size`` of the way to a
    fresh draw and keeps the variance.

    Source
    ------
    Hamilton (1994), *Time series analysis*, section 3.4: the stationary autoregression.
    """
    number, concerns = state.segments.log_care.shape
    teams = state.teams.record.shape[0]
    factor = np.empty((number, concerns))
    _drift(at, params, state, np.empty(concerns), factor, np.empty(teams, np.int64))


@rule
def _drift(
    at: Address, params: Params, state: State, noise: Floats, factor: Floats, reached: Integers
) -> None:
    """Do the work, with room for what nobody else will read."""
    segments, customers, teams = state.segments, state.customers, state.teams
    number, concerns = segments.log_care.shape
    memory, focus = params.world.care_memory, params.world.care_focus
    keep = math.exp(-1.0 / memory) if memory > 0.0 else 1.0
    moved = False
    if keep < 1.0:
        moved = True
        fresh = math.sqrt(1.0 - keep * keep) * focus
        for s in range(number):
            fill_normals(noise, at.seed, streams.DRIFT, at.cycle, s, 0)
            for d in range(concerns):
                segments.log_care[s, d] = keep * segments.log_care[s, d] + fresh * noise[d]
    draws = (concerns + WORDS - 1) // WORDS
    for n in range(params.shocks.shape[0]):
        shock: ShockTraits = params.shocks[n]
        if shock.cycle != at.cycle:
            continue
        moved = True
        stay = 1.0 - params.shocks[n]["size"]  # as an attribute it would be numpy's own
        fresh = math.sqrt(1.0 - stay * stay) * focus
        for s in range(number):
            if params.shocked[n, s]:
                fill_normals(noise, at.seed, streams.SHOCK, at.cycle, s, n * draws)
                for d in range(concerns):
                    segments.log_care[s, d] = stay * segments.log_care[s, d] + fresh * noise[d]
    if moved:
        segment_factors(segments.log_care, factor)
        _care(customers, teams, factor, reached)
    rising = False
    for s in range(number):
        rising = rising or params.segments[s].standard_drift > 0.0
    for i in range(customers.standard.shape[0] if rising else 0):
        rise = params.segments[customers.segment[i]].standard_drift
        if rise > 0.0:
            best = 0.0
            for slot in range(customers.fit.shape[1]):
                best = max(best, customers.fit[i, slot])
            customers.standard[i] += rise * max(0.0, best - customers.standard[i])


@rule
def _care(customers: Customers, teams: Teams, factor: Floats, reached: Integers) -> None:
    """Care of every customer, and its mean over those in reach of each team.

    A block of customers after another: their care is added up for all teams while it is at hand.
    The lists of those in reach ascend, so that each sum goes in the order of the customers.
    """
    number, concerns = teams.care_in_reach.shape
    people = customers.care.shape[0]
    for j in range(number):
        reached[j] = teams.record[j].reach_first
        for d in range(concerns):
            teams.care_in_reach[j, d] = 0.0
    for first in range(0, people, BLOCK):
        last = min(first + BLOCK, people)
        some_care(factor, customers.segment, customers.care_factor, customers.care, first, last)
        for j in range(number):
            team: TeamRecord = teams.record[j]
            end = team.reach_first + team.reach_size
            if last < people:
                whole, end = end, reached[j]
                while end < whole and teams.reach[end] < last:
                    end += 1
            add_rows(customers.care, teams.reach, reached[j], end, teams.care_in_reach[j])
            reached[j] = end
    for j in range(number):
        team = teams.record[j]
        for d in range(concerns if team.reach_size > 0 else 0):
            teams.care_in_reach[j, d] /= team.reach_size
