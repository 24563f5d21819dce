"""A run of the reference model: the phases of a cycle in their order."""

from __future__ import annotations

from tests.reference import garden, ledger, market, teamwork
from tests.reference.entities import Table
from tests.reference.world import World

PHASES = (
    market.drift,
    garden.cultivate,
    teamwork.listen,
    teamwork.trial,
    teamwork.plan,
    teamwork.build,
    teamwork.offer,
    market.assess,
    market.commit,
    market.deliver,
    teamwork.learn,
    garden.grow,
    ledger.account,
)


class Run:
    """A run that is stepped; arguments as of `World`."""

    def __init__(self, spec: Table, culture: str | None, seed: int) -> None:
        self.world = World(spec, culture, seed)
        garden.connect(self.world)

    def step(self) -> list[dict[str, float]]:
        """Do one cycle, and give its metrics, one dictionary an organization."""
        for phase in PHASES:
            phase(self.world)
        self.world.cycle += 1
        return [ledger.metrics(self.world, o) for o in self.world.organizations]
