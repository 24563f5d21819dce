"""Philox4x64-10, the counter-based generator: four random words for every address.

Source
------
Salmon, Moraes, Dror & Shaw (2011), *Parallel random numbers: as easy as 1, 2, 3*: the bijection,
its constants and ten rounds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from culturesim.kernels.jit import INTERPRETED, compiled, compiled_in_place

Words = tuple[Any, Any, Any, Any]

# Every constant is at least 2**63, so that the compiler takes each for an unsigned word.
MULTIPLIER_0 = 0xD2E7470EE14C6C93
MULTIPLIER_1 = 0xCA5A826395121157
WEYL_0 = 0x9E3779B97F4A7C15
WEYL_1 = 0xBB67AE8584CAA73B
MASK = 0xFFFFFFFFFFFFFFFF


if INTERPRETED:

    def word(value: Any) -> Any:
        """Read an integer as an unsigned 64-bit word."""
        return int(value) & MASK

    def multiply(a: Any, b: Any) -> tuple[Any, Any]:
        """Upper and lower 64 bits of the 128-bit product of two words."""
        return (a * b) >> 64, (a * b) & MASK

else:

    @compiled
    def word(value: Any) -> Any:
        """Read an integer as an unsigned 64-bit word."""
        return np.uint64(value)

    @intrinsic
    def multiply(typing_context: Any, a: Any, b: Any) -> Any:
        """Upper and lower 64 bits of the 128-bit product of two words: one machine instruction."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            wide = ir.IntType(128)
            x, y = (builder.zext(argument, wide) for argument in arguments)
            product = builder.mul(x, y)
            high = builder.lshr(product, ir.Constant(wide, 64))
            halves = [builder.trunc(half, ir.IntType(64)) for half in (high, product)]
            return context.make_tuple(builder, signature.return_type, halves)

        return types.UniTuple(types.uint64, 2)(types.uint64, types.uint64), generate


@compiled_in_place
def philox(seed: Any, stream: Any, draw: Any, entity: Any, cycle: Any) -> Words:
    """Give the four words at one address.

    Parameters
    ----------
    seed, stream : int
        The key, each an unsigned 64-bit word.
    draw, entity, cycle : int
        The counter, least significant word first; its fourth word is 0.

    Returns
    -------
    tuple of four unsigned 64-bit words

    Source
    ------
    Salmon et al. (2011), section 3.3: the bijection and ten rounds.
    """
    k0, k1 = word(seed), word(stream)
    c0, c1, c2, c3 = word(draw), word(entity), word(cycle), word(0)
    for _ in range(10):
        high_0, low_0 = multiply(MULTIPLIER_0, c0)
        high_1, low_1 = multiply(MULTIPLIER_1, c2)
        c0, c1, c2, c3 = high_1 ^ c1 ^ k0, low_1, high_0 ^ c3 ^ k1, low_0
        k0 = (k0 + WEYL_0) & MASK
        k1 = (k1 + WEYL_1) & MASK
    return c0, c1, c2, c3
