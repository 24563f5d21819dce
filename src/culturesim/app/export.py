"""One file to take home: a state with its data, whose sliders still move without a server."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from culturesim import __version__
from culturesim.app import asked, state, strings, told
from culturesim.app.acts import ACTS, COARSE, FULL
from culturesim.app.knobs import KNOBS
from culturesim.app.modules import joined
from culturesim.app.state import State
from culturesim.errors import ArgumentError

if TYPE_CHECKING:
    from culturesim.app.engine_room import EngineRoom

STATIC = Path(__file__).parent / "static"
ENTRY = STATIC / "js" / "export_main.js"
STYLE = STATIC / "page.css"
LONGEST_TEXT = 2_000  # letters that the trainer wrote
LONGEST_NAME = 40
MOST_TEXTS = 10
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"

Answer = dict[str, Any]


def export(wanted: Mapping[str, Any], room: EngineRoom) -> str:
    """Make the file.

    Parameters
    ----------
    wanted : mapping
        ``state``, as the page knows it; ``commitment``, a text and a date, or None; ``lang``.
    room : EngineRoom

    Returns
    -------
    str
        A whole page in HTML.

    Raises
    ------
    ArgumentError
        If anything in `wanted` is wrong.
    """
    now = _state(wanted.get("state", {}))
    language = strings.check_language(_text(wanted, "lang", 8) or "en", pseudo=True)
    return page(contents(now, _commitment(wanted), language, room), language)


def contents(now: State, commitment: Answer | None, language: str, room: EngineRoom) -> Answer:
    """The data of a file: answers for the state, and for each knob moved away from it.

    Parameters
    ----------
    now : dict
        As `state.parse` gives it.
    commitment : dict or None
    language : str
    room : EngineRoom

    Returns
    -------
    dict
        Answers as the server tells them. ``bands``: by level of the act's first knob; the full
        answer where the state stands, coarse ones elsewhere. ``others``: by name of each other
        knob, and by its level.
    """
    question = question_of(now)
    which = question.act
    told_before = question.bet is None and which.bet_kind is not None
    first, *others = which.knobs or ("",)
    by_hand = None
    if which.number == min(ACTS) and now["hand"] is not None:
        by_hand = room.by_hand(now["hand"], question, now["run"])
    return {
        "made": datetime.now(UTC).date().isoformat(),
        "acts": told.acts(),
        "strings": {code: strings.texts(code, pseudo=True) for code in {language, "en"}},
        "state": now | {"lang": language},
        "link": state.write(now),
        "commitment": commitment,
        "bands": _over(first, question, room),
        "others": {name: _over(name, question, room) for name in others},
        "replay": room.replay(question, now["run"]),
        "curve": None if told_before or not which.measure else room.curve(question),
        "by_hand": by_hand,
    }


def question_of(now: Mapping[str, Any]) -> asked.Asked:
    """What is asked in a state.

    Parameters
    ----------
    now : mapping
        As `state.parse` gives it.

    Returns
    -------
    Asked
    """
    query = {"act": str(now["act"]), "seed": str(now["seed"]), "ground": now["ground"]}
    which = ACTS[now["act"]]
    query |= {name: repr(now["knobs"][name]) for name in which.knobs}
    bet = now["bets"].get(str(which.number)) if which.bet_kind is not None else None
    return asked.read(query | ({"bet": bet} if bet is not None else {}))


def page(data: Answer, language: str) -> str:
    """A page in HTML with data, script and style within.

    Parameters
    ----------
    data : dict
    language : str

    Returns
    -------
    str
    """
    style = STYLE.read_text("utf-8").replace("</", "<\\/")
    text = json.dumps(data, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    # Nothing in the data ends the element, whatever a trainer wrote.
    text = text.replace("<", "\\u003c")
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{html.escape(language)}">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            f'<meta name="generator" content="culturesim {__version__}">',
            "<title>culturesim</title>",
            f"<style>{style}</style>",
            "</head>",
            '<body class="export"><div id="page"></div>',
            f'<script type="application/json" id="data">{text}</script>',
            f"<script>{joined(ENTRY)}</script>",
            "</body></html>",
            "",
        )
    )


def _over(name: str, question: asked.Asked, room: EngineRoom) -> dict[str, Answer]:
    """Bands by level of a knob, while the others stay as they are; an act without one has one."""
    if not name:
        return {"": room.bands(question, FULL)}
    found = {}
    for level in KNOBS[name].levels:
        here = level == question.knobs[name]
        moved = question._replace(knobs=question.knobs | {name: level})
        bands = room.bands(moved, FULL if here else COARSE)
        if not question.act.grows:
            for world in bands["worlds"]:
                # Each world is what it is called: nothing of it moves.
                world["culture"] = world["practised"] = {}
        found[f"{level:g}"] = bands
    return found


def _state(given: Any) -> State:
    """The state that a page is in, or the nearest there is."""
    if not isinstance(given, Mapping):
        raise ArgumentError("is no state", key="state")
    parts = {"v": str(state.LINK)}
    for name in state.KEYS[1:]:
        value = given.get(name)
        if isinstance(value, list):
            value = ",".join(str(one) for one in value)
        if value is not None:
            parts[name] = str(value)
    for name, prefix in (("knobs", ""), ("bets", "bet")):
        table = given.get(name) or {}
        if not isinstance(table, Mapping):
            raise ArgumentError("are no values by name", key=name)
        parts |= {f"{prefix}{key}": str(value) for key, value in table.items()}
    now: State = state.parse(urlencode(parts))["state"]
    return now


def _commitment(wanted: Mapping[str, Any]) -> Answer | None:
    """What the room has committed to, in its own words."""
    given = wanted.get("commitment")
    if given is None:
        return None
    if not isinstance(given, Mapping) or len(given) > MOST_TEXTS:
        raise ArgumentError("is not a text and a date", key="commitment")
    return {str(name)[:LONGEST_NAME]: _text(given, name, LONGEST_TEXT) for name in given}


def _text(wanted: Mapping[str, Any], key: str, longest: int) -> str:
    found = wanted.get(key, "")
    if not isinstance(found, str) or len(found) > longest:
        raise ArgumentError(
            "is no text, or too long", key=key, allowed=f"a text of at most {longest} letters"
        )
    return found
