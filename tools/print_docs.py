"""Print into docs/*.md the tables that the code knows best.

A file says where a table goes: everything between ``<!-- table: NAME -->`` and ``<!-- end -->`` is
written anew. ``python tools/print_docs.py`` writes; with ``--check`` nothing is written, and the
exit code is 1 if a file is stale.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from culturesim.model.measure import METRICS
from culturesim.model.results import RUN_ONLY
from culturesim.model.schedule import schedule
from culturesim.scenario.describe import parameters
from culturesim.state.columns import columns
from culturesim.state.streams import STREAMS

DOCS = Path(__file__).resolve().parents[1] / "docs"
START = re.compile(r"^<!-- table: (.+) -->$", re.MULTILINE)
PLACE = re.compile(r"^<!-- table: ([^\n]+) -->\n(.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(cell, line))} |\n" for line in lines)


def cell(text: str) -> str:
    """Keep a text inside its cell, and a product out of emphasis."""
    kept = text.replace("|", "\\|")
    return kept if "`" in kept else kept.replace("*", "\\*")


def code(text: str) -> str:
    """Set a name as code; nothing stays nothing."""
    return f"`{text}`" if text else ""


def codes(names: Iterable[str]) -> str:
    """Set names as code, one after another."""
    return ", ".join(map(code, names))


def state_columns(entity: str) -> str:
    """Columns of one entity."""
    head = ("column", "shape", "unit", "written by", "meaning")
    return table(
        head,
        (
            (code(name), shape(c.shape), c.unit, codes(c.writers.split()), c.meaning)
            for name, c in columns(entity).items()
        ),
    )


def shape(sizes: Sequence[str]) -> str:
    """Print a shape; what is worked out stands in brackets."""
    return " × ".join(size if size.isalpha() or len(sizes) == 1 else f"({size})" for size in sizes)


def phases() -> str:
    """Print the schedule of a cycle."""
    head = ("", "phase", "who acts", "what happens", "reads", "writes", "streams")
    return table(
        head,
        (
            (
                str(number),
                code(name),
                facts.acts,
                facts.does,
                by_entity(facts.reads),
                by_entity(facts.writes),
                codes(facts.streams),
            )
            for number, (name, facts) in enumerate(schedule(), 1)
        ),
    )


def by_entity(names: Sequence[str]) -> str:
    """Group full names of columns by their entity."""
    split = [name.split(".") for name in names]
    groups = groupby(split, key=lambda parts: parts[0])
    return "; ".join(f"{entity}: {codes(name for _, name in of)}" for entity, of in groups)


def streams() -> str:
    """Print the streams of random numbers."""
    return table(
        ("stream", "number", "entity", "used by", "draws"),
        ((code(s.name), str(s.number), s.entity, code(s.used_by), s.draws) for s in STREAMS),
    )


def parameter_tables() -> str:
    """Print every parameter, table by table of a scenario file."""
    head = ("parameter", "type", "default", "unit", "range", "meaning", "status and source")
    parts = []
    for name, rows in groupby(parameters(), key=lambda row: row.path.rpartition(".")[0]):
        listed = (
            (
                code(row.path),
                row.type,
                "required" if row.required else code(toml(row.default)),
                row.unit,
                row.range,
                row.meaning,
                row.source,
            )
            for row in rows
        )
        parts.append(f"**`[{name.replace('*', 'NAME')}]`**\n\n{table(head, listed)}")
    return "\n".join(parts)


def toml(value: Any) -> str:
    """Write a value as a scenario file would."""
    return f"{value:g}" if isinstance(value, float) else json.dumps(value)


def metrics() -> str:
    """Print what is recorded every cycle."""
    return table(
        ("metric", "unit", "over a run", "better", "meaning"),
        ((code(m.name), m.unit, m.over_run, m.better, m.meaning) for m in METRICS),
    )


def run_metrics() -> str:
    """Print what only a whole run has."""
    rows = ((code(name), meaning) for name, meaning in RUN_ONLY.items())
    return table(("metric of a run", "meaning"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "segments": lambda: state_columns("segments"),
    "customers": lambda: state_columns("customers"),
    "teams": lambda: state_columns("teams"),
    "schedule": phases,
    "streams": streams,
    "parameters": parameter_tables,
    "metrics": metrics,
    "run metrics": run_metrics,
}


def printed(text: str) -> str:
    """Give a text with every table in it written anew.

    Raises
    ------
    ValueError
        If a place names no table, or does not end.
    """
    places = [match[1] for match in PLACE.finditer(text)]
    for name in START.findall(text):
        if name not in TABLES:
            raise ValueError(f"there is no table {name!r}; there are {', '.join(TABLES)}")
        if name not in places:
            raise ValueError(f"the place of table {name!r} does not end with <!-- end -->")
    return PLACE.sub(lambda m: f"<!-- table: {m[1]} -->\n\n{TABLES[m[1]]()}\n<!-- end -->", text)


def stale(folder: Path) -> dict[Path, str]:
    """Files whose tables differ from the code, each with the text it should have."""
    found = {}
    for file in sorted(folder.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        try:
            wanted = printed(text)
        except ValueError as error:
            raise ValueError(f"{file}: {error}") from None
        if wanted != text:
            found[file] = wanted
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Write, or check; the exit code is 1 if a check finds a stale file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if stale")
    parser.add_argument("folder", nargs="?", type=Path, default=DOCS, help="docs if not given")
    asked = parser.parse_args(arguments)
    found = stale(asked.folder)
    for file, text in found.items():
        if asked.check:
            print(f"{file} is stale: python tools/print_docs.py writes it anew", file=sys.stderr)
        else:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"{file} was written")
    return 1 if asked.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
