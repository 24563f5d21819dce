"""Slow and obvious twins of what the kernels compute, from textbooks and other libraries."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import expit, ndtri

Floats = npt.NDArray[np.float64]

WORD = 2**64


def words(seed: int, stream: int, draw: int, entity: int, cycle: int) -> tuple[int, ...]:
    """Four words at one address, from numpy, which increments its counter before the first."""
    counter = (int(draw) + int(entity) * WORD + int(cycle) * WORD**2 - 1) % WORD**4
    generator = np.random.Philox(
        key=np.array([seed, stream], np.uint64),
        counter=np.array([counter // WORD**n % WORD for n in range(4)], np.uint64),
    )
    return tuple(int(word) for word in generator.random_raw(4))


def uniform_of(word: int) -> float:
    return ((word >> 11) + 0.5) / 2.0**53


def uniforms(seed: int, stream: int, cycle: int, entity: int, draw: int) -> list[float]:
    return [uniform_of(word) for word in words(seed, stream, draw, entity, cycle)]


def normals_of(values: Sequence[float]) -> Floats:
    return np.array(ndtri(values), np.float64)


def normals(seed: int, stream: int, cycle: int, entity: int, first: int, count: int) -> Floats:
    """`count` standard normals: the n-th from word n % 4 of draw first + n // 4."""
    values = [uniforms(seed, stream, cycle, entity, first + n // 4)[n % 4] for n in range(count)]
    return normals_of(values)


def softmax(logs: npt.ArrayLike) -> Floats:
    powers = np.exp(np.asarray(logs, np.float64))
    return np.array(powers / powers.sum())


def logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


def level_by_sorting(heights: Sequence[float] | Floats, total: float) -> float:
    """Level above which `heights` add up to `total`: try the highest one, two, three ..."""
    descending = sorted((float(h) for h in heights), reverse=True)
    for n in range(1, len(descending) + 1):
        level = (math.fsum(descending[:n]) - total) / n
        if n == len(descending) or level >= descending[n]:
            return level
    raise AssertionError("unreachable")


def best_plan(weight: Sequence[float] | Floats, total: float, saturation: float) -> Floats:
    """Shares of water-filling; a stock of nothing is all on the first of the best."""
    heights = np.log(np.asarray(weight, np.float64))
    if total <= 0.0:
        return np.array(np.eye(len(heights))[int(np.argmax(heights))])
    filled = np.maximum(0.0, heights - level_by_sorting(heights, total / saturation))
    return np.array(filled / filled.sum())


def fit_of(weight: Sequence[float] | Floats, stocks: Floats, saturation: float) -> float:
    return float(np.asarray(weight) @ (1.0 - np.exp(-stocks / saturation)))


def least_stock(weight: Sequence[float] | Floats, fit: float, saturation: float) -> float:
    """Smallest stock that reaches a fit: with the best n concerns filled, for the right n."""
    descending = sorted((float(w) for w in weight), reverse=True)
    level = level_by_sorting(descending, fit)
    return saturation * math.fsum(math.log(w / level) for w in descending if w > level)


def conformity(shown: float, exponent: float) -> float:
    """Share whose odds are those of what is shown, to a power."""
    if shown in (0.0, 1.0):
        return shown
    return float(expit(exponent * (math.log(shown) - math.log1p(-shown))))


def attraction(value: float, mean: float, bias: float) -> float:
    return float(math.e ** (bias * math.tanh(2.0 * (value - mean) / (1.0 + abs(mean)))))


def satisfaction(value: float, aspiration: float) -> float:
    return float(1.0 - 2.0 * expit(-2.0 * (value - aspiration) / (0.5 + 0.3 * abs(aspiration))))


def reinforced(culture: float, satisfied: float, second: bool, rate: float) -> float:
    """Culture after a linear step towards the stance taken, or away from it."""
    aim = 1.0 if second == (satisfied > 0.0) else 0.0
    return culture + rate * abs(satisfied) * (aim - culture)
