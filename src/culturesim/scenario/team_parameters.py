"""The parameters of the teams: who they are, how they work and learn, and their cultures.

Each class reads as a table, one row a parameter: default, unit, range, meaning, source.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from culturesim.scenario.fields import REQUIRED, Names, Number, Part, param

PRACTICE = "assumed: a practice, chosen by whoever writes the culture"


# One row a parameter reads as a table; a formatter would give every argument its own line.
# fmt: off
class Prior(Part):
    """What a team believes before it has met a customer."""

    accuracy: Number = param(0.3, "share", "[0, 1]",
        "How much of the first belief is true; the rest is a guess.",
        "assumed: a third or fewer of ideas improve what they should, Kohavi, Tang & Xu 2020; "
        "vary it")
    confidence: Number = param(8, "conversations", "(0, 1e6]",
        "How many conversations the first belief counts for.",
        "assumed: about the interviews after which main themes are heard, Guest et al. 2006")


class Organization(Part):
    """Teams that share a price, a purse and a culture."""

    teams: int = param(12, "teams", "[1, 100000]",
        "How many teams it has.", "assumed: each customer sees a third of them")
    capacity: Number = param(10, "effort per cycle", "[0.001, 1e6]",
        "How much effort a team can spend in a cycle.", "assumed: sets the unit of effort")
    price: Number = param(1, "resources per cycle", "[0, 1e6]",
        "What a commitment brings to the team.",
        "assumed: a sixth of the worth; sets the unit of resources")
    entry: int = param(0, "cycle", "[0, 100000]",
        "The first cycle with an offer.", "assumed: from the start")
    culture: str | Annotated[Number, Field(ge=0, le=1)] = param("execution", "name or share",
        "[0, 1]",
        "A culture's name, or a number: how often a team takes the stance of the second pole "
        "instead of the first.",
        "assumed: what most plans are built on; choose it per run", apply=False)
    poles: Names = param(("execution", "discovery"), "names", "",
        "The two cultures between which a number for `culture` lies.",
        "assumed: exploitation and exploration as in March 1991")
    home: Names = param((), "names", "",
        "Segments that the teams are dealt to in turn; empty: all, in file order, but for other "
        "organizations' people.",
        "assumed: no segment is left out")
    prior: Prior = Field(Prior(), description="What its teams believe before the first customer.")


class Production(Part):
    """How effort becomes performance, and how promises are kept."""

    decay: Number = param(0.10, "share per cycle", "[0.001, 1]",
        "How much of an offer's performance is lost each cycle without effort.",
        "assumed: what is built needs about its tenth in upkeep")
    saturation: Number = param(40, "effort", "[0.001, 1e6]",
        "Stock of effort at which a concern is taken care of to 63 %.",
        "assumed: a team cannot take full care of all concerns at once")
    learning: Number = param(0.2, "exponent", "[0, 1]",
        "How strongly repetition raises efficiency.",
        "estimated: Wright 1936 and Dutton & Thomas 1984, progress ratios of 70 to 90 % are "
        "exponents of 0.15 to 0.5")
    experience_scale: Number = param(20, "effort", "[0.001, 1e6]",
        "Effort on a concern after which the learning curve has doubled its base.",
        "assumed: two cycles of a team's whole capacity")
    experience_decay: Number = param(0.005, "share per cycle", "[0, 1]",
        "How much experience is lost each cycle.",
        "estimated: contested, from 25 % a month in Argote, Beckman & Epple 1990 to perhaps "
        "none in Thompson 2007; vary it")
    serving: Number = param(0.1, "effort per commitment", "[0, 1e6]",
        "What keeping one promise takes in the next cycle.", "assumed: a tenth of the price")
    serving_cap: Number = param(0.6, "share of capacity", "[0, 1]",
        "The most of its capacity a team gives to serving.",
        "assumed: some of a team is always left to build")
    defect: Number = param(0.10, "probability", "[0, 1]",
        "How often a promise is broken by a team without discipline or overload.",
        "assumed: nine of ten plans kept were the best case of the Last Planner in Ballard 2000")
    discipline_scale: Number = param(5, "discipline", "[0.001, 1e6]",
        "Discipline after which the curve of broken promises has doubled its base.",
        "assumed: five cycles of practice under execution")
    discipline_exponent: Number = param(0.4, "exponent", "[0, 5]",
        "How strongly discipline lowers the rate of broken promises.",
        "assumed: a power law, like the learning curve of Wright 1936")


class Means(Part):
    """What it costs to learn about customers, and how much is learned."""

    cost_talk: Number = param(0.25, "effort per conversation", "[0.001, 1e6]",
        "What one conversation with a customer costs.", "assumed: a fortieth of a team's cycle")
    cost_test: Number = param(0.35, "effort per trial", "[0.001, 1e6]",
        "What asking one customer to commit costs in a test.",
        "assumed: more than a conversation, as something has to be shown")
    listening_noise: Number = param(0.12, "care", "[0.001, 10]",
        "Standard error of what one conversation tells about each concern.",
        "assumed: some twenty conversations tell most, Griffin & Hauser 1993")
    slope: Number = param(25, "per unit of care", "(0, 1e4]",
        "How sharply a customer's answer to a test turns with what it cares about.",
        "assumed: commitments tell more than words, as in Murphy et al. 2005")
    ask_error: Number = param(0.15, "care", "[0, 10]",
        "How far from the doubtful point an unskilled designer sets the ask.",
        "assumed: wide enough that such a test tells little")
    feedback: Number = param(0.1, "signals per kept promise", "[0, 100]",
        "How often a customer whose promise was kept lets the team know what it cares about, "
        "unasked.", "assumed: one in ten speaks up; every culture hears it")


class Skills(Part):
    """How listening and the design of tests are learned by practice."""

    initial: Number = param(0.25, "share", "[0, 1]",
        "Skill of a team that has never practised.",
        "assumed: untrained people mostly hear what they believe, as in Nickerson 1998")
    practice: Number = param(0.35, "share per unit of effort share", "[0, 1]",
        "How fast practice closes the distance to full skill.",
        "assumed: years at a few per cent of a team's effort")
    forget: Number = param(0.01, "share per cycle", "[0, 1]",
        "How fast an unused skill falls back.", "assumed: slower than it is learned")


class Culture(Part):
    """A culture: what a team habitually does. It holds practices only, neither skill nor luck."""

    listening: Number = param(REQUIRED, "share of free effort", "[0, 1]",
        "Effort given to conversations with customers.", PRACTICE)
    testing: Number = param(REQUIRED, "share of free effort", "[0, 1]",
        "Effort given to tests that ask customers to commit.", PRACTICE)
    replan: Number = param(REQUIRED, "share per cycle", "[0, 1]",
        "How far the plan moves towards what is believed now.", PRACTICE)
    evidence: Number = param(REQUIRED, "weight", "[0, 1]",
        "How much what customers show counts against what was believed.", PRACTICE)
    forgetting: Number = param(REQUIRED, "share per cycle", "[0, 1]",
        "How fast old certainty fades, so that news can count; scaled by `evidence`.", PRACTICE)
    discipline: Number = param(REQUIRED, "discipline per cycle", "[0, 100]",
        "How much process discipline a cycle of this culture adds.", PRACTICE)
    taper: Number = param(0, "share", "[0, 1]",
        "How much of listening and testing stops once the offer is taken up.",
        "assumed: off; search until validated as in Blank 2005 when on")
    gate: Number = param(0, "share of building effort", "[0, 1]",
        "Building effort that is held back until the offer is validated.",
        "assumed: off; build only what is validated as in Maurya 2012 when on")
    validation: Number = param(0.25, "relative uncertainty", "(0, 1e6]",
        "How uncertain a belief may be to count as validated.",
        "assumed: within a quarter of the average care for a concern")
