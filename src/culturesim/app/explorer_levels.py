"""The levels of a slider, where its user names none: what a parameter may be, in steps."""

from __future__ import annotations

import math

WIDE = 20.0  # a range that ends above this is open: nobody wants to see all of it
STEPS = 50  # of a range that is taken whole, about
MOST_WHOLE = 200  # whole numbers that are stepped through one by one
DECADE = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
DIGITS = 12  # of a level that is computed: 0.3, not 0.30000000000000004

Levels = tuple[float, ...]


def usual_levels(limits: str, whole: bool, value: float) -> Levels:
    """Levels between the limits of the schema, or around a value where those are open.

    A range that ends at 20 or below is taken whole, in about 50 steps. Any other goes from a tenth
    of the value to ten times the value, in steps of about a fifth, or one by one where those are no
    more than 200 whole numbers; 0 and ``inf`` are added where they are allowed and mean different
    things.

    Parameters
    ----------
    limits : str
        As ``"[0, 1]"`` or ``"(0, inf]"``; the lower one is finite.
    whole : bool
        Whether only whole numbers are allowed.
    value : float
        What to look around: above 0 and finite, or anything where the range is taken whole.

    Returns
    -------
    tuple of float
        Rising; whole numbers are of type int.

    Examples
    --------
    >>> usual_levels("(0, 1]", False, 0.5)[:3]
    (0.02, 0.04, 0.06)
    >>> usual_levels("[0, inf]", False, 240)[-2:]
    (2400.0, inf)
    """
    low, high = limits_of(limits)
    closed = limits.startswith("[")
    if high <= WIDE:
        return span(low, high, whole, closed)
    return _around(low, high, whole, value, closed)


def limits_of(limits: str) -> tuple[float, float]:
    """Both ends of a range that is written as in the schema."""
    low, high = (float(end) for end in limits[1:-1].split(","))
    return low, high


def span(low: float, high: float, whole: bool, closed: bool = True) -> Levels:
    """Levels in even steps of 1, 2 or 5 parts of ten, from low to high.

    Parameters
    ----------
    low, high : float
        Finite.
    whole : bool
        Whether only whole numbers are allowed.
    closed : bool
        Whether `low` itself is a level.

    Returns
    -------
    tuple of float

    Examples
    --------
    >>> span(1, 4, True)
    (1, 2, 3, 4)
    """
    if whole and high - low <= MOST_WHOLE:
        return tuple(range(math.ceil(low), math.floor(high) + 1))
    step = _round_step((high - low) / STEPS)
    if whole:
        step = max(1.0, step)
    first = math.floor(low / step) + 1
    inner = [_tidy(n * step) for n in range(first, math.ceil(high / step))]
    ends = [low, *inner, high] if closed else [*inner, high]
    return tuple(int(level) for level in ends) if whole else tuple(map(float, ends))


def _around(low: float, high: float, whole: bool, value: float, closed: bool) -> Levels:
    least, most = max(low, value / 10.0), min(high, value * 10.0)
    if whole:
        least = max(least, 1.0)
        if most - least <= MOST_WHOLE:
            numbers: Levels = tuple(range(math.ceil(least), math.floor(most) + 1))
        else:
            numbers = tuple(dict.fromkeys(round(level) for level in _decades(least, most)))
    else:
        numbers = _decades(least, most)
    if closed and low == 0.0 and math.isfinite(high):  # elsewhere 0 means what inf means: never
        numbers = ((0,) if whole else (0.0,)) + numbers
    return (*numbers, math.inf) if high == math.inf else numbers


def _decades(least: float, most: float) -> Levels:
    powers = range(math.floor(math.log10(least)) - 1, math.ceil(math.log10(most)) + 1)
    every = [_tidy(part * 10.0**power) for power in powers for part in DECADE]
    slack = 1e-9
    return tuple(level for level in every if least * (1 - slack) <= level <= most * (1 + slack))


def _round_step(step: float) -> float:
    power = 10.0 ** math.floor(math.log10(step))
    return next(part * power for part in (1.0, 2.0, 5.0, 10.0) if part * power >= step * 0.999)


def _tidy(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
