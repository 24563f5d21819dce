"""Water-filling: where to put effort when each further unit on a concern is worth a little less.

Taking care of concern d to the degree ``1 - exp(-stock_d / saturation)`` is worth its weight times
that degree. Marginal worth is equal on every concern that gets any stock at the optimum: they are
filled to one common level. The level is found exactly by dropping the concerns that lie below it
until none does, which needs no sorting and no memory.

Source
------
Boyd & Vandenberghe (2004), *Convex optimization*, example 5.2: the optimality conditions.
Michelot (1986), *A finite algorithm for finding the projection of a point onto the canonical
simplex*: the passes.
"""

from __future__ import annotations

import math
from typing import Any

from culturesim.kernels.jit import compiled


@compiled
def water_level(height: Any, total: float) -> float:
    """Level at which the sum of ``max(0, height - level)`` over all entries equals `total`.

    Parameters
    ----------
    height : array of float, shape (n,)
    total : float
        Amount to distribute, above 0.

    Returns
    -------
    float
        The level; below the greatest height.

    Notes
    -----
    At most n passes over n entries; two or three are usual.

    Source
    ------
    Michelot (1986): the passes.
    """
    n = height.shape[0]
    level = -math.inf
    before = 0
    while True:
        above = 0
        amount = 0.0
        for d in range(n):
            if height[d] > level:
                above += 1
                amount += height[d]
        if above == before or above == 0:
            return level
        level = (amount - total) / above
        before = above


@compiled
def best_plan(weight: Any, total: float, saturation: float, plan: Any) -> None:
    """Shares of a stock over concerns that maximise ``sum weight (1 - exp(-stock/saturation))``.

    Parameters
    ----------
    weight : array of float, shape (D,)
        Worth of each concern, above 0.
    total : float
        The stock to divide, 0 or more; at 0 the shares are their limit, all on the best concern.
    saturation : float
        Stock at which a concern is taken care of to 63 %, above 0.
    plan : array of float, shape (D,)
        Written: the shares, which sum to 1.

    Source
    ------
    Boyd & Vandenberghe (2004), example 5.2.
    """
    n = weight.shape[0]
    best = 0
    for d in range(n):
        plan[d] = math.log(weight[d])
        if weight[d] > weight[best]:
            best = d
    amount = 0.0
    if total > 0.0:
        level = water_level(plan, total / saturation)
        for d in range(n):
            plan[d] = max(0.0, plan[d] - level)
            amount += plan[d]
    if amount > 0.0:
        for d in range(n):
            plan[d] /= amount
    else:
        for d in range(n):
            plan[d] = 0.0
        plan[best] = 1.0


@compiled
def least_stock(weight: Any, fit: float, saturation: float) -> float:
    """Smallest total stock that reaches a fit: the inverse of `best_plan`.

    Parameters
    ----------
    weight : array of float, shape (D,)
        Worth of each concern, not negative.
    fit : float
        The fit to reach: at least 0 and below the sum of the weights.
    saturation : float
        Stock at which a concern is taken care of to 63 %, above 0.

    Returns
    -------
    float
        Total stock, in units of `saturation`'s.

    Notes
    -----
    With the optimal stock ``saturation * ln(weight / level)`` on each concern above the level, the
    fit is the sum of ``weight - level`` over those concerns, so the level is again a water level.

    Source
    ------
    Boyd & Vandenberghe (2004), example 5.2.
    """
    if fit <= 0.0:
        return 0.0
    level = water_level(weight, fit)
    if level <= 0.0:
        return math.inf
    stock = 0.0
    for d in range(weight.shape[0]):
        if weight[d] > level:
            stock += math.log(weight[d] / level)
    return saturation * stock
