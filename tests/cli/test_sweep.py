"""The commands of sweeps as a user meets them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

import culturesim as cs
from culturesim.cli import main

FILE = """
title = "A moment"
scenario = "baseline"
replications = 4
record = ["value_created", "alignment"]

[overrides]
"world.cycles" = 6
"world.customers" = 30

[factors]
"world.care_memory" = [240, 20]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.toml").write_text(FILE, encoding="utf-8")
    return tmp_path


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def call(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """The command line in this process: starting one for each command would take a minute."""
    monkeypatch.chdir(folder)

    def called(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["culturesim", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Done(int(ended.value.code or 0), printed.out, printed.err)

    return called


@pytest.mark.parametrize("command", ["sweep", "merge", "replay"])
def test_it_has_help(command: str, call: Callable[..., Done]) -> None:
    assert "Usage" in call(command, "--help").out


def test_plan_run_grow_replay_merge(folder: Path, call: Callable[..., Done]) -> None:
    plan = json.loads(call("sweep", "mine.toml", "--plan", "--json").out)
    assert plan["runs"] == plan["missing"] == 16
    assert not (folder / "results").exists()

    done = call("sweep", "mine.toml", "--out", "a")
    assert done.code == 0, done.err
    assert "2 design points × 2 cultures × 4 replications = 16 runs" in done.err
    assert "on the disk" in done.err
    for said in ("A moment", "world.care_memory", "95 % interval", "Results: a"):
        assert said in done.out

    grow = ("--extend-replications", "5", "--out", "a", "--json", "--quiet")
    grown = json.loads(call("sweep", "mine.toml", *grow).out)
    assert grown["replications"] == 5
    assert len(grown["table"]) == 2 * 2
    assert grown["failures"] == []
    study = cs.load_study(folder / "a")
    assert len(study.runs) == 20
    sessions = json.loads((folder / "a" / "manifest.json").read_text("utf-8"))["sessions"]
    assert [session["runs"] for session in sessions] == [16, 4]
    assert "--extend-replications" in sessions[1]["command"]

    assert "bit-equal, 2 numbers" in call("replay", "a", "--run", "1/discovery/4").out

    more = ("--set", "world.cycles=6", "-n", "7", "-q", "--out", "b")
    call("sweep", "mine.toml", *more)
    assert "Results: c" in call("merge", "a", "b", "--out", "c").out
    assert len(cs.load_study(folder / "c").runs) == 28


def test_until_precise(folder: Path, call: Callable[..., Done]) -> None:
    until = ("--until", "value_created=±8%", "--until", "alignment=0.5", "--max-replications", "40")
    plan = call("sweep", "mine.toml", "--plan", *until).out.splitlines()
    assert plan[:3] == [
        "2 design points × 2 cultures × 10 to 40 replications = 40 to 160 runs",
        "until the difference is known in value_created to ±8 % of the first culture's mean, "
        "at each",
        "until the difference is known in alignment to ±0.5, at each",
    ]
    assert " to " in plan[3]
    facts = json.loads(call("sweep", "mine.toml", "--plan", "--json", *until).out)
    assert (facts["runs"], facts["most_runs"]) == (40, 160)

    done = call("sweep", "mine.toml", "--out", "a", "-q", *until)
    assert done.code == 0, done.err
    table = cs.load_study(folder / "a").table
    reached = table[table["metric"] == "value_created"]["reached"]
    number = f"{reached.sum()} of 2 differences"
    for said in (
        "unpaired",
        f"known in value_created to ±8 % of the first culture's mean: {number}.",
        "known in alignment to ±0.5: 2 of 2 differences.",
    ):
        assert said in done.out
    again = json.loads(call("sweep", "mine.toml", "--out", "a", "-q", "--json", *until).out)
    assert again["until"] == {"value_created": "8%", "alignment": 0.5}
    assert again["table"][0]["reached"] is bool(reached.iloc[0])


def test_wrong_input_ends_with_one_message_and_code_2(
    folder: Path, call: Callable[..., Done]
) -> None:
    call("sweep", "mine.toml", "--out", "a", "-q")
    for said, words in {
        "no bundled sweep": ("sweep", "crossovr"),
        "seed differs": ("sweep", "mine.toml", "--seed", "1", "--out", "a"),
        "no study to extend": ("sweep", "mine.toml", "--extend-replications", "9"),
        "less than the study has": (
            *("sweep", "mine.toml", "--out", "a"),
            *("--extend-replications", "2"),
        ),
        "same thing twice": ("sweep", "mine.toml", "-n", "3", "--extend-replications", "9"),
        "--workers and --scheduler": (
            *("sweep", "mine.toml", "--workers", "2"),
            *("--scheduler", "tcp://127.0.0.1:9"),
        ),
        "is not of the form": ("sweep", "mine.toml", "--until", "value_created"),
        "nearest: value_created": ("sweep", "mine.toml", "--until", "value_createt=1"),
        "is not recorded": ("sweep", "mine.toml", "--until", "waste=1"),
        "is no half width": ("sweep", "mine.toml", "--until", "value_created=-1"),
        "nothing is to be precise": ("sweep", "mine.toml", "--max-replications", "9"),
        "nothing is compared": (
            *("sweep", "mine.toml", "--culture", "discovery"),
            *("--until", "value_created=1"),
        ),
        "less than the replications": (
            *("sweep", "mine.toml", "--until", "value_created=1"),
            *("--max-replications", "3"),
        ),
        "is no run": ("replay", "a", "--run", "x"),
        "no sweep here": ("merge", "a", "nothing", "--out", "c"),
    }.items():
        done = call(*words)
        assert done.code == 2, words
        assert said in done.err
        assert "Traceback" not in done.err


def test_a_row_that_differs_ends_with_code_1(folder: Path, call: Callable[..., Done]) -> None:
    call("sweep", "mine.toml", "--out", "a", "-q")
    (part,) = (folder / "a" / "runs").glob("part-*.parquet")
    table = pd.read_parquet(part)
    table["alignment"] += 1e-12
    table.to_parquet(part)
    done = call("replay", "a", "--run", "0/execution/0")
    assert done.code == 1
    assert "differs first in alignment" in done.out


@pytest.mark.skipif(sys.platform == "win32", reason="another kind of signal")
def test_an_interruption_stops_it_and_says_how_to_go_on(folder: Path) -> None:
    words = ("sweep", "mine.toml", "--out", "a", "-n", "100000", "--quiet")
    process = subprocess.Popen(
        [sys.executable, "-m", "culturesim", *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    deadline = time.monotonic() + 120
    try:
        while not list(folder.glob("a/runs/part-*")) and time.monotonic() < deadline:
            assert process.poll() is None, "it ended by itself"
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert "the same command goes on from there" in errors
    study = cs.load_study(folder / "a")
    done = json.loads((folder / "a" / "manifest.json").read_text("utf-8"))["sessions"][-1]
    assert done["ended"]
    assert done["runs"] == len(study.runs) > 0
