"""A world: everybody in it, its rules and its luck."""

from __future__ import annotations

from tests.reference.draws import Luck
from tests.reference.entities import Table, Team
from tests.reference.population import (
    consider,
    first_belief,
    make_customers,
    make_organizations,
    make_segments,
    make_teams,
)


class World:
    """All that a run consists of.

    Parameters
    ----------
    spec : dict
        A scenario as plain nested dictionaries, every value written out.
    culture : str or None
        Culture of every organization; what the scenario says if None.
    seed : int
    """

    def __init__(self, spec: Table, culture: str | None, seed: int) -> None:
        self.spec = spec
        self.luck = Luck(seed)
        self.cycle = 0
        self.concerns: int = spec["world"]["concerns"]
        self.organizations = make_organizations(spec, culture)
        self.segments = make_segments(spec, self.organizations, self.luck)
        self.customers = make_customers(spec, self.segments, self.luck)
        self.teams = make_teams(spec, self.organizations, self.segments)
        for customer in self.customers:
            consider(spec, customer, self.teams, self.luck)
        for team in self.teams:
            first_belief(spec, team, self.luck)

    def practice(self, team: Team, name: str) -> float:
        """A practice of the stance that the team has taken."""
        return float(self.spec["cultures"][team.stance][name])
