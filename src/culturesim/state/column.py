"""What is said of each column of the state."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Column(NamedTuple):
    """What a column is.

    Shape names: S segments, C customers, K offers considered at most, T teams, D concerns, A
    leadership actions, L links between teams, each counted from both ends. Writers are phases of
    the cycle, or ``populate``, which sets everything up.
    """

    shape: tuple[str, ...]
    unit: str
    writers: str
    meaning: str
    dtype: type = np.float64
