"""Everything the documents show runs: Python, scenario files and commands.

The blocks of a file run one after another, in an empty folder, Python in one namespace:

- ``python``: executed;
- ``toml`` that begins with a comment ``# name.toml``: written under that name and loaded as a
  scenario, or as a sweep if it has factors; other ``toml`` must be TOML;
- ``console``: every line ``$ culturesim ...`` must end with exit code 0.

A comment ``<!-- not run -->`` above a block leaves it out. Under ``<!-- fails -->`` a scenario must
be wrong, and a command must end with exit code 2 and say every line that is shown below it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import culturesim as cs
from culturesim.experiments.sweep_file import load_sweep

ROOT = Path(__file__).resolve().parents[2]
FILES = [file for file in (ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))) if file.exists()]
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCENARIO_FILE = re.compile(r"# ([\w.-]+\.toml)$")
PROMPT = "$ culturesim "
EXIT_CODE = {True: 2, False: 0}  # whether a command has to fail


class Block(NamedTuple):
    """A fenced block: its language, text, first line's number, and the comment above it."""

    language: str
    text: str
    line: int
    comment: str


def blocks(text: str) -> Iterator[Block]:
    for match in FENCE.finditer(text):
        above = text[: match.start()].rstrip().rpartition("\n")[2]
        yield Block(match[1], match[2], text.count("\n", 0, match.start()) + 2, above)


def run_file(file: Path) -> int:
    """Run the blocks of a file in the present folder; give back how many did something."""
    namespace: dict[str, Any] = {"__name__": "example"}
    number = 0
    for block in blocks(file.read_text(encoding="utf-8")):
        fails = block.comment == "<!-- fails -->"
        place = f"{file}:{block.line}"
        if block.comment == "<!-- not run -->" or block.language not in RUN:
            continue
        number += 1
        if block.language == "python":
            lines_above = "\n" * (block.line - 1)  # so that a traceback shows the right line
            exec(compile(lines_above + block.text, file, "exec"), namespace)
        else:
            RUN[block.language](block.text, fails, place)
    return number


def load(text: str, fails: bool, place: str) -> None:
    """Write a scenario or a sweep file and load it; other TOML is only read."""
    named = SCENARIO_FILE.match(text.partition("\n")[0])
    if not named:
        tomllib.loads(text)
        return
    Path(named[1]).write_text(text, encoding="utf-8")
    wrong: cs.ScenarioError | None = None
    try:
        if re.search(r"^\[?factors\b", text, re.MULTILINE):
            load_sweep(named[1])
        else:
            cs.load_scenario(named[1])
    except cs.ScenarioError as error:
        wrong = error
    assert (wrong is not None) == fails, f"{place}: {wrong or 'nothing is wrong with it'}"


def commands(text: str, fails: bool, place: str) -> None:
    """Run the commands of a block."""
    joined = text.replace("\\\n", " ")
    called = [line for line in joined.splitlines() if line.startswith(PROMPT)]
    said = ""
    for line in called:
        words = shlex.split(line.removeprefix(PROMPT), comments=True)
        done = subprocess.run(
            [sys.executable, "-m", "culturesim", *words],
            env={**os.environ, "MPLBACKEND": "agg", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        said += done.stdout + done.stderr
        ended = f"{place}: {line} ended with {done.returncode}"
        assert done.returncode == EXIT_CODE[fails], f"{ended}\n{done.stdout}{done.stderr}"
    for line in joined.splitlines():
        if fails and not line.startswith("$ "):
            assert line.strip() in said, f"{place}: {line!r} is not said, but:\n{said}"


RUN: dict[str, Any] = {"python": exec, "toml": load, "console": commands}


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    return tmp_path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_examples_run(file: Path) -> None:
    run_file(file)


def test_examples_are_found() -> None:
    found = list(blocks((ROOT / "docs" / "how-to" / "scenario.md").read_text(encoding="utf-8")))
    assert {block.language for block in found} == set(RUN)
    assert sum(block.comment == "<!-- fails -->" for block in found) >= 5


# --- the tests above can fail

SWEEP = '# mine.toml\n[factors]\n"world.cycles" = [10]\n[overrides]\n"{}" = 5\n'
SCENARIO = '# mine.toml\nextends = "baseline"\n[world]\ncycles = {}\n'


def written(folder: Path, language: str, text: str, comment: str = "") -> Path:
    file = folder / "example.md"
    file.write_text(f"# Example\n\n{comment}\n```{language}\n{text}```\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("language", "text", "comment"),
    [
        ("python", "assert 1 + 1 == 3\n", ""),
        ("toml", SCENARIO.format(-1), ""),
        ("toml", SCENARIO.format(10), "<!-- fails -->"),
        ("toml", SWEEP.format("world.care_memori"), ""),
        ("toml", SWEEP.format("world.care_memory"), "<!-- fails -->"),
        ("console", "$ culturesim check baselin\n", ""),
        ("console", "$ culturesim check baseline\n", "<!-- fails -->"),
        ("console", "$ culturesim check baselin\nall is well\n", "<!-- fails -->"),
    ],
)
def test_a_wrong_example_is_found(
    language: str, text: str, comment: str, empty_folder: Path
) -> None:
    with pytest.raises(AssertionError):
        run_file(written(empty_folder, language, text, comment))


def test_a_fragment_must_be_toml(empty_folder: Path) -> None:
    assert run_file(written(empty_folder, "toml", "cycles = 10\n")) == 1
    with pytest.raises(tomllib.TOMLDecodeError):
        run_file(written(empty_folder, "toml", "cycles = ten\n"))


def test_a_traceback_shows_the_line_of_the_document(empty_folder: Path) -> None:
    file = written(empty_folder, "python", "a = 1\nb = a / 0\n")
    with pytest.raises(ZeroDivisionError) as raised:
        run_file(file)
    assert raised.traceback[-1].lineno + 1 == 6  # pytest counts from 0
    assert file.read_text(encoding="utf-8").splitlines()[6 - 1] == "b = a / 0"


@pytest.mark.parametrize("language", RUN)
def test_a_block_can_be_left_out(language: str, empty_folder: Path) -> None:
    assert run_file(written(empty_folder, language, "nonsense =\n", "<!-- not run -->")) == 0


def test_blocks_share_a_namespace_and_a_folder(empty_folder: Path) -> None:
    file = empty_folder / "example.md"
    file.write_text(
        f"```toml\n{SCENARIO.format(7)}```\n\n```python\nimport culturesim as cs\n\n"
        'mine = cs.load_scenario("mine.toml")\n```\n\n'
        "```python\nassert mine.world.cycles == 7\n```\n\n"
        "```console\n$ culturesim check mine.toml \\\n    --set world.cycles=8\nin order\n```\n",
        encoding="utf-8",
    )
    assert run_file(file) == 4
