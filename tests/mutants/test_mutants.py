"""The mutation check itself: its table fits the sources and the page, and it can tell.

`make mutants` tries all mutants; here a few are really tried, so that the machinery is proven.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from culturesim.model.schedule import schedule
from tests.mutants.hunt import ROOT, Fate, Trap, hunt
from tests.mutants.mutant import Mutant, MutantError
from tests.mutants.table import MUTANTS
from tools import mutants as tool

BY_NAME = {mutant.name: mutant for mutant in MUTANTS}
EFFORT = ("tests/kernels/test_effort.py",)
HARMLESS = Mutant(
    "other words for the same",
    "kernels/effort.py",
    "1.0 - listening - testing)",
    "1.0 - listening - testing + 0.0)",
    "nothing",
    EFFORT,
)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_fits_the_source(mutant: Mutant) -> None:
    mutant.applied(mutant.path(ROOT).read_text(encoding="utf-8"))
    assert mutant.tests
    for test in mutant.tests:
        file, _, name = test.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert not name or f"def {name.partition('[')[0]}(" in text


def test_mutants_have_names_of_their_own() -> None:
    assert len(BY_NAME) == len(MUTANTS)


def test_every_room_has_its_mutants() -> None:
    files = Counter(mutant.file for mutant in MUTANTS)
    assert [name for name, _ in schedule() if files[f"cycle/{name}.py"] < 2] == []
    kernels = {path.name for path in (ROOT / "src/culturesim/kernels").glob("*.py")}
    without = {name for name in kernels if not files[f"kernels/{name}"]}
    assert without == {"__init__.py", "jit.py"}  # no mathematics
    for file in ("scenario/populate.py", "model/measure.py", "model/results.py"):
        assert files[file] >= 2
    assert files["model/market.py"]
    assert files["experiments/statistics.py"] >= 2


def test_page_lists_these_mutants_and_none_that_survived() -> None:
    """`make mutants` writes the table."""
    page = tool.PAGE.read_text(encoding="utf-8")
    place = tool.PLACE.search(page)
    assert place is not None
    lines = [line for line in place[1].splitlines() if line.startswith("| ")][2:]
    assert len(lines) == len(MUTANTS)
    for line, mutant in zip(lines, MUTANTS, strict=True):
        blank = tool.results([Fate(mutant, "", 0.0)]).splitlines()[2]
        assert line.startswith(blank.removesuffix(" |  | 0 |")), "the page is stale"
        caught = line.replace("\\|", "").split("|")[-3].strip("` ")
        assert caught == "no end" or caught.partition("::")[0] in {
            test.partition("::")[0] for test in mutant.tests
        }


def test_table_is_written_into_its_place_and_nowhere_else() -> None:
    page = "Before.\n\n<!-- results: mutants -->\nold\n<!-- end -->\n\nAfter.\n"
    new = tool.written(page, [Fate(HARMLESS, "tests/a.py::test_b", 1.6)])
    assert new.startswith("Before.\n\n<!-- results: mutants -->\n\n| mutant |")
    assert new.endswith("| `tests/a.py::test_b` | 2 |\n\n<!-- end -->\n\nAfter.\n")
    with pytest.raises(ValueError, match="no place"):
        tool.written("Before.", [])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("no such text", "x", "0 times"),
        ("listening", "x", "times"),
        ("1.0 - listening - testing)", "1.0 - listening - testing", "was never closed"),
        ("1.0 - listening - testing)", "1.0 -  listening - testing)", "nothing is changed"),
    ],
)
def test_a_mutant_that_does_not_fit_is_an_error(old: str, new: str, message: str) -> None:
    wrong = HARMLESS._replace(old=old, new=new)
    with pytest.raises(MutantError, match=message):
        hunt([wrong])


# --- really tried


@pytest.mark.slow
def test_mutants_are_caught_and_a_harmless_change_survives() -> None:
    chosen = ("tests cost nothing", "in the market a cycle late", "guess for truth")
    told: list[Fate] = []
    before = {m.file: m.path(ROOT).read_bytes() for m in MUTANTS}
    fates = hunt([HARMLESS, *(BY_NAME[name] for name in chosen)], 2, told.append)
    assert [fate.mutant.name for fate in fates] == [HARMLESS.name, *chosen]
    assert fates[0].caught_by == ""
    assert fates[1].caught_by == "tests/kernels/test_effort.py::test_shares_are_taken_off"
    for fate in fates[2:]:
        assert fate.caught_by == fate.mutant.tests[0]
    assert sorted(told) == sorted(fates)
    assert {m.file: m.path(ROOT).read_bytes() for m in MUTANTS} == before, "the tree was touched"


@pytest.mark.slow
def test_a_check_that_says_nothing_is_an_error(tmp_path: Path) -> None:
    trap = Trap(tmp_path)
    trap.check(EFFORT)
    with pytest.raises(MutantError, match="do not run"):
        trap.tried(HARMLESS._replace(tests=("tests/kernels/test_effort.py::test_no_such_thing",)))
    right = HARMLESS.path(tmp_path).read_text(encoding="utf-8")
    assert right == HARMLESS.path(ROOT).read_text(encoding="utf-8")
    with trap.holding(BY_NAME["tests cost nothing"]), pytest.raises(MutantError, match="without"):
        trap.check(EFFORT)


def test_a_survivor_fails_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def survives(mutants: list[Mutant], processes: int, report: object) -> list[Fate]:
        return [Fate(mutant, "", 1.0) for mutant in mutants]

    page = tool.PAGE.read_bytes()
    monkeypatch.setattr(tool, "hunt", survives)
    assert tool.main(["in the market a cycle late"]) == 1
    assert "A test is missing: in the market a cycle late" in capsys.readouterr().err
    assert tool.main([]) == 1
    assert tool.PAGE.read_bytes() == page
