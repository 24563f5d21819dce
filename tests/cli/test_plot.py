"""`culturesim plot`: what a sweep has left becomes a picture."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.calls import culturesim, good

SWEEP = """
title = "A small sweep"
scenario = "baseline"
replications = 2
[overrides]
"world.cycles" = 6
"world.customers" = 30
"production.saturation" = 10
[factors]
"world.care_memory" = [20, 60, 240]
"organizations.*.prior.accuracy" = [0.3, 0.9]
"""


def test_a_sweep_becomes_a_map(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SWEEP, encoding="utf-8")
    good("sweep", "small.toml", "--out", "here", "--quiet", cwd=tmp_path)
    printed = good("plot", "here", cwd=tmp_path)
    assert printed.splitlines() == [f"Figure:  {Path('here') / 'study.png'}"]
    assert (tmp_path / "here" / "study.png").read_bytes()[:4] == b"\x89PNG"
    assert (tmp_path / "here" / "study.svg").exists()
    other = json.loads(good("plot", "here", "--metric", "waste", "--json", cwd=tmp_path))
    assert other == {"figures": [str(Path("here") / f"study-waste.{e}") for e in ("png", "svg")]}


def test_a_directory_without_a_sweep_and_a_wrong_metric(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SWEEP, encoding="utf-8")
    good("sweep", "small.toml", "--out", "here", "--quiet", cwd=tmp_path)
    for arguments, said in (
        (("plot", "nowhere"), "there is no sweep here"),
        (("plot", "here", "--metric", "waist"), "nearest: waste"),
    ):
        done = culturesim(*arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith("Error: ")
        assert said in done.stderr
        assert "Traceback" not in done.stderr
