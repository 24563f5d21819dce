"""Assess and commit as one would write them in numpy: no loop over customers, nothing clever."""

from __future__ import annotations

from typing import Any

import numpy as np


def assess_and_commit(customers: Any, teams: Any, traits: Any, luck: Any) -> Any:
    """Choice of every customer of one segment; `luck` holds two uniforms for each."""
    fit = np.einsum("id,ikd->ik", customers.care, teams.offer[customers.considered])
    price = teams.record["price"][customers.considered]
    worth = customers.worth[:, None] * fit * customers.trust - price
    unacceptable = (fit < customers.standard[:, None]) | (price > customers.budget[:, None])
    worth[unacceptable] = -np.inf
    nothing = customers.worth * customers.status_quo
    assessment = np.concatenate([nothing[:, None], worth], axis=1)
    everybody = np.arange(len(nothing))
    assessment[everybody, customers.choice] += traits["switching_cost"]
    odds = np.exp((assessment - assessment.max(axis=1, keepdims=True)) / traits["choice_noise"])
    running = odds.cumsum(axis=1)
    choice = (running <= luck[:, :1] * running[:, -1:]).sum(axis=1)
    trust = customers.trust[everybody, np.maximum(choice - 1, 0)]
    put_off = luck[:, 1] < 1.0 - np.exp(-traits["indecision"] * (1.0 - trust))
    return np.where(put_off, 0, choice)
