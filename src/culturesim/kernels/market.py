"""What customers care about, and what those care about who are in reach of a team."""

from __future__ import annotations

import math
from typing import Any

from culturesim.kernels.blocks import add_blocks
from culturesim.kernels.jit import compiled


@compiled
def segment_factor(log_care: Any, factor: Any) -> None:
    """Exponential of a segment's log-care, the greatest taken as 1.

    Parameters
    ----------
    log_care : array of float, shape (D,)
    factor : array of float, shape (D,)
        Written.
    """
    top = log_care[0]
    for d in range(1, log_care.shape[0]):
        top = max(top, log_care[d])
    for d in range(log_care.shape[0]):
        factor[d] = math.exp(log_care[d] - top)


@compiled
def segment_factors(log_care: Any, factor: Any) -> None:
    """`segment_factor` of every segment: both arrays of shape (S, D)."""
    for s in range(log_care.shape[0]):
        segment_factor(log_care[s], factor[s])


@compiled
def everybodys_care(
    factor: Any, segment: Any, own: Any, considered: Any, care: Any, sums: Any
) -> None:
    """Care of every customer, and its sum over those in reach of each team.

    The care is the softmax of the segment's log-care plus the customer's own offset.

    Parameters
    ----------
    factor : array of float, shape (S, D)
        Exponential of each segment's log-care.
    segment : array of int, shape (C,)
        Each customer's segment.
    own : array of float, shape (C, D)
        Exponential of each customer's offset: taken once, since it never changes.
    considered : array of int, shape (C, K)
        Teams that each customer considers; negative where there is none.
    care : array of float, shape (C, D)
        Written: weights that sum to 1 in each row.
    sums : array of float, shape (T, D)
        Written: the sums, each in the order of the customers.
    """
    for j in range(sums.shape[0]):
        for d in range(sums.shape[1]):
            sums[j, d] = 0.0
    for i in range(care.shape[0]):
        theirs, offset, weight = factor[segment[i]], own[i], care[i]
        total = 0.0
        for d in range(weight.shape[0]):
            total += theirs[d] * offset[d]
        scale = 1.0 / total
        for d in range(weight.shape[0]):
            weight[d] = theirs[d] * offset[d] * scale
        for slot in range(considered.shape[1]):
            j = considered[i, slot]
            if j >= 0:
                for d in range(weight.shape[0]):
                    sums[j, d] += weight[d]


@compiled
def mean_care(parts: Any, size: Any, out: Any) -> None:
    """Mean care of those in reach of each team, from the sums of all blocks.

    Parameters
    ----------
    parts : array of float, shape (B, T, D)
        Sums by block; the first is overwritten.
    size : array of int, shape (T,)
        Number of those in reach of each team.
    out : array of float, shape (T, D)
        Written; 0 where nobody is in reach.
    """
    add_blocks(parts)
    for j in range(out.shape[0]):
        for d in range(out.shape[1]):
            out[j, d] = parts[0, j, d] / size[j] if size[j] > 0 else 0.0
