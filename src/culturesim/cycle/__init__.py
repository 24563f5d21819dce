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
def one_cycle(at: Address, params: Params, state: State) -> None:
    """Run the twelve phases, each for everybody before the next begins."""
    drift(at, params, state)
    cultivate(at, params, state)
    listen(at, params, state)
    trial(at, params, state)
    plan(at, params, state)
    build(at, params, state)
    offer(at, params, state)
    assess(at, params, state)
    commit(at, params, state)
    deliver(at, params, state)
    learn(at, params, state)
    account(at, params, state)
