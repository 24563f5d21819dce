"""The schedule as a table: what each phase declares, in the order in which the cycle runs them."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from culturesim import cycle
from culturesim.state.facts import Facts


class Phase(NamedTuple):
    """One phase of the cycle and what it declares."""

    name: str
    facts: Facts


def schedule() -> list[Phase]:
    """List the phases in order.

    Returns
    -------
    list of Phase

    Notes
    -----
    The order is read off the compiled cycle, which is the one place where it is written: the names
    that a function uses are kept in the order of their first use.
    """
    phases = []
    for name in cycle.one_cycle.__code__.co_names:
        module = import_module(f"culturesim.cycle.{name}")
        phases.append(Phase(name, module.FACTS))
    return phases
