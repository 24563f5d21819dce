"""How one customer assesses one offer, in money."""

from __future__ import annotations

from culturesim.kernels.jit import compiled


@compiled
def assess_offer(fit: float, worth: float, trust: float, price: float) -> float:
    """Assess an offer: what its fit is worth to the customer, so far as trusted, less its price.

    Parameters
    ----------
    fit : float
        Care-weighted degree to which the concerns are taken care of, from 0 to 1.
    worth : float
        What full care is worth to the customer, resources per cycle.
    trust : float
        From 0 to 1.
    price : float
        Resources per cycle.

    Returns
    -------
    float
        Resources per cycle.

    Source
    ------
    Green & Srinivasan (1978), *Conjoint analysis in consumer research*: part-worths. Train (2009),
    *Discrete choice methods with simulation*, section 2.5: utility in money. Trust as the expected
    share of the promise is assumed.
    """
    return worth * fit * trust - price


@compiled
def is_acceptable(fit: float, standard: float, price: float, budget: float) -> bool:
    """Say whether an offer meets the customer's standard and stays within the budget.

    Source
    ------
    Simon (1955), *A behavioral model of rational choice*: the aspiration level.
    """
    return fit >= standard and price <= budget
