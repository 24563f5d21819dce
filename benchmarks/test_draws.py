"""A draw by address: what ten rounds of Philox cost."""

from __future__ import annotations

from typing import Any

from culturesim.kernels.jit import compiled
from culturesim.kernels.philox import philox
from culturesim.kernels.random import standard_normal, uniforms

DRAWS = 1_000_000


@compiled
def words(seed: int, n: int) -> int:
    total = 0
    for entity in range(n):
        total ^= int(philox(seed, 1, 0, entity, 0)[0] >> 1)
    return total


@compiled
def four_uniforms(seed: int, n: int) -> float:
    total = 0.0
    for entity in range(n):
        a, b, c, d = uniforms(seed, 1, 0, entity, 0)
        total += a + b + c + d
    return total


@compiled
def normals(seed: int, n: int) -> float:
    total = 0.0
    for entity in range(n):
        total += standard_normal(seed, 1, 0, entity, 0)
    return total


def timed(benchmark: Any, draw: Any) -> float:
    draw(0, 1)  # compiled before the clock starts
    result: float = benchmark(draw, 7, DRAWS)
    if benchmark.stats is not None:
        benchmark.extra_info["ns_per_draw"] = 1e9 * benchmark.stats.stats.median / DRAWS
    return result


def test_philox(benchmark: Any) -> None:
    assert timed(benchmark, words) != 0


def test_uniforms_of_a_draw(benchmark: Any) -> None:
    assert abs(timed(benchmark, four_uniforms) / (4 * DRAWS) - 0.5) < 0.01


def test_normal(benchmark: Any) -> None:
    assert abs(timed(benchmark, normals) / DRAWS) < 0.01
