"""Progress is for people at a terminal."""

from __future__ import annotations

import io
import sys

import pytest

from culturesim.cli.progress import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_count_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress("Comparing", quiet=False) as report:
        assert report is not None
        report(10, 40)
        report(40, 40)
    shown = terminal.getvalue()
    assert "Comparing" in shown
    assert "40/40" in shown
    assert "runs/s" in shown


def test_nobody_else_sees_any(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, quiet in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        with progress("Comparing", quiet=quiet) as report:
            assert report is None
        assert stream.getvalue() == ""
