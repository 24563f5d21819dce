"""How runs show themselves: as a figure, and in a notebook.

Figures are made on a floor above, which is entered when one is asked for, here and nowhere else;
docs/decisions/0011 says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import numpy as np

from culturesim import markup
from culturesim.model.numbers import number_words, unit_of
from culturesim.progress.words import count_words

if TYPE_CHECKING:
    from culturesim.model.results import Ensemble, Run
    from culturesim.plots.style import Picture

# What is shown of a run, and of many.
SHOWN = ("value_created", "net_value", "effort", "waste", "no_decision_rate", "alignment")


class ShownRun:
    """What a run shows of itself."""

    def plot(self, metric: str | Sequence[str] | None = None) -> Picture:
        """Value, waste, customers that did nothing, and alignment, cycle by cycle.

        Parameters
        ----------
        metric : str or sequence of str, optional
            Metrics to draw instead, a panel each.

        Returns
        -------
        matplotlib Figure
            Its panels are matplotlib axes: ``figure["value_created"]``, or one after another in a
            loop.

        Raises
        ------
        ArgumentError
            If a metric does not exist.
        """
        from culturesim.plots.alone import plot_ensemble

        return plot_ensemble(cast("Run", self).as_ensemble, metric)

    def _repr_html_(self) -> str:
        run = cast("Run", self)
        about = f"{_under(run.culture)}, seed {run.seed}, {len(run.records)} cycles"
        whole = run.market.summary.iloc[0]
        rows = [(name, number_words(float(whole[name]), name), unit_of(name)) for name in SHOWN]
        return markup.block(
            markup.head(f"One run of {run.scenario.name or 'a scenario'}", about),
            markup.table(("whole run", "", "unit"), rows, right=("",)),
            markup.small(".cycles and .summary hold its numbers; .plot() draws it."),
        )


class ShownEnsemble:
    """What many runs show of themselves."""

    def plot(self, metric: str | Sequence[str] | None = None) -> Picture:
        """Value, waste, customers that did nothing, and alignment, with bands over the runs.

        Parameters
        ----------
        metric : str or sequence of str, optional
            Metrics to draw instead, a panel each.

        Returns
        -------
        matplotlib Figure
            Its panels are matplotlib axes: ``figure["value_created"]``, or one after another in a
            loop.

        Raises
        ------
        ArgumentError
            If a metric does not exist.
        """
        from culturesim.plots.alone import plot_ensemble

        return plot_ensemble(cast("Ensemble", self), metric)

    def _repr_html_(self) -> str:
        runs = cast("Ensemble", self)
        title = f"{count_words(len(runs.seeds), 'run')} of {runs.scenario.name or 'a scenario'}"
        rows = []
        for name in SHOWN:
            values = runs.values(name)
            low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
            numbers = (number_words(float(x), name) for x in (values.mean(), low, middle, high))
            rows.append((name, *numbers, unit_of(name)))
        columns = ("a run", "mean", "10 %", "median", "90 %", "unit")
        return markup.block(
            markup.head(title, _under(runs.culture)),
            markup.table(columns, rows, right=columns[1:5]),
            markup.small("80 of 100 runs lie between 10 % and 90 %. .runs has all; .plot() draws."),
        )


def _under(culture: str | None) -> str:
    return "cultures as the scenario says" if culture is None else f"under {culture}"
