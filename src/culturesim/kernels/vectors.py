"""Small sums over rows, in a fixed order."""

from __future__ import annotations

import math
from typing import Any

from culturesim.kernels.jit import compiled


@compiled
def dot(a: Any, b: Any) -> float:
    """Sum of products of two rows."""
    total = 0.0
    for d in range(a.shape[0]):
        total += a[d] * b[d]
    return total


@compiled
def cosine(a: Any, b: Any) -> float:
    """Cosine of the angle between two rows: 1 where they point the same way."""
    return dot(a, b) / math.sqrt(dot(a, a) * dot(b, b))


@compiled
def softmax_inplace(row: Any) -> None:
    """Turn log weights into shares that sum to 1; the greatest is subtracted first."""
    top = row[0]
    for d in range(1, row.shape[0]):
        top = max(top, row[d])
    total = 0.0
    for d in range(row.shape[0]):
        row[d] = math.exp(row[d] - top)
        total += row[d]
    for d in range(row.shape[0]):
        row[d] /= total
