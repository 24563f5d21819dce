"""The command from the outside: wall time from a cold start, and the most memory it held.

The compiled model is in its cache: the first start after an installation is not measured here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import culturesim as cs

COMMAND = [sys.executable, "-m", "culturesim"]

# A process inherits the peak of the one that started it, so that a large one cannot tell what a
# small one held. A small one stands between.
BETWEEN = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def start(*arguments: str) -> str:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def peak_memory_mb(*arguments: str) -> float:
    between = [sys.executable, "-c", BETWEEN, *COMMAND, *arguments]
    done = subprocess.run(between, capture_output=True, text=True, check=True)
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return round(int(done.stdout) * unit / 1e6, 1)


def measured(benchmark: Any, *arguments: str, rounds: int) -> str:
    if os.name == "posix":
        benchmark.extra_info["peak_memory_mb"] = peak_memory_mb(*arguments)
    printed: str = benchmark.pedantic(
        start, arguments, rounds=rounds, iterations=1, warmup_rounds=1
    )
    return printed


def test_help(benchmark: Any) -> None:
    assert "compare" in measured(benchmark, "--help", rounds=5)


def test_compare(benchmark: Any, tmp_path: Path) -> None:
    cs.simulate("baseline")  # compiled before the clock starts
    out = tmp_path / "out"
    arguments = ("compare", "baseline", "--replications", "100", "--out", str(out), "--quiet")
    measured(benchmark, *arguments, rounds=3)
    assert any(out.rglob("*.parquet"))
