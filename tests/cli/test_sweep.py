"""The commands of sweeps as a user meets them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import culturesim as cs
from tests.cli.test_commands import culturesim, good

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


@pytest.mark.parametrize("command", ["sweep", "merge", "replay"])
def test_it_has_help(command: str, tmp_path: Path) -> None:
    assert "Usage" in good(command, "--help", cwd=tmp_path)


def test_plan_run_grow_replay_merge(folder: Path) -> None:
    plan = json.loads(good("sweep", "mine.toml", "--plan", "--json", cwd=folder))
    assert plan["runs"] == plan["missing"] == 16
    assert not (folder / "results").exists()

    done = culturesim("sweep", "mine.toml", "--out", "a", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "2 design points x 2 cultures x 4 replications = 16 runs" in done.stderr
    assert "on the disk" in done.stderr
    for said in ("A moment", "world.care_memory", "95 % interval", "Results: a"):
        assert said in done.stdout

    grow = ("--extend-replications", "5", "--out", "a", "--json", "--quiet")
    grown = json.loads(good("sweep", "mine.toml", *grow, cwd=folder))
    assert grown["replications"] == 5
    assert len(grown["table"]) == 2 * 2
    assert grown["failures"] == []
    study = cs.load_study(folder / "a")
    assert len(study.runs) == 20
    sessions = json.loads((folder / "a" / "manifest.json").read_text("utf-8"))["sessions"]
    assert [session["runs"] for session in sessions] == [16, 4]
    assert "--extend-replications" in sessions[1]["command"]

    assert "bit-equal, 2 numbers" in good("replay", "a", "--run", "1/discovery/4", cwd=folder)

    more = ("--set", "world.cycles=6", "-n", "7", "-q", "--out", "b")
    good("sweep", "mine.toml", *more, cwd=folder)
    assert "Results: c" in good("merge", "a", "b", "--out", "c", cwd=folder)
    assert len(cs.load_study(folder / "c").runs) == 28


def test_wrong_input_ends_with_one_message_and_code_2(folder: Path) -> None:
    good("sweep", "mine.toml", "--out", "a", "-q", cwd=folder)
    for said, words in {
        "no bundled sweep": ("sweep", "crossovr"),
        "seed differs": ("sweep", "mine.toml", "--seed", "1", "--out", "a"),
        "no study to extend": ("sweep", "mine.toml", "--extend-replications", "9"),
        "less than the study has": (
            *("sweep", "mine.toml", "--out", "a"),
            *("--extend-replications", "2"),
        ),
        "same thing twice": ("sweep", "mine.toml", "-n", "3", "--extend-replications", "9"),
        "is no run": ("replay", "a", "--run", "x"),
        "no sweep here": ("merge", "a", "nothing", "--out", "c"),
    }.items():
        done = culturesim(*words, cwd=folder)
        assert done.returncode == 2, words
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_a_row_that_differs_ends_with_code_1(folder: Path) -> None:
    import pandas as pd

    good("sweep", "mine.toml", "--out", "a", "-q", cwd=folder)
    (part,) = (folder / "a" / "runs").glob("part-*.parquet")
    table = pd.read_parquet(part)
    table["alignment"] += 1e-12
    table.to_parquet(part)
    done = culturesim("replay", "a", "--run", "0/execution/0", cwd=folder)
    assert done.returncode == 1
    assert "differs first in alignment" in done.stdout


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
