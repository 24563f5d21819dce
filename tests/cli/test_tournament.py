"""The command ``tournament`` as a user meets it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import culturesim as cs
from culturesim.plots.payoffs import format_payoff
from tests.cli.calls import culturesim, good

CHANGES = {"world.cycles": 6, "world.customers": 30, "production.saturation": 15}
SMALL = [word for key, value in CHANGES.items() for word in ("--set", f"{key}={value}")]
TWO = ("--culture", "execution", "--culture", "discovery")


def test_it_has_help(tmp_path: Path) -> None:
    assert "tournament" in good("--help", cwd=tmp_path)
    assert "--replications" in good("tournament", "--help", cwd=tmp_path)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; import culturesim.cli.tournament; "
        "heavy = {'numpy', 'numba', 'pandas', 'matplotlib', 'mesa', 'scipy', 'pydantic'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_it_says_and_leaves_what_python_does(tmp_path: Path) -> None:
    printed = good("tournament", "known-market", *TWO, *SMALL, "-n", "3", cwd=tmp_path)
    t = cs.tournament(
        ("execution", "discovery"), cs.load_scenario("known-market", CHANGES), replications=3
    )
    assert t.sentence in " ".join(printed.split())
    payoffs: Any = t.payoffs
    for mine in t.contestants:
        alone = format_payoff(payoffs.loc[mine, mine], payoffs.to_numpy())
        row = next(line for line in printed.splitlines() if line[3:].startswith(mine))
        assert f"({alone})" in row
    folder = tmp_path / "results" / "tournament-known-market"
    assert "results/tournament-known-market/tournament.png" in printed.replace("\\", "/")
    assert (folder / "tournament.png").read_bytes().startswith(b"\x89PNG")
    pd.testing.assert_frame_equal(pd.read_parquet(folder / "runs"), t.runs)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["study"] == t.study
    assert "tournament" in manifest["command"]
    assert not [path.name for path in folder.rglob(".*")]


def test_json_is_what_python_says_and_all_cultures_take_part(tmp_path: Path) -> None:
    printed = good("tournament", *SMALL, "-n", "2", "--json", "--out", "here", cwd=tmp_path)
    said = json.loads(printed)
    t = cs.tournament(None, cs.load_scenario("baseline", CHANGES), replications=2)
    assert said["contestants"] == list(cs.load_scenario("baseline").culture_names)
    assert said["sentence"] == t.sentence
    assert len(said["pairs"]) == len(t.table)
    pair = said["pairs"][1]
    row: Any = t.table.iloc[1]
    assert (pair["contestant"], pair["against"]) == (row["contestant"], row["against"])
    assert pair["difference"] == row["difference"]
    assert [row["contestant"] for row in said["ranking"]] == list(t.ranking.index)
    assert sum(said["shares"].values()) == pytest.approx(1.0)
    assert said["directory"] == "here"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "nowhere"),
        (("baseline", "--culture", "exekution"), "execution"),
        (("baseline", "--culture", "execution"), "must be two or more"),
        (("baseline", "--payoff", "value_creatd"), "value_created"),
        (("baseline", "--set", "organizations.acme.teams=1"), "2 or more"),
        (("buy-in",), "is internal"),
        (("baseline", "--replications", "0"), "replications"),
    ],
)
def test_wrong_input_is_one_message_and_code_2(
    arguments: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    done = culturesim("tournament", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="the signal is sent as a terminal on POSIX sends it")
def test_an_interrupt_stops_with_its_code_and_no_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "culturesim", "tournament", "baseline", "-n", "20000"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    folder = tmp_path / "results" / "tournament-baseline"
    deadline = time.monotonic() + 60
    try:
        while not folder.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(5.0)  # past the loading of compiled code, into the runs themselves
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert not list(folder.glob("*"))
