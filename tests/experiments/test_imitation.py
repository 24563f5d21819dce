"""Imitation has its known results: who fixes, who coexists, what depends on the start."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from culturesim.errors import ArgumentError
from culturesim.experiments.imitation import (
    SELECTION,
    check_dynamics,
    check_start,
    check_strength,
    shares_path,
    unit_of,
)

BOTH = pytest.mark.parametrize("dynamics", ["fermi", "replicator"])
RPS = np.array([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]])


def two(share: float) -> Any:
    return np.array([share, 1.0 - share])


@BOTH
def test_shares_stay_shares(dynamics: Any) -> None:
    random = np.random.default_rng(2)
    for _ in range(20):
        payoffs = random.normal(size=(4, 4))
        path = shares_path(payoffs, random.dirichlet(np.ones(4)), 30, dynamics, 3.0)
        assert path.shape == (31, 4)
        assert (path >= 0.0).all()
        np.testing.assert_allclose(path.sum(axis=1), 1.0, rtol=0.0, atol=1e-12)


@BOTH
def test_who_always_earns_more_takes_all(dynamics: Any) -> None:
    path = shares_path(np.array([[3.0, 2.0], [2.5, 1.0]]), two(0.01), 100, dynamics, 5.0)
    assert path[-1, 0] > 0.999
    assert (np.diff(path[:, 0]) >= 0.0).all()


@BOTH
@pytest.mark.parametrize("start", [0.02, 0.5, 0.98])
def test_hawks_and_doves_end_at_value_by_cost(dynamics: Any, start: float) -> None:
    """Maynard Smith (1982): the share of hawks is V / C, whatever it was at first."""
    V, C = 2.0, 5.0
    payoffs = np.array([[(V - C) / 2.0, V], [0.0, V / 2.0]])
    path = shares_path(payoffs, two(start), 400, dynamics, 0.5)
    assert path[-1, 0] == pytest.approx(V / C, abs=1e-6)


@BOTH
def test_coordination_depends_on_the_start(dynamics: Any) -> None:
    """Both pay where common; the threshold is (d - b) / (a - b - c + d)."""
    a, b, c, d = 4.0, 0.0, 1.0, 2.0
    threshold = (d - b) / (a - b - c + d)
    payoffs = np.array([[a, b], [c, d]])
    below, at, above = (
        shares_path(payoffs, two(threshold + off), 200, dynamics, 2.0)[-1, 0]
        for off in (-0.001, 0.0, 0.001)
    )
    assert below < 0.001
    assert at == pytest.approx(threshold, abs=1e-6)
    assert above > 0.999


@BOTH
def test_equal_payoffs_move_nothing(dynamics: Any) -> None:
    start = np.array([0.2, 0.3, 0.5])
    path = shares_path(np.full((3, 3), 7.0), start, 10, dynamics)
    np.testing.assert_allclose(path, np.tile(start, (11, 1)), atol=1e-12)


def test_a_round_goes_round() -> None:
    """Rock, scissors, paper under the replicator equation: the product of shares stays the same."""
    path = shares_path(RPS, np.array([0.5, 0.3, 0.2]), 200, "replicator", 2.0)
    np.testing.assert_allclose(path.prod(axis=1), 0.03, rtol=1e-6)
    leaders = set(path.argmax(axis=1))
    assert leaders == {0, 1, 2}


def test_weak_fermi_imitation_is_the_replicator_equation() -> None:
    payoffs = np.random.default_rng(4).normal(size=(3, 3))
    start = np.array([0.2, 0.3, 0.5])
    weak = 1e-3
    fermi, replicator = (
        shares_path(payoffs, start, 100, kind, weak) for kind in ("fermi", "replicator")
    )
    assert np.abs(fermi - start).max() > 1e-2
    np.testing.assert_allclose(fermi, replicator, atol=1e-6)


def test_it_solves_the_equation_of_its_source() -> None:
    """Against another solver, of the equation in shares as it is printed."""
    payoffs = np.random.default_rng(5).normal(size=(4, 4))
    start = np.array([0.1, 0.2, 0.3, 0.4])
    strength, unit = 3.0, 2.0

    def slope(_: float, x: Any) -> Any:
        pay = [sum(payoffs[i, j] * x[j] for j in range(4)) / unit for i in range(4)]
        return [
            x[i] * sum(x[j] * np.tanh(strength * (pay[i] - pay[j]) / 2.0) for j in range(4))
            for i in range(4)
        ]

    exact = solve_ivp(slope, (0.0, 10.0), start, t_eval=range(11), rtol=1e-10, atol=1e-12).y.T
    path = shares_path(payoffs, start, 10, "fermi", strength, unit)
    np.testing.assert_allclose(path, exact, atol=1e-6)


def test_who_is_not_there_does_not_appear() -> None:
    path = shares_path(np.array([[1.0, 1.0], [9.0, 9.0]]), two(1.0), 20)
    np.testing.assert_array_equal(path[:, 1], 0.0)


def test_a_tenth_of_a_unit_more_is_copied_with_the_probability_that_is_said() -> None:
    assert 1.0 / (1.0 + np.exp(-SELECTION * 0.1)) == pytest.approx(0.73, abs=0.005)


def test_unit_is_the_mean_payoff_alone() -> None:
    assert unit_of(np.array([[2.0, 50.0], [50.0, 4.0]])) == 3.0
    assert unit_of(np.array([[-2.0, 0.0], [0.0, 4.0]])) == 3.0
    assert unit_of(np.array([[0.0, 4.0], [4.0, 0.0]])) == 2.0
    assert unit_of(np.zeros((2, 2))) == 1.0


def test_start_is_equal_or_what_is_given() -> None:
    names = ("a", "b", "c")
    np.testing.assert_allclose(check_start(None, names), 1.0 / 3.0)
    np.testing.assert_allclose(check_start({"c": 3, "a": 1}, names), [0.25, 0.0, 0.75])


@pytest.mark.parametrize("start", [{}, {"a": 0}, {"a": -1, "b": 2}, {"a": np.inf}, {"a": "all"}])
def test_a_start_without_shares_is_refused(start: Any) -> None:
    with pytest.raises(ArgumentError, match="start are no shares"):
        check_start(start, ("a", "b"))


def test_wrong_names_say_the_nearest() -> None:
    with pytest.raises(ArgumentError) as caught:
        check_start({"discovry": 1}, ("execution", "discovery"))
    assert caught.value.nearest == "discovery"
    with pytest.raises(ArgumentError) as caught:
        check_dynamics("fermy")
    assert caught.value.nearest == "fermi"


@pytest.mark.parametrize("value", [0, -1.0, np.inf, np.nan, "strong", None])
def test_a_strength_is_above_0(value: Any) -> None:
    with pytest.raises(ArgumentError) as caught:
        check_strength("selection", value)
    assert caught.value.key == "selection"


def test_a_strength_without_end_is_refused_before_it_takes_for_ever() -> None:
    with pytest.raises(ArgumentError, match="selection is too strong"):
        shares_path(RPS, np.full(3, 1.0 / 3.0), 10, "fermi", 1e9)
