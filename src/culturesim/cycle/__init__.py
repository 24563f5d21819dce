"""The cycle: the order of its phases, written once."""

from __future__ import annotations

from culturesim.cycle.account import account
from culturesim.cycle.assess import assess
from culturesim.cycle.build import build
from culturesim.cycle.commit import commit
from culturesim.cycle.cultivate import cultivate
from culturesim.cycle.deliver import deliver
from culturesim.cycle.drift import drift
from culturesim.cycle.learn import learn
from culturesim.cycle.listen import listen
from culturesim.cycle.offer import offer
from culturesim.cycle.plan import plan
from culturesim.cycle.trial import trial
from culturesim.kernels.jit import rule
from culturesim.state.columns import State
from culturesim.state.parameters import Address, Params


@rule
def one_cycle(at: Address, params: Params, state: State, first: int, last: int) -> None:
    """Run phases `first` to ``last - 1`` of the twelve, each for everybody before the next."""
    if first <= 0 < last:
        drift(at, params, state)
    if first <= 1 < last:
        cultivate(at, params, state)
    if first <= 2 < last:
        listen(at, params, state)
    if first <= 3 < last:
        trial(at, params, state)
    if first <= 4 < last:
        plan(at, params, state)
    if first <= 5 < last:
        build(at, params, state)
    if first <= 6 < last:
        offer(at, params, state)
    if first <= 7 < last:
        assess(at, params, state)
    if first <= 8 < last:
        commit(at, params, state)
    if first <= 9 < last:
        deliver(at, params, state)
    if first <= 10 < last:
        learn(at, params, state)
    if first <= 11 < last:
        account(at, params, state)


PHASES = len(one_cycle.__code__.co_names)  # how many there are: the order is written above alone
