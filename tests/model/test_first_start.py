"""The first start of an installation: nothing may be written beside it, or two start at once.

Every start is a process of its own, with a copy of the package whose compiled code nobody has kept.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from culturesim.kernels.jit import INTERPRETED, PACKAGE

pytestmark = pytest.mark.skipif(INTERPRETED, reason="the compiler is switched off")

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 900  # seconds, on a machine that has other things to do

# A few kernels that call each other, from several files: the smallest part that shows the cache.
KERNELS = """
import sys, time
from pathlib import Path
import numpy as np
from culturesim.kernels.jit import CACHE
from culturesim.kernels.logit import choose
from culturesim.scenario import load_scenario
assert load_scenario("baseline").name == "baseline"
print("ready", flush=True)
while len(sys.argv) > 1 and not Path(sys.argv[1]).exists():
    time.sleep(0.001)
odds = np.empty(3)
chosen = choose(np.array([0.5, 1.0, -np.inf]), odds, 3, 0.5, 0.9)
hits, misses = (sum(n.values()) for n in (choose.stats.cache_hits, choose.stats.cache_misses))
print(chosen, odds.tolist(), hits, misses, CACHE)
"""
CHOSEN = "1 [0.36787944117144233, 1.0, 0.0]"


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Path]:
    """A copy that cannot be written to: by mode, and by what stands where a folder would be."""
    place = tmp_path / "installed"
    forgotten = shutil.ignore_patterns("__pycache__")
    package = place / "src" / "culturesim"
    shutil.copytree(PACKAGE, package, ignore=forgotten)
    shutil.copytree(ROOT / "scenarios", place / "scenarios")
    folders = [package, *(p for p in package.rglob("*") if p.is_dir())]
    for folder in folders:
        (folder / "__pycache__").write_bytes(b"")  # modes do not stop everybody
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    yield place
    for folder in folders:
        folder.chmod(stat.S_IRWXU)


def environment(place: Path, cache: Path | None, temporary: Path) -> dict[str, str]:
    """Without a chosen folder, the user's cache is a file: only the temporary folder is left."""
    temporary.mkdir(exist_ok=True)
    blocked = temporary.parent / "no-folder"
    blocked.write_bytes(b"")
    found = {k: v for k, v in os.environ.items() if k not in ("CULTURESIM_CACHE_DIR", "PYTHONPATH")}
    found |= {"PYTHONPATH": str(place / "src"), "HOME": str(blocked), "LOCALAPPDATA": str(blocked)}
    found |= {"XDG_CACHE_HOME": str(blocked), "TMPDIR": str(temporary), "TEMP": str(temporary)}
    if cache is not None:
        found["CULTURESIM_CACHE_DIR"] = str(cache)
    return found


def contents(place: Path) -> dict[str, bytes]:
    return {str(p.relative_to(place)): p.read_bytes() for p in place.rglob("*") if p.is_file()}


def start(*arguments: str, env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What it printed, and what it said beside that."""
    printed, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return printed, said


def kernels(env: dict[str, str]) -> tuple[str, int, int, Path]:
    """Choice, functions found in the cache, functions compiled, and the folder."""
    printed, _ = finished(start("-c", KERNELS, env=env))
    return understood(printed)


def understood(printed: str) -> tuple[str, int, int, Path]:
    *chosen, hits, misses, folder = printed.splitlines()[-1].split()
    return " ".join(chosen), int(hits), int(misses), Path(folder)


def test_package_that_cannot_be_written_to(installed: Path, tmp_path: Path) -> None:
    """It works, writes nothing beside itself, and the next start finds what was compiled."""
    before = contents(installed)
    env = environment(installed, None, tmp_path / "temporary")
    chosen, hits, misses, folder = kernels(env)
    assert (chosen, hits, misses) == (CHOSEN, 0, 1)
    assert folder.is_relative_to(tmp_path / "temporary" / "culturesim")
    assert list(folder.rglob("*.nbi"))
    assert kernels(env) == (CHOSEN, 1, 0, folder)
    assert contents(installed) == before


def test_two_processes_that_compile_at_once(installed: Path, tmp_path: Path) -> None:
    """Both begin when both are ready; what they leave is whole."""
    cache, go = tmp_path / "cache", tmp_path / "go"
    env = environment(installed, cache, tmp_path / "temporary")
    both = [start("-c", KERNELS, str(go), env=env) for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    go.touch()
    found = [understood(finished(process)[0]) for process in both]
    assert [chosen for chosen, *_ in found] == [CHOSEN] * 2
    assert kernels(env)[:3] == (CHOSEN, 1, 0)
    assert not list(cache.rglob("*.tmp*"))
