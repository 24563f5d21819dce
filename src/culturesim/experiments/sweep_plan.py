"""What a sweep would take, before anything of it is run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from culturesim.experiments.plan import Plan
from culturesim.experiments.sweep import Source, ask, undertake
from culturesim.model.simulate import check_count
from culturesim.scenario.schema import Scenario


def plan_sweep(
    source: Source,
    out: str | Path | None = None,
    *,
    replications: int | None = None,
    cultures: Sequence[str] | None = None,
    seed: int | None = None,
    workers: int | None = None,
    scenario: str | Path | Scenario | None = None,
) -> Plan:
    """Say how many runs a sweep has, how long they will take and what disk they need.

    A few runs are timed; nothing is written. Arguments are those of `sweep`.

    Parameters
    ----------
    source : str, path, SweepFile or mapping
    out : str or Path, optional
        What is there already is not counted as missing.
    replications : int, optional
    cultures : sequence of str, optional
    seed : int, optional
    workers : int, optional
    scenario : str, Path or Scenario, optional

    Returns
    -------
    Plan
        ``plan.sentence``, ``plan.runs``, ``plan.missing``, ``plan.seconds``, ``plan.bytes``.

    Raises
    ------
    ScenarioError
        If the file, its scenario or a design point is wrong.
    ArgumentError
        If another argument is.
    ResultError
        If the directory holds something else.

    Examples
    --------
    >>> import culturesim as cs
    >>> cs.plan_sweep({"factors": {"world.care_memory": [240, 20]}}, replications=10).runs
    40
    """
    workers = check_count("workers", workers) if workers is not None else None
    return undertake(ask(source, replications, cultures, seed, scenario), out).plan(workers)
