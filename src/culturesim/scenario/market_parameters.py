"""The parameters of the market: the world, its segments, trust, and sudden shocks.

Each class reads as a table, one row a parameter: default, unit, range, meaning, source.
"""

from __future__ import annotations

import math
from typing import Literal

from culturesim.scenario.fields import REQUIRED, Names, Number, Part, param


# One row a parameter reads as a table; a formatter would give every argument its own line.
# fmt: off
class World(Part):
    """The market as a whole."""

    cycles: int = param(120, "cycles", "[1, 100000]",
        "How long a run lasts.",
        "assumed: ten years of months, long enough for beliefs and markets to settle")
    concerns: int = param(10, "concerns", "[1, 1000]",
        "How many things a customer may care about.",
        "assumed: enough that effort spread evenly takes care of nothing")
    customers: int = param(300, "customers", "[1, 10000000]",
        "Customers of all segments together.",
        "assumed: enough that chance among customers is small")
    care_focus: Number = param(1.5, "sd of log-care", "[0, 5]",
        "How unequally a segment cares about its concerns; 0 is equally.",
        "assumed: the leading concern gets nearly half of all care")
    care_spread: Number = param(0.5, "sd of log-care", "[0, 5]",
        "How far customers of one segment differ in what they care about.",
        "assumed: smaller than differences between concerns, so that a segment is one")
    care_memory: Number = param(240, "cycles", "[0, inf]",
        "How long what is cared about lasts before it has drifted away; 0 or inf: it never drifts.",
        "assumed: turbulence as in Posen & Levinthal 2012; vary it")
    cycle_label: str = param("month", "name", "",
        "What one cycle stands for.", "assumed: a month; nothing is computed from it")


class Segment(Part):
    """Customers who care about similar things."""

    share: Number = param(1, "parts of world.customers", "(0, 1e9]",
        "The segment's part of all customers, relative to the other segments' shares.",
        "assumed: equal shares")
    kind: Literal["external", "internal"] = param("external", "kind", "",
        "Whether its customers buy from outside, or work inside and contribute effort.",
        "assumed: outside buyers; insiders who must buy in, as in Kotter 1995, when internal")
    organization: str = param("", "name", "",
        "Whose people insiders are: they consider its teams only; empty where there is one.",
        "assumed: nobody works for two")
    standard: Number = param(0.42, "fit", "[0, 1]",
        "The least fit a customer accepts.", "assumed: satisficing as in Simon 1956; vary it")
    standard_spread: Number = param(0.08, "sd of fit", "[0, 1]",
        "How far customers differ in their standard.", "assumed: a fifth of the standard")
    standard_drift: Number = param(0, "share of the gap per cycle", "[0, 1]",
        "How fast a standard rises towards the best fit seen; 0 is never.",
        "assumed: rising expectations are off unless studied")
    worth: Number = param(6, "resources per cycle", "(0, 1e6]",
        "What being fully taken care of is worth to a customer.",
        "assumed: several times the price, so that fit decides and not the price")
    worth_spread: Number = param(0, "sd, resources per cycle", "[0, 1e6]",
        "How far customers differ in worth.", "assumed: none, for a plain baseline")
    status_quo: Number = param(0.22, "fit", "[0, 1]",
        "How well doing nothing takes care of a customer.",
        "assumed: with the other defaults, no decision is common, as Dixon & McKenna 2022 report "
        "(40 to 60 % of deals)")
    status_quo_spread: Number = param(0, "sd of fit", "[0, 1]",
        "How far customers differ in how well doing nothing serves them.",
        "assumed: none, for a plain baseline")
    budget: Number = param(math.inf, "resources per cycle", "(0, inf]",
        "The highest price a customer can pay, on average; inf: any.",
        "assumed: no limit, so that value and not money decides")
    budget_spread: Number = param(0, "sd of log-budget", "[0, 3]",
        "How far customers differ in budget.", "assumed: none, for a plain baseline")
    switching_cost: Number = param(0.6, "resources", "[0, 1e6]",
        "What last cycle's choice, doing nothing included, has ahead of the others.",
        "assumed: status quo bias as in Samuelson & Zeckhauser 1988; a tenth of the worth")
    choice_noise: Number = param(0.5, "resources", "[0, 1e6]",
        "Scale of the noise in a choice; 0: the best is always chosen.",
        "assumed: conditional logit as in McFadden 1974")
    indecision: Number = param(0.5, "rate per unit of lacking trust", "[0, 100]",
        "How strongly lack of trust makes a customer put off an offer it prefers.",
        "assumed: form after Dixon & McKenna 2022, where indecision costs more deals than the "
        "status quo")
    peer_influence: Number = param(0, "resources per unit of share", "[0, 1e6]",
        "How much more an offer appeals for being chosen by the whole segment.",
        "assumed: off; internal influence as in Bass 1969 when on")
    attention: int = param(4, "teams", "[1, 1000]",
        "How many offers a customer considers.",
        "assumed: consideration sets are small, as in Hauser & Wernerfelt 1990")
    segment_focus: Number = param(0.9, "share", "[0, 1]",
        "How much less likely a customer is to consider teams at home in another segment; 1: it "
        "never does.", "assumed: teams mostly meet the segment they serve")


class Trust(Part):
    """How a customer's trust in a team begins and moves."""

    initial: Number = param(0.8, "share", "[0, 1]",
        "Trust before any promise was made.", "assumed: strangers get some credit")
    gain: Number = param(0.2, "share", "[0, 1]",
        "Share of the distance to full trust that a kept promise wins.",
        "assumed: slower than loss, as in Slovic 1993")
    loss: Number = param(0.6, "factor", "[0, 1]",
        "What a broken promise multiplies trust by.",
        "assumed: faster than gain, as in Slovic 1993")


class Shock(Part):
    """A sudden move of what customers care about."""

    cycle: int = param(REQUIRED, "cycle", "[0, 100000]",
        "When it happens; before the run ends.", "assumed: chosen by whoever writes the scenario")
    size: Number = param(REQUIRED, "share", "[0, 1]",
        "How far care moves towards something new; 1: all of the way.",
        "assumed: chosen by whoever writes the scenario")
    segments: Names = param((), "names", "",
        "Segments it moves; empty: all.", "assumed: everybody is moved alike")
