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
    if len(base) == 0:
        return Paired(*[math.nan] * 8)
    return Paired(*(float(value[0]) for value in paired_rows(base[None], other[None])))


def paired_rows(base: Floats, other: Floats) -> tuple[Floats, ...]:
    """Compare many pairs of samples, each as `paired` does.

    Parameters
    ----------
    base, other : array of float, shape (k, n)
        A row a sample, of n values above 0; all are numbers.

    Returns
    -------
    tuple of array of float, shape (k,)
        In the order of `Paired`, with the same bits whatever the other rows are.
    """
    base, other = np.ascontiguousarray(base), np.ascontiguousarray(other)
    difference = other - base
    mean = difference.mean(axis=1)
    half = half_interval(difference.T)
    ratio = np.full(len(base), math.nan)
    if base.shape[1] > 1:
        variance = difference.var(axis=1, ddof=1)
        apart = base.var(axis=1, ddof=1) + other.var(axis=1, ddof=1)
        known = variance > 0.0
        ratio[~known & (apart > 0.0)] = math.inf
        ratio[known] = apart[known] / variance[known]
    return (
        base.mean(axis=1),
        other.mean(axis=1),
        mean,
        mean - half,
        mean + half,
        (difference > 0.0).mean(axis=1),
        (difference < 0.0).mean(axis=1),
        ratio,
    )
