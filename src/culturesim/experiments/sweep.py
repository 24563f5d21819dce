"""Sweeps: cultures compared at every point of a design, on disk as they come."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from culturesim.errors import ArgumentError, ResultError, nearest
from culturesim.experiments.ledger import grown, new_ledger
from culturesim.experiments.ledger_files import read_ledger
from culturesim.experiments.runners.cluster import cluster_runner
from culturesim.experiments.study import Study, load_study
from culturesim.experiments.sweep_file import SweepFile, check_sweep_cultures, load_sweep
from culturesim.experiments.undertaking import Undertaking
from culturesim.experiments.until import read_until
from culturesim.model.seeds import check_seed
from culturesim.model.simulate import check_count
from culturesim.progress import Progress, shown
from culturesim.scenario.schema import Scenario

Source = str | os.PathLike[str] | SweepFile | Mapping[str, Any]


def sweep(
    source: Source,
    out: str | Path | None = None,
    *,
    replications: int | None = None,
    cultures: Sequence[str] | None = None,
    seed: int | None = None,
    workers: int | None = None,
    scenario: str | Path | Scenario | None = None,
    progress: Progress = None,
    until: Mapping[str, float | str] | None = None,
    max_replications: int | None = None,
    client: Any = None,
) -> Study:
    """Compare cultures at every point of a design; go on where an earlier call was ended.

    Parameters
    ----------
    source : str, path, SweepFile or mapping
        Name of a bundled sweep, path of a TOML file, or what would be written in one.
    out : str or Path, optional
        Directory of the results; ``results/sweep-NAME`` if not given. If it holds the same study,
        only what is missing is run: more replications, levels or cultures make it grow.
    replications : int, optional
        Of every design point and culture; what the file says if not given.
    cultures : sequence of str, optional
        The first is the base of differences; what the file says if not given.
    seed : int, optional
        What the file says if not given. Replication r has the same customers and the same luck at
        every design point and under every culture.
    workers : int, optional
        Threads; as many as there are processors if not given. Results do not depend on it.
    scenario : str, Path or Scenario, optional
        Takes the place of the file's.
    progress : callable or bool, optional
        Called with (runs done, runs in all) from time to time; True: a bar, after a word on how
        long it will take. If not given, that is so in a notebook, for what takes some seconds.
    until : mapping of str to number or str, optional
        Metric to the half width that the 95 % interval of its paired difference is to have, as in
        ``{"net_value": 2.0}``, or ``{"value_created": "5%"}`` of the first culture's mean: design
        points get more replications until all are that narrow. What the file says if not given.
    max_replications : int, optional
        Of a design point, until then; what the file says, or 1000, if not given.
    client : distributed.Client, optional
        A cluster whose workers make the runs, in place of threads.

    Returns
    -------
    Study

    Raises
    ------
    ScenarioError
        If the file, its scenario or a design point is wrong.
    ArgumentError
        If another argument is.
    ResultError
        If the directory holds something else or cannot be written to.
    KeyboardInterrupt
        If somebody interrupts; what was finished until then is written.

    Examples
    --------
    >>> import culturesim as cs
    >>> study = cs.sweep(  # doctest: +SKIP
    ...     {"scenario": "baseline", "factors": {"world.care_memory": [240, 20]}}, replications=10
    ... )
    """
    workers = check_count("workers", workers) if workers is not None else None
    if workers is not None and client is not None:
        raise ArgumentError("means nothing to a cluster", key="workers", found=str(workers))
    runner = cluster_runner(client) if client is not None else None
    asked = ask(source, replications, cultures, seed, scenario, None, until, max_replications)
    undertaking = undertake(asked, out)
    missing = undertaking.missing
    with shown(progress, missing, lambda: undertaking.plan(workers).seconds) as tell:
        undertaking.carry_out(workers, tell, runner=runner)
    return load_study(undertaking.directory)


def ask(
    source: Source,
    replications: int | None = None,
    cultures: Sequence[str] | None = None,
    seed: int | None = None,
    scenario: str | Path | Scenario | None = None,
    overrides: Mapping[str, Any] | None = None,
    until: Mapping[str, float | str] | None = None,
    max_replications: int | None = None,
) -> SweepFile:
    """Read a sweep file and lay over it what the caller wants otherwise.

    Parameters
    ----------
    source, replications, cultures, seed, scenario
        As for `sweep`.
    overrides : mapping of str to object, optional
        Changes to the scenario, at all design points.
    until, max_replications
        As for `sweep`.

    Returns
    -------
    SweepFile

    Raises
    ------
    ScenarioError
        If the file, its scenario or what the caller wants is wrong.
    ArgumentError
        If an argument is.
    """
    file = load_sweep(source, scenario, overrides)
    if replications is not None:
        file = file._replace(replications=check_count("replications", replications))
    if cultures is not None:
        file = file._replace(cultures=check_sweep_cultures(cultures, file.scenario))
    if seed is not None:
        file = file._replace(seed=check_seed(seed))
    if until is not None:
        file = file._replace(until=read_until(until))
    if max_replications is not None:
        most = check_count("max_replications", max_replications)
        file = file._replace(max_replications=most)
    _check_until(file)
    return file


def _check_until(file: SweepFile) -> None:
    """Say so if what is to be known precisely cannot be known, or nothing is."""
    most = file.max_replications
    if not file.until:
        if most:
            raise ArgumentError(
                "means nothing where nothing is to be precise",
                key="max_replications",
                found=str(most),
                hint='say until what, for example until = {value_created = "5%"}',
            )
        return
    if len(file.cultures) < 2:
        raise ArgumentError(
            "needs a difference, and nothing is compared",
            key="until",
            found=f"cultures: {', '.join(file.cultures) or 'none'}",
            allowed="two cultures or more",
        )
    for target in file.until:
        if target.metric not in file.record:
            raise ArgumentError(
                "is not recorded by this sweep",
                key=f"until.{target.metric}",
                allowed=file.record,
                nearest=nearest(target.metric, file.record),
            )
    if 0 < most < file.replications:
        raise ArgumentError(
            "is less than the replications that every design point has",
            key="max_replications",
            found=str(most),
            allowed=f"{file.replications} or more",
        )


def undertake(file: SweepFile, out: str | Path | None = None) -> Undertaking:
    """See what of a sweep is there already; nothing is run or written yet.

    Parameters
    ----------
    file : SweepFile
    out : str or Path, optional
        If not given, the first of ``results/sweep-NAME``, ``results/sweep-NAME-2``, ... that is
        free or holds this study.

    Returns
    -------
    Undertaking

    Raises
    ------
    ScenarioError
        If a design point is wrong.
    ResultError
        If the directory holds something else.
    """
    number = 1
    while True:
        name = f"sweep-{file.name}" if number == 1 else f"sweep-{file.name}-{number}"
        directory = Path(out) if out is not None else Path("results") / name
        try:
            old = read_ledger(directory)
            asked = new_ledger(file, old)
            ledger = asked if old is None else grown(old, asked, directory)
        except ResultError:
            if out is not None:
                raise
            number += 1
            continue
        return Undertaking(directory, ledger)
