"""The exponential of numbers that are not above 0: odds, discounts, what is still lacking.

The library's exponential takes one number at a time, and its last digit depends on the machine.
This one is a polynomial of plain multiplications and additions in a fixed order: a loop over it is
compiled to work on several numbers at once, and every machine finds the same bits.

Source
------
Cody & Waite (1980), *Software manual for the elementary functions*, chapter 6: the reduction of the
argument in two parts. Tang (1989), *Table-driven implementation of the exponential function*: its
error.
"""

from __future__ import annotations

import math
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from culturesim.kernels.jit import INTERPRETED, compiled

LEAST = -708.0  # below it the result would leave the normal numbers: it is 0
PER_LN_2 = 1.4426950408889634
# ln 2 in two parts: the first has so few digits that its multiples are exact.
LN_2_HIGH = 6.93147180369123816490e-01
LN_2_LOW = 1.90821492927058770002e-10
ROUNDING = 1.5 * 2.0**52  # added to a number, it leaves the nearest whole one in the last digits
# Taylor's coefficients 1/2! to 1/13!: within half of ln 2 the rest is below 1/25 of the last digit.
C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13 = (1 / math.factorial(n) for n in range(2, 14))

if INTERPRETED:

    def times_power(x: float, shifted: float) -> float:
        """Multiply by two to the power that `ROUNDING` was added to."""
        return math.ldexp(x, int(shifted - ROUNDING))

else:

    @intrinsic
    def times_power(typing_context: Any, x: Any, shifted: Any) -> Any:
        """Multiply by two to the power that `ROUNDING` was added to: into the exponent's bits."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            word = ir.IntType(64)
            bits, power = (builder.bitcast(argument, word) for argument in arguments)
            power = builder.shl(power, ir.Constant(word, 52))
            return builder.bitcast(builder.add(bits, power), ir.DoubleType())

        return types.float64(types.float64, types.float64), generate


@compiled
def exponential(x: float) -> float:
    """``exp(x)`` for x not above 0.

    Parameters
    ----------
    x : float
        Not above 0; minus infinity is allowed.

    Returns
    -------
    float
        From 0 to 1, with an error below one unit of the last digit; 0 below -708, 1 at 0.
    """
    within = max(x, LEAST)
    shifted = within * PER_LN_2 + ROUNDING
    power = shifted - ROUNDING
    r = (within - power * LN_2_HIGH) - power * LN_2_LOW
    p = C13
    p = p * r + C12
    p = p * r + C11
    p = p * r + C10
    p = p * r + C9
    p = p * r + C8
    p = p * r + C7
    p = p * r + C6
    p = p * r + C5
    p = p * r + C4
    p = p * r + C3
    p = p * r + C2
    result = times_power(1.0 + (r + r * r * p), shifted)
    return result if x >= LEAST else 0.0


@compiled
def exponentials(row: Any) -> None:
    """Replace every number of a row, none of them above 0, by its `exponential`."""
    for n in range(row.shape[0]):
        row[n] = exponential(row[n])
