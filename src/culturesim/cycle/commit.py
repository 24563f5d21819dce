"""Commit: each customer commits to one offer, or does nothing."""

from __future__ import annotations

from culturesim.kernels.blocks import add_blocks, first_row
from culturesim.kernels.exponential import exponentials
from culturesim.kernels.jit import rule
from culturesim.kernels.logit import differences, pick, puts_off
from culturesim.kernels.random import uniforms
from culturesim.state import streams
from culturesim.state.columns import (
    COMMITTED,
    INDECISION,
    NOBODY,
    STATUS_QUO,
    Customers,
    State,
)
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Integers, Params, SegmentTraits
from culturesim.state.rows import some

FACTS = Facts(
    acts="customer",
    does="customers commit to one offer, put it off, or do nothing",
    reads=named("customers", "segment assessment considered trust"),
    writes=named("segments", "takeup")
    + named("customers", "odds choice committed_to outcome")
    + named("teams", "commitments internal_commitments"),
    streams=("choice",),
)

STRIP = 1024  # customers: what is known of them stays at hand from one step to the next


@rule
def commit(at: Address, params: Params, state: State) -> None:
    """Choose by conditional logit; a customer who fears a broken promise may put the choice off.

    Source
    ------
    McFadden (1974): the choice. Dixon & McKenna (2022), *The JOLT effect*: indecision apart from
    the love of the status quo; its form is assumed.
    """
    blocks, people = state.room.takeup.shape[0], state.customers.choice.shape[0]
    for block in range(at.share.first, min(at.share.last, blocks)):
        first = first_row(block, blocks, people)
        last = first_row(block + 1, blocks, people)
        for start in range(first, last, STRIP):
            strip = some(state.customers, start, min(start + STRIP, last))
            _choose(at, params, strip, start)
        _count(some(state.customers, first, last), state.room.takeup[block])
    if at.share.closes:
        _take_up(params, state)


@rule
def _choose(at: Address, params: Params, customers: Customers, first: int) -> None:
    """The steps of `choose`, each for all customers: exponentials are found many at a time."""
    for i in range(customers.choice.shape[0]):
        traits: SegmentTraits = params.segments[customers.segment[i]]
        differences(customers.assessment[i], traits.choice_noise, customers.odds[i])
    people, options = customers.odds.shape
    exponentials(customers.odds.reshape(people * options))
    for i in range(people):
        traits = params.segments[customers.segment[i]]
        luck = uniforms(at.seed, streams.CHOICE, at.cycle, first + i, 0)
        choice = pick(customers.odds[i], luck[0])
        # Without a branch on the choice: the processor would have to guess what luck decides.
        chosen = choice > 0
        slot = choice - 1 if chosen else 0
        outcome = COMMITTED if chosen else STATUS_QUO
        doubt = traits.indecision * (1.0 - customers.trust[i, slot])
        if puts_off(doubt, luck[1]) and chosen:
            outcome = INDECISION
            choice = 0
            chosen = False
        customers.outcome[i] = outcome
        customers.choice[i] = choice
        customers.committed_to[i] = customers.considered[i, slot] if chosen else NOBODY


@rule
def _count(customers: Customers, takeup: Integers) -> None:
    """Count the commitments of these customers, by segment and team."""
    for s in range(takeup.shape[0]):
        for j in range(takeup.shape[1]):
            takeup[s, j] = 0
    for i in range(customers.choice.shape[0]):
        j = customers.committed_to[i]
        if j >= 0:
            takeup[customers.segment[i], j] += 1


@rule
def _take_up(params: Params, state: State) -> None:
    """What the blocks counted, together."""
    segments, teams, counts = state.segments, state.teams, state.room.takeup
    add_blocks(counts)
    for j in range(teams.record.shape[0]):
        commitments = 0
        internal = 0
        for s in range(segments.takeup.shape[0]):
            count = counts[0, s, j]
            commitments += count
            internal += params.segments[s].internal * count
            segments.takeup[s, j] = count
            segments.takeup[s, j] /= params.segments[s].customers
        teams.record[j].commitments = commitments
        teams.record[j].internal_commitments = internal
