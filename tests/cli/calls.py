"""The command line, called as a user calls it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SMALL = ("--set", "world.cycles=6", "--set", "world.customers=30", "--quiet")


def culturesim(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "culturesim", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )


def good(*arguments: str, cwd: Path) -> str:
    """Run the command line, which must succeed; give back what it printed."""
    done = culturesim(*arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout
