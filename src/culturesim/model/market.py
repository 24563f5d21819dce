"""A market as a whole: what its organizations recorded, taken together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from culturesim.model.measure import COMMITMENT_RATE, METRICS

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario
    from culturesim.state.parameters import Floats

MARKET = "market"


def market_name(scenario: Scenario) -> str:
    """Name of the market where organizations have theirs; none of them has the same."""
    return f"whole {MARKET}" if MARKET in scenario.organizations else MARKET


def whole_market(scenario: Scenario, records: Floats) -> Floats:
    """Take the records of all organizations together.

    Parameters
    ----------
    scenario : Scenario
    records : array of float, shape (..., O, metrics)

    Returns
    -------
    array of float, shape (..., 1, metrics)
        Sums; shares of all customers; means over all teams, insiders or commitments. What is not a
        number for an organization is left out of a mean.
    """
    teams = [float(organization.teams) for organization in scenario.organizations.values()]
    weights = {"teams": np.array(teams), "insiders": _insiders(scenario)}
    out = np.empty((*records.shape[:-2], 1, records.shape[-1]))
    for m, metric in enumerate(METRICS):
        values = records[..., m]
        if metric.over_market == "sum":
            total = values.sum(axis=-1)
        elif metric.over_market == "same":
            total = values[..., 0]
        else:
            by = weights.get(metric.over_market, records[..., COMMITMENT_RATE])
            total = _mean(values, np.broadcast_to(by, values.shape))
        out[..., 0, m] = total
    return out


def _insiders(scenario: Scenario) -> Floats:
    """Number of insiders of each organization."""
    sizes = scenario.segment_sizes()
    people = dict.fromkeys(scenario.organizations, 0.0)
    for name, segment in scenario.segments.items():
        if segment.kind == "internal":
            for whose in [segment.organization] if segment.organization else people:
                people[whose] += sizes[name]
    return np.array(list(people.values()))


def _mean(values: Floats, weights: Floats) -> Floats:
    """Mean over the last axis of what is a number; not a number where nothing counts."""
    known = np.where(np.isnan(values), 0.0, weights)
    total = known.sum(axis=-1)
    summed = (np.nan_to_num(values) * known).sum(axis=-1)
    mean: Floats = np.divide(summed, total, out=np.full_like(total, np.nan), where=total > 0.0)
    return mean
