"""A sweep that is killed at any moment and resumed ends with the same rows, bit for bit."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import culturesim as cs
from culturesim.experiments.parts import RUNS, part_files, read_parts
from tests.experiments.sweeps import Server, same_rows, slow_sweep, small, whole

KILLS = int(os.environ.get("CULTURESIM_TEST_KILLS", "12"))
SEED = int(os.environ.get("CULTURESIM_TEST_KILL_SEED", "6"))
SOURCE = small(replications=40)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    process = Server()
    yield process
    process.close()


@pytest.fixture(scope="module")
def never_killed(tmp_path_factory: pytest.TempPathFactory) -> cs.Study:
    return whole(tmp_path_factory.mktemp("whole") / "study", SOURCE)


def lasts(server: Server, folder: Path) -> float:
    """Seconds that the sweep takes if nobody kills it."""
    began = time.monotonic()
    server.begin(folder, SOURCE)
    assert server.ended() == 0
    return time.monotonic() - began


def test_killed_at_many_moments_and_resumed(
    server: Server, never_killed: cs.Study, tmp_path: Path
) -> None:
    duration = lasts(server, tmp_path / "timed")
    moments = random.Random(SEED)
    kept, killed, folder = [], 0, tmp_path / "0"
    for n in range(KILLS):
        pid = server.begin(folder, SOURCE)
        time.sleep(moments.uniform(0.0, 0.9 * duration))
        with suppress(ProcessLookupError):  # it has ended by itself
            os.kill(pid, signal.SIGKILL)
        killed += server.ended() == -signal.SIGKILL
        rows = sum(len(table) for table in read_parts(folder / RUNS))  # all that is there is whole
        kept.append(rows)
        if n % 3 == 2:  # the same study is killed up to three times, then ended
            study = cs.sweep(SOURCE, folder)
            same_rows(study.runs, never_killed.runs)
            assert not [p for p in folder.rglob("*") if p.name.startswith(".")]
            folder = tmp_path / str(n + 1)
    print(f"{killed} of {KILLS} killed; rows on the disk then: {kept}")
    assert killed >= KILLS // 2, "the sweeps were over before they could be killed"
    assert len(set(kept)) > 2, f"always killed at the same moment: {kept}"
    assert any(0 < rows < len(never_killed.runs) for rows in kept)


def test_killed_in_the_middle_of_writing(
    server: Server, never_killed: cs.Study, tmp_path: Path
) -> None:
    for part in (0, 1, 2):
        server.begin(tmp_path / "s", SOURCE, part)
        assert server.ended() == -signal.SIGKILL
        assert len(list(read_parts(tmp_path / "s" / RUNS))) == part  # whole parts, and no other
    same_rows(cs.sweep(SOURCE, tmp_path / "s").runs, never_killed.runs)
    assert not list((tmp_path / "s" / RUNS).glob(".*"))


def test_every_part_counts_once(never_killed: cs.Study, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    slow_sweep(str(folder), SOURCE)
    assert len(part_files(folder / RUNS)) > 3
    rows = sum(len(table) for table in read_parts(folder / RUNS))
    assert rows == len(never_killed.runs)
    same_rows(cs.load_study(folder).runs, never_killed.runs)


def test_a_lost_part_is_made_anew_and_nothing_else(never_killed: cs.Study, tmp_path: Path) -> None:
    folder = tmp_path / "lost"
    slow_sweep(str(folder), SOURCE)
    lost = part_files(folder / RUNS)[1]
    before = {path: path.stat().st_mtime_ns for path in part_files(folder / RUNS) if path != lost}
    lost.unlink()
    study = cs.sweep(SOURCE, folder)
    same_rows(study.runs, never_killed.runs)
    assert before.items() <= {p: p.stat().st_mtime_ns for p in part_files(folder / RUNS)}.items()
    sessions = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["sessions"]
    assert 0 < sessions[-1]["runs"] < len(study.runs) / 2
