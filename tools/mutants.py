"""Check that mistakes in the model would be noticed: make them, one by one, and see.

``python tools/mutants.py`` tries every mutant of tests/mutants in a copy of the tree, prints what
became of each, and writes the table into docs/verification.md. The exit code is 1 if one survives
or cannot be tried. Words on the command line choose the mutants whose names or files hold one of
them; then nothing is written.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.mutants.hunt import Fate, hunt  # noqa: E402
from tests.mutants.mutant import Mutant, MutantError  # noqa: E402
from tests.mutants.table import MUTANTS  # noqa: E402
from tools.print_docs import code, table  # noqa: E402

PAGE = ROOT / "docs" / "verification.md"
PLACE = re.compile(r"^<!-- results: mutants -->\n(.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL)
HEAD = ("mutant", "place", "instead of", "stands", "which means", "caught by", "seconds")


def row(mutant: Mutant) -> tuple[str, ...]:
    """What is said of a mutant before it is tried."""
    old, new = (code(" ".join(text.split())) for text in (mutant.old, mutant.new))
    return mutant.name, code(mutant.file), old, new, mutant.means


def results(fates: Iterable[Fate]) -> str:
    """Lay out the fates as a table."""
    return table(HEAD, ((*row(f.mutant), code(f.caught_by), f"{f.seconds:.0f}") for f in fates))


def written(page: str, fates: Sequence[Fate]) -> str:
    """Give the page with its table written anew.

    Raises
    ------
    ValueError
        If the page has no place for it.
    """
    if not PLACE.search(page):
        raise ValueError("the page has no place for the table of mutants")
    text = f"<!-- results: mutants -->\n\n{results(fates)}\n<!-- end -->"
    return PLACE.sub(lambda _: text, page)


def tell(fate: Fate) -> None:
    """Print one fate."""
    what = f"caught by {fate.caught_by}" if fate.caught_by else "SURVIVED"
    print(f"{fate.seconds:5.1f} s  {fate.mutant.file}: {fate.mutant.name}: {what}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Hunt; the exit code is 1 if a mutant survives or cannot be tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="parts of names or files; all mutants if none")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args(arguments)
    words = asked.words or [""]
    chosen = [m for m in MUTANTS if any(word in f"{m.file} {m.name}" for word in words)]
    start = time.perf_counter()
    try:
        fates = hunt(chosen, asked.processes, tell)
    except MutantError as error:
        print(error, file=sys.stderr)
        return 1
    survivors = [fate.mutant.name for fate in fates if not fate.caught_by]
    minutes = (time.perf_counter() - start) / 60.0
    print(f"{len(fates) - len(survivors)} of {len(fates)} mutants caught in {minutes:.1f} minutes")
    if survivors:
        print(f"A test is missing: {', '.join(survivors)}", file=sys.stderr)
        return 1
    if not asked.words:
        PAGE.write_text(
            written(PAGE.read_text(encoding="utf-8"), fates), encoding="utf-8", newline="\n"
        )
        print(f"The table is in {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
