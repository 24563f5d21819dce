"""Blocks of rows: they share the rows evenly, and their sums are added in order."""

from __future__ import annotations

import numpy as np
import pytest

from culturesim.kernels.blocks import add_blocks, first_row


@pytest.mark.parametrize(("blocks", "rows"), [(1, 1), (1, 300), (3, 3), (7, 60), (32, 1_000_000)])
def test_blocks_share_the_rows_evenly(blocks: int, rows: int) -> None:
    bounds = [first_row(block, blocks, rows) for block in range(blocks + 1)]
    assert bounds[0] == 0
    assert bounds[-1] == rows
    sizes = np.diff(bounds)
    assert sizes.min() >= 1
    assert sizes.max() - sizes.min() <= 1


def test_sums_are_added_in_the_order_of_the_blocks() -> None:
    """Where the order matters: what is small is lost beside what is great."""
    parts = np.array([[[1e16, 1.0]], [[1.0, 1.0]], [[-1e16, 1e16]], [[1.0, -1e16]]])
    add_blocks(parts)
    assert parts[0].tolist() == [[1.0, 2.0]]
    assert parts[1].tolist() == [[1.0, 1.0]]


def test_one_block_is_left_as_it_is() -> None:
    parts = np.array([[[-0.0, 0.1]]])
    before = parts.tobytes()
    add_blocks(parts)
    assert parts.tobytes() == before
