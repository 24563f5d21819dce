"""Write the answers that come with the package: each act as it begins, and as it is revealed.

    python tools/bake.py [FILE]

They are what the page would be told by the running model; `tests/app/test_baked.py` says if they
are no longer. To be run whenever a change alters the numbers of a run, or an act.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from culturesim.app import asked, baked, told
from culturesim.app.acts import ACTS, COARSE, FULL, LAST, RUN, Act
from culturesim.app.engine_room import EngineRoom
from culturesim.app.knobs import PRESETS

Job = tuple[str, Any]
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that equal answers make equal files


def jobs(room: EngineRoom) -> Iterator[Job]:
    """Name of each answer, and a call that computes it."""
    yield baked.ACTS, told.acts
    for act in ACTS.values():
        for question in questions(act):
            for runs in (COARSE, FULL):
                yield baked.bands(question, runs), lambda q=question, r=runs: room.bands(q, r)
            yield baked.replay(question, RUN), lambda q=question: room.replay(q, RUN)
            if act.measure and question.bet is not None:
                yield baked.curve(question), lambda q=question: room.curve(q)
    for preset in PRESETS.values():
        query = {name: str(value) for name, value in preset.items()}
        question = asked.read({"act": str(LAST), **query})
        yield baked.bands(question, COARSE), lambda q=question: room.bands(q, COARSE)
        yield baked.bands(question, FULL), lambda q=question: room.bands(q, FULL)
    first = asked.read({"act": "1"})
    total = told.acts()["by_hand"]
    even = [total["total"] / total["concerns"]] * total["concerns"]
    yield baked.by_hand(even, first.seed, RUN), lambda: room.by_hand(even, first, RUN)


def questions(act: Act) -> list[asked.Asked]:
    """What is asked when an act begins, and when it is revealed."""
    query = {"act": str(act.number)}
    if act.bet_kind is None:
        return [asked.read(query)]
    bet = act.bets[0] if act.bets else "0"
    return [asked.read(query), asked.read(query | {"bet": bet})]


def as_bytes(answer: Any) -> bytes:
    """An answer as it goes over the wire."""
    return json.dumps(answer, separators=(",", ":"), allow_nan=False, ensure_ascii=False).encode()


def main(file: Path) -> None:
    """Compute all, and write them."""
    found = {}
    for name, compute in jobs(EngineRoom()):
        if name not in found:
            found[name] = as_bytes(compute())
            print(f"{name}  {len(found[name])}")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(found.items()):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)
    print(f"{file}: {len(found)} answers, {file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else baked.FILE)
