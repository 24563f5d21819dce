"""One file to take home: a state with its data, whose sliders still move without a server."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from culturesim import __version__
from culturesim.app import asked, state, strings, told
from culturesim.app.acts import COARSE, FULL
from culturesim.app.knobs import KNOBS
from culturesim.app.modules import joined
from culturesim.errors import ArgumentError

if TYPE_CHECKING:
    from culturesim.app.engine_room import EngineRoom

STATIC = Path(__file__).parent / "static"
ENTRY = STATIC / "js" / "export_main.js"
STYLE = STATIC / "page.css"
LONGEST_NOTE = 2_000  # letters of a text that the trainer wrote
MOST_NOTES = 20
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"

Answer = dict[str, Any]


def export(wanted: Mapping[str, Any], room: EngineRoom) -> str:
    """Make the file.

    Parameters
    ----------
    wanted : mapping
        ``link``, as the page writes it; ``language``; ``notes``, texts by name, as they were
        written into the page.
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
    link = _text(wanted, "link", state.LONGEST_LINK)
    language = strings.check_language(_text(wanted, "language", 8) or "en", pseudo=True)
    data = contents(link, language, _notes(wanted), room)
    texts: dict[str, str] = data["strings"]
    return page(data, texts.get("title", "culturesim"), language)


def contents(link: str, language: str, notes: Mapping[str, str], room: EngineRoom) -> Answer:
    """The data of a file: answers for the state, and for each knob moved away from it.

    Parameters
    ----------
    link : str
    language : str
    notes : mapping of str to str
    room : EngineRoom

    Returns
    -------
    dict
        ``bands`` and ``replay`` as the server tells them; ``levels`` by name of a knob, bands for
        each of its levels while the others stay; ``curve``, or None.
    """
    now = state.parse(link)["state"]
    question = question_of(now)
    told_before = question.bet is None and question.act.bet_kind is not None
    levels = {name: _over(name, question, room) for name in question.act.knobs}
    return {
        "version": __version__,
        "made": datetime.now(UTC).isoformat(timespec="minutes"),
        "language": language,
        "strings": strings.texts(language, pseudo=True),
        "state": now,
        "link": state.write(now),
        "notes": dict(notes),
        "acts": told.acts(),
        "bands": room.bands(question, FULL),
        "replay": room.replay(question, now["run"]),
        "levels": levels,
        "curve": None if told_before or not question.act.measure else room.curve(question),
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
    query |= {name: repr(value) for name, value in now["knobs"].items()}
    bet = now["bets"].get(str(now["act"]))
    return asked.read(query | ({"bet": bet} if bet is not None else {}))


def page(data: Answer, title: str, language: str) -> str:
    """A page in HTML with data, script and style within.

    Parameters
    ----------
    data : dict
    title : str
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
            f"<title>{html.escape(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            '<body><main id="export"></main>',
            f'<script type="application/json" id="data">{text}</script>',
            f"<script>{joined(ENTRY)}</script>",
            "</body></html>",
            "",
        )
    )


def _over(name: str, question: asked.Asked, room: EngineRoom) -> list[Answer]:
    """Bands for each level of a knob, while the others stay as they are."""
    found = []
    for level in KNOBS[name].levels:
        moved = question._replace(knobs=question.knobs | {name: level})
        bands = room.bands(moved, COARSE)
        if not question.act.grows:
            for world in bands["worlds"]:
                world["culture"] = world["practised"] = None  # is what the world is called
        found.append(bands)
    return found


def _text(wanted: Mapping[str, Any], key: str, longest: int) -> str:
    found = wanted.get(key, "")
    if not isinstance(found, str) or len(found) > longest:
        raise ArgumentError(
            "is no text, or too long", key=key, allowed=f"a text of at most {longest} letters"
        )
    return found


def _notes(wanted: Mapping[str, Any]) -> dict[str, str]:
    found = wanted.get("notes", {})
    if not isinstance(found, Mapping) or len(found) > MOST_NOTES:
        raise ArgumentError(
            "are no texts by name, or too many", key="notes", allowed=f"at most {MOST_NOTES}"
        )
    return {str(name)[:80]: _text(found, name, LONGEST_NOTE) for name in found}
