"""What every sampler has to hold to: a new one is tested by being there."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.experiments.factors import Factor
from culturesim.experiments.samplers import Facts, sampler, sampler_names
from culturesim.experiments.sweep_file import load_sweep

FACTORS = (
    Factor("linear", ("linear",), (0.0, 0.5, 1.0), 0.0, 1.0, "linear"),
    Factor("log", ("log",), (1.0, 10.0, 100.0), 1.0, 100.0, "log"),
    Factor("integer", ("integer",), (3, 5, 7), 3.0, 7.0, "integer"),
    Factor("words", ("words",), ("few", "some", "all")),
)
SAMPLES = 16
# Exact designs: the number of points is known beforehand.
NUMBERS = {
    "grid": 3**4,
    "list": 3,
    "latin_hypercube": SAMPLES,
    "sobol": SAMPLES,
    "saltelli": SAMPLES * (len(FACTORS) + 2),
    "morris": SAMPLES * (len(FACTORS) + 1),
}


@pytest.fixture(params=sampler_names())
def name(request: pytest.FixtureRequest) -> str:
    if request.param in ("saltelli", "morris"):
        pytest.importorskip("SALib", reason="the extra [sensitivity] is not installed")
    return str(request.param)


def drawn(name: str, samples: int = SAMPLES, seed: int = 0) -> list[tuple[Any, ...]]:
    points: list[tuple[Any, ...]] = sampler(name).sample(FACTORS, samples, seed)
    return points


def test_all_samplers_are_found() -> None:
    assert set(NUMBERS) <= set(sampler_names())


def test_it_says_what_it_does(name: str) -> None:
    facts = sampler(name).FACTS
    assert isinstance(facts, Facts)
    assert facts.does.endswith(".")
    assert facts.source.endswith(".")


def test_points_are_levels_of_the_factors(name: str) -> None:
    facts: Facts = sampler(name).FACTS
    points = drawn(name)
    assert len(points) == NUMBERS.get(name, len(points))
    for linear, log, integer, words in points:
        assert type(linear) is float
        assert 0.0 <= linear <= 1.0
        assert type(log) is float
        assert 1.0 <= log <= 100.0
        assert type(integer) is int
        assert 3 <= integer <= 7
        assert words in FACTORS[3].levels
        assert facts.whole_range or (linear in FACTORS[0].levels and log in FACTORS[1].levels)


def test_the_seed_decides(name: str) -> None:
    facts: Facts = sampler(name).FACTS
    assert drawn(name) == drawn(name)
    assert (drawn(name) != drawn(name, seed=1)) == facts.wants_samples
    drawn(name, seed=2**63 - 1)


def test_more_samples_keep_the_points_if_it_says_so(name: str) -> None:
    facts: Facts = sampler(name).FACTS
    fewer, more = set(drawn(name)), set(drawn(name, 2 * SAMPLES))
    if facts.wants_samples:
        assert len(more) > len(fewer)
        assert (fewer <= more) == facts.grows
    else:
        assert fewer == more


def test_it_goes_everywhere(name: str) -> None:
    """Each half of every range has points, and each word is used."""
    points = drawn(name)
    for place, (low, high) in enumerate([(0.0, 1.0), (1.0, 100.0), (3, 7)]):
        middle = math.sqrt(low * high) if place == 1 else (low + high) / 2
        values = np.array([point[place] for point in points])
        assert (values < middle).any()
        assert (values > middle).any()
    assert {point[3] for point in points} == set(FACTORS[3].levels)


def test_a_file_that_asks_wrongly_is_told(name: str) -> None:
    facts: Facts = sampler(name).FACTS
    source: dict[str, Any] = {
        "sampler": name,
        "factors": {"world.care_memory": {"low": 5, "high": 50}},
    }
    wrong = ["samples", None, 0, 2.5]
    if not facts.wants_samples:
        source["factors"] = {"world.care_memory": [5, 50]}
        wrong = [4]
    elif facts.power_of_two:
        wrong += [12]
    for samples in wrong:
        asked = source if samples is None else source | {"samples": samples}
        with pytest.raises(cs.CultureSimError) as raised:
            load_sweep(asked)
        assert "samples" in str(raised.value)
    if not facts.whole_range:
        with pytest.raises(cs.ScenarioError, match="wants levels"):
            load_sweep(source | {"factors": {"world.care_memory": {"low": 5, "high": 50}}})
