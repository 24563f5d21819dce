"""What a scenario holds: three texts, and its tables of parameters."""

from __future__ import annotations

import math
from fractions import Fraction

from pydantic import Field

from culturesim.scenario.fields import Named, Part, Table
from culturesim.scenario.leadership_parameters import Action, Growth
from culturesim.scenario.market_parameters import Segment, Shock, Trust, World
from culturesim.scenario.team_parameters import Culture, Means, Organization, Production, Skills

HEADS = ("title", "about", "expect")


class Contents(Part):
    """The keys of a scenario, each value allowed by itself; `Scenario` checks them together."""

    title: str = Field("", description="What it is called.")
    about: str = Field("", description="What it is for.")
    expect: str = Field("", description="What to expect of it.")
    world: World = World()
    segments: Named[Segment] = Field(default_factory=Table)
    organizations: Named[Organization] = Field(default_factory=Table)
    production: Production = Production()
    trust: Trust = Trust()
    means: Means = Means()
    skills: Skills = Skills()
    cultures: Named[Culture] = Field(default_factory=Table)
    growth: Growth = Growth()
    leadership: Named[Action] = Field(default_factory=Table)
    shocks: Named[Shock] = Field(default_factory=Table)

    def segment_sizes(self) -> dict[str, int]:
        """Customers per segment, in file order; their sum is ``world.customers``.

        Returns
        -------
        dict of str to int

        Source
        ------
        Hamilton's method of largest remainders; of equal remainders the earlier segment's counts.
        """
        # Fractions are exact, so that a remainder does not turn on how a platform rounds.
        shares = {name: Fraction(segment.share) for name, segment in self.segments.items()}
        total = sum(shares.values())
        quotas = {name: self.world.customers * share / total for name, share in shares.items()}
        sizes = {name: math.floor(quota) for name, quota in quotas.items()}
        by_remainder = sorted(quotas, key=lambda name: sizes[name] - quotas[name])
        for name in by_remainder[: self.world.customers - sum(sizes.values())]:
            sizes[name] += 1
        return sizes
