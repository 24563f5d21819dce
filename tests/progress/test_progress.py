"""What long work says: when, in which words, and to whom."""

from __future__ import annotations

from pathlib import Path

import pytest

import culturesim as cs
from culturesim.progress import bars, shown
from culturesim.progress.bars import Bar, Line
from culturesim.progress.words import size_words, time_words


class Clock:
    """A time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(bars, "time", made)
    return made


class Log:
    """All that was written to the stream of errors so far."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._text = ""

    def getvalue(self) -> str:
        self._text += self._capsys.readouterr().err
        return self._text


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Log:
    return Log(capsys)


def test_long_work_says_so_before_it_begins(log: Log, clock: Clock) -> None:
    with shown(True, 400, lambda: 11.3) as tell:
        assert log.getvalue() == "400 runs, about 12 s\n"
        assert tell is not None
        clock.now += 10.5
        tell(400, 400)
    assert log.getvalue() == "400 runs, about 12 s\n400 runs in 11 s\n"


def test_short_work_says_nothing(log: Log, clock: Clock) -> None:
    with shown(True, 40, lambda: 1.9) as tell:
        assert tell is not None
        clock.now += 1.0
        tell(20, 40)
        clock.now += 0.9
        tell(40, 40)
    assert log.getvalue() == ""


def test_work_that_turns_out_to_be_long_says_so_then(log: Log, clock: Clock) -> None:
    with shown(True, 40, lambda: 0.0) as tell:
        assert tell is not None
        clock.now += 1.0  # what is first warms up, and tells nothing of the pace
        tell(1, 40)
        assert log.getvalue() == ""
        clock.now += 1.0
        tell(3, 40)
    # 2 s are gone, and 37 are left at 2 a second.
    assert log.getvalue() == "40 runs, about 21 s\nstopped after 3 of 40 runs, 2 s\n"


def test_what_was_done_before_does_not_count(clock: Clock) -> None:
    bar = Bar()
    bar.expect(60, 30.0)
    bar(40, 100)
    assert bar.left is None
    clock.now += 10.0
    bar(70, 100)
    assert bar.left == pytest.approx(10.0)


def test_a_script_is_silent_unless_it_asks(log: Log) -> None:
    def never() -> float:
        raise AssertionError("nobody wants to know")

    for progress in (None, False):
        with shown(progress, 400, never) as tell:
            assert tell is None
    told: list[tuple[int, int]] = []
    with shown(lambda done, total: told.append((done, total)), 400, never) as tell:
        assert tell is not None
        tell(1, 400)
    assert told == [(1, 400)]
    assert log.getvalue() == ""


def test_nothing_to_do_is_nothing_to_say(log: Log) -> None:
    with shown(True, 0, lambda: 99.0) as tell:
        assert tell is None
    assert log.getvalue() == ""


def test_an_interruption_is_told(log: Log, clock: Clock) -> None:
    def work() -> None:
        with shown(True, 10, lambda: 60.0) as tell:
            assert tell is not None
            tell(4, 10)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert log.getvalue().endswith("stopped after 4 of 10 runs, 1 s\n")


@pytest.mark.parametrize("progress", [3, "yes"])
def test_nonsense_is_refused(progress: object) -> None:
    with pytest.raises(cs.ArgumentError, match="progress is neither a function"):
        cs.ensemble("baseline", replications=1, progress=progress)  # type: ignore[arg-type]


def test_a_line_is_readable_as_text_and_as_html() -> None:
    assert repr(Line("a < b")) == "a < b"
    assert "a &lt; b" in Line("a < b")._repr_html_()
    assert repr(Line("x", 0.5)) == f"[{'#' * 20}{'.' * 20}] x"
    assert 'value="0.5000"' in Line("x", 0.5)._repr_html_()


def test_words() -> None:
    assert [time_words(s) for s in (0.2, 89.5, 90, 5400)] == ["1 s", "90 s", "2 min", "1.5 h"]
    assert size_words(2_000_000_000) == "2.0 GB"


@pytest.mark.compiled
def test_telling_changes_no_number(tmp_path: Path) -> None:
    small = cs.load_scenario("baseline", {"world.customers": 40, "world.cycles": 8})
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    with_it = cs.simulate(small, "discovery", 3, progress=tell).records
    assert told == [(n, 8) for n in range(1, 9)]
    assert with_it.tobytes() == cs.simulate(small, "discovery", 3).records.tobytes()

    told.clear()
    twin = cs.twin(small, progress=tell)
    assert told == [(n, 32) for n in range(1, 33)]
    assert twin.table.equals(cs.twin(small).table)

    told.clear()
    match = cs.tournament(["execution", "discovery"], small, replications=2, progress=tell)
    assert told[-1] == (8, 8)
    assert match.runs.equals(cs.tournament(["execution", "discovery"], small, 2).runs)


@pytest.mark.compiled
def test_every_long_call_can_show_a_bar(
    log: Log, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bars, "QUICK", 0.0)  # all is long
    small = cs.load_scenario("baseline", {"world.customers": 40, "world.cycles": 8})
    cs.simulate(small, progress=True)
    cs.ensemble(small, replications=3, progress=True)
    cs.compare(small, replications=3, progress=True)
    cs.tournament(["execution", "discovery"], small, replications=3, progress=True)
    cs.twin(small, progress=True)
    design = {"factors": {"world.care_memory": [20, 240]}, "replications": 3}
    cs.sweep(design, tmp_path / "sweep", scenario=small, progress=True)
    ends = [line for line in log.getvalue().splitlines() if " in " in line]
    assert [end.split(" in ")[0] for end in ends] == [
        "8 cycles",
        "3 runs",
        "6 runs",
        "12 runs",
        "32 cycles",
        "12 runs",
    ]
