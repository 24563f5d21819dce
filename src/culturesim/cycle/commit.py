"""Commit: each customer commits to one offer, or does nothing."""

from __future__ import annotations

from culturesim.kernels.exponential import exponentials
from culturesim.kernels.jit import rule
from culturesim.kernels.logit import differences, pick, puts_off
from culturesim.kernels.random import uniforms
from culturesim.state import streams
from culturesim.state.columns import COMMITTED, INDECISION, NOBODY, STATUS_QUO, State
from culturesim.state.facts import Facts, named
from culturesim.state.parameters import Address, Params, SegmentTraits

FACTS = Facts(
    acts="customer",
    does="customers commit to one offer, put it off, or do nothing",
    reads=named("customers", "segment assessment considered trust"),
    writes=named("segments", "takeup")
    + named("customers", "odds choice committed_to outcome")
    + named("teams", "commitments internal_commitments"),
    streams=("choice",),
)


@rule
def commit(at: Address, params: Params, state: State) -> None:
    """Choose by conditional logit; a customer who fears a broken promise may put the choice off.

    Source
    ------
    McFadden (1974): the choice. Dixon & McKenna (2022), *The JOLT effect*: indecision apart from
    the love of the status quo; its form is assumed.
    """
    segments, customers, teams = state.segments, state.customers, state.teams
    # The steps of `choose`, each for all customers: exponentials are found many at a time.
    for i in range(customers.choice.shape[0]):
        traits: SegmentTraits = params.segments[customers.segment[i]]
        differences(customers.assessment[i], traits.choice_noise, customers.odds[i])
    people, options = customers.odds.shape
    exponentials(customers.odds.reshape(people * options))
    for i in range(customers.choice.shape[0]):
        traits = params.segments[customers.segment[i]]
        luck = uniforms(at.seed, streams.CHOICE, at.cycle, i, 0)
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

    # What crosses rows is counted afterwards, in the fixed order of the customers.
    for j in range(teams.record.shape[0]):
        teams.record[j].commitments = 0
        teams.record[j].internal_commitments = 0
        for s in range(segments.takeup.shape[0]):
            segments.takeup[s, j] = 0.0
    for i in range(customers.choice.shape[0]):
        j = customers.committed_to[i]
        if j >= 0:
            s = customers.segment[i]
            teams.record[j].commitments += 1
            teams.record[j].internal_commitments += params.segments[s].internal
            segments.takeup[s, j] += 1.0
    for s in range(segments.takeup.shape[0]):
        for j in range(segments.takeup.shape[1]):
            segments.takeup[s, j] /= params.segments[s].customers
