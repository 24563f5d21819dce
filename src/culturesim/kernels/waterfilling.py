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
def least_stock(weight: Any, lacking: float, saturation: float) -> float:
    """Smallest total stock that leaves so much untaken care of: the inverse of `best_plan`.

    Parameters
    ----------
    weight : array of float, shape (D,)
        Worth of each concern, not negative.
    lacking : float
        Sum of the weights less the fit to reach, above 0. An offer next to perfect would cost the
        fit its digits, and does not cost them what is lacking.
    saturation : float
        Stock at which a concern is taken care of to 63 %, above 0.

    Returns
    -------
    float
        Total stock, in units of `saturation`'s; 0 where nothing need be done.

    Notes
    -----
    With the optimal stock ``saturation * ln(weight / level)`` on each concern above the level, each
    concern lacks the level, or its weight if that is less. Passes from below, in which concerns
    that lie below the level are set aside until none is left, find it exactly; at most D of them.

    Source
    ------
    Boyd & Vandenberghe (2004), example 5.2.
    """
    n = weight.shape[0]
    level = 0.0
    before = n + 1
    while True:
        above = 0
        below = 0.0
        for d in range(n):
            if weight[d] > level:
                above += 1
            else:
                below += weight[d]
        if above == 0:
            return 0.0
        if above == before:
            break
        level = (lacking - below) / above
        before = above
    stock = 0.0
    for d in range(n):
        if weight[d] > level:
            stock += math.log(weight[d] / level) if level > 0.0 else math.inf
    return saturation * stock
