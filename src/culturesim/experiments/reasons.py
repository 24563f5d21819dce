"""Why a customer took an option or left it: the codes, and how they follow from the arrays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from culturesim.state.columns import BROKEN, COMMITTED, INDECISION, KEPT, STATUS_QUO

if TYPE_CHECKING:
    from collections.abc import Sequence

# Assessments are in resources per cycle, fits and standards from 0 to 1. Of an offer that is
# refused for more than one of the first three reasons, the first in this order is said.
REASONS: Final[dict[str, str]] = {
    "not_offered": "The team made no offer in this cycle.",
    "below_standard": "The offer's fit was less than the customer's standard.",
    "beyond_budget": "The offer's price was more than the customer's budget.",
    "status_quo_preferred": "The offer was acceptable, and the customer preferred doing nothing.",
    "better_offer": "Another offer was preferred: chosen, or put off.",
    "indecision": "The offer was preferred to all else, and put off for lack of trust.",
    "put_off": "Nothing was done, though an offer was preferred: it was put off.",
    "chosen": "This is what the customer did.",
}
REFUSALS: Final = ("not_offered", "below_standard", "beyond_budget")

OUTCOMES: Final[dict[int, str]] = {
    STATUS_QUO: "status quo",
    INDECISION: "indecision",
    COMMITTED: "committed",
    KEPT: "kept",
    BROKEN: "broken",
}


def refusal(
    assessment: float, made: bool, fit: float, standard: float, price: float, budget: float
) -> str | None:
    """Say why an offer cannot be chosen at all.

    Parameters
    ----------
    assessment : float
        The customer's, resources per cycle; minus infinity says that the run refused the offer.
    made : bool
        Whether the team made an offer.
    fit, standard : float
        From 0 to 1.
    price, budget : float
        Resources per cycle.

    Returns
    -------
    str or None
        One of `REFUSALS`; None if the offer is acceptable.
    """
    if assessment > -math.inf:
        return None
    if not made:
        return "not_offered"
    return "below_standard" if fit < standard else "beyond_budget"


def reasons(refused: Sequence[str | None], preferred: int, choice: int) -> list[str]:
    """Say of each option why it was taken or left.

    Parameters
    ----------
    refused : sequence of str or None
        Why each offer could not be chosen, in the order of the customer's slots.
    preferred : int
        The option that the customer preferred: 0 nothing, n the n-th offer.
    choice : int
        The option that it took; it differs from `preferred` where the choice was put off.

    Returns
    -------
    list of str
        Of doing nothing, then of each offer: names of `REASONS`.
    """
    if choice == 0:
        of_nothing = "chosen" if preferred == 0 else "put_off"
    else:
        of_nothing = "better_offer"
    said = [of_nothing]
    for option, refusal_of in enumerate(refused, 1):
        if refusal_of is not None:
            said.append(refusal_of)
        elif option == choice:
            said.append("chosen")
        elif option == preferred:
            said.append("indecision")
        else:
            said.append("status_quo_preferred" if preferred == 0 else "better_offer")
    return said


def whole_reason(outcome: int, said: Sequence[str], fits: Sequence[float]) -> str:
    """Put a cycle's whole choice into one word.

    Parameters
    ----------
    outcome : int
        Code of the state column `outcome`.
    said : sequence of str
        As `reasons` gives it.
    fits : sequence of float
        Fit of each offer, in the order of the slots.

    Returns
    -------
    str
        ``"kept"``, ``"broken"``, ``"indecision"``; where nothing was preferred
        ``"status_quo_preferred"`` if there was an acceptable offer, else why the best fitting offer
        was refused; ``"not_offered"`` if there was none.
    """
    if outcome != STATUS_QUO:
        return OUTCOMES[outcome]
    offers = said[1:]
    if any(reason not in REFUSALS for reason in offers):
        return "status_quo_preferred"
    made = [slot for slot, reason in enumerate(offers) if reason != "not_offered"]
    return offers[max(made, key=lambda slot: fits[slot])] if made else "not_offered"
