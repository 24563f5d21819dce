"""Blocks of rows: sums that do not depend on who made their parts, or when."""

from __future__ import annotations

from typing import Any

from culturesim.kernels.jit import compiled


@compiled
def first_row(block: int, blocks: int, rows: int) -> int:
    """Row at which a block begins, of `blocks` that share the rows evenly.

    Parameters
    ----------
    block : int
        From 0; with `blocks` itself the result is the number of rows.
    blocks, rows : int

    Returns
    -------
    int
    """
    return block * rows // blocks


@compiled
def add_blocks(parts: Any) -> None:
    """Add to the sums of the first block those of all others, one after another.

    Parameters
    ----------
    parts : array of float, shape (B, n, m)
        The first block is changed.

    Notes
    -----
    Of one block the sums are left as they are, to the last bit.
    """
    for block in range(1, parts.shape[0]):
        for row in range(parts.shape[1]):
            for column in range(parts.shape[2]):
                parts[0, row, column] += parts[block, row, column]
