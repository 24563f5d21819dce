"""Words for how many, how long and how large."""

from __future__ import annotations

import math


def time_words(seconds: float) -> str:
    """Write how long something takes.

    Parameters
    ----------
    seconds : float

    Returns
    -------
    str

    Examples
    --------
    >>> time_words(12.2), time_words(700), time_words(9000)
    ('13 s', '12 min', '2.5 h')
    """
    if seconds < 90:
        return f"{max(1, math.ceil(seconds))} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def count_words(number: int, what: str) -> str:
    """Write a number of things.

    Examples
    --------
    >>> count_words(1, "run"), count_words(1200, "run")
    ('1 run', '1,200 runs')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def size_words(number: int) -> str:
    """Write a number of bytes.

    Examples
    --------
    >>> size_words(1_500_000)
    '1.5 MB'
    """
    return f"{number / 1e6:,.1f} MB" if number < 1e9 else f"{number / 1e9:,.1f} GB"
