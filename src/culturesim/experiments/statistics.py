"""Paired differences: what two cultures made of the same world."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from culturesim.state.parameters import Floats

CONFIDENCE = 0.95


class Paired(NamedTuple):
    """Means of two samples and their paired difference.

    ``low`` and ``high`` bound the mean difference with 95 % confidence; ``ahead`` and ``behind``
    are the shares of pairs in which the second value is greater, and smaller; ``variance_ratio`` is
    how many times as great the variance of the difference would be, were the samples independent.
    """

    base: float
    other: float
    difference: float
    low: float
    high: float
    ahead: float
    behind: float
    variance_ratio: float


def half_interval(differences: Floats) -> Floats:
    """Half of the 95 % interval of a mean, over the first axis.

    Parameters
    ----------
    differences : array of float, shape (n, ...)

    Returns
    -------
    array of float, shape (...)
        Infinite for n = 1.

    Source
    ------
    Student's t interval.
    """
    n = len(differences)
    if n == 1:
        return np.full(differences.shape[1:], math.inf)
    quantile = float(stdtrit(n - 1, 0.5 + CONFIDENCE / 2.0))
    half: Floats = quantile * np.sqrt(differences.var(axis=0, ddof=1) / n)
    return half


def paired(base: Floats, other: Floats) -> Paired:
    """Compare two samples pair by pair.

    Parameters
    ----------
    base, other : array of float, shape (n,)
        One value per replication; pairs in which either is not a number are left out.

    Returns
    -------
    Paired
        The interval is infinite for a single pair; without any pair, all is not a number.

    Source
    ------
    Student's t interval; Law (2015), *Simulation modeling and analysis*, sections 10.2 (paired
    comparison) and 11.2 (common random numbers).
    """
    both = np.isfinite(base) & np.isfinite(other)
    base, other = base[both], other[both]
    n = len(base)
    if n == 0:
        return Paired(*[math.nan] * 8)
    difference = other - base
    mean = float(difference.mean())
    half = float(half_interval(difference))
    ratio = math.nan
    if n > 1:
        variance = float(difference.var(ddof=1))
        apart = float(base.var(ddof=1) + other.var(ddof=1))
        if variance > 0.0:
            ratio = apart / variance
        elif apart > 0.0:
            ratio = math.inf
    return Paired(
        float(base.mean()),
        float(other.mean()),
        mean,
        mean - half,
        mean + half,
        float((difference > 0.0).mean()),
        float((difference < 0.0).mean()),
        ratio,
    )
