"""Random words: bit for bit those of numpy's Philox at the same address."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from culturesim.kernels.philox import philox
from tests.kernels._twins import words

EXTREMES = (0, 1, 2**63, 2**64 - 1)


def ours(seed: int, stream: int, draw: int, entity: int, cycle: int) -> tuple[int, ...]:
    address = (np.uint64(part) for part in (seed, stream, draw, entity, cycle))
    return tuple(int(word) for word in philox(*address))


def test_numpys_words_at_extreme_addresses() -> None:
    for address in itertools.product(EXTREMES, repeat=5):
        assert ours(*address) == words(*address), address


def test_numpys_words_at_random_addresses() -> None:
    luck = random.Random(1)
    for _ in range(400):
        address = [luck.getrandbits(luck.choice((8, 64))) for _ in range(5)]
        assert ours(*address) == words(*address), address


def test_published_answer_for_zeros() -> None:
    """The first known answer that the authors of the generator publish with their code."""
    assert ours(0, 0, 0, 0, 0) == (
        0x16554D9ECA36314C,
        0xDB20FE9D672D0FDC,
        0xD7E772CEE186176B,
        0x7E68B68AEC7BA23B,
    )


@pytest.mark.parametrize("whole", [int, np.int64, np.uint64])
def test_kind_of_integer_does_not_matter(whole: type) -> None:
    address = (2**63 - 1, 61, 3, 17, 119)
    found = philox(*(whole(part) for part in address))
    assert tuple(int(word) for word in found) == words(*address)


def test_every_part_of_the_address_counts() -> None:
    base = [5, 5, 5, 5, 5]
    neighbours = [tuple(base)]
    for part in range(5):
        changed = list(base)
        changed[part] += 1
        neighbours.append(tuple(changed))
    drawn = [word for address in neighbours for word in ours(*address)]
    assert len(set(drawn)) == len(drawn) == 24
