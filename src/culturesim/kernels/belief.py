"""What a team holds about care, and how evidence moves it."""

from __future__ import annotations

import math
from typing import Any

from culturesim.kernels.jit import compiled
from culturesim.kernels.logit import logistic

RISK_FLOOR = 0.02  # a concern believed worthless can still be the riskiest assumption
LEAST_BELIEF = 1e-4  # noise may push a belief below zero, where no share can be


@compiled
def learn_from_signal(belief: Any, precision: Any, signal: Any, weight: float) -> None:
    """Average a normal signal into a normal belief, each weighted by its precision.

    Parameters
    ----------
    belief, precision, signal : array of float, shape (D,)
        Mean and precision of the belief (changed), and what was heard.
    weight : float
        Precision that the team gives to the signal.

    Source
    ------
    DeGroot (1970), *Optimal statistical decisions*, section 9.5: the normal with known variance.
    """
    for d in range(belief.shape[0]):
        before = precision[d]
        after = before + weight
        belief[d] = (before * belief[d] + weight * signal[d]) / after
        precision[d] = after


@compiled
def learn_from_trials(
    belief: float, precision: float, asked: float, slope: float, share: float, weight: float
) -> tuple[float, float]:
    """Update one concern's belief by the share of customers that committed to an ask.

    Parameters
    ----------
    belief, precision : float
        Mean and precision held before.
    asked : float
        Degree of care at which half of the customers would commit.
    slope : float
        How sharply commitment answers to care.
    share : float
        Share of those asked that committed, from 0 to 1.
    weight : float
        Number of trials times the weight given to evidence.

    Returns
    -------
    belief, precision : float

    Source
    ------
    Fahrmeir (1992), *Posterior mode estimation by extended Kalman filtering for multivariate
    dynamic generalized linear models*: one step for a Bernoulli observation.
    """
    expected = logistic(slope * (belief - asked))
    precision += weight * slope * slope * expected * (1.0 - expected)
    belief += weight * slope * (share - expected) / precision
    return belief, precision


@compiled
def riskiest(belief: Any, precision: Any) -> int:
    """Concern whose error could cost most: great if true, and little known.

    Source
    ------
    Maurya (2012), *Running Lean*: test the riskiest assumption first. The formula is assumed.
    """
    best = 0
    most = -math.inf
    for d in range(belief.shape[0]):
        risk = (belief[d] + RISK_FLOOR) / math.sqrt(precision[d])
        if risk > most:
            most = risk
            best = d
    return best


@compiled
def forget(precision: Any, share: float, least: float) -> None:
    """Discount what was learned by `share`, down to the precision `least` of one conversation.

    Source
    ------
    West & Harrison (1997), *Bayesian forecasting and dynamic models*, section 6.3: discounting.
    """
    for d in range(precision.shape[0]):
        precision[d] = max(least, precision[d] * (1.0 - share))


@compiled
def keep_positive(belief: Any) -> None:
    """Lift every entry of a belief to the least that a share can be."""
    for d in range(belief.shape[0]):
        belief[d] = max(LEAST_BELIEF, belief[d])


@compiled
def relative_uncertainty(precision: Any) -> float:
    """Root mean square standard deviation of a belief, against the mean care 1/D.

    Source
    ------
    Assumed: the yardstick by which a team calls its offer validated.
    """
    total = 0.0
    for d in range(precision.shape[0]):
        total += 1.0 / precision[d]
    n = precision.shape[0]
    return float(n * math.sqrt(total / n))
