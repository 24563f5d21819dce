"""What goes wrong in a sweep: runs, disks, interruptions, others who write."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import culturesim as cs
from culturesim.experiments import parts
from culturesim.experiments.lock import locked
from culturesim.experiments.parts import RUNS, part_files
from culturesim.model.engine import Setup
from culturesim.model.seeds import replication_seed
from tests.experiments.sweeps import same_rows, small, whole


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> cs.Study:
    return whole(tmp_path_factory.mktemp("sweep") / "study", small())


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Replication 3 fails wherever nothing is known."""
    run = Setup.run

    def fail(self: Setup, seed: int, records: Any) -> None:
        known = self.scenario.organizations["acme"].prior.accuracy
        if seed == replication_seed(0, 3) and known < 0.5:
            records[:] = 1.0
            raise ZeroDivisionError("division\nby zero")
        run(self, seed, records)

    monkeypatch.setattr(Setup, "run", fail)
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("failing")
def test_a_failing_run_is_a_row_and_the_study_goes_on(study: cs.Study, tmp_path: Path) -> None:
    bad = cs.sweep(small(), tmp_path / "my study")
    failed = bad.runs["state"] == "failed"
    assert failed.sum() == 2 * 2
    assert set(bad.runs["replication"][failed]) == {3}
    assert bad.runs["value_created"][failed].isna().all()
    said = "ZeroDivisionError: division; by zero | to repeat it: culturesim replay . --run"
    assert bad.runs["error"][failed].str.startswith(said).all()
    same_rows(bad.runs[~failed], study.runs[~failed])
    assert bad.failures["command"][0] == (
        f"culturesim replay '{tmp_path / 'my study'}' --run 0/execution/3"
    )
    row = bad.table[bad.table["metric"] == "value_created"].iloc[0]
    assert row["n"] == 5
    assert cs.load_study(bad.directory).plan().missing == 0


def test_a_full_disk_stops_it_and_what_is_written_stays(
    study: cs.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "ROWS", 5)
    write, room = pq.write_table, [3]

    def full(table: Any, path: Path, **options: Any) -> None:
        if Path(path).name.endswith(".parquet") and "part-" in Path(path).name:
            room[0] -= 1
            if room[0] < 0:
                Path(path).write_bytes(b"half")
                raise OSError(28, "No space left on device")
        write(table, path, **options)

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(cs.ResultError, match="No space left"):
        cs.sweep(small(), tmp_path / "s")
    assert len(part_files(tmp_path / "s" / RUNS)) == 3
    there = cs.load_study(tmp_path / "s")
    assert 0 < len(there.runs) < len(study.runs)
    monkeypatch.undo()
    same_rows(cs.sweep(small(), tmp_path / "s").runs, study.runs)


def test_a_part_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder = cs.sweep(small(replications=1), tmp_path / "s").directory
    (part,) = part_files(folder / RUNS)
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(cs.ResultError, match="cannot be read") as raised:
        cs.sweep(small(replications=1), folder)
    assert raised.value.where == str(part)


def test_only_one_may_write(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(cs.ResultError, match="by another process"):
        cs.sweep(small(), tmp_path)
    assert not list(tmp_path.iterdir())
    cs.sweep(small(replications=1), tmp_path)


def test_who_waits_writes_next(tmp_path: Path) -> None:
    waited: list[bool] = []

    def wait() -> None:
        with locked(tmp_path, wait=True):
            waited.append(True)

    other = threading.Thread(target=wait)
    with locked(tmp_path):
        other.start()
        time.sleep(0.1)
        assert not waited
    other.join(10)
    assert waited
    assert not list(tmp_path.iterdir())


def test_an_interruption_keeps_what_was_finished(
    study: cs.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Setup.run

    def slow(self: Setup, seed: int, records: Any) -> None:
        time.sleep(0.02)
        run(self, seed, records)
        finished.append(seed)

    def interrupt(done: int, total: int) -> None:
        if done >= 8 and not sent:
            sent.append(done)
            os.kill(os.getpid(), signal.SIGINT)

    sent: list[int] = []
    finished: list[int] = []
    monkeypatch.setattr(Setup, "run", slow)
    with pytest.raises(KeyboardInterrupt):
        cs.sweep(small(), tmp_path / "s", progress=interrupt)
    there = cs.load_study(tmp_path / "s")
    assert sent[0] < len(finished) < len(study.runs), "others were still at work"
    assert len(there.runs) == len(finished)
    assert threading.active_count() <= 2 or not any(
        thread.name.startswith("sweep") for thread in threading.enumerate()
    )
    same_rows(cs.sweep(small(), tmp_path / "s").runs, study.runs)
