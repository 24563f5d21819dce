"""Two directories of one study become one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import culturesim as cs
from culturesim.experiments.merge import merge
from culturesim.experiments.parts import RUNS, part_files
from tests.experiments.sweeps import same_rows, small, whole


def test_what_two_have_done_is_what_one_would_have(tmp_path: Path) -> None:
    """They share a design point, and replications of it; the second numbers it differently."""
    first = small(factors=small()["factors"] | {"world.care_memory": [240]})
    second = small(factors=small()["factors"] | {"world.care_memory": [20, 240]}, replications=3)
    whole(tmp_path / "a", first)
    whole(tmp_path / "b", second)
    both = merge(tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert len(both.points) == 4
    assert both.plan().missing == 2 * 2 * 3
    assert len(both.runs) == 4 * 2 * 6 - 12
    done = cs.sweep(small(), tmp_path / "c")
    same_rows(done.runs, whole(tmp_path / "d", small()).runs)
    stored = pd.read_parquet(tmp_path / "c" / RUNS)
    assert len(stored) == len(done.runs), "no run is there twice"


def test_runs_that_differ_are_found(tmp_path: Path) -> None:
    for name in "ab":
        whole(tmp_path / name, small(replications=2))
    part, *_ = part_files(tmp_path / "b" / RUNS)  # of one or more: that is a matter of time
    table = pq.read_table(part).to_pandas()
    table.loc[1, "value_created"] += 1e-9
    table.to_parquet(part)
    row = table.loc[1]
    run = f"{row['design_point']}/{row['culture']}/{row['replication']}"
    with pytest.raises(cs.ResultError, match=f"differs from the other directory in run {run}"):
        merge(tmp_path / "a", tmp_path / "b", tmp_path / "c")


def test_different_studies_do_not_merge(tmp_path: Path) -> None:
    whole(tmp_path / "a", small(replications=1))
    whole(tmp_path / "b", small(replications=1, seed=1))
    with pytest.raises(cs.ResultError, match="seed differs"):
        merge(tmp_path / "a", tmp_path / "b", tmp_path / "c")
    with pytest.raises(cs.ResultError, match="is not empty"):
        merge(tmp_path / "a", tmp_path / "a", tmp_path / "b")
    with pytest.raises(cs.ResultError, match="no sweep here"):
        merge(tmp_path / "a", tmp_path / "x", tmp_path / "c")
