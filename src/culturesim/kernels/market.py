"""What customers of one segment care about, and who meets whom."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from culturesim.kernels.jit import compiled, compiled_with_memory


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


@compiled_with_memory
def everybodys_care(log_care: Any, segment: Any, own: Any, care: Any) -> None:
    """Care of every customer: softmax of the segment's log-care plus the customer's own offset.

    Parameters
    ----------
    log_care : array of float, shape (S, D)
    segment : array of int, shape (C,)
        Each customer's segment.
    own : array of float, shape (C, D)
        Exponential of each customer's offset: taken once, since it never changes.
    care : array of float, shape (C, D)
        Written: weights that sum to 1 in each row.
    """
    factor = np.empty(log_care.shape)
    segment_factors(log_care, factor)
    some_care(factor, segment, own, care, 0, care.shape[0])


@compiled
def segment_factors(log_care: Any, factor: Any) -> None:
    """`segment_factor` of every segment: both arrays of shape (S, D)."""
    for s in range(log_care.shape[0]):
        segment_factor(log_care[s], factor[s])


@compiled
def some_care(factor: Any, segment: Any, own: Any, care: Any, first: int, last: int) -> None:
    """Care of customers `first` to ``last - 1``, from the factors of segments and their own."""
    for i in range(first, last):
        theirs, offset, weight = factor[segment[i]], own[i], care[i]
        total = 0.0
        for d in range(weight.shape[0]):
            total += theirs[d] * offset[d]
        scale = 1.0 / total
        for d in range(weight.shape[0]):
            weight[d] = theirs[d] * offset[d] * scale


@compiled
def add_rows(rows: Any, members: Any, first: int, last: int, out: Any) -> None:
    """Add the rows listed in ``members[first : last]`` to a row, one after another.

    Parameters
    ----------
    rows : array of float, shape (n, D)
    members : array of int
        Row numbers.
    first, last : int
        Where the list begins in `members`, and the place after its end.
    out : array of float, shape (D,)
        Changed.

    Notes
    -----
    Four rows at a time: the order of the sum stays, and the memory is spared.
    """
    fours = first + (last - first) // 4 * 4
    for m in range(first, fours, 4):
        a, b, c, e = members[m], members[m + 1], members[m + 2], members[m + 3]
        for d in range(out.shape[0]):
            out[d] = (((out[d] + rows[a, d]) + rows[b, d]) + rows[c, d]) + rows[e, d]
    for m in range(fours, last):
        for d in range(out.shape[0]):
            out[d] += rows[members[m], d]


@compiled
def mean_rows(rows: Any, members: Any, first: int, size: int, out: Any) -> None:
    """Mean of the rows listed in ``members[first : first + size]``; 0 for none.

    Parameters
    ----------
    rows : array of float, shape (n, D)
    members : array of int
        Row numbers.
    first, size : int
        Where the list begins in `members`, and how long it is.
    out : array of float, shape (D,)
        Written.
    """
    for d in range(out.shape[0]):
        out[d] = 0.0
    add_rows(rows, members, first, first + size, out)
    if size > 0:
        for d in range(out.shape[0]):
            out[d] /= size
