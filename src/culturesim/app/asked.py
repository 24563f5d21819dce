"""What the page asks for: a query, read and checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from culturesim.app.acts import COARSE, FULL, LAST, Act, act, defaults
from culturesim.app.knobs import KNOBS, MARKET, check_ground, level
from culturesim.app.sides import Side, sides
from culturesim.errors import ArgumentError, nearest

LARGEST_SEED = 2**53 - 1  # what a browser holds exactly
MOST_NUMBERS = 1_000
LONGEST = 80  # letters of a bet or of a page's name
OTHER = ("act", "seed", "bet", "client", "move", "runs", "run", "ground", "effort", "link")


class Asked(NamedTuple):
    """What a page wants to know, and which of its moves that was."""

    act: Act
    seed: int
    knobs: dict[str, float]
    ground: str
    bet: str | None
    client: str
    move: int

    @property
    def sides(self) -> tuple[Side, Side]:
        """The two worlds that are meant."""
        return sides(self.act, self.knobs, self.ground)

    @property
    def shown(self) -> int:
        """How many cycles may be told: before the bet no more than the act's first part."""
        return self.act.stop if self.bet is None else self.act.cycles

    @property
    def name(self) -> str:
        """Equal for equal questions, whoever asks."""
        knobs = "_".join(f"{name}={value:g}" for name, value in sorted(self.knobs.items()))
        return f"act{self.act.number}_{knobs}_{self.ground}_seed{self.seed}_to{self.shown}"


def read(query: Mapping[str, str]) -> Asked:
    """Read a query.

    Parameters
    ----------
    query : mapping of str to str
        ``act`` and, if they are not as at first, ``seed``, knobs by name and ``ground``; ``bet``,
        ``client`` and ``move``.

    Returns
    -------
    Asked

    Raises
    ------
    ArgumentError
        If anything in it is wrong, or a key is unknown.
    """
    for key in query:
        if key not in OTHER and key not in KNOBS:
            raise ArgumentError(
                "is not a parameter",
                key=key,
                allowed=[*OTHER, *KNOBS],
                nearest=nearest(key, [*OTHER, *KNOBS]),
            )
    if "act" not in query:
        raise ArgumentError("is missing", key="act")
    which = act(whole(query, "act", 1, 1_000_000))
    knobs = defaults(which)
    for name in KNOBS:
        if name not in query:
            continue
        if name not in knobs:
            raise ArgumentError(
                f"cannot be moved in act {which.number}",
                key=name,
                found=query[name],
                allowed=which.knobs or "no knob",
            )
        knobs[name] = level(name, number(query, name))
    ground = check_ground(query.get("ground", MARKET))
    if ground != MARKET and which.number != LAST:
        raise ArgumentError(
            f"is as it is in act {which.number}", key="ground", found=ground, allowed=MARKET
        )
    return Asked(
        which,
        whole(query, "seed", 0, LARGEST_SEED, 0),
        knobs,
        ground,
        _bet(which, query.get("bet")),
        query.get("client", "")[:LONGEST],
        whole(query, "move", 0, LARGEST_SEED, 0),
    )


def runs(query: Mapping[str, str], most: int = FULL) -> int:
    """How many runs an answer is to be made of.

    Raises
    ------
    ArgumentError
        If that is no whole number from 1 to `most`.
    """
    return whole(query, "runs", 1, most, COARSE)


def number(query: Mapping[str, str], key: str) -> float:
    """A finite number of a query.

    Raises
    ------
    ArgumentError
        If it is none.
    """
    try:
        value = float(query[key])
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ArgumentError("is not a number", key=key, found=repr(query[key][:LONGEST]))
    return value


def numbers(query: Mapping[str, str], key: str) -> list[float]:
    """Finite numbers of a query, with commas between them.

    Raises
    ------
    ArgumentError
        If they are missing, or one is none.
    """
    if key not in query:
        raise ArgumentError("is missing", key=key)
    return [number({key: one}, key) for one in query[key].split(",")[:MOST_NUMBERS]]


def whole(
    query: Mapping[str, str], key: str, least: int, most: int, default: int | None = None
) -> int:
    """A whole number of a query within limits, or the default where there is none.

    Raises
    ------
    ArgumentError
        If it is no whole number, or out of range.
    """
    if key not in query and default is not None:
        return default
    found = query[key]
    if not (found.isascii() and found.isdigit()) or len(found) > 20:
        raise ArgumentError(
            "is not a whole number",
            key=key,
            found=repr(found[:LONGEST]),
            allowed=f"{least} to {most}",
        )
    if not least <= int(found) <= most:
        raise ArgumentError("is out of range", key=key, found=found, allowed=f"{least} to {most}")
    return int(found)


def _bet(which: Act, bet: str | None) -> str | None:
    """A bet as it was placed; what nobody can bet on is no bet."""
    if bet is None or bet == "":
        return None
    if which.bet_kind is None:
        raise ArgumentError(f"is not asked for in act {which.number}", key="bet", found=bet)
    if which.bet_kind == "choice":
        if bet not in which.bets:
            raise ArgumentError(
                "is not a bet",
                key="bet",
                found=bet[:LONGEST],
                allowed=which.bets,
                nearest=nearest(bet, which.bets),
            )
    else:
        number({"bet": bet}, "bet")
    return bet
