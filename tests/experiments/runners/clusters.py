"""A scheduler and workers on this machine, each a process of its own that ends with the test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import culturesim as cs

HOST = "127.0.0.1"
SCHEDULER = re.compile(r"Scheduler at:\s+(tcp://\S+)")
PACKAGE = Path(cs.__file__).resolve().parent


@contextmanager
def process(kind: str, *words: str, log: Path, package: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of dask with a certain culturesim, which writes into a file; killed in the end."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words, "--no-dashboard"]
    places = {
        "PYTHONPATH": os.pathsep.join([str(package.parent), os.environ.get("PYTHONPATH", "")]),
        "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "False",
        "DASK_TEMPORARY_DIRECTORY": str(log.parent),
    }
    with log.open("wb") as out:
        started = subprocess.Popen(
            [*command, "--host", HOST],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env={**os.environ, **places},
            cwd=log.parent,
        )
    try:
        yield started
    finally:
        started.kill()
        started.wait(30)


class Local:
    """A scheduler, its workers with one thread each, and a client."""

    def __init__(self, stack: ExitStack, folder: Path, workers: int) -> None:
        import distributed

        self.stack = stack
        self.folder = folder
        log = folder / "scheduler.log"
        words = ("scheduler", "--port", "0")
        self.scheduler = stack.enter_context(process(*words, log=log, package=PACKAGE))
        self.address = self._address(log)
        self.workers: list[subprocess.Popen[bytes]] = []
        for _ in range(workers):
            self.add_worker()
        connect: Any = distributed.Client
        self.client = stack.enter_context(connect(self.address, timeout=60, set_as_default=False))
        self.wait_for(workers)

    def _address(self, log: Path) -> str:
        deadline = time.monotonic() + 60.0
        while time.monotonic() < deadline:
            said = log.read_text(encoding="utf-8", errors="replace")
            if found := SCHEDULER.search(said):
                return found[1]
            assert self.scheduler.poll() is None, said
            time.sleep(0.05)
        raise AssertionError("no scheduler")

    def add_worker(self, package: Path = PACKAGE) -> None:
        """Begin one more, which need not be there at once."""
        log = self.folder / f"worker-{len(self.workers)}.log"
        words = ("worker", self.address, "--nthreads", "1", "--no-nanny")
        self.workers.append(self.stack.enter_context(process(*words, log=log, package=package)))

    def wait_for(self, workers: int) -> None:
        """Wait until so many are there, and no more."""
        deadline = time.monotonic() + 60.0
        while len(self.client.nthreads()) != workers:
            assert time.monotonic() < deadline, self.client.nthreads()
            time.sleep(0.05)

    def idle(self) -> bool:
        """Whether no worker has anything to do, within a moment."""
        deadline = time.monotonic() + 10.0
        while any(self.client.processing().values()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return not any(self.client.processing().values())
