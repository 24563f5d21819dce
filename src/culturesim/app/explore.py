"""Exploring a scenario in a notebook: sliders, two cultures, and the code of what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from culturesim.app.explorer_knobs import knobs
from culturesim.errors import ArgumentError
from culturesim.experiments.contestants import check_cultures
from culturesim.model.engine import compile_first
from culturesim.model.measure import NAMES
from culturesim.model.results import check_metric
from culturesim.model.seeds import check_seed
from culturesim.model.simulate import check_count
from culturesim.scenario.load import load_scenario
from culturesim.scenario.schema import Scenario
from culturesim.scenario.words import show

if TYPE_CHECKING:
    from culturesim.app.explorer_widget import Explorer

NEEDED = ("anywidget", "ipywidgets", "traitlets")


def explore(
    scenario: str | Path | Scenario = "baseline",
    parameters: Iterable[str] | Mapping[str, Any] | str | None = None,
    cultures: tuple[str, str] = ("execution", "discovery"),
    metric: str = "value_created",
    replications: int = 40,
    seed: int = 0,
    workers: int | None = None,
) -> Explorer:
    """Show two cultures in a market whose parameters can be moved, in a notebook.

    Both cultures meet the same customers and the same luck at every move: what differs in the
    figure comes from the culture and from what was moved.

    Parameters
    ----------
    scenario : str, Path or Scenario
        Name of a bundled scenario, path of a file, or a loaded scenario.
    parameters : sequence of str, or mapping of str to levels, optional
        What can be moved: dotted paths, in which ``*`` stands for all names, or ends of paths that
        are the end of one parameter only, such as ``"status_quo"``. In a mapping, ``(low, high)``
        is a range, a list is the levels themselves, and None leaves the choice as without a
        mapping: a range of the schema that ends at 20 or below is taken whole; any other goes from
        a tenth of the scenario's value to ten times that, with 0 and ``inf`` where they are
        allowed. Whole numbers stay whole. If not given: how much teams know at first, how long what
        customers care about lasts, what doing nothing gives them, skill at first, and how much the
        second culture listens and tests.
    cultures : tuple of str and str
        Two names of the scenario's cultures.
    metric : str
        What is shown first: the name of a metric that is recorded each cycle. Sums of a run are
        shown as the sum so far, all others cycle by cycle.
    replications : int
        Markets of each culture, 1 or more. Of more than 20, the first 10 are shown at once.
    seed : int
        0 to 2**63 - 1.
    workers : int, optional
        Threads; as many as there are processors if not given. Results do not depend on it.

    Returns
    -------
    Explorer
        A widget. ``explorer.code``, ``explorer.values``, ``explorer.scenario`` and
        ``explorer.comparison()`` say what it shows.

    Raises
    ------
    ScenarioError
        If the scenario, a dotted path or a level is wrong.
    ArgumentError
        If another argument is, or what widgets need is not installed.

    Examples
    --------
    >>> import culturesim as cs
    >>> explorer = cs.explore("baseline", ["world.care_memory"], replications=2)
    >>> explorer.values
    {'world.care_memory': 240.0}
    """
    try:
        from culturesim.app.explorer_widget import Explorer
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in NEEDED:
            raise
        raise ArgumentError(
            "is not installed", key=error.name, hint="pip install 'culturesim[notebook]'"
        ) from None
    loaded = load_scenario(scenario)
    pair = _two(loaded, cultures)
    metric = check_metric(metric, NAMES)
    replications = check_count("replications", replications)
    workers = None if workers is None else check_count("workers", workers)
    moved = knobs(loaded, parameters, pair)
    seed = check_seed(seed)
    compile_first()
    return Explorer(loaded, moved, pair, metric, replications, seed, workers)


def _two(scenario: Scenario, cultures: Any) -> tuple[str, str]:
    if not isinstance(cultures, Iterable) or not all(isinstance(one, str) for one in cultures):
        raise ArgumentError(
            "must be two names",
            key="cultures",
            found=show(cultures),
            allowed=scenario.culture_names,
        )
    names = check_cultures(scenario, cultures if isinstance(cultures, str) else list(cultures))
    if len(names) != 2:
        raise ArgumentError(
            "must be two different names",
            key="cultures",
            found=", ".join(names),
            allowed=scenario.culture_names,
        )
    return names[0], names[1]
