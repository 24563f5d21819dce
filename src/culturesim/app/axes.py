"""The map's axes: care in many dimensions, seen in two that stay the same through a run."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from culturesim.model.engine import Setup
from culturesim.state.parameters import Floats

LOOKS = 13  # times at which customers are looked at to choose the axes
MARGIN = 0.12  # of the map, around everybody


class Axes(NamedTuple):
    """Two directions in the space of care, and the frame of the map.

    ``center`` has shape (D,), ``directions`` (2, D), ``extent`` is x and y, low and high.
    """

    center: Floats
    directions: Floats
    extent: tuple[float, float, float, float]

    def place(self, shares: Floats) -> Floats:
        """Where weights of concerns lie on the map.

        Parameters
        ----------
        shares : array of float, shape (n, D)
            Not negative; brought to a sum of 1 first, as care is. Of a row of zeros: the centre.

        Returns
        -------
        array of float, shape (n, 2)
        """
        total = shares.sum(axis=1, keepdims=True)
        normal = np.divide(
            shares, total, out=np.tile(self.center, (len(shares), 1)), where=total > 0.0
        )
        places: Floats = (normal - self.center) @ self.directions.T
        return places

    def place_offers(self, offer: Floats) -> Floats:
        """Where offers lie: at the care for which their effort would have been spent best.

        Parameters
        ----------
        offer : array of float, shape (n, D)
            Degree to which each concern is taken care of, 0 to 1.

        Returns
        -------
        array of float, shape (n, 2)
            An offer of nothing lies where all concerns weigh the same.

        Notes
        -----
        The best plan has the same marginal return in all concerns, ``m (1 - h)``, so that care
        is in proportion to ``1 / (1 - h)``.
        """
        return self.place(1.0 / np.maximum(1.0 - offer, 1e-9))


def choose_axes(care: Floats, belief: Floats) -> Axes:
    """Choose the map's axes.

    They are the two directions in which customers, over the whole run, and first beliefs differ
    most from what is cared about on average; so the map shows how far teams are from those whom
    they are meant for. Nothing goes into them that one culture does and another does not.

    Parameters
    ----------
    care : array of float, shape (times, C, D)
        What customers care about, at several times of a run.
    belief : array of float, shape (T, D)
        First beliefs of the teams.

    Returns
    -------
    Axes

    Source
    ------
    Principal component analysis (Pearson 1901), of customers and first beliefs with equal weight.
    """
    people = care.reshape(-1, care.shape[-1])
    teams = belief / belief.sum(axis=1, keepdims=True)
    center = people.mean(axis=0)
    spread = _scatter(people, center) + _scatter(teams, center)
    _, vectors = np.linalg.eigh(spread)
    directions = vectors[:, ::-1][:, :2].T.copy()
    for direction in directions:
        # A direction and its opposite are equally good: the greatest part is made positive.
        if direction[np.abs(direction).argmax()] < 0.0:
            direction *= -1.0
    axes = Axes(center, directions, (0.0, 0.0, 0.0, 0.0))
    points = np.concatenate([axes.place(people), axes.place(teams)])
    low, high = points.min(axis=0), points.max(axis=0)
    room = MARGIN * (high - low)
    (x_low, y_low), (x_high, y_high) = low - room, high + room
    return axes._replace(extent=(float(x_low), float(x_high), float(y_low), float(y_high)))


def axes_of(setup: Setup, seed: int) -> Axes:
    """Axes for a run: they are the same under any culture, as customers are.

    Parameters
    ----------
    setup : Setup
    seed : int
        Of the run.

    Returns
    -------
    Axes
    """
    state = setup.start(seed)
    belief = state.teams.belief.copy()
    records = setup.empty_records()
    every = max(1, setup.cycles // (LOOKS - 1))
    care = []
    for cycle in range(setup.cycles):
        setup.advance(seed, cycle, cycle + 1, state, records, (0, 1))  # only drift
        if cycle % every == 0:
            care.append(state.customers.care.copy())
    return choose_axes(np.array(care), belief)


def _scatter(points: Floats, center: Floats) -> Floats:
    apart = points - center
    found: Floats = apart.T @ apart / len(points)
    return found
