"""Answers in numbers: bands over the runs, who is ahead in how many pairs, the curve over a knob.

Every number is one that the Python API gives for the same scenario and seed.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from culturesim.app.acts import CURVE_RUNS, TURNS_AWAY, TWO_YEARS
from culturesim.app.asked import Asked
from culturesim.app.desk import Desk, Stale
from culturesim.app.knobs import KNOBS
from culturesim.app.runs import Runs
from culturesim.app.sides import Side
from culturesim.experiments.statistics import half_interval, paired
from culturesim.model.measure import CULTURE, NAMES
from culturesim.model.results import BANDS, Ensemble
from culturesim.state.parameters import Floats

DIGITS = 6  # that count, of a number on the wire
Answer = dict[str, Any]

# Names on the page, the metric behind each, and whether it adds up over the cycles.
LINES = {
    "value": ("value_created", True),
    "waste": ("waste", True),
    "nothing": ("no_decision_rate", False),
    "culture": ("culture", False),
    "practised": ("practised", False),
}
TOTALS = {
    "value": "value_created",
    "net": "net_value",
    "waste": "waste",
    "effort": "effort",
    "nothing": "no_decision_rate",
    "committed": "commitment_rate",
    "outside": "commitment_external",
    "inside": "commitment_internal",
    "value_inside": "value_internal",
    "broken": "broken_promise_rate",
    "alignment": "alignment",
}
COMPARED = ("value", "net", "waste", "nothing")


def bands(asked: Asked, runs: int, desk: Desk, kept: Runs, stale: Stale) -> Answer:
    """Quantiles of each world cycle by cycle, and what came of it by the last that is shown.

    Parameters
    ----------
    asked : Asked
    runs : int
        Replications.
    desk : Desk
    kept : Runs
    stale : callable

    Returns
    -------
    dict
        By world the bands of each line and the totals; ``pairs`` and ``differences`` by quantity.

    Raises
    ------
    DroppedError
        If a newer move came.
    """
    with desk.turn(stale):
        whole = kept.ensembles(asked.sides, asked.seed, runs, stale)
    shown = asked.shown
    until = [_until(ensemble, shown) for ensemble in whole]
    first, second = until
    return {
        "act": asked.act.number,
        "seed": asked.seed,
        "runs": runs,
        "cycles": asked.act.cycles,
        "shown": shown,
        "parameters": _differing(asked.sides[0], asked.sides[1]),
        "worlds": [
            {"name": side.world} | _lines(ensemble) | {"total": _totals(ensemble)}
            for side, ensemble in zip(asked.sides, until, strict=True)
        ],
        "pairs": {name: _pairs(first, second, TOTALS[name]) for name in COMPARED},
        "differences": {name: _difference(first, second, TOTALS[name]) for name in COMPARED},
        "left": _left(whole) if shown > TURNS_AWAY + TWO_YEARS and asked.act.grows else None,
    }


def curve(asked: Asked, desk: Desk, kept: Runs, runs: int = CURVE_RUNS) -> Answer:
    """Both worlds over all levels of the act's first knob, level by level between other work.

    Parameters
    ----------
    asked : Asked
    desk : Desk
    kept : Runs
    runs : int
        Replications of each level.

    Returns
    -------
    dict
        ``crossing``: where the difference changes sign, between two levels; ``best``: the level
        where the second world leads most.
    """
    knob = KNOBS[asked.act.knobs[0]]
    measured: list[tuple[Floats, Floats]] = []
    for value in knob.levels:
        sides = asked._replace(knobs=asked.knobs | {knob.name: value}).sides
        with desk.turn(lambda: False, patient=True):
            first, second = kept.ensembles(sides, asked.seed, runs, lambda: False)
        measured.append((_measure(asked, first), _measure(asked, second)))
    a = np.array([pair[0] for pair in measured])
    b = np.array([pair[1] for pair in measured])
    difference = (b - a).mean(axis=1)
    return {
        "act": asked.act.number,
        "seed": asked.seed,
        "runs": runs,
        "knob": knob.name,
        "levels": list(knob.levels),
        "worlds": [
            {"name": side.world, "metric": asked.act.measure} | _interval(values)
            for side, values in zip(asked.sides, (a, b), strict=True)
        ],
        "difference": _interval(b - a),
        "crossings": crossings(knob.levels, difference.tolist()),
        "crossing": next(iter(crossings(knob.levels, difference.tolist())), None),
        "best": knob.levels[int(difference.argmax())],
    }


def crossings(levels: tuple[float, ...], difference: list[float]) -> list[float | None]:
    """Where a difference changes sign: found on the straight line between two levels.

    Examples
    --------
    >>> crossings((0.0, 1.0, 2.0), [1.0, -1.0, -2.0])
    [0.5]
    """
    found = []
    for n in range(len(levels) - 1):
        here, there = difference[n], difference[n + 1]
        if (here > 0.0) != (there > 0.0):
            part = here / (here - there)
            found.append(rounded(levels[n] + part * (levels[n + 1] - levels[n])))
    return found


def rounded(value: float) -> float | None:
    """A number to as many digits as the page gets; none for what is not a finite number."""
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None


def _measure(asked: Asked, ensemble: Ensemble) -> Floats:
    """What the curve is of, one value a run: two years after leaders turned away, or in all."""
    if asked.act.measure == "culture":
        return ensemble.records[:, TURNS_AWAY + TWO_YEARS - 1, 0, CULTURE]
    return ensemble.values(asked.act.measure)


def _until(ensemble: Ensemble, shown: int) -> Ensemble:
    """The same runs, without the cycles that are not to be told."""
    records = ensemble.market.records[:, :shown]
    return Ensemble(ensemble.scenario, None, ensemble.seeds, records)


def _lines(ensemble: Ensemble) -> Answer:
    lines = {}
    for name, (metric, adds_up) in LINES.items():
        values = ensemble.records[:, :, 0, NAMES.index(metric)]
        if adds_up:
            values = values.cumsum(axis=1)
        found = np.quantile(values, BANDS, axis=0)
        lines[name] = {
            f"q{round(100 * level)}": _list(row) for level, row in zip(BANDS, found, strict=True)
        }
    return lines


def _totals(ensemble: Ensemble) -> Answer:
    return {name: rounded(_mean(ensemble.values(metric))) for name, metric in TOTALS.items()}


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else math.nan


def _pairs(first: Ensemble, second: Ensemble, metric: str) -> Answer:
    a, b = first.values(metric), second.values(metric)
    return {
        "first": int((a > b).sum()),
        "second": int((b > a).sum()),
        "same": int((a == b).sum()),
    }


def _difference(first: Ensemble, second: Ensemble, metric: str) -> Answer:
    found = paired(first.values(metric), second.values(metric))
    return {
        "mean": rounded(found.difference),
        "low": rounded(found.low),
        "high": rounded(found.high),
    }


def _left(whole: list[Ensemble]) -> Answer:
    """Mean culture of each world two years after its leaders turned away."""
    cycle = TURNS_AWAY + TWO_YEARS
    means = [float(ensemble.records[:, cycle - 1, 0, CULTURE].mean()) for ensemble in whole]
    return {"cycle": cycle, "culture": [rounded(mean) for mean in means]}


def _interval(values: Floats) -> Answer:
    """Mean of each level, with its 95 % interval over the runs."""
    mean, half = values.mean(axis=1), half_interval(values.T)
    return {"mean": _list(mean), "low": _list(mean - half), "high": _list(mean + half)}


def _differing(first: Side, second: Side) -> Answer:
    """What was changed in the scenario, by path; what differs between the worlds by world."""
    same = {
        path: _plain(value)
        for path, value in first.changes.items()
        if second.changes.get(path) == value
    }
    apart = {
        f"{side.world}: {path}": _plain(value)
        for side in (first, second)
        for path, value in side.changes.items()
        if path not in same
    }
    return {"scenario": first.scenario} | same | apart


def _plain(value: Any) -> Any:
    return "inf" if value == math.inf else value


def _list(values: Floats) -> list[float | None]:
    return [rounded(value) for value in values.tolist()]
