"""A cluster makes the same rows, whoever dies on the way; what cannot be is said once."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import culturesim as cs
from culturesim.cli import main
from culturesim.experiments.runners import cluster
from culturesim.experiments.runners.cluster import Cluster, ClusterRunner, connected
from culturesim.experiments.work import Job, Work
from tests.experiments.runners.clusters import PACKAGE, Local
from tests.experiments.sweeps import same_rows, small, whole

distributed = pytest.importorskip("distributed", reason="the extra is not installed")

SOURCE = small(replications=150)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> cs.Study:
    return whole(tmp_path_factory.mktemp("alone") / "study", SOURCE)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Local]:
    """A cluster whose processes stay alive; those that are to die are of a test's own."""
    with ExitStack() as stack:
        yield Local(stack, tmp_path_factory.mktemp("cluster"), workers=2)


def call(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The command line in this process; give back its exit code."""
    monkeypatch.setattr(sys, "argv", ["culturesim", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


# --- the same rows


def test_a_worker_then_the_scheduler_is_killed_and_the_rows_are_the_same(
    alone: cs.Study, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        own = Local(stack, tmp_path, workers=2)
        flying: list[int] = []
        killed: list[int] = []

        def kill_a_worker(done: int, total: int) -> None:
            flying.append(len(own.client.futures))
            if done > total // 4 and not killed:
                own.workers[0].kill()
                killed.append(done)

        study = cs.sweep(SOURCE, tmp_path / "s", progress=kill_a_worker, client=own.client)
        assert own.workers[0].wait(10) == -signal.SIGKILL
        assert 0 < killed[0] < len(study.runs)
        assert 2 < max(flying) <= cluster.AHEAD * 2, "memory does not grow with the runs"
        same_rows(study.runs, alone.runs)
        own.wait_for(1)

        def kill_the_scheduler(done: int, total: int) -> None:
            if done > total // 4:
                own.scheduler.kill()

        with pytest.raises(cs.ResultError, match="does not answer any more") as raised:
            cs.sweep(SOURCE, tmp_path / "t", progress=kill_the_scheduler, client=own.client)
        assert own.address in str(raised.value)
        assert "goes on from there" in str(raised.value)
    kept = cs.load_study(tmp_path / "t").runs
    assert len(alone.runs) // 4 < len(kept) < len(alone.runs)
    same_rows(cs.sweep(SOURCE, tmp_path / "t").runs, alone.runs)


def test_the_command_runs_on_a_scheduler(
    local: Local,
    alone: cs.Study,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.toml").write_text(
        'scenario = "baseline"\nreplications = 40\nuntil = {value_created = "8%"}\n'
        "max_replications = 150\n"
        'record = ["value_created", "first_commitment", "culture"]\n[overrides]\n'
        '"world.cycles" = 6\n"world.customers" = 30\n[factors]\n"world.care_memory" = [240, 20]\n'
        '"organizations.*.prior.accuracy" = [0.1, 0.9]\n',
        encoding="utf-8",
    )
    assert call(monkeypatch, "sweep", "mine.toml", "--out", "s", "--scheduler", local.address) == 0
    assert "with 2 workers" in capsys.readouterr().err
    assert call(monkeypatch, "sweep", "mine.toml", "--out", "t", "--quiet") == 0
    there, here = (cs.load_study(name) for name in "st")
    same_rows(there.runs, here.runs)
    assert there.table["n"].nunique() > 1
    first = alone.runs[alone.runs["replication"] < 40].reset_index(drop=True)
    same_rows(there.runs[there.runs["replication"] < 40].reset_index(drop=True), first)
    assert local.idle()


@pytest.mark.parametrize("workers", [2, 0])
def test_an_interruption_cancels_what_is_in_flight(
    workers: int, local: Local, alone: cs.Study, tmp_path: Path
) -> None:
    """Also where there is no worker, and nothing will ever be finished."""

    def interrupt(done: int, total: int) -> None:
        if done > total // 4 or not workers:
            timer.start() if not workers else os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    with ExitStack() as stack:
        used = local if workers else Local(stack, tmp_path, 0)
        with pytest.raises(KeyboardInterrupt):
            cs.sweep(SOURCE, tmp_path / "s", progress=interrupt, client=used.client)
        assert not used.client.futures
        assert used.idle()
    kept = cs.load_study(tmp_path / "s").runs
    assert (len(kept) > len(alone.runs) // 4) == bool(workers)
    assert len(kept) < len(alone.runs)
    same_rows(cs.sweep(SOURCE, tmp_path / "s").runs, alone.runs)


# --- who is refused


def test_another_installation_is_refused(tmp_path: Path, alone: cs.Study) -> None:
    """At the beginning, and if its worker comes later."""
    other = tmp_path / "other" / "culturesim"
    shutil.copytree(PACKAGE, other, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "errors.py").open("a", encoding="utf-8") as file:
        file.write("# not quite the same\n")
    broken = tmp_path / "broken" / "culturesim"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text('raise ImportError("half installed")\n', encoding="utf-8")
    with ExitStack() as stack:
        own = Local(stack, tmp_path, workers=1)
        own.add_worker(other)

        def wait_for_the_other(done: int, total: int) -> None:
            if done > 0 and len(own.client.nthreads()) < 2:
                own.wait_for(2)

        with pytest.raises(cs.ResultError, match="has not the culturesim that is here") as raised:
            cs.sweep(SOURCE, tmp_path / "s", progress=wait_for_the_other, client=own.client)
        assert raised.value.found != raised.value.allowed
        assert cs.__version__ in str(raised.value.found)
        kept = cs.load_study(tmp_path / "s").runs
        assert len(kept) < len(alone.runs)

        own.wait_for(2)
        with pytest.raises(cs.ResultError, match="has not the culturesim that is here"):
            cs.sweep(SOURCE, tmp_path / "t", client=own.client)
        assert not (tmp_path / "t" / "runs").exists()

        own.workers[1].kill()
        own.wait_for(1)
        own.add_worker(broken)
        own.wait_for(2)
        with pytest.raises(cs.ResultError, match="has not the culturesim that is here") as raised:
            cs.sweep(SOURCE, tmp_path / "u", client=own.client)
        assert "half installed" in str(raised.value.found)


@pytest.mark.parametrize("given", ["tcp://127.0.0.1:9", object()])
def test_what_is_no_client_is_refused(given: object, tmp_path: Path) -> None:
    with pytest.raises(cs.ArgumentError, match="is no client of a cluster"):
        cs.sweep(SOURCE, tmp_path / "s", client=given)


def test_workers_are_those_of_the_cluster(local: Local, tmp_path: Path) -> None:
    with pytest.raises(cs.ArgumentError, match="workers means nothing to a cluster"):
        cs.sweep(SOURCE, tmp_path / "s", client=local.client, workers=2)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://127.0.0.1:9", ""])
def test_a_scheduler_that_cannot_be_reached(
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    assert call(monkeypatch, "sweep", "crossover", "--scheduler", address) == 2
    printed = capfd.readouterr()
    assert printed.err.startswith("Error: scheduler cannot be reached\n")
    assert "Traceback" not in printed.err
    assert "distributed" not in printed.err, "dask says nothing of its own"
    assert not list(tmp_path.iterdir())


def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert call(monkeypatch, "sweep", "crossover", "--scheduler", "tcp://127.0.0.1:9") == 2
    said = capsys.readouterr().err
    assert "needs a library that is not installed" in said
    assert "pip install 'culturesim[distributed]'" in said
    with connected(None) as nothing:
        assert nothing is None


def test_a_client_that_is_closed_is_named(tmp_path: Path) -> None:
    with ExitStack() as stack:
        closed = Local(stack, tmp_path, workers=0).client
        closed.close()
        with pytest.raises(cs.ResultError, match="does not answer any more"):
            cs.sweep(SOURCE, tmp_path / "s", client=closed)


# --- what a worker does wrong


def failing(error: Exception, status: str) -> ClusterRunner:
    """A runner whose only task ends with an error."""

    def submit(*_: Any, **__: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(error)
        return future

    made = Cluster.__new__(Cluster)
    made.client = SimpleNamespace(
        submit=submit,
        status=status,
        nthreads=lambda: {"a": 1},
        scheduler=SimpleNamespace(address="tcp://here"),
        cancel=list,
    )
    return ClusterRunner(Work(cs.load_scenario("baseline"), {0: {}}, 0, ("trust",)), made)


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (
            distributed.KilledWorker("task", SimpleNamespace(address="tcp://a"), 3),
            "running",
            "lost several workers, one after another, with the same runs",
        ),
        (MemoryError("none left"), "running", "has a worker that could not do its runs"),
        (OSError("broken pipe"), "running", "does not answer any more"),
        (RuntimeError("cancelled"), "closed", "does not answer any more"),
    ],
)
def test_what_goes_wrong_there_is_one_clear_error(error: Exception, status: str, says: str) -> None:
    runner = failing(error, status)
    with pytest.raises(cs.ResultError, match=says) as raised:
        list(runner.run(iter([Job(0, "execution", (0,))])))
    assert type(error).__name__ in str(raised.value.found)
    assert "\n" not in str(raised.value.found)
