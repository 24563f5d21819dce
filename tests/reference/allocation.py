"""Water-filling and its inverse, by sorting: a best set of concerns is a set of the greatest."""

from __future__ import annotations

import math

from scipy.special import ndtr, ndtri


def water_filling(belief: list[float], stock: float, saturation: float) -> list[float]:
    """Shares of the stock that make the sum of belief · (1 - exp(-stock / saturation)) greatest."""
    order = sorted(range(len(belief)), key=lambda d: -belief[d])
    shares = [0.0] * len(belief)
    if stock <= 0.0:
        shares[order[0]] = 1.0
        return shares
    logs = [math.log(belief[d]) for d in order]
    for size in range(len(order), 0, -1):
        level = (sum(logs[:size]) - stock / saturation) / size
        if logs[size - 1] > level:
            break
    filled = {d: saturation * (logs[n] - level) for n, d in enumerate(order[:size])}
    total = sum(filled.values())
    for d, amount in filled.items():
        shares[d] = amount / total
    return shares


def least_stock(care: list[float], lacking: float, saturation: float) -> float:
    """Least stock that leaves so much of that care untaken care of: 1 less the fit.

    With what is lacking in place of the fit, an offer next to perfect costs no digits.
    """
    if lacking >= 1.0:
        return 0.0
    weights = sorted(care, reverse=True)
    for size in range(len(weights), 0, -1):
        marginal = (lacking - sum(weights[size:])) / size
        if 0.0 < marginal < weights[size - 1]:
            return sum(saturation * math.log(w / marginal) for w in weights[:size])
    raise AssertionError("no stock leaves so much")


def truncated_normal(uniform: float, mean: float, spread: float, low: float, high: float) -> float:
    """A normal between two bounds, by the inverse of its distribution."""
    if spread == 0.0:
        return mean
    below = float(ndtr((low - mean) / spread))
    above = float(ndtr((high - mean) / spread))
    return mean + spread * float(ndtri(below + uniform * (above - below)))
