"""Jobs in threads of this process: compiled code runs without the interpreter's lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from culturesim.experiments.work import Job, Rows

AHEAD = 2  # jobs that wait for a free thread, so that none is idle while rows are written


class Threads:
    """A runner in threads.

    Parameters
    ----------
    work : callable
        Does one job.
    workers : int
        Number of threads.
    """

    def __init__(self, work: Callable[[Job], Rows], workers: int) -> None:
        self.work = work
        self.workers = workers
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="sweep")
        self._waiting: set[Future[Rows]] = set()

    def run(self, jobs: Iterator[Job | None]) -> Iterator[Rows]:
        """Do all jobs, at most a few more at a time than there are threads.

        Parameters
        ----------
        jobs : iterator of Job or None
            None: there is none at present.

        Yields
        ------
        Rows
        """
        while True:
            while len(self._waiting) < self.workers + AHEAD:
                job = next(jobs, None)
                if job is None:
                    break
                self._waiting.add(self._pool.submit(self.work, job))
            if not self._waiting:
                return
            for future in wait(self._waiting, return_when=FIRST_COMPLETED).done:
                self._waiting.remove(future)
                yield future.result()

    def stop(self) -> Iterator[Rows]:
        """Begin nothing more, and give back what is still being finished.

        Yields
        ------
        Rows
        """
        self._pool.shutdown(wait=True, cancel_futures=True)
        finished = [future for future in self._waiting if not future.cancelled()]
        self._waiting.clear()
        for future in finished:
            yield future.result()
