"""A piece of work: some replications of one culture at one design point, summed up in rows."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from culturesim.errors import CultureSimError
from culturesim.model.engine import Setup
from culturesim.model.market import MARKET, whole_market
from culturesim.model.results import RUN_NAMES, summarize
from culturesim.model.seeds import replication_seed
from culturesim.scenario.schema import Scenario

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from culturesim.state.parameters import Floats

AS_IT_SAYS = "as it says"  # culture of a run whose scenario decides it
SETUPS = 16  # kept ready: more than there are workers at different design points


class Job(NamedTuple):
    """Replications of one culture at one design point."""

    design_point: int
    culture: str
    replications: tuple[int, ...]


class Rows(NamedTuple):
    """What came of a job.

    Parameters
    ----------
    job : Job
    seeds : array of int64, shape (n,)
    organizations : tuple of str
        Rows of a run; the last is the whole market if there are several.
    values : array of float, shape (n, organizations, metrics)
        Not a number where a run failed.
    errors : list of str
        Empty text where it did not.
    seconds : float
        That the job took.
    """

    job: Job
    seeds: NDArray[np.int64]
    organizations: tuple[str, ...]
    values: Floats
    errors: list[str]
    seconds: float


class Work:
    """Does jobs of a sweep, in whatever order: the same job always gives the same rows.

    Holds plain values only, so that it can be sent to another process or machine.

    Parameters
    ----------
    scenario : Scenario
        Base of the sweep.
    changes : mapping of int to dict
        For each design point, what it changes.
    seed : int
        Of the study.
    record : tuple of str
        Metrics that are kept.
    """

    def __init__(
        self,
        scenario: Scenario,
        changes: Mapping[int, Mapping[str, Any]],
        seed: int,
        record: tuple[str, ...],
    ) -> None:
        self.scenario = scenario
        self.changes = changes
        self.seed = seed
        self.record = record
        self._columns = [RUN_NAMES.index(name) for name in record]
        self._setup = lru_cache(SETUPS)(self._make_setup)

    def __reduce__(self) -> tuple[Any, ...]:
        return Work, (self.scenario, dict(self.changes), self.seed, self.record)

    def _make_setup(self, design_point: int, culture: str) -> Setup:
        scenario = self.scenario.override(self.changes[design_point])
        return Setup(scenario, None if culture == AS_IT_SAYS else culture)

    @property
    def organizations(self) -> tuple[str, ...]:
        """What a run has a row of: each organization and, if there are several, the market."""
        names = tuple(self.scenario.organizations)
        return names if len(names) == 1 else (*names, MARKET)

    def __call__(self, job: Job) -> Rows:
        """Do a job.

        Parameters
        ----------
        job : Job

        Returns
        -------
        Rows
        """
        began = time.perf_counter()
        organizations = self.organizations
        number = len(job.replications)
        seeds = [replication_seed(self.seed, r) for r in job.replications]
        errors = [""] * number
        values = np.full((number, len(organizations), len(self._columns)), np.nan)
        try:
            values = self._run(job, seeds, errors)
        except Exception as error:  # whatever it is: the study goes on
            errors = [self._said(error, job, r) for r in job.replications]
        seconds = time.perf_counter() - began
        return Rows(job, np.array(seeds, np.int64), organizations, values, errors, seconds)

    def _run(self, job: Job, seeds: list[int], errors: list[str]) -> Floats:
        setup = self._setup(job.design_point, job.culture)
        records = setup.empty_records(len(seeds))
        for n, seed in enumerate(seeds):
            try:
                setup.run(seed, records[n])
            except Exception as error:
                records[n] = np.nan
                errors[n] = self._said(error, job, job.replications[n])
        values = summarize(records)
        if len(setup.organizations) > 1:
            market = summarize(whole_market(setup.scenario, records))
            values = np.concatenate([values, market], axis=1)
        kept: Floats = values[:, :, self._columns]
        kept[[n for n, error in enumerate(errors) if error]] = np.nan
        return kept

    def _said(self, error: Exception, job: Job, replication: int) -> str:
        text = str(error)
        if not isinstance(error, CultureSimError):
            text = f"{type(error).__name__}: {text}"
        one_line = "; ".join(part.strip() for part in text.splitlines() if part.strip())
        run = run_id(job.design_point, job.culture, replication)
        return f"{one_line} | to repeat it: culturesim replay . --run '{run}'"


def run_id(design_point: int, culture: str, replication: int) -> str:
    """What a run is called: design point, culture and replication."""
    return f"{design_point}/{culture}/{replication}"
