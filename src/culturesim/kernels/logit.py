"""Choice among options under noise: the conditional logit with an outside option.

Source
------
McFadden (1974), *Conditional logit analysis of qualitative choice behavior*.
"""

from __future__ import annotations

import math
from typing import Any

from culturesim.kernels.exponential import exponentials
from culturesim.kernels.jit import compiled

LEAST_NOISE = 1e-307  # below it the inverse is infinite


@compiled
def logistic(x: float) -> float:
    """``1 / (1 + exp(-x))``, without overflow for any finite `x`."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


@compiled
def differences(assessment: Any, choice_noise: float, odds: Any) -> None:
    """Logarithm of every option's odds: how far it lies below the best one, in units of the noise.

    Parameters
    ----------
    assessment : array of float, shape (n,)
        Money-metric assessments; minus infinity marks an option that cannot be chosen. At least
        one is finite.
    choice_noise : float
        Scale of the noise, in units of the assessments; at 0, or where its inverse would be
        infinite, all options but the best one, the first of equals, lie infinitely far below.
    odds : array of float, shape (n,)
        Written: 0 for the best option, others not above it.
    """
    top = assessment[0]
    for option in range(1, assessment.shape[0]):
        top = assessment[option] if assessment[option] > top else top
    if choice_noise > LEAST_NOISE:
        scale = 1.0 / choice_noise
        for option in range(assessment.shape[0]):
            odds[option] = (assessment[option] - top) * scale
    else:
        found = False
        for option in range(assessment.shape[0]):
            best = assessment[option] == top and not found
            odds[option] = 0.0 if best else -math.inf
            found = found or best


@compiled
def pick(odds: Any, u: float) -> int:
    """Choose an option with probability proportional to its odds.

    Parameters
    ----------
    odds : array of float, shape (n,)
        Odds of each option, not negative; at least one is above 0.
    u : float
        A uniform draw.

    Returns
    -------
    int
        Index of the chosen option; its odds are above 0.

    Notes
    -----
    Options passed over are counted, since a loop that stops at the chosen one cannot be foreseen by
    the processor.
    """
    n = odds.shape[0]
    total = 0.0
    for option in range(n):
        total += odds[option]
    threshold = u * total
    running = 0.0
    passed = 0
    for option in range(n):
        running += odds[option]
        passed += int(running <= threshold)
    if passed < n:
        return passed
    # Rounding took the threshold to the very end: it is the last option that can be chosen.
    last: int = n - 1
    while odds[last] <= 0.0:
        last -= 1
    return last


@compiled
def puts_off(doubt: float, u: float) -> bool:
    """Say whether a choice is put off, which happens with probability ``1 - exp(-doubt)``.

    Parameters
    ----------
    doubt : float
        Not negative.
    u : float
        A uniform draw.

    Returns
    -------
    bool

    Notes
    -----
    The probability is below the doubt itself: most draws are decided without the exponential.
    """
    return u < doubt and u < 1.0 - math.exp(-doubt)


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
    The best assessment is subtracted first, so that no exponential can overflow. The commit phase
    takes the same three steps for all customers, one after another: many exponentials at a time.

    Source
    ------
    McFadden (1974): the choice probabilities.
    """
    differences(assessment[:n], choice_noise, odds[:n])
    exponentials(odds[:n])
    return pick(odds[:n], u)
