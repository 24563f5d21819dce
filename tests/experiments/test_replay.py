"""One row once more: equal to the last bit, or where it first differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

import culturesim as cs
from culturesim.experiments.parts import RUNS, part_files
from culturesim.experiments.replay import replay
from culturesim.model.engine import Setup
from tests.experiments.sweeps import small, whole


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return whole(tmp_path / "s", small(replications=2)).directory


def test_every_row_is_repeated_to_the_last_bit(folder: Path) -> None:
    rows = cs.load_study(folder).runs
    for row in rows.to_dict(orient="records")[::5]:
        run = f"{row['design_point']}/{row['culture']}/{row['replication']}"
        again = replay(folder, run)
        assert again.equal
        assert again.values == 3
        assert again.seed == row["seed"]


def test_the_smallest_difference_is_found(folder: Path) -> None:
    (part,) = part_files(folder / RUNS)
    table = pq.read_table(part).to_pandas()
    at = table.index[(table["design_point"] == 1) & (table["replication"] == 1)][0]
    value = table.loc[at, "culture_mean"]
    table.loc[at, "culture_mean"] = np.nextafter(value, 2.0)
    table.to_parquet(part)
    again = replay(folder, f"1/{table.loc[at, 'culture']}/1")
    assert not again.equal
    assert again.differs == "culture"
    assert float(again.now) == value
    assert float(again.stored) == np.nextafter(value, 2.0)


def test_of_a_market_every_organization_counts(tmp_path: Path) -> None:
    source = small(
        scenario="head-to-head",
        cultures=[],
        overrides={"world.cycles": 6, "world.customers": 30},
        factors={"world.care_memory": [50]},
        replications=1,
    )
    whole(tmp_path / "s", source)
    again = replay(tmp_path / "s", "0/as it says/0")
    assert again.equal
    assert again.values == 3 * 3  # two organizations and the market


def test_a_failure_is_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("by zero")

    with monkeypatch.context() as broken:
        broken.setattr(Setup, "run", fail)
        whole(tmp_path / "s", small(replications=1))
        again = replay(tmp_path / "s", "0/execution/0")
        assert again.equal
        assert "ZeroDivisionError" in again.stored
    again = replay(tmp_path / "s", "0/execution/0")
    assert not again.equal
    assert again.differs == "error"


@pytest.mark.parametrize(
    ("run", "says"),
    [
        ("0", "is no run"),
        ("0/discovery/x", "is no run"),
        ("0/discovry/0", "is no culture of the sweep"),
        ("4/discovery/0", "names no design point"),
        ("0/discovery/2", "names no replication"),
    ],
)
def test_there_must_be_such_a_run(folder: Path, run: str, says: str) -> None:
    with pytest.raises(cs.ArgumentError, match=says):
        replay(folder, run)


def test_it_must_have_been_done(folder: Path) -> None:
    for part in part_files(folder / RUNS):
        part.unlink()
    with pytest.raises(cs.ResultError, match="has not been done"):
        replay(folder, "0/discovery/0")
    with pytest.raises(cs.ResultError, match="no sweep here"):
        replay(folder / "nothing", "0/discovery/0")
