"""The engine: the compiled set-up and advance of a run, and a scenario made ready for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from culturesim.cycle import PHASES, one_cycle
from culturesim.kernels.jit import compiled, is_compiled, mark_compiled
from culturesim.model.measure import METRICS, measure
from culturesim.scenario.load import load_scenario
from culturesim.scenario.params import parameters
from culturesim.scenario.populate import blank_state, populate
from culturesim.scenario.schema import Scenario
from culturesim.state.columns import State
from culturesim.state.parameters import WHOLE, Address, Floats, Params, Share

Seed = int | np.uint64  # compiled code takes the unsigned word

# A cycle is done in parts where somebody acts between its phases: the phases by number, and as
# the last part the record of what came of them.
PARTS = PHASES + 1


@compiled
def begin(seed: Seed, share: Share, params: Params, state: State) -> None:
    """Set up a run, or a share of it: customers, teams, and who meets whom."""
    populate(Address(seed, 0, share), params, state)


@compiled
def advance(
    seed: Seed,
    share: Share,
    first: int,
    last: int,
    first_part: int,
    last_part: int,
    params: Params,
    state: State,
    records: Floats,
) -> None:
    """Run parts `first_part` to ``last_part - 1`` of cycles `first` to ``last - 1``.

    With its last part, a cycle is recorded in its row of `records`. What phases do for customers is
    done for a share of them; what they do for teams is done whole.
    """
    for cycle in range(first, last):
        one_cycle(Address(seed, cycle, share), params, state, first_part, last_part)
        if last_part >= PARTS:
            measure(Address(seed, cycle, share), params, state, records[cycle])


class Setup:
    """A scenario made ready to run: its parameters, and the shape of its records.

    Parameters
    ----------
    scenario : str, Path or Scenario
    culture : str, optional
        Culture of every organization; what the scenario says if not given.
    """

    def __init__(self, scenario: str | Path | Scenario, culture: str | None = None) -> None:
        self.scenario = load_scenario(scenario).with_culture(culture)
        self.culture = culture
        self.params = parameters(self.scenario)
        self.cycles = self.scenario.world.cycles
        self.organizations = list(self.scenario.organizations)

    def empty_records(self, *leading: int) -> Floats:
        """Room for what runs record: ``leading`` axes, then cycles, organizations, metrics."""
        return np.empty((*leading, self.cycles, len(self.organizations), len(METRICS)))

    def start(self, seed: int) -> State:
        """State of a run before its first cycle."""
        state = blank_state(self.scenario, seed)
        self.begin(seed, state)
        return state

    def begin(self, seed: int, state: State, share: Share = WHOLE) -> None:
        """Set up a run in blank arrays, or a share of it, as the compiled `begin` does."""
        begin(np.uint64(seed), share, self.params, state)

    def advance(
        self,
        seed: int,
        first: int,
        last: int,
        state: State,
        records: Floats,
        parts: tuple[int, int] = (0, PARTS),
        share: Share = WHOLE,
    ) -> None:
        """Run some cycles, or some parts or a share of them, as the compiled `advance` does."""
        advance(np.uint64(seed), share, first, last, *parts, self.params, state, records)

    def run(self, seed: int, records: Floats) -> None:
        """Run all cycles of a fresh run."""
        self.advance(seed, 0, self.cycles, self.start(seed), records)


def compile_first() -> None:
    """Compile the model if that has not been done for this installation, and say so.

    The two entries are compiled side by side, in processes of their own: the compiler uses one
    processor, and does not give back the memory that it takes. The results are kept on disk and
    taken from there; where there can be no such process they are made here.
    """
    if is_compiled():
        return
    print(
        "Compiling the model for this machine: once, about half a minute ...",
        file=sys.stderr,
        flush=True,
    )
    if sys.executable:
        nowhere = subprocess.DEVNULL
        code = f"from {__name__} import {{0}}; {{0}}()"
        commands = [[sys.executable, "-c", code.format(f.__name__)] for f in COMPILE]
        for process in [subprocess.Popen(c, stdout=nowhere, stderr=nowhere) for c in commands]:
            process.wait()
    for compile_entry in COMPILE:
        compile_entry()
    mark_compiled()


def compile_begin() -> None:
    """Compile the set-up of a run, by doing one."""
    Setup("baseline").start(0)


def compile_advance() -> None:
    """Compile the cycle, by running none."""
    setup = Setup("baseline")
    setup.advance(0, 0, 0, blank_state(setup.scenario), setup.empty_records())


COMPILE = (compile_begin, compile_advance)
