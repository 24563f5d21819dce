"""Choice among options under noise: the conditional logit with an outside option.

Source
------
McFadden (1974), *Conditional logit analysis of qualitative choice behavior*.
"""

from __future__ import annotations

import math
from typing import Any

from culturesim.kernels.jit import compiled


@compiled
def logistic(x: float) -> float:
    """``1 / (1 + exp(-x))``, without overflow for any finite `x`."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


@compiled
def choose(assessment: Any, odds: Any, n: int, choice_noise: float, u: float) -> int:
    """Choose one of the first `n` options with probability proportional to exp(A / choice_noise).

    Parameters
    ----------
    assessment : array of float, shape (n or more,)
        Money-metric assessments; minus infinity marks an option that cannot be chosen. At least
        one is finite.
    odds : array of float, same shape
        Written: the odds of each option against the best one, from 0 to 1.
    n : int
        Number of options.
    choice_noise : float
        Scale of the noise, in units of the assessments; at 0 the best option is chosen, the first
        of equals.
    u : float
        A uniform draw.

    Returns
    -------
    int
        Index of the chosen option.

    Notes
    -----
    The best assessment is subtracted first, so that no exponential can overflow.

    Source
    ------
    McFadden (1974): the choice probabilities.
    """
    best = 0
    top = assessment[0]
    for option in range(1, n):
        if assessment[option] > top:
            top = assessment[option]
            best = option
    total = 0.0
    for option in range(n):
        odd = 0.0
        if option == best:
            odd = 1.0
        elif choice_noise > 0.0 and assessment[option] > -math.inf:
            odd = math.exp((assessment[option] - top) / choice_noise)
        odds[option] = odd
        total += odd
    threshold = u * total
    running = 0.0
    chosen = best
    for option in range(n):
        if odds[option] > 0.0:
            running += odds[option]
            chosen = option
            if threshold < running:
                break
    return chosen
