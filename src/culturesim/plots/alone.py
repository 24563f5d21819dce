"""The figure of runs of one scenario, one or many: nothing is compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from culturesim.experiments.comparison import Comparison
from culturesim.plots.comparison import plot_comparison
from culturesim.plots.metrics import plot_metrics

if TYPE_CHECKING:
    from culturesim.model.results import Ensemble
    from culturesim.plots.style import Picture


def plot_ensemble(ensemble: Ensemble, metric: str | Sequence[str] | None = None) -> Picture:
    """Draw runs: medians and bands, cycle by cycle; organizations in one market side by side.

    Parameters
    ----------
    ensemble : Ensemble
    metric : str or sequence of str, optional
        What to draw; value, waste, doing nothing and alignment if not given.

    Returns
    -------
    matplotlib Figure
    """
    seed = ensemble.seeds[0] if ensemble.seed is None else ensemble.seed
    if len(ensemble.organizations) == 1:
        sides = {ensemble.labels[0]: ensemble}
        alone = Comparison(ensemble.scenario, sides, seed)
    else:
        sides = {name: ensemble.of(name) for name in ensemble.organizations}
        alone = Comparison(ensemble.scenario, sides, seed, "organizations")
    return plot_comparison(alone) if metric is None else plot_metrics(alone, metric)
