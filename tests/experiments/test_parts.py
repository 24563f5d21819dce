"""Parts: whole, of one kind, not too many."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from culturesim.experiments import parts
from culturesim.experiments.parts import (
    Layout,
    Writer,
    part_files,
    places,
    read_parts,
    remove_leftovers,
)
from culturesim.experiments.work import Job, Rows

LAYOUT = Layout("market", ("a", "b"), ("value_created",), {0: (1.0, "x"), 1: (2.0, "yyyy")})


def rows(point: int, culture: str, *replications: int, error: str = "") -> Rows:
    number = len(replications)
    values = np.full((number, 1, 1), float(point))
    job = Job(point, culture, replications)
    return Rows(job, np.arange(number), ("acme",), values, [error] * number, 0.1)


def keys(folder: Path, cultures: list[str]) -> list[tuple[int, int, int]]:
    """Design point, number of the culture and replication of every row on the disk."""
    found = [zip(*places(table, cultures), strict=True) for table in read_parts(folder)]
    return sorted((int(p), int(c), int(r)) for rows_ in found for p, c, r in rows_)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_a_night_of_slow_runs_makes_few_parts(tmp_path: Path, clock: list[float]) -> None:
    """Of 8 hours at a run every 5 seconds; and never more than 2 % of the time is unwritten."""
    writer, unwritten = Writer(tmp_path, LAYOUT), 0
    for n in range(8 * 3600 // 5):
        clock[0] += 5.0
        writer.add(rows(0, "c", n))
        unwritten = len(writer._waiting)
        assert 5.0 * unwritten <= max(parts.SECONDS, parts.SHARE * clock[0]) + 5.0
    writer.flush()
    assert len(part_files(tmp_path)) < 500
    assert keys(tmp_path, ["c"]) == [(0, 0, n) for n in range(5760)]


def test_many_fast_runs_make_full_parts(tmp_path: Path, clock: list[float]) -> None:
    writer = Writer(tmp_path, LAYOUT)
    for n in range(200):
        clock[0] += 0.001
        writer.add(rows(0, "c", *range(100 * n, 100 * n + 100)))
    writer.flush()
    assert len(part_files(tmp_path)) == 200 * 100 // parts.ROWS


def test_numbering_goes_on(tmp_path: Path) -> None:
    for _ in range(2):
        writer = Writer(tmp_path, LAYOUT)
        writer.add(rows(1, "c", 0))
        writer.flush()
        writer.flush()
    assert [path.name for path in part_files(tmp_path)] == [
        "part-00000.parquet",
        "part-00001.parquet",
    ]


def test_all_parts_have_the_same_columns(tmp_path: Path) -> None:
    for some in (rows(0, "c", 1, 2), rows(1, "d", 4, error="bad")):
        writer = Writer(tmp_path, LAYOUT)
        writer.add(some)
        writer.flush()
    one, other = (pq.read_schema(path) for path in part_files(tmp_path))
    assert one.equals(other)
    assert one.names == LAYOUT.columns
    texts = pq.read_table(part_files(tmp_path)[1]).to_pylist()[0]
    assert (texts["b"], texts["state"], texts["error"]) == ("yyyy", "failed", "bad")


def test_what_is_there_is_known_by_its_keys(tmp_path: Path) -> None:
    writer = Writer(tmp_path, LAYOUT)
    writer.add(rows(1, "d", 0, 2))
    writer.add(rows(0, "c", 1))
    writer.add(rows(0, "other", 0))
    writer.flush()
    assert keys(tmp_path, ["c", "d"]) == [(0, -1, 0), (0, 0, 1), (1, 1, 0), (1, 1, 2)]


def test_leftovers_go_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    stay = ["mine.txt", ".mine", "runs/part-00001.parquet"]
    go = [".writable", ".12-manifest.json", ".12-points.parquet", "runs/.12-part-00002.parquet"]
    for name in (*stay, *go):
        (tmp_path / name).touch()
    remove_leftovers(tmp_path)
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert left == set(stay)
