"""Put each mutant into a copy of the tree, run the tests that have to notice, and see.

The compiler is off: a mutant would have to be compiled anew, and the rules mean the same without.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.mutants.mutant import Mutant, MutantError

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "scenarios", "pyproject.toml")
LIMIT = 300.0  # seconds: a mutant that runs for ever is noticed, too
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "--color=no", "-o", "addopts=")
NOTICED = re.compile(r"^FAILED ([^ ]+?\.py::[^\n]+?)(?: - .*)?$", re.MULTILINE)


class Fate(NamedTuple):
    """What became of a mutant: the test that caught it; none if it survived."""

    mutant: Mutant
    caught_by: str
    seconds: float


class Trap:
    """A copy of the tree, in which mutants are tried one after another.

    Parameters
    ----------
    folder : Path
        Where the copy is made.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, folder / name)
        self.environment = {
            **os.environ,
            "NUMBA_DISABLE_JIT": "1",
            "PYTHONPATH": str(folder / "src"),
            "CULTURESIM_CACHE_DIR": str(folder / "cache"),
        }
        for name in ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER"):
            self.environment.pop(name, None)

    def python(
        self, *arguments: str, limit: float | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=limit,
        )

    def check(self, tests: Iterable[str]) -> None:
        """See that the copy is what is tested, and that its tests pass without any mutant.

        Raises
        ------
        MutantError
            If not: what is caught then says nothing.
        """
        place = self.python("-c", "import culturesim; print(culturesim.__file__)")
        if not Path(place.stdout.strip()).is_relative_to(self.root):
            raise MutantError(f"not the copy is tested, but {place.stdout}{place.stderr}")
        run = self.python("-m", "pytest", *OPTIONS, *dict.fromkeys(tests))
        if run.returncode != 0:
            raise MutantError(f"the tests fail without a mutant:\n{run.stdout}{run.stderr}")

    @contextmanager
    def holding(self, mutant: Mutant) -> Iterator[None]:
        """Put a mutant in, and take it out again."""
        path = mutant.path(self.root)
        right = path.read_text(encoding="utf-8")
        try:
            rewrite(path, mutant.applied(right))
            yield
        finally:
            rewrite(path, right)

    def tried(self, mutant: Mutant) -> Fate:
        """Run a mutant's tests on it, up to the first that fails.

        Raises
        ------
        MutantError
            If the tests do not run.
        """
        start = time.perf_counter()
        with self.holding(mutant):
            try:
                run = self.python("-m", "pytest", *OPTIONS, "-rf", *mutant.tests, limit=LIMIT)
            except subprocess.TimeoutExpired:
                return Fate(mutant, "no end", time.perf_counter() - start)
        seconds = time.perf_counter() - start
        noticed = NOTICED.search(run.stdout)
        if run.returncode == 1 and noticed:
            return Fate(mutant, noticed[1], seconds)
        if run.returncode == 0:
            return Fate(mutant, "", seconds)
        raise MutantError(f"{mutant.name}: the tests do not run:\n{run.stdout}{run.stderr}")


def rewrite(path: Path, text: str) -> None:
    """Write a source file, and forget what was compiled from it: a second may be too coarse."""
    path.write_text(text, encoding="utf-8")
    for stale in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        stale.unlink()


def hunt(
    mutants: Sequence[Mutant], processes: int = 2, report: Callable[[Fate], None] | None = None
) -> list[Fate]:
    """Try mutants, some at a time, each process in a copy of its own.

    Parameters
    ----------
    mutants : sequence of Mutant
    processes : int
    report : callable, optional
        Called with each fate as it is known.

    Returns
    -------
    list of Fate
        In the order of the mutants.

    Raises
    ------
    MutantError
        If the check says nothing: see `Trap`.
    """
    for mutant in mutants:
        mutant.applied(mutant.path(ROOT).read_text(encoding="utf-8"))
    with TemporaryDirectory() as folder, ThreadPoolExecutor(processes) as pool:
        traps = [Trap(Path(folder) / str(n)) for n in range(processes)]
        tests = list(dict.fromkeys(test for mutant in mutants for test in mutant.tests))
        parts = [tests[n::processes] or tests for n in range(processes)]
        list(pool.map(lambda trap, part: trap.check(part), traps, parts))
        free = list(traps)

        def one(mutant: Mutant) -> Fate:
            trap = free.pop()
            try:
                fate = trap.tried(mutant)
            finally:
                free.append(trap)
            if report is not None:
                report(fate)
            return fate

        return list(pool.map(one, mutants))
