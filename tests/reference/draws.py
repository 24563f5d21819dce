"""Random numbers by address, from numpy's Philox and scipy's inverse normal."""

from __future__ import annotations

import random
from functools import lru_cache

from numpy.random import Philox
from scipy.special import ndtri

# Numbers of the streams, copied by hand from docs/notation.md.
SEGMENT_CARE, CUSTOMER_CARE, CUSTOMER_TRAITS, CONSIDERATION, PRIOR, NETWORK = 1, 2, 3, 4, 5, 6
DRIFT, SHOCK = 10, 11
STANCE, TARGET = 20, 21
TALKS, TALK_SAMPLE, TALK_NOISE = 30, 31, 32
TRIALS, TRIAL_SAMPLE = 40, 41
CHOICE = 50
PROMISE, FEEDBACK, FEEDBACK_NOISE = 60, 61, 62

WORDS_A_DRAW = 4
ADDRESSES = 2**256
GREATEST = 1.0 - 2.0**-53


@lru_cache(maxsize=300_000)
def _words(
    seed: int, stream: int, cycle: int, entity: int, draw: int, number: int
) -> tuple[int, ...]:
    address = draw + (entity << 64) + (cycle << 128)
    generator = Philox(key=seed + (stream << 64), counter=(address - 1) % ADDRESSES)
    return tuple(generator.random_raw(number).tolist())


def draws_for(number: int) -> int:
    """How many draws hold so many words."""
    return -(-number // WORDS_A_DRAW)


class Luck:
    """All random numbers of one run."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def uniforms(
        self, stream: int, cycle: int, entity: int, number: int, draw: int = 0
    ) -> list[float]:
        """The first `number` uniforms from a draw on."""
        words = _words(self.seed, stream, cycle, entity, draw, number)
        return [min(((word >> 11) + 0.5) * 2.0**-53, GREATEST) for word in words]

    def uniform(self, stream: int, cycle: int, entity: int, draw: int = 0) -> float:
        """The uniform of word 0."""
        return self.uniforms(stream, cycle, entity, 1, draw)[0]

    def normals(
        self, stream: int, cycle: int, entity: int, number: int, draw: int = 0
    ) -> list[float]:
        """The first `number` normals from a draw on."""
        return [float(ndtri(u)) for u in self.uniforms(stream, cycle, entity, number, draw)]


class NetworkLuck(random.Random):
    """What networkx draws from: the n-th number is word 0 of draw n.

    As `random` is replaced and `getrandbits` is not, Python makes every choice from `random`.
    """

    def __init__(self, luck: Luck, organization: int) -> None:
        self._luck, self._organization, self._draw = luck, organization, 0
        super().__init__(0)

    def random(self) -> float:
        number = self._luck.uniform(NETWORK, 0, self._organization, self._draw)
        self._draw += 1
        return number
