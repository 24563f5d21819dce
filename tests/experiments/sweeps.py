"""What the tests of sweeps share: a sweep that takes a moment, and a process to be killed in it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

import culturesim as cs
from culturesim.experiments import parts
from culturesim.experiments.sweep import ask, undertake
from culturesim.experiments.sweep_file import load_sweep

SWEEP: dict[str, Any] = {
    "title": "A moment",
    "scenario": "baseline",
    "overrides": {"world.cycles": 6, "world.customers": 30},
    "replications": 6,
    "record": ["value_created", "first_commitment", "culture"],
    "factors": {"world.care_memory": [240, 20], "organizations.*.prior.accuracy": [0.1, 0.9]},
}
MARK = "ready"


def small(**changes: Any) -> dict[str, Any]:
    """The sweep, with other values for some keys."""
    return SWEEP | changes


def same_rows(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Hold tables to each other, bit for bit."""
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def slow_sweep(folder: str, source: dict[str, Any], die_in_part: int | None = None) -> None:
    """Do a sweep that writes a part after every few runs, so that a kill can come between.

    With `die_in_part`, it is killed when half of that part is on the disk.
    """
    write, rows = pq.write_table, parts.ROWS

    def half(table: Any, path: Path, **options: Any) -> None:
        write(table, path, **options)
        if die_in_part is not None and f"part-{die_in_part:05d}" in Path(path).name:
            os.truncate(path, Path(path).stat().st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)

    if die_in_part is not None:
        pq.write_table = half
    try:
        parts.ROWS = 5
        undertake(ask(source), folder).carry_out(workers=2)
    finally:
        parts.ROWS = rows


def serve() -> None:
    """Do sweeps on demand, each in a fork that can be killed: loading the package takes long.

    Reads one line of JSON a sweep, says the number of the process, and then how it ended.
    """
    cs.simulate(load_sweep(SWEEP).scenario)  # compiled code is loaded once, before the forks
    print(MARK, flush=True)
    for line in sys.stdin:
        arguments = json.loads(line)
        child = os.fork()
        if child == 0:
            slow_sweep(*arguments)
            os._exit(0)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


class Server:
    """The other end of `serve`."""

    def __init__(self) -> None:
        root = Path(__file__).resolve().parents[2]
        code = "from tests.experiments.sweeps import serve; serve()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == MARK

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def begin(self, folder: Path, source: dict[str, Any], die_in_part: int | None = None) -> int:
        """Begin a sweep; give back the number of its process."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([str(folder), source, die_in_part]) + "\n")
        self.process.stdin.flush()
        return int(self._line())

    def ended(self) -> int:
        """Wait for its end; give back its exit code, negative for a signal."""
        return int(self._line())

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()


def whole(folder: Path, source: dict[str, Any]) -> cs.Study:
    """A sweep done in one go."""
    return cs.sweep(source, folder, workers=1)
