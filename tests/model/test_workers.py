"""Own behaviour in several processes: the same rows, errors as they are, and no loose ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import loky
import numpy as np
import pytest

import culturesim as cs
from culturesim.model import workers as module
from culturesim.model.cast import cast
from culturesim.model.workers import CHUNK, LOOK_AT, run_here, run_many
from tests.model.own import Bold, Failing, Moody, short

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True, scope="module")
def no_process_left() -> Iterator[None]:
    yield
    loky.get_reusable_executor(reuse=True).shutdown(wait=True, kill_workers=True)


class Elsewhere(cs.Team):
    """Notes in which process it acts."""

    def account(self: Any) -> None:
        self.value_created = float(os.getpid())


class WithLock(cs.Team):
    lock = threading.Lock()

    def plan(self: Any) -> None: ...


# --- the same rows


@pytest.mark.compiled
def test_rows_do_not_depend_on_the_number_of_workers() -> None:
    replications = 2 * CHUNK + 1
    one = cs.ensemble(short(), replications=replications, workers=1, team=Moody)
    told: list[tuple[int, int]] = []
    for workers in (2, 3):
        told.clear()
        several = cs.ensemble(
            short(),
            replications=replications,
            workers=workers,
            team=Moody,
            progress=lambda done, total: told.append((done, total)),
        )
        assert several.records.tobytes() == one.records.tobytes()
        assert told == [(4, 9), (8, 9), (9, 9)]
    assert one.runs.equals(several.runs)


def test_several_workers_are_other_processes() -> None:
    found = cs.ensemble(short(), replications=CHUNK + 1, workers=2, team=Elsewhere)
    processes = set(found.values("value_created") / (4 * 12))
    assert os.getpid() not in processes
    assert 1 <= len(processes) <= 2
    here = cs.ensemble(short(), replications=2, workers=1, team=Elsewhere)
    assert set(here.values("value_created") / (4 * 12)) == {os.getpid()}


def test_what_is_inherited_goes_along() -> None:
    """Classes that no other process could import, with `super()` over mixins."""

    class Careful:
        def plan(self: Any) -> None:
            super().plan()  # type: ignore[misc]
            self.plan = (self.plan + self.before) / 2.0

    class Remembering(cs.Team):
        def trial(self: Any) -> None:
            self.before = self.plan if self.model.cycle else self.belief / self.belief.sum()

    class Both(Careful, Remembering, culture="discovery"):
        def plan(self: Any) -> None:
            super().plan()
            self.plan = np.roll(self.plan, 1)

    one = cs.ensemble(short(), replications=3, workers=1, team=Both)
    two = cs.ensemble(short(), replications=3, workers=2, team=Both)
    assert one.records.tobytes() == two.records.tobytes()


def test_the_culture_that_the_caller_names_goes_along() -> None:
    """It comes before the one that the class lives in."""
    one = cs.ensemble(short(), "execution", replications=2, workers=1, team=Bold)
    two = cs.ensemble(short(), "execution", replications=2, workers=2, team=Bold)
    own = cs.ensemble(short(), replications=2, workers=1, team=Bold)
    assert one.records.tobytes() == two.records.tobytes() != own.records.tobytes()
    assert (one.values("culture") == 0.0).all()
    assert (own.values("culture") == 1.0).all()


def test_a_class_goes_as_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its file says, and also if processes are at hand from an earlier call."""
    class_before = cs.ensemble(short(), replications=1, workers=2, team=Constant)
    monkeypatch.setattr(sys.modules[__name__], "CONSTANT", 3.0)
    after = cs.ensemble(short(), replications=1, workers=2, team=Constant)
    assert class_before.values("value_created") == [4 * 12 * 2.0]
    assert after.values("value_created") == [4 * 12 * 3.0]


CONSTANT = 2.0


class Constant(cs.Team):
    def account(self: Any) -> None:
        self.value_created = CONSTANT


# --- errors


def test_an_error_comes_through_whole() -> None:
    with pytest.raises(cs.BehaviourError) as here:
        cs.ensemble(short(), replications=2, workers=1, seed=5, team=Failing)
    with pytest.raises(cs.BehaviourError) as there:
        cs.ensemble(short(), replications=2, workers=2, seed=5, team=Failing)
    assert there.value.parts() == here.value.parts()
    assert str(there.value) == str(here.value)
    assert (there.value.cycle, there.value.team, there.value.seed) == (3, 2, 5)
    assert "nothing is left" in str(there.value.__cause__)  # the traceback, as text
    # Nothing stays behind that would spoil the next call.
    again = cs.ensemble(short(), replications=2, workers=2, team=Bold)
    assert again.records.shape[0] == 2


def test_the_first_replication_that_fails_is_told() -> None:
    with pytest.raises(cs.BehaviourError) as caught:
        cs.ensemble(short(), replications=4 * CHUNK, workers=2, seed=5, team=Failing)
    assert caught.value.seed == 5


def test_a_class_that_cannot_be_sent() -> None:
    with pytest.raises(cs.ArgumentError, match="cannot be sent to other processes") as caught:
        cs.ensemble(short(), replications=2, workers=2, team=WithLock)
    assert "WithLock" in str(caught.value.key)
    assert "workers=1" in str(caught.value.hint)
    assert len(cs.ensemble(short(), replications=2, workers=1, team=WithLock).runs) == 2


def test_code_keeps_the_name_of_its_file() -> None:
    parcel = module._packed(cast(short(), None, Bold))
    assert b"tests/model/own.py" in parcel.replace(b"\\", b"/")
    assert b"<dynamic-code>" not in parcel


# --- how many processes


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """What would be done by other processes: how many, and from which replication on."""
    asked: list[tuple[int, int]] = []

    def note(played: Any, seeds: Any, records: Any, workers: int, report: Any, done: int) -> None:
        asked.append((workers, done))

    monkeypatch.setattr(module, "_run_elsewhere", note)
    return asked


def many(replications: int, workers: int | None, processors: int = 4) -> list[int]:
    played = cast(short(), None, Bold)
    told: list[int] = []
    records = np.empty((replications, *run_here(played, 0).shape))
    run_many(played, list(range(replications)), records, workers, processors, told.append)
    return told


def test_small_work_is_done_here(elsewhere: list[tuple[int, int]]) -> None:
    assert many(6, None) == [1, 2, 3, 4, 5, 6]
    assert many(6, 1) == [1, 2, 3, 4, 5, 6]
    assert elsewhere == []


@pytest.mark.compiled
def test_large_work_is_shared(
    elsewhere: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "START", 1e-9)
    assert many(6, None) == [1, 2]
    assert elsewhere == [(4, LOOK_AT)]
    assert many(LOOK_AT, None) == [1, 2]
    assert many(6, None, processors=1) == [1, 2, 3, 4, 5, 6]
    assert len(elsewhere) == 1


def test_who_says_how_many_is_given_them(elsewhere: list[tuple[int, int]]) -> None:
    assert many(6, 3) == []
    assert elsewhere == [(3, 0)]


# --- scripts


def script(folder: Path, text: str) -> Path:
    file = folder / "study.py"
    file.write_text(textwrap.dedent(text), encoding="utf-8")
    return file


def started(file: Path, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.compiled
def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    """It is read once, although other processes work for it."""
    file = script(
        tmp_path,
        """
        import culturesim as cs

        print("begin")

        class Mine(cs.Team, culture="discovery"):
            def plan(self):
                plan = self.belief**2
                self.plan = plan / plan.sum()

        scenario = cs.load_scenario("baseline", {"world.cycles": 5})
        one = cs.ensemble(scenario, replications=6, workers=1, team=Mine)
        two = cs.ensemble(scenario, replications=6, workers=2, team=Mine)
        print(one.records.tobytes() == two.records.tobytes())

        class Wrong(cs.Team):
            def listen(self):
                self.belief = 1 / 0

        try:
            cs.ensemble(scenario, replications=6, workers=2, team=Wrong)
        except cs.BehaviourError as error:
            print(error.where, error.error)
        """,
    )
    process = started(file)
    out, err = process.communicate(timeout=120)
    assert (out.splitlines(), err) == (["begin", "True", f"{file}:18 ZeroDivisionError"], "")
    assert process.returncode == 0


@pytest.mark.compiled
@pytest.mark.skipif(os.name != "posix", reason="interrupts a group of processes")
@pytest.mark.parametrize("working", [False, True])
def test_an_interruption_stops_at_once_and_cleanly(tmp_path: Path, working: bool) -> None:
    """Also while other processes have not begun yet: none of them says anything of its own."""
    file = script(
        tmp_path,
        """
        import time
        import culturesim as cs

        class Slow(cs.Team):
            def plan(self):
                time.sleep(0.002)

        cs.simulate("baseline")
        print("begin", flush=True)
        try:
            cs.ensemble("baseline", replications=100, workers=2, team=Slow,
                        progress=lambda done, total: print(done, flush=True))
        except KeyboardInterrupt:
            print("stopped", flush=True)
        """,
    )
    process = started(file, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    if working:
        assert process.stdout.readline() == "4\n"
    else:
        time.sleep(0.7)
    os.killpg(process.pid, signal.SIGINT)
    began = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - began < 30.0  # all of it would take longer
    assert out.splitlines()[-1] == "stopped"
    assert "Traceback" not in err
    for _ in range(50):
        if is_gone(process.pid):
            break
        time.sleep(0.1)
    assert is_gone(process.pid)


def is_gone(group: int) -> bool:
    """Whether nobody of a group of processes is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False
