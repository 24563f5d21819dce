"""Draws by address: a number is a pure function of where it is used, not of what came before.

The address is (seed, stream, cycle, entity, draw). Each draw number gives four words; a row of
values takes them in order, four to a draw.
"""

from __future__ import annotations

from typing import Any

from culturesim.kernels.jit import compiled
from culturesim.kernels.normal import normal_quantile
from culturesim.kernels.philox import philox

WORDS = 4  # in one draw
BELOW_ONE = 1.0 - 2.0**-53


@compiled
def to_uniform(word: Any) -> float:
    """Turn a word into a uniform strictly between 0 and 1, from its upper 53 bits.

    The largest word of all would round to 1, where inverse distributions are infinite.
    """
    return float(min(((word >> 11) + 0.5) * 2.0**-53, BELOW_ONE))


@compiled
def uniform(seed: Any, stream: Any, cycle: Any, entity: Any, draw: Any) -> float:
    """Uniform strictly between 0 and 1: the first word of a draw."""
    return to_uniform(philox(seed, stream, draw, entity, cycle)[0])


@compiled
def uniforms(
    seed: Any, stream: Any, cycle: Any, entity: Any, draw: Any
) -> tuple[float, float, float, float]:
    """All four uniforms of a draw."""
    a, b, c, d = philox(seed, stream, draw, entity, cycle)
    return to_uniform(a), to_uniform(b), to_uniform(c), to_uniform(d)


@compiled
def standard_normal(seed: Any, stream: Any, cycle: Any, entity: Any, draw: Any) -> float:
    """Standard normal: the inverse distribution of the first uniform of a draw."""
    return normal_quantile(uniform(seed, stream, cycle, entity, draw))


@compiled
def fill_normals(out: Any, seed: Any, stream: Any, cycle: Any, entity: Any, first: Any) -> None:
    """Fill a row with standard normals, four from each draw beginning with draw `first`."""
    n = out.shape[0]
    for block in range((n + WORDS - 1) // WORDS):
        words = philox(seed, stream, first + block, entity, cycle)
        base = block * WORDS
        out[base] = normal_quantile(to_uniform(words[0]))
        if base + 1 < n:
            out[base + 1] = normal_quantile(to_uniform(words[1]))
        if base + 2 < n:
            out[base + 2] = normal_quantile(to_uniform(words[2]))
        if base + 3 < n:
            out[base + 3] = normal_quantile(to_uniform(words[3]))


@compiled
def round_at_random(x: float, u: float) -> int:
    """Round a non-negative number up or down so that the mean is the number itself."""
    return int(x + u)


@compiled
def index_below(n: int, u: float) -> int:
    """Turn a uniform into an index from 0 to ``n - 1``."""
    return min(int(u * n), n - 1)
