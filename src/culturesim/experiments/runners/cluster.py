"""Jobs on the workers of a dask cluster: they compute, and this machine writes."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from logging import CRITICAL, getLogger
from queue import Empty, SimpleQueue
from typing import Any

from culturesim.errors import ArgumentError, ResultError
from culturesim.experiments.runners.cluster_worker import GO_ON, do_jobs, installation, refuse
from culturesim.experiments.work import Job, Rows, Work

AHEAD = 2  # batches in flight for each thread of the cluster, so that none waits for the next
BATCH_SECONDS = 1.0  # that a batch is to take: some hundred times what sending it costs
BATCH_RUNS = 1000  # of a batch at most
LOOK_SECONDS = 0.2  # after which an interruption is heard, and new workers are seen
CONNECT_SECONDS = 10.0  # that a scheduler may take to answer


class Cluster:
    """The workers of a dask scheduler.

    Parameters
    ----------
    client : distributed.Client

    Raises
    ------
    ArgumentError
        If it is no client, or one for use with ``await``.
    """

    def __init__(self, client: Any) -> None:
        if not isinstance(client, _dask().Client) or client.asynchronous:
            raise ArgumentError(
                "is no client of a cluster",
                key="client",
                found=type(client).__name__,
                allowed="distributed.Client(...), not asynchronous",
            )
        self.client = client

    @property
    def threads(self) -> int:
        """Threads of all workers that are there at present; 1 if there are none yet."""
        with self.answering():
            threads: int = sum(self.client.nthreads().values())
        return max(1, threads)

    def runner(self, work: Work) -> ClusterRunner:
        """What does the work on them.

        Raises
        ------
        ResultError
            If a worker has another version, or other sources, of this package.
        """
        mine = installation()
        with self.answering():
            said = self.client.run(installation, on_error="return")
        for worker, theirs in said.items():
            # One that is just leaving does not answer; whoever stays is asked with every task.
            if theirs != mine and not isinstance(theirs, OSError):
                refuse(str(worker), mine, theirs)
        return ClusterRunner(work, self)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Say what is wrong with the cluster, if it is."""
        try:
            yield
        except (ResultError, GeneratorExit):
            raise
        except Exception as error:
            client = self.client
            if isinstance(error, OSError) or client.status != "running":
                problem, hint = "does not answer any more", GO_ON
            else:
                problem = "has a worker that could not do its runs"
                if isinstance(error, _dask().KilledWorker):
                    problem = "lost several workers, one after another, with the same runs"
                hint = f"the messages of the worker say why, often too little memory; {GO_ON}"
            raise ResultError(
                problem,
                where=f"cluster at {client.scheduler.address}" if client.scheduler else "cluster",
                found=f"{type(error).__name__}: {error}".partition("\n")[0],
                hint=hint,
            ) from error


class ClusterRunner:
    """A runner on a cluster.

    Parameters
    ----------
    work : Work
    cluster : Cluster
    """

    def __init__(self, work: Work, cluster: Cluster) -> None:
        self.work = work
        self.cluster = cluster
        self._scenario = pickle.dumps(work.scenario)
        self._size = 1
        self._room, self._looked = 0, -LOOK_SECONDS
        self._flying: set[Any] = set()
        self._landed: SimpleQueue[Any] = SimpleQueue()

    def run(self, jobs: Iterator[Job | None]) -> Iterator[Rows | None]:
        """Do all jobs, a few batches at a time for each thread there is.

        Parameters
        ----------
        jobs : iterator of Job or None
            None: there is none at present.

        Yields
        ------
        Rows or None
            None: nothing was finished for a while.

        Raises
        ------
        ResultError
            If a worker has another version of this package, or the cluster cannot go on.
        """
        while True:
            while len(self._flying) < self._look():
                batch = self._batch(jobs)
                if not batch:
                    break
                self._send(batch)
            if not self._flying:
                return
            future = self._next()
            if future is None:
                yield None
            else:
                yield from self._rows(future)

    def stop(self) -> Iterator[Rows]:
        """Cancel what is not finished, and give back what is.

        Yields
        ------
        Rows
        """
        flying, self._flying = self._flying, set()
        client = self.cluster.client
        # What is wrong with the cluster now has been said before, or matters to nobody.
        with suppress(ResultError), self.cluster.answering():
            if client.status == "running":
                client.cancel([future for future in flying if future.status == "pending"])
        for future in flying:
            if future.status == "finished":
                with suppress(ResultError), self.cluster.answering():
                    yield from future.result()

    def _look(self) -> int:
        """How many batches may be in flight: workers come and go."""
        now = time.monotonic()
        if now - self._looked >= LOOK_SECONDS:
            self._room, self._looked = AHEAD * self.cluster.threads, now
        return self._room

    def _batch(self, jobs: Iterator[Job | None]) -> list[Job]:
        batch: list[Job] = []
        while sum(len(job.replications) for job in batch) < self._size:
            job = next(jobs, None)
            if job is None:
                break
            batch.append(job)
        return batch

    def _send(self, batch: list[Job]) -> None:
        points = {job.design_point for job in batch}
        changes = {point: self.work.changes[point] for point in points}
        parcel = (self._scenario, changes, self.work.seed, self.work.record)
        with self.cluster.answering():
            client = self.cluster.client
            future = client.submit(do_jobs, parcel, batch, installation(), pure=False)
            self._flying.add(future)
            future.add_done_callback(self._landed.put)

    def _next(self) -> Any:
        """A future that has ended, or None if there is none for a while."""
        try:
            return self._landed.get(timeout=LOOK_SECONDS)
        except Empty:
            return None

    def _rows(self, future: Any) -> list[Rows]:
        with self.cluster.answering():
            many: list[Rows] = future.result()
        self._flying.discard(future)
        runs, seconds = sum(len(rows.seeds) for rows in many), sum(rows.seconds for rows in many)
        fitting = int(BATCH_SECONDS * runs / max(seconds, 1e-9))
        self._size = max(1, min(fitting, 2 * self._size, BATCH_RUNS))
        return many


def cluster_runner(client: Any) -> Callable[[Work], ClusterRunner]:
    """What makes the runner of a sweep on a client's cluster."""
    return Cluster(client).runner


@contextmanager
def connected(address: str | None) -> Iterator[Cluster | None]:
    """Connect to a scheduler, and leave it in the end.

    Parameters
    ----------
    address : str or None
        None: there is no cluster.

    Yields
    ------
    Cluster or None

    Raises
    ------
    ArgumentError
        If nobody answers there, or dask is not installed.
    """
    if address is None:
        yield None
        return
    client_class = _dask().Client
    for name in ("distributed", "distributed.client"):
        getLogger(name).setLevel(CRITICAL)  # what is wrong is said once, and not by it
    try:
        if not address.strip():
            raise ValueError("there is no address")
        client = client_class(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError, ImportError, RuntimeError) as error:
        said = str(error).partition("\n")[0] or type(error).__name__
        raise ArgumentError(
            "cannot be reached",
            key="scheduler",
            found=f"{address} ({said})",
            allowed="the address that dask scheduler printed when it began, as tcp://10.0.0.1:8786",
        ) from error
    with client:
        yield Cluster(client)


def _dask() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise ArgumentError(
            "needs a library that is not installed",
            key="a cluster",
            found=str(error),
            hint="pip install 'culturesim[distributed]'",
        ) from error
    return distributed
