"""How a culture spreads, pays and withers, in one team."""

from __future__ import annotations

import math

from culturesim.kernels.jit import compiled


@compiled
def conform(shown: float, conformity: float) -> float:
    """Share to which a team is drawn that sees a share `shown` of the culture around it.

    Parameters
    ----------
    shown : float
        From 0 to 1.
    conformity : float
        Exponent, above 0; at 1 the share itself, above 1 majorities count for more.

    Returns
    -------
    float
        From 0 to 1.

    Source
    ------
    Boyd & Richerson (1985), *Culture and the evolutionary process*, chapter 7: conformist
    transmission. DeGroot (1974), *Reaching a consensus*: averaging, where the exponent is 1.
    """
    for_it = math.pow(shown, conformity)
    return for_it / (for_it + math.pow(1.0 - shown, conformity))


@compiled
def attraction(value: float, mean: float, payoff_bias: float) -> float:
    """Weight that neighbours give to a team which created `value`, where `mean` is usual.

    Source
    ------
    Henrich (2001), *Cultural transmission and the diffusion of innovations*: payoff-biased
    transmission. The bounded form is assumed.
    """
    return math.exp(payoff_bias * math.tanh((value - mean) / (0.5 * abs(mean) + 0.5)))


@compiled
def satisfaction(value: float, aspiration: float) -> float:
    """How content a team is with the value it created: from -1 to 1, 0 at its aspiration.

    Source
    ------
    Macy & Flache (2002), *Learning dynamics in social dilemmas*: stimuli relative to an aspiration.
    The bounded form is assumed.
    """
    return math.tanh((value - aspiration) / (0.3 * abs(aspiration) + 0.5))


@compiled
def reinforced(culture: float, satisfied: float, second: bool, rate: float) -> float:
    """Change of a culture by the success of the stance just taken.

    Parameters
    ----------
    culture : float
        Propensity to take the second stance, from 0 to 1.
    satisfied : float
        From -1 to 1.
    second : bool
        Whether the stance taken was the second one.
    rate : float
        From 0 to 1.

    Returns
    -------
    float
        What to add: contentment makes the stance taken more likely, discontent less.

    Source
    ------
    Bush & Mosteller (1955), *Stochastic models for learning*: the linear operator.
    """
    towards_second = satisfied > 0.0 if second else satisfied < 0.0
    room = 1.0 - culture if towards_second else culture
    return rate * satisfied * room if second else -rate * satisfied * room
