"""How cultures spread where organizations copy those that do better: shares of a population."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias, get_args

import numpy as np

from culturesim.errors import ArgumentError, nearest
from culturesim.state.parameters import Floats

Dynamics: TypeAlias = Literal["fermi", "replicator"]

STEPS = 100
SELECTION = (
    10.0  # who earns a tenth of a unit more is copied with 73 %, who earns the same with half
)
PIECE = 0.1  # a step is cut into pieces in which log-shares move by about this much at most
MOST_PIECES = 2000  # of a step


def unit_of(payoffs: Floats) -> float:
    """The payoff that counts as one: the mean size of those that contestants have alone.

    Parameters
    ----------
    payoffs : array of float, shape (n, n)
        Row: whose; column: against whom; diagonal: alone.

    Returns
    -------
    float
        Above 0: the mean size of all payoffs if all are 0 alone, and 1 if all are 0.
    """
    alone = float(np.abs(np.diagonal(payoffs)).mean())
    return alone or float(np.abs(payoffs).mean()) or 1.0


def shares_path(
    payoffs: Floats,
    start: Floats,
    steps: int = STEPS,
    dynamics: Dynamics = "fermi",
    selection: float = SELECTION,
    unit: float = 1.0,
) -> Floats:
    """Follow the shares of a large population in which organizations imitate one another.

    Parameters
    ----------
    payoffs : array of float, shape (n, n)
        M: what the row's kind earns against the column's.
    start : array of float, shape (n,)
        Shares at first, which sum to 1. Who has none gets none.
    steps : int
        In one step every organization looks at one other, on average.
    dynamics : {"fermi", "replicator"}
    selection : float
        How strongly payoffs decide whom to copy: per unit of payoff.
    unit : float
        Payoff that counts as one.

    Returns
    -------
    array of float, shape (steps + 1, n)
        Each row sums to 1.

    Raises
    ------
    ArgumentError
        If `selection` is so strong that a step would have to be cut into too many pieces.

    Notes
    -----
    With pi = M x / unit, and b = selection::

        fermi:      dx_i/dt = x_i sum_j x_j tanh(b (pi_i - pi_j) / 2)
        replicator: dx_i/dt = x_i (b / 2) (pi_i - sum_j x_j pi_j)

    Under pairwise Fermi imitation one organization looks at another and takes over its culture with
    probability 1 / (1 + exp(-b (pi_other - pi_own))); the first line is its mean, of a population
    without end. The second is the first where payoffs differ little.

    Solved in log-shares, so that no share can fall below 0, by the classical explicit Runge-Kutta
    rule in small pieces.

    Source
    ------
    Traulsen, Nowak & Pacheco (2006), *Stochastic dynamics of invasion and fixation*, and Szabo &
    Toke (1998), *Evolutionary prisoner's dilemma game on a square lattice*: Fermi imitation.
    Taylor & Jonker (1978), *Evolutionary stable strategies and game dynamics*: the replicator
    equation. The unit, the strength and the length of a step are assumed.

    Examples
    --------
    >>> import numpy as np
    >>> path = shares_path(np.array([[2.0, 2.0], [1.0, 1.0]]), np.array([0.5, 0.5]))
    >>> bool(path[-1, 0] > 0.99)
    True
    """
    scaled = np.asarray(payoffs, float) / unit
    rate: dict[str, Callable[[Floats], Floats]] = {
        "fermi": lambda x: _fermi(scaled, selection, x),
        "replicator": lambda x: _replicator(scaled, selection, x),
    }
    growth = rate[dynamics]
    fastest = 0.5 * selection * float(np.ptp(scaled))
    pieces = max(1, math.ceil(fastest / PIECE))
    if pieces > MOST_PIECES:
        raise ArgumentError(
            "is too strong for these payoffs",
            key="selection",
            found=f"{selection:g}",
            allowed=f"0 to {selection * MOST_PIECES / pieces:.3g}",
            hint='dynamics="fermi" with a strength of 10 copies nearly always whoever does better',
        )
    length = 1.0 / pieces
    path = np.empty((steps + 1, len(start)))
    path[0] = start
    with np.errstate(divide="ignore"):
        logs = np.log(np.asarray(start, float))  # of an absent kind: minus infinity, for ever
    for step in range(steps):
        for _ in range(pieces):
            first = growth(_shares(logs))
            second = growth(_shares(logs + 0.5 * length * first))
            third = growth(_shares(logs + 0.5 * length * second))
            fourth = growth(_shares(logs + length * third))
            logs = logs + length / 6.0 * (first + 2.0 * second + 2.0 * third + fourth)
            logs -= logs.max()
        path[step + 1] = _shares(logs)
    return path


def _shares(logs: Floats) -> Floats:
    weights = np.exp(logs - logs.max())
    shares: Floats = weights / weights.sum()
    return shares


def _fermi(payoffs: Floats, selection: float, x: Floats) -> Floats:
    pay = payoffs @ x
    growth: Floats = np.tanh(0.5 * selection * (pay[:, None] - pay[None, :])) @ x
    return growth


def _replicator(payoffs: Floats, selection: float, x: Floats) -> Floats:
    pay = payoffs @ x
    growth: Floats = 0.5 * selection * (pay - x @ pay)
    return growth


def check_dynamics(dynamics: str) -> Dynamics:
    """Give back the name of a dynamics, or say which there are.

    Raises
    ------
    ArgumentError
        If there is none of that name.
    """
    for name in get_args(Dynamics):
        if dynamics == name:
            return name  # type: ignore[no-any-return]  # get_args is not typed
    allowed = get_args(Dynamics)
    raise ArgumentError(
        "does not exist",
        key=f"dynamics {dynamics}",
        allowed=allowed,
        nearest=nearest(str(dynamics), allowed),
    )


def check_start(start: Mapping[str, float] | None, names: tuple[str, ...]) -> Floats:
    """Give shares at the start, in the order of `names`: equal ones if none are given.

    Parameters
    ----------
    start : mapping of str to float, or None
        Parts, 0 or more, relative to one another; who is not named has none.
    names : tuple of str

    Returns
    -------
    array of float, shape (n,)
        They sum to 1.

    Raises
    ------
    ArgumentError
        If a name does not exist, or the parts are no shares.
    """
    if start is None:
        return np.full(len(names), 1.0 / len(names))
    for name in start:
        if name not in names:
            raise ArgumentError(
                "is no contestant", key=str(name), allowed=names, nearest=nearest(str(name), names)
            )
    try:
        parts = np.array([float(start.get(name, 0.0)) for name in names])
    except (TypeError, ValueError):
        parts = np.array([math.nan])
    if not (np.isfinite(parts).all() and (parts >= 0.0).all() and parts.sum() > 0.0):
        raise ArgumentError(
            "are no shares", key="start", found=str(dict(start)), allowed="0 or more, not all 0"
        )
    shares: Floats = parts / parts.sum()
    return shares


def check_strength(key: str, value: float) -> float:
    """Give back a finite number above 0, or say that it has to be one.

    Raises
    ------
    ArgumentError
        If it is not.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not (math.isfinite(number) and number > 0.0):
        raise ArgumentError("is out of range", key=key, found=repr(value), allowed="above 0")
    return number
