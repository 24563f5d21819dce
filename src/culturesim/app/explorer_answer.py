"""What an explorer shows: bands of a metric over time, and a sentence on it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from culturesim.experiments.comparison import Comparison
from culturesim.experiments.sentence import WASTE_WORDS, result_of
from culturesim.model.measure import METRICS, NAMES, Metric
from culturesim.model.results import BANDS, Ensemble
from culturesim.state.parameters import Floats

DIGITS = 6  # that count, of a number on its way to the browser
MOST_POINTS = 600  # of a line: about what a figure has pixels
LISTED = (
    "value_created",
    "net_value",
    "waste",
    "effort_listening",
    "effort_testing",
    "commitment_rate",
    "no_decision_rate",
    "broken_promise_rate",
    "alignment",
    "listening_skill",
    "trust",
    "culture",
)
# What the sentence of a comparison speaks of.
SAID = ("value_created", "waste", *WASTE_WORDS)


def metric_of(name: str) -> Metric:
    """The metric of a name in `NAMES`."""
    return METRICS[NAMES.index(name)]


def adds_up(name: str) -> bool:
    """Whether a metric is shown as its sum so far, and not cycle by cycle."""
    return metric_of(name).over_run == "sum"


def told_metrics(first: str) -> list[dict[str, Any]]:
    """The metrics to choose from, with what each means.

    Parameters
    ----------
    first : str
        One that is there in any case.
    """
    names = LISTED if first in LISTED else (first, *LISTED)
    return [
        {
            "name": name,
            "label": name.replace("_", " "),
            "meaning": metric_of(name).meaning,
            "unit": metric_of(name).unit,
            "adds_up": adds_up(name),
        }
        for name in names
    ]


def every(cycles: int) -> int:
    """Of how many cycles one is drawn."""
    return math.ceil(cycles / MOST_POINTS)


def lines(comparison: Comparison, metric: str) -> list[dict[str, Any]]:
    """Quantiles over the runs of each culture, at the end of each cycle that is drawn.

    Parameters
    ----------
    comparison : Comparison
    metric : str

    Returns
    -------
    list of dict
        ``name``, and ``q10`` to ``q90``: lists, with None where no run has a value.
    """
    return [
        {"name": name}
        | {
            f"q{round(100 * level)}": _list(row)
            for level, row in zip(BANDS, quantiles(ensemble, metric), strict=True)
        }
        for name, ensemble in comparison.ensembles.items()
    ]


def quantiles(ensemble: Ensemble, metric: str) -> Floats:
    """Quantiles `BANDS` of a metric over the runs, at the end of each cycle that is drawn.

    Parameters
    ----------
    ensemble : Ensemble
    metric : str

    Returns
    -------
    array of float, shape (number of `BANDS`, points)
        Of the sum so far, where the metric adds up.
    """
    step = every(ensemble.records.shape[1])
    if adds_up(metric):
        values = ensemble.market.records[:, :, 0, NAMES.index(metric)].cumsum(axis=1)
        found: Floats = np.quantile(values[:, step - 1 :: step], BANDS, axis=0)
        return found
    return ensemble.quantiles(metric).to_numpy()[step - 1 :: step].T


def sentence(comparison: Comparison, metric: str) -> str:
    """Say in words what came of it: of value and waste as a comparison does, else of the metric.

    Parameters
    ----------
    comparison : Comparison
        Of two cultures.
    metric : str

    Returns
    -------
    str
    """
    if metric in SAID:
        return comparison.sentence
    base, other = comparison.cultures
    result = result_of(comparison, metric, other)
    found = metric_of(metric)
    if math.isnan(result.difference):
        return f"No run of both cultures has a value for this: {found.meaning}."
    a, b = _said(result.base, found), _said(result.other, found)
    begin = f"{found.meaning[:1].upper()}{found.meaning[1:]}: {a} under {base}, {b} under {other}"
    runs = comparison.replications
    markets = "one market" if runs == 1 else f"{runs} markets"
    if result.ahead == result.behind == 0.0:
        return f"{begin}: the same in {markets}."
    if result.low <= 0.0 <= result.high:
        return f"{begin} on average; which is more is not settled by {markets}."
    more, share = (other, result.ahead) if result.difference > 0.0 else (base, result.behind)
    won = round(share * runs)
    return f"{begin} on average; more under {more} in {won} of {markets}."


def _said(value: float, metric: Metric) -> str:
    if metric.unit.startswith("share"):
        return f"{100.0 * value:.3g} %"
    if metric.over_run == "sum":
        return f"{value:,.0f} {metric.unit} a run"
    return f"{value:.2f}"


def _list(values: Floats) -> list[float | None]:
    return [float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None for value in values]
