"""Seeds of replications."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from culturesim.errors import ArgumentError
from culturesim.model.seeds import LARGEST_SEED, check_seed, replication_seed
from culturesim.state.streams import REPLICATION


@pytest.mark.parametrize("seed", [0, 7, LARGEST_SEED, np.int64(5), np.uint8(200)])
def test_whole_numbers_in_range_are_seeds(seed: Any) -> None:
    assert check_seed(seed) == int(seed)
    assert type(check_seed(seed)) is int


@pytest.mark.parametrize("seed", [1.0, "1", None, True, np.float64(2)])
def test_anything_else_is_not(seed: Any) -> None:
    with pytest.raises(ArgumentError) as caught:
        check_seed(seed)
    assert (caught.value.key, caught.value.found) == ("seed", repr(seed))


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1])
def test_a_seed_out_of_range_is_told_the_range(seed: int) -> None:
    with pytest.raises(ArgumentError) as caught:
        check_seed(seed)
    assert caught.value.found == str(seed)
    assert caught.value.allowed == f"0 to {2**63 - 1}"


@pytest.mark.parametrize("seed", [0, 1, 123456789, LARGEST_SEED])
def test_replications_are_words_of_philox(seed: int) -> None:
    assert replication_seed(seed, 0) == seed
    for r in (1, 2, 1000):
        generator = np.random.Philox(
            key=np.array([seed, REPLICATION], np.uint64), counter=[0, r, 0, 0]
        )
        # NumPy steps its counter before it draws: the first block is that of counter + 1.
        generator.advance(2**256 - 1)
        assert replication_seed(seed, r) == int(generator.random_raw()) >> 11


def test_seeds_differ_and_every_table_holds_them() -> None:
    seeds = [replication_seed(s, r) for s in (0, 1) for r in range(1, 2000)]
    assert len(set(seeds)) == len(seeds)
    assert all(0 <= seed < 2**53 and int(float(seed)) == seed for seed in seeds)
