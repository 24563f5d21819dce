"""The parameters of a culture's growth, and what leaders do.

Each class reads as a table, one row a parameter: default, unit, range, meaning, source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import create_model

from culturesim.scenario.fields import REQUIRED, Names, Number, Part, Rows, param

CHOSEN = "assumed: chosen by whoever writes the scenario"


# One row a parameter reads as a table; a formatter would give every argument its own line.
# fmt: off
class Growth(Part):
    """How a culture spreads among teams, pays, and withers."""

    on: bool = param(False, "yes/no", "",
        "Whether cultures change by themselves; else only leaders change them.",
        "assumed: off, so that cultures can be compared as they are")
    contagion: Number = param(0.15, "share per cycle", "[0, 1]",
        "How far a team moves towards what its neighbours show.",
        "assumed: averaging as in DeGroot 1974")
    conformity: Number = param(2, "exponent", "(0, 20]",
        "How much more than its share a majority counts; 1: not at all.",
        "assumed: conformist transmission as in Boyd & Richerson 1985")
    payoff_bias: Number = param(1, "weight", "[0, 20]",
        "How much more successful neighbours are watched.",
        "assumed: payoff-biased transmission as in Henrich 2001")
    reinforcement: Number = param(0.03, "share per cycle", "[0, 1]",
        "How fast success makes, and failure breaks, a habit.",
        "assumed: Bush & Mosteller 1955, with the aspiration level of Macy & Flache 2002")
    weeds: Number = param(0.01, "share per cycle", "[0, 1]",
        "How fast an untended culture withers.", "assumed: habits of the first pole come back")
    mandate_visibility: Number = param(0.1, "share", "[0, 1]",
        "How much of what is done under orders counts as proof for neighbours.",
        "assumed: nobody has measured it, and whether a mandate lasts turns on it; vary it")
    internalisation: Number = param(0, "share per cycle", "[0, 1]",
        "How fast what is done under orders becomes one's own.",
        "assumed: none, as in Deci, Koestner & Ryan 1999; whether a mandate lasts turns on it; "
        "vary it")
    aspiration_own: Number = param(0.10, "share per cycle", "[0, 1]",
        "How fast what a team expects follows its own value.",
        "assumed: ten cycles, as in Cyert & March 1963")
    aspiration_others: Number = param(0.05, "share per cycle", "[0, 1]",
        "How fast what a team expects follows the mean of its organization.",
        "assumed: half of the weight of its own, as in Cyert & March 1963")
    degree: int = param(4, "teams", "[0, 100000]",
        "How many other teams a team sees at work: an even number; from teams - 1 on: all.",
        "assumed: a few neighbours, as in Watts & Strogatz 1998")
    rewiring: Number = param(0, "probability", "[0, 1]",
        "How often a link goes to a random team instead of a neighbour; 0: a ring.",
        "assumed: a ring; a small world as in Watts & Strogatz 1998 when above 0")


class _Action(Part):
    """Something leaders do about the culture, at a date, for some of the teams."""

    kind: Literal["seed", "cultivate", "mandate"] = param(REQUIRED, "kind", "",
        "seed: set the culture once; cultivate: raise it each cycle; mandate: order what is done.",
        CHOSEN)
    strength: Number = param(REQUIRED, "share", "[0, 1]",
        "Culture that a seed sets and a mandate orders; what cultivating adds of what is missing, "
        "per cycle, with all teams as targets.", CHOSEN)
    target: Literal["all", "champions", "laggards", "random", "cluster"] | Rows = param("all",
        "kind or rows", "",
        "For which teams: all, those with the most or the least of the culture, random ones, "
        "neighbours, or a list of numbers of teams, from 0.", CHOSEN)
    teams: int = param(0, "teams", "[0, 100000]",
        "For how many teams; 0 where the target says it.", CHOSEN)
    organizations: Names = param((), "names", "",
        "Whose leaders do it; empty: each organization's.", CHOSEN)


WINDOW: dict[str, Any] = {
    "from": (int, param(REQUIRED, "cycle", "[0, 100000]", "The cycle in which it begins.", CHOSEN)),
    "to": (int, param(0, "cycle", "[0, 100000]",
        "The first cycle after it; 0: until the run ends.", CHOSEN)),
}
# fmt: on

if TYPE_CHECKING:
    Action = _Action
else:
    # Python keeps the word `from` for itself: a class body cannot have a field of that name.
    Action = create_model("Action", __base__=_Action, __doc__=_Action.__doc__, **WINDOW)


def window(action: Action) -> tuple[int, int]:
    """First cycle of an action, and the first one after it; 0: none.

    Parameters
    ----------
    action : Action

    Returns
    -------
    tuple of int and int
    """
    return getattr(action, "from"), getattr(action, "to")  # noqa: B009 - not fields of `_Action`
