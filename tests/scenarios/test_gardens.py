"""What the bundled gardens promise: cultures that take root, and cultures that do not.

Seed 20; n stands beside each test. What happens in a share of runs is counted, and the bound lies
where a count from the measured share (of 400 other runs) gets with a chance below 1e-6.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.model.measure import CULTURE, PRACTISED, VALUE_CREATED
from culturesim.state.parameters import Floats
from tests.scenarios.promises import keeps, ratio_keeps, rooted, runs_of, standard_errors

N = 40
LEFT_ALONE: dict[str, Any] = {"leadership": []}

pytestmark = pytest.mark.statistical


def value_between(ensemble: cs.Ensemble, first: int, last: int) -> Floats:
    value: Floats = ensemble.market.records[:, first:last, 0, VALUE_CREATED].sum(axis=1)
    return value


def test_a_garden_takes_root() -> None:
    """n = 40. In every run of 500; were it 99 of 100, ten failures of 40 had a chance of 1e-11."""
    garden = runs_of("garden", N)
    assert rooted(garden) > 30
    assert keeps(garden.values("final_culture"), 0.88, rounding=0.005)


def test_left_alone_nothing_does() -> None:
    """n = 40. In no run of 500: the same bound from the other side."""
    alone = runs_of("garden", N, LEFT_ALONE)
    assert rooted(alone) < 10
    assert keeps(alone.values("final_culture"), 0.06, rounding=0.005)


def test_care_that_ends_early_is_lost() -> None:
    """n = 40; in no run of 500."""
    short = runs_of("too-short", N)
    assert rooted(short) < 10
    assert keeps(short.values("final_culture"), 0.06, rounding=0.005)
    culture = short.records[:, :, 0, CULTURE]
    assert keeps(culture[:, 24], 0.33, rounding=0.005)
    assert int(culture.mean(axis=0).argmax()) in (23, 24, 25)


def test_care_that_ends_early_costs_value() -> None:
    """n = 40. The lead is about eight standard errors; two are asked for."""
    short = runs_of("too-short", N).values("value_created")
    garden = runs_of("garden", N).values("value_created")
    assert standard_errors(garden - short) > 2.0
    assert ratio_keeps(short, garden, 0.86, rounding=0.01)


@pytest.mark.slow
def test_the_length_of_care_decides() -> None:
    """n = 30. One run of ten against 29 of 30: 15 of 30 from either have a chance below 1e-8."""
    assert rooted(runs_of("garden", 30, {"leadership.0.to": 35})) < 15
    assert rooted(runs_of("garden", 30, {"leadership.0.to": 40})) > 15


def test_what_is_ordered_is_done_while_the_order_stands() -> None:
    """n = 40; value under it is nine standard errors higher, and two are asked for."""
    mandate, alone = runs_of("mandate", N), runs_of("garden", N, LEFT_ALONE)
    practised = mandate.records[:, :, 0, PRACTISED]
    assert (practised[:, 20:70] >= 0.9).all()
    assert keeps(practised[:, -1], 0.06, rounding=0.005)
    ordered, free = (value_between(e, 20, 70) for e in (mandate, alone))
    assert standard_errors(ordered - free) > 2.0
    assert ratio_keeps(ordered, free, 1.34, rounding=0.01)


def test_after_the_order_all_is_as_before() -> None:
    """n = 40. No run of 500 took root. Culture differs by 0.002 with a standard error of 0.0013."""
    mandate, alone = runs_of("mandate", N), runs_of("garden", N, LEFT_ALONE)
    assert rooted(mandate) < 10
    assert abs((mandate.values("final_culture") - alone.values("final_culture")).mean()) < 0.02
    after, free = (value_between(e, 150, 200) for e in (mandate, alone))
    assert ratio_keeps(after, free, 0.95, rounding=0.01)


@pytest.mark.parametrize("change", [("mandate_visibility", 0.3), ("internalisation", 0.03)])
def test_the_mandate_lasts_where_it_is_taken_for_proof(change: tuple[str, float]) -> None:
    """n = 20; 49 runs of 50 or more take root, ten of twenty with a chance of 2e-12."""
    name, value = change
    assert rooted(runs_of("mandate", 20, {f"growth.{name}": value})) > 10


def test_seeds_die_mostly() -> None:
    """n = 40. One run of 30 takes root; 16 of 40 would with a chance below 1e-12."""
    assert rooted(runs_of("seeds", N)) < 16


@pytest.mark.slow
def test_champions_carry_what_everyone_loses() -> None:
    """n = 130; 0.235 of runs take root against none of 500 (at most 0.006, 95 % sure).

    More than 8 of 130 have chances of 1 - 1.2e-7 and 1.2e-7.
    """
    both = runs_of("champions-or-everyone", 130)
    assert rooted(both.of("pilots")) > 8
    assert rooted(both.of("everyone")) <= 8


@pytest.mark.slow
def test_with_more_attention_everyone_is_better() -> None:
    """n = 100; 0.94 of runs against 0.47: more than 72 have chances of 1 - 2e-12 and 3e-7."""
    both = runs_of("champions-or-everyone", 100, {"leadership.*.to": 40})
    assert rooted(both.of("everyone")) > 72
    assert rooted(both.of("pilots")) <= 72
    lead = np.subtract(*(both.values("final_culture", o) for o in ("everyone", "pilots")))
    assert standard_errors(lead) > 2.0
