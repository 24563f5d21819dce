"""Room for what a phase works out on its way, and leaves to nobody but itself.

Sums over customers are made block by block, and the blocks added in their order: a sum does not
depend on who made its parts. A small market is one block.
"""

from __future__ import annotations

from typing import NamedTuple

from culturesim.state.parameters import Floats, Integers, Records

LEAST_BLOCK = 4096  # customers: in a smaller block there is little to do for one thread
MOST_BLOCKS = 32  # of a market: more would take more time to be added than to be made


class Delivered:
    """What became of the promises of one team to the customers of one block: one record each."""

    kept: int
    internal_kept: int
    value_created: float
    internal_value: float


class Room(NamedTuple):
    """Every phase writes what it reads of it, within one cycle."""

    factor: Floats  # (S, D): exponential of a segment's log-care
    care: Floats  # (B, T, D): sum of the care of those in reach of each team, by block
    takeup: Integers  # (B, S, T): commitments of each segment to each team, by block
    keeping: Floats  # (T,): probability that a promise is kept
    served: Integers  # (C,): those who committed, at the beginning of each block's rows
    delivered: Records  # Delivered, shape (B, T)
    heard: Floats  # (B, T, D): sum of the care of those to whom a promise was kept, by block
    committed: Floats  # (B, T, D): sum of the care of those who committed, by block
    outcomes: Integers  # (B, 2): who preferred to do nothing, and who put off a choice, by block
    trust: Floats  # (B, O): sum of the trust in the teams of each organization, by block
    signal: Floats  # (D,): what one team hears
    noise: Floats  # (D,): luck of one team or segment


def number_of_blocks(customers: int) -> int:
    """Number of blocks of a market: it depends on the number of customers alone."""
    return min(MOST_BLOCKS, max(1, -(-customers // LEAST_BLOCK)))
