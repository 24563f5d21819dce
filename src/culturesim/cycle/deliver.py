"""Deliver: promises are kept or broken, trust moves, and those who were served speak."""

from __future__ import annotations

import math

from culturesim.kernels.belief import keep_positive, learn_from_signal
from culturesim.kernels.blocks import add_blocks, first_row
from culturesim.kernels.jit import rule
from culturesim.kernels.promises import keeping_probability
from culturesim.kernels.random import fill_normals, round_at_random, uniform
from culturesim.state import streams
from culturesim.state.columns import BROKEN, KEPT, Customers, State, TeamRecord
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Params
from culturesim.state.room import Delivered, Room
from culturesim.state.rows import some

FACTS = Facts(
    acts="customer, team",
    does="promises are kept or broken; customers declare value; trust moves; the market tells "
    "teams something for free",
    reads=named("customers", "segment care worth status_quo fit trust choice committed_to")
    + named(
        "teams",
        "stance capacity discipline commitments belief precision",
    ),
    writes=named("customers", "trust outcome")
    + named(
        "teams", "kept internal_kept value_created internal_value care_committed belief precision"
    ),
    streams=("promise", "feedback", "feedback_noise"),
)


@rule
def deliver(at: Address, params: Params, state: State) -> None:
    """Keep or break each promise, declare value, move trust, then hear from those who were served.

    Source
    ------
    Flores (2013), *Conversations for action*: a promise ends with the customer's declaration of
    satisfaction. Slovic (1993): trust is lost faster than won; the numbers are assumed.
    """
    if at.share.opens:
        _prepare(params, state)
    blocks, people = state.room.delivered.shape[0], state.customers.choice.shape[0]
    for block in range(at.share.first, min(at.share.last, blocks)):
        first = first_row(block, blocks, people)
        customers = some(state.customers, first, first_row(block + 1, blocks, people))
        _serve(at, params, customers, state.room, block, first)
    if at.share.closes:
        _book(state)
        _hear(at, params, state)


@rule
def _prepare(params: Params, state: State) -> None:
    """How likely each team is to keep a promise."""
    teams, production = state.teams, params.production
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        state.room.keeping[j] = keeping_probability(
            production.defect,
            team.discipline,
            production.discipline_scale,
            production.discipline_exponent,
            production.serving_cap * team.capacity,
            production.serving * team.commitments,
        )


@rule
def _serve(
    at: Address, params: Params, customers: Customers, room: Room, block: int, first: int
) -> None:
    """Keep or break the promises to these customers, who are a block."""
    trust, served = params.trust, room.served[first : first + customers.choice.shape[0]]
    heard, committed = room.heard[block], room.committed[block]
    number, concerns = heard.shape
    for j in range(number):
        done: Delivered = room.delivered[block, j]
        done.kept = 0
        done.internal_kept = 0
        done.value_created = 0.0
        done.internal_value = 0.0
        for d in range(concerns):
            heard[j, d] = 0.0
            committed[j, d] = 0.0

    # They are listed first: who has committed cannot be foreseen, and a wrong guess takes time.
    promises = 0
    for i in range(customers.choice.shape[0]):
        served[promises] = i
        promises += customers.committed_to[i] >= 0
    for n in range(promises):
        i = served[n]
        j = customers.committed_to[i]
        slot = customers.choice[i] - 1
        if uniform(at.seed, streams.PROMISE, at.cycle, first + i, 0) < room.keeping[j]:
            customers.outcome[i] = KEPT
            customers.trust[i, slot] += trust.gain * (1.0 - customers.trust[i, slot])
            gained = customers.fit[i, slot] - customers.status_quo[i]
            done = room.delivered[block, j]
            done.kept += 1
            done.value_created += customers.worth[i] * gained
            if params.segments[customers.segment[i]].internal:
                done.internal_kept += 1
                done.internal_value += customers.worth[i] * gained
            for d in range(concerns):
                heard[j, d] += customers.care[i, d]
        else:
            customers.outcome[i] = BROKEN
            customers.trust[i, slot] *= trust.loss
        for d in range(concerns):
            committed[j, d] += customers.care[i, d]


@rule
def _book(state: State) -> None:
    """What became of the promises of each team: the blocks together, in their order."""
    teams, room = state.teams, state.room
    add_blocks(room.heard)
    add_blocks(room.committed)
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        done: Delivered = room.delivered[0, j]
        team.kept = done.kept
        team.internal_kept = done.internal_kept
        team.value_created = done.value_created
        team.internal_value = done.internal_value
        for block in range(1, room.delivered.shape[0]):
            done = room.delivered[block, j]
            team.kept += done.kept
            team.internal_kept += done.internal_kept
            team.value_created += done.value_created
            team.internal_value += done.internal_value
        for d in range(teams.care_committed.shape[1]):
            teams.care_committed[j, d] = room.committed[0, j, d]
            if team.commitments > 0:
                teams.care_committed[j, d] /= team.commitments


@rule
def _hear(at: Address, params: Params, state: State) -> None:
    """What those who were served say to their team."""
    teams, means = state.teams, params.means
    heard, noise = state.room.heard[0], state.room.noise
    variance = means.listening_noise * means.listening_noise
    for j in range(teams.record.shape[0]):
        team: TeamRecord = teams.record[j]
        kept = team.kept
        signals = round_at_random(
            means.feedback * kept, uniform(at.seed, streams.FEEDBACK, at.cycle, j, 0)
        )
        if kept > 0 and signals > 0:
            fill_normals(noise, at.seed, streams.FEEDBACK_NOISE, at.cycle, j, 0)
            error = means.listening_noise / math.sqrt(signals)
            for d in range(heard.shape[1]):
                heard[j, d] = heard[j, d] / kept + error * noise[d]
            evidence = params.practices[team.stance].evidence
            learn_from_signal(
                teams.belief[j], teams.precision[j], heard[j], evidence * signals / variance
            )
            keep_positive(teams.belief[j])
