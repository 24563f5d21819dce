"""How a number of a metric is written: as a share, as whole resources, or with its digits."""

from __future__ import annotations

import math

from culturesim.model.measure import METRICS

UNITS = {metric.name: metric.unit for metric in METRICS} | {
    "value_per_effort": "resources per effort"
}


def unit_of(metric: str) -> str:
    """Unit of a metric of a run; empty if it has none."""
    return UNITS.get(metric, "")


def number_words(value: float, metric: str, sign: bool = False) -> str:
    """Write a value of a metric.

    Parameters
    ----------
    value : float
    metric : str
    sign : bool
        Whether a plus is written, as before a difference.

    Returns
    -------
    str

    Examples
    --------
    >>> number_words(1234.5, "value_created"), number_words(0.25, "waste_share", sign=True)
    ('1,234', '+0.250')
    """
    if math.isnan(value):
        return "-"
    plus = "+" if sign else ""
    if unit_of(metric).startswith("share"):
        return f"{100 * value:{plus}.1f} %"
    if unit_of(metric) in ("resources", "effort"):
        return f"{value:{plus},.0f}"
    return f"{value:{plus}.3f}"
