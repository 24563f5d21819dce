"""Write what the benchmarks measured into docs/performance.md, with the machine named.

``python tools/bench_table.py FILE`` takes the file that ``pytest --benchmark-json FILE`` left; the
table stands between ``<!-- benchmarks -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
PLACE = re.compile(r"(?<=<!-- benchmarks -->\n).*?(?=<!-- end -->)", re.DOTALL)


def seconds(time: float) -> str:
    """A time in the unit that suits it."""
    for factor, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")):
        if time * factor >= 1.0:
            return f"{time * factor:.3g} {unit}"
    return f"{time * 1e9:.3g} ns"


def rows(benchmarks: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Name, least and median time, and what else a benchmark says."""
    lines = []
    for found in benchmarks:
        name = f"{Path(found['fullname'].partition('::')[0]).stem[5:]}: {found['name'][5:]}"
        more = ", ".join(
            f"{key} {value:.4g}" if isinstance(value, float) else f"{key} {value}"
            for key, value in found["extra_info"].items()
        )
        stats = found["stats"]
        # Of a single round the time is that of the whole comparison, which says nothing.
        alone = stats["rounds"] == 1 and more
        times = ("", "") if alone else (seconds(stats["min"]), seconds(stats["median"]))
        lines.append((name, *times, more))
    return lines


def table(measured: dict[str, Any]) -> str:
    """The machine, the day, and a line for each benchmark."""
    machine = measured["machine_info"]
    processor = machine["cpu"].get("brand_raw", machine["machine"])
    lines = [
        "",
        f"{processor}, {machine['cpu'].get('count', '?')} processors; {machine['system']}, "
        f"Python {machine['python_version']}; {measured['datetime'][:10]}.",
        "",
        "| benchmark | least | median | more |",
        "| --- | --- | --- | --- |",
        *(f"| {' | '.join(row)} |" for row in rows(measured["benchmarks"])),
        "",
    ]
    return "\n".join(lines) + "\n"


def main(file: str) -> int:
    """Write the table anew."""
    measured = json.loads(Path(file).read_text(encoding="utf-8"))
    text = PAGE.read_text(encoding="utf-8")
    if not PLACE.search(text):
        print(f"{PAGE} has no place for the table", file=sys.stderr)
        return 1
    written = table(measured)
    PAGE.write_text(PLACE.sub(lambda _: written, text), encoding="utf-8")
    print(f"{PAGE} was written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
