"""Teams with behaviour of their own, as somebody would write them."""

from __future__ import annotations

from typing import Any

import culturesim as cs

SHORT = {
    "world.cycles": 12,
    "world.customers": 60,
    "organizations.*.teams": 4,
    "production.saturation": 10,  # so that something comes of it soon
}


def short() -> cs.Scenario:
    return cs.load_scenario("two-segments", SHORT)


class Bold(cs.Team, culture="discovery"):
    """Puts its effort where it is most convinced."""

    def plan(self: Any) -> None:
        plan = self.belief**2
        self.plan = plan / plan.sum()


class Same(cs.Team, culture="discovery"):
    """Writes everything back as it is."""

    def cultivate(self: Any) -> None:
        self.take_stance(self.model.spec.culture_names[self.stance])

    def listen(self: Any) -> None:
        self.belief = self.belief

    def trial(self: Any) -> None:
        self.precision = self.precision

    def plan(self: Any) -> None:
        self.plan = self.plan

    def build(self: Any) -> None:
        self.performance = self.performance

    def offer(self: Any) -> None:  # type: ignore[override]
        self.offer = self.offer

    def deliver(self: Any) -> None:
        self.care_committed = self.care_committed

    def learn(self: Any) -> None:
        self.test_skill = self.test_skill

    def account(self: Any) -> None:
        self.waste_broken = self.waste_broken


class Moody(cs.Team):
    """Remembers, reads others, and acts in several phases."""

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model, row)
        self.kept_before = 0

    def cultivate(self: Any) -> None:
        self.take_stance("discovery" if self.kept_before < 2 else "execution")

    def plan(self: Any) -> None:
        best = max(self.model.teams, key=lambda team: (team.kept, -team.row))
        self.plan = (self.plan + best.plan) / 2.0

    def account(self: Any) -> None:
        self.kept_before = self.kept


class Failing(cs.Team):
    """Fails in cycle 3, in row 2."""

    def listen(self: Any) -> None:
        if self.model.cycle == 3 and self.row == 2:
            self.fail()

    def fail(self: Any) -> None:
        raise ZeroDivisionError("nothing is left")
