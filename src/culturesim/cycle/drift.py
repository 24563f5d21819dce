"""Drift: what customers care about moves, and what they expect rises."""

from __future__ import annotations

import math

from culturesim.kernels.blocks import first_row
from culturesim.kernels.jit import rule
from culturesim.kernels.market import everybodys_care, mean_care, segment_factors
from culturesim.kernels.random import WORDS, fill_normals
from culturesim.state import streams
from culturesim.state.columns import Customers, State
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Params, ShockTraits
from culturesim.state.rows import some

FACTS = Facts(
    acts="segment, customer",
    does="what customers care about moves; expectations rise",
    reads=named("segments", "log_care")
    + named("customers", "segment care_factor standard fit considered")
    + named("teams", "reach_size"),
    writes=named("segments", "log_care")
    + named("customers", "care standard")
    + named("teams", "care_in_reach"),
    streams=("drift", "shock"),
)


@rule
def drift(at: Address, params: Params, state: State) -> None:
    """Move each segment's log-care, then what follows from it.

    Log-care is a stationary first-order autoregression with standard deviation ``care_focus`` and
    autocorrelation ``exp(-lag / care_memory)``; a shock takes the share ``size`` of the way to a
    fresh draw and keeps the variance.

    Source
    ------
    Hamilton (1994), *Time series analysis*, section 3.4: the stationary autoregression.
    """
    teams, room = state.teams, state.room
    memory = params.world.care_memory
    keep = math.exp(-1.0 / memory) if memory > 0.0 else 1.0
    moved = keep < 1.0
    for n in range(params.shocks.shape[0]):
        shock: ShockTraits = params.shocks[n]
        moved = moved or shock.cycle == at.cycle
    rising = False
    for s in range(params.segments.shape[0]):
        rising = rising or params.segments[s].standard_drift > 0.0

    if at.share.opens and moved:
        _move(at, params, state, keep)
    blocks, people = room.care.shape[0], state.customers.standard.shape[0]
    for block in range(at.share.first, min(at.share.last, blocks)):
        first = first_row(block, blocks, people)
        customers = some(state.customers, first, first_row(block + 1, blocks, people))
        if moved:
            everybodys_care(
                room.factor,
                customers.segment,
                customers.care_factor,
                customers.considered,
                customers.care,
                room.care[block],
            )
        if rising:
            _rise(params, customers)
    if at.share.closes and moved:
        mean_care(room.care, teams.record["reach_size"], teams.care_in_reach)


@rule
def _move(at: Address, params: Params, state: State, keep: float) -> None:
    """Log-care of the segments, and its exponential."""
    segments, noise = state.segments, state.room.noise
    number, concerns = segments.log_care.shape
    focus = params.world.care_focus
    if keep < 1.0:
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
        stay = 1.0 - params.shocks[n]["size"]  # as an attribute it would be numpy's own
        fresh = math.sqrt(1.0 - stay * stay) * focus
        for s in range(number):
            if params.shocked[n, s]:
                fill_normals(noise, at.seed, streams.SHOCK, at.cycle, s, n * draws)
                for d in range(concerns):
                    segments.log_care[s, d] = stay * segments.log_care[s, d] + fresh * noise[d]
    segment_factors(segments.log_care, state.room.factor)


@rule
def _rise(params: Params, customers: Customers) -> None:
    """What customers expect rises towards the best fit that they have seen."""
    for i in range(customers.standard.shape[0]):
        rise = params.segments[customers.segment[i]].standard_drift
        if rise > 0.0:
            best = 0.0
            for slot in range(customers.fit.shape[1]):
                best = max(best, customers.fit[i, slot])
            customers.standard[i] += rise * max(0.0, best - customers.standard[i])
