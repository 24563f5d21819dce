"""The page's state in a link: read with patience, and made valid.

A link is what stands after ``#``: ``v=1&act=4&accuracy=0.3&seed=0&bet4=0.6``. What is missing is as
at first. What is wrong is replaced by the nearest that is right, and said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote

from culturesim.app.acts import ACTS, DISCOVERY, EXECUTION, LAST, RUN, Act, defaults
from culturesim.app.asked import LARGEST_SEED, LONGEST
from culturesim.app.knobs import GROUNDS, KNOBS, MARKET
from culturesim.errors import nearest

LINK = 1  # version of links
LONGEST_LINK = 2_000
MOST_RUNS = 99
CONCERNS = 10  # of act 1, and what its team can spend: a test compares both with the scenario
CAPACITY = 360.0
BET = re.compile(r"bet(\d)$")
LANGUAGE = re.compile(r"[a-z]{2}$")
KEYS = ("v", "act", "seed", "ground", "run", "cycle", "hand", "lang")

# Bets that the page alone knows of: on how many customers take the room's own offer, and on who is
# ahead in act 2. The answers are asked for once they are placed.
PAGE_BETS: dict[int, tuple[str, ...]] = {1: (), 2: (EXECUTION, DISCOVERY, "same")}

State = dict[str, Any]
Note = dict[str, str]


class _Reading:
    """What is being read, with notes of all that had to be changed."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given
        self.notes: list[Note] = []

    def note(self, key: str, name: str, found: object = "", used: object = "") -> None:
        """Say that something was changed."""
        said = {"key": f"link.{key}", "name": name, "found": _short(found), "used": _short(used)}
        self.notes.append(said)

    def whole(self, name: str, least: int, most: int, default: int) -> int:
        """A whole number within limits."""
        if name not in self.given:
            return default
        number = _number(self.given[name])
        if number is None:
            self.note("bad_value", name, self.given[name], default)
            return default
        used = int(min(max(round(number), least), most))
        if used != number:
            self.note("nearest_value", name, self.given[name], used)
        return used


def parse(link: str) -> dict[str, Any]:
    """Read a link.

    Parameters
    ----------
    link : str
        With or without ``#``.

    Returns
    -------
    dict
        ``state``, which is always valid, and ``notes``: for each change the key of a text of the
        page, and what is filled in there.

    Examples
    --------
    >>> parse("#v=1&act=4&accuracy=0.33")["state"]["knobs"]
    {'accuracy': 0.3}
    """
    text = link.removeprefix("#")
    reading = _Reading(dict(parse_qsl(text[:LONGEST_LINK], keep_blank_values=True)))
    if len(text) > LONGEST_LINK:
        reading.note("too_long", "link", len(text), LONGEST_LINK)
    _check_version(reading, text)
    which = ACTS[reading.whole("act", min(ACTS), max(ACTS), min(ACTS))]
    state = {
        "act": which.number,
        "seed": reading.whole("seed", 0, LARGEST_SEED, 0),
        "knobs": _knobs(reading, which),
        "ground": _ground(reading, which),
        "run": reading.whole("run", 0, MOST_RUNS, RUN),
        "cycle": reading.whole("cycle", 0, which.cycles - 1, 0),
        "bets": _bets(reading),
        "hand": _hand(reading),
        "lang": _language(reading),
    }
    for name in reading.given:
        if name not in KEYS and name not in KNOBS and not BET.match(name):
            reading.note("unknown", name, reading.given[name])
    return {"state": state, "notes": reading.notes}


def write(state: Mapping[str, Any]) -> str:
    """Make a link of a state, as `parse` reads it.

    Parameters
    ----------
    state : mapping

    Returns
    -------
    str
        Without ``#``.
    """
    parts = {"v": str(LINK), "act": str(state["act"]), "seed": str(state["seed"])}
    parts |= {name: repr(value) for name, value in state["knobs"].items()}
    if state["ground"] != MARKET:
        parts["ground"] = state["ground"]
    parts |= {"run": str(state["run"])} if state["run"] != RUN else {}
    parts |= {"cycle": str(state["cycle"])} if state["cycle"] else {}
    parts |= {f"bet{number}": str(bet) for number, bet in sorted(state["bets"].items())}
    if state["hand"] is not None:
        parts["hand"] = ",".join(repr(effort) for effort in state["hand"])
    if state["lang"]:
        parts["lang"] = state["lang"]
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in parts.items())


def _check_version(reading: _Reading, text: str) -> None:
    """Say if a link is of another version: what can be understood of it is taken."""
    if not text:
        return
    found = reading.given.get("v", "")
    if found == str(LINK):
        return
    number = _number(found)
    newer = number is not None and number > LINK
    reading.note("newer_version" if newer else "no_version", "v", found, LINK)


def _knobs(reading: _Reading, which: Act) -> dict[str, float]:
    knobs = defaults(which)
    for name in KNOBS:
        if name not in reading.given:
            continue
        found = reading.given[name]
        number = _number(found)
        if number is None:
            stays = knobs.get(name, KNOBS[name].default)
            reading.note("bad_value", name, found, f"{stays:g}")
            continue
        # One of another act is kept: it stands there when the trainer goes on.
        knobs[name] = min(KNOBS[name].levels, key=lambda one: abs(one - number))
        if not math.isclose(knobs[name], number, rel_tol=1e-9, abs_tol=1e-12):
            reading.note("nearest_value", name, found, f"{knobs[name]:g}")
    return knobs


def _ground(reading: _Reading, which: Act) -> str:
    found = reading.given.get("ground", MARKET)
    if found in GROUNDS and (found == MARKET or which.number == LAST):
        return found
    used = MARKET
    if which.number == LAST:
        used = nearest(found, GROUNDS) or MARKET
    reading.note("nearest_value", "ground", found, used)
    return used


def _bets(reading: _Reading) -> dict[str, str]:
    bets = {}
    for name, bet in reading.given.items():
        match = BET.match(name)
        if match is None:
            continue
        which = ACTS.get(int(match[1]))
        if which is None or (which.bet_kind is None and which.number not in PAGE_BETS):
            allowed = False
        elif choices := which.bets or PAGE_BETS.get(which.number):
            allowed = bet in choices
        else:
            allowed = _number(bet) is not None
        if allowed:
            bets[match[1]] = bet
        else:
            reading.note("bad_bet", name, bet)
    return bets


def _hand(reading: _Reading) -> list[float] | None:
    """Act 1: the effort for each concern; whether it is possible is said when it is asked for."""
    found = reading.given.get("hand")
    if found is None:
        return None
    effort = [_number(one) for one in found.split(",")]
    known = [one for one in effort if one is not None and one >= 0.0]
    if len(known) != CONCERNS or len(effort) != CONCERNS or sum(known) > CAPACITY:
        reading.note("bad_value", "hand", found)
        return None
    return known


def _language(reading: _Reading) -> str:
    found = reading.given.get("lang", "")
    if found and not LANGUAGE.match(found):
        reading.note("bad_value", "lang", found)
        return ""
    return found


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _short(value: object) -> str:
    return str(value)[:LONGEST]
