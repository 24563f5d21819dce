"""Several scenarios, and several organizations, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.calls import SMALL, good


def test_several_scenarios(tmp_path: Path) -> None:
    changes = ("--set", "world.cycles=80", "--set", "world.customers=30", "--quiet")
    command = ("compare", "garden", "too-short", "mandate", *changes, "-n", "2")
    printed = good(*command, "--cycles", cwd=tmp_path)
    folder = tmp_path / "results" / "compare-garden-too-short-mandate"
    titles = [line for line in printed.splitlines() if line.startswith(("Garden:", "Too short:"))]
    assert len(titles) == 2
    header = next(line for line in printed.splitlines() if line.startswith("per run"))
    assert header.split()[:5] == ["per", "run", "scenario", "garden", "mean"]
    rows = [line.split()[:2] for line in printed.splitlines() if line.startswith("value_created")]
    assert rows == [["value_created", "too-short"], ["value_created", "mandate"]]
    assert "greater one" in printed
    runs = pd.read_parquet(folder / "runs")
    assert runs["scenario"].tolist() == ["garden"] * 2 + ["too-short"] * 2 + ["mandate"] * 2
    assert len(pd.read_parquet(folder / "cycles")) == 3 * 2 * 80

    said = json.loads(good(*command, "--json", cwd=tmp_path))
    assert said["compared"] == "scenarios"
    assert said["cultures"] == ["garden", "too-short", "mandate"]
    assert {row["culture"] for row in said["table"]} == {"too-short", "mandate"}
    assert said["directory"] == str(Path("results/compare-garden-too-short-mandate"))


def test_leaders_with_their_absence(tmp_path: Path) -> None:
    changes = ("--set", "world.cycles=80", "--set", "world.customers=30", "--quiet")
    printed = good("compare", "mandate", *changes, "-n", "2", cwd=tmp_path)
    assert printed.count("Mandate: it works while it stands") == 1
    header = next(line for line in printed.splitlines() if line.startswith("per run"))
    assert "left alone" in header
    assert "the scenario's number" in printed
    runs = pd.read_parquet(tmp_path / "results" / "compare-mandate" / "runs")
    assert runs["scenario"].tolist() == ["left alone"] * 2 + ["mandate"] * 2


def test_organizations_with_each_other(tmp_path: Path) -> None:
    command = ("compare", "head-to-head", *SMALL, "-n", "3")
    printed = good(*command, cwd=tmp_path)
    header = next(line for line in printed.splitlines() if line.startswith("per run"))
    assert header.split()[2:4] == ["planner", "listener"]
    assert "the organization's number" in printed
    assert "infx" not in printed  # what is the same for both needs no pairing
    said = json.loads(good(*command, "--json", cwd=tmp_path))
    assert (said["compared"], said["cultures"]) == ("organizations", ["planner", "listener"])
    cultures = ("--culture", "execution", "--culture", "discovery")
    said = json.loads(good(*command, *cultures, "--json", cwd=tmp_path))
    assert (said["compared"], said["cultures"]) == ("cultures", ["execution", "discovery"])


def test_run_shows_every_organization_and_the_market(tmp_path: Path) -> None:
    command = ("run", "head-to-head", *SMALL, "-n", "3")
    printed = good(*command, "--set", "segments.*.standard=0", cwd=tmp_path)
    header, *lines = printed.splitlines()
    assert header.split() == ["per", "run", "planner", "listener", "market", "unit"]
    rows = {line.split()[0]: line.split()[1:] for line in lines if line.strip()}
    planner, listener, market = (float(x.replace(",", "")) for x in rows["waste"][:3])
    assert market > 0.0
    assert abs(planner + listener - market) <= 1.0  # rounded
    assert len(set(rows["no_decision_rate"][0:6:2])) == 1

    said = json.loads(good(*command, "--json", cwd=tmp_path))
    runs = pd.read_parquet(tmp_path / "results" / "run-head-to-head" / "runs")
    by_organization = runs.groupby("organization")["effort"].mean()
    for name in ("planner", "listener"):
        assert said["organizations"][name]["effort"] == pytest.approx(by_organization[name])
    assert said["means"]["effort"] == pytest.approx(by_organization.sum())

    alone = good("run", "baseline", *SMALL, cwd=tmp_path)
    assert alone.splitlines()[0].split() == ["per", "run", "mean", "unit"]
    assert "organizations" not in json.loads(
        good("run", "baseline", *SMALL, "--json", cwd=tmp_path)
    )
