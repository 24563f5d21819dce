"""A culture is grown like a garden: left alone it withers, and tended long enough it stays.

Every garden begins with a culture of 0.05 and runs for 200 cycles; seed 20, and n as each test
says. Shares of runs that tip are compared by Fisher's exact test, with a false alarm of at most
1e-6 that allows for the sampling error of the published share too. Means are held to the bound that
sampling leaves once in a million, with that of the published one. Where every run must tip, or none
may, the cultures in the last cycle lie more than ten of their standard deviations (0.033) from 1/2.
"""

from __future__ import annotations

import numpy as np
import pytest

from culturesim.state.parameters import Floats
from tests.patterns.gardens import (
    ALONE,
    BEGIN,
    agrees,
    cultivated,
    garden,
    ordered,
    same_share,
    sown,
)
from tests.patterns.pairs import mean, widest_chance

N = 100
STOOD = 50
WHILE = slice(BEGIN, BEGIN + STOOD)
AFTER = slice(BEGIN + STOOD + 60, None)

pytestmark = pytest.mark.statistical


# --- left alone, and cultivated


def test_left_alone_it_stays_below_a_tenth() -> None:
    """n = 100: the highest mean of any cycle is 0.07, nine of its standard errors below 0.1.

    A single run may well be above 0.1 for a while.
    """
    path = garden(N, ALONE).path()
    error = path.std(axis=0, ddof=1) / np.sqrt(N)
    assert (path.mean(axis=0) + widest_chance(N) * error < 0.1).all()
    assert not garden(N, ALONE).tipped.any()


def test_fifteen_cycles_of_care_are_lost_again() -> None:
    """n = 100: the mean peaks in the last cycle of care and comes back to where neglect leaves it.

    The error of the peak is 0.0017, of the last culture 0.0033: held to ± 0.016 and ± 0.026.
    """
    short = garden(N, cultivated(15))
    path = short.path()
    assert int(path.mean(axis=0).argmax()) == BEGIN + 15 - 1
    assert agrees(mean(path[:, BEGIN + 15 - 1]), 0.33, rounding=0.005)
    assert agrees(mean(short.last), 0.06, rounding=0.005)
    assert not short.tipped.any()
    # It leaves hardly anything that neglect alone would not have left in the same worlds.
    left = mean(short.last - garden(N, ALONE).last)
    assert abs(left.value) < 0.005 + widest_chance(N) * left.error


def test_twenty_five_cycles_tip_about_one_run_in_twelve() -> None:
    """n = 300, 17 of 200 published: a true share up to 0.2 % or from 32 % is told in 99 of 100."""
    assert same_share(garden(300, cultivated(25)).tipped, published=17)


def test_thirty_cycles_tip_about_94_per_cent() -> None:
    """n = 150, 188 of 200 published: a true share up to 67 % is told in 99 of 100."""
    assert same_share(garden(150, cultivated(30)).tipped, published=188)


def test_forty_cycles_tip_every_run_and_need_no_further_care() -> None:
    """n = 100: the error of the last culture is 0.0033, so it is held to ± 0.026."""
    long = garden(N, cultivated(40))
    assert long.tipped.all()
    assert agrees(mean(long.last), 0.88, rounding=0.005)
    # It keeps what it has: over the last hundred cycles it moves less than five hundredths.
    path = long.path().mean(axis=0)
    assert np.ptp(path[100:]) < 0.05


def test_longer_care_never_tips_fewer() -> None:
    """n = 100 at least: 0, 1 in 12, 94 % and all; the step in the middle is fifteen errors wide."""
    runs = [garden(N, cultivated(15)), garden(300, cultivated(25)), garden(150, cultivated(30))]
    shares = [float(one.tipped.mean()) for one in (*runs, garden(N, cultivated(40)))]
    assert shares == sorted(shares)
    assert shares[2] - shares[1] > 0.5


# --- seeds


@pytest.mark.parametrize(("target", "published"), [("random", 0), ("cluster", 2)])
def test_two_seeds_die(target: str, published: int) -> None:
    """n = 100, against 1 000 runs of another seed: none apart, two side by side.

    A share from 16 % is told in 99 of 100.
    """
    two = garden(N, sown(2, target))
    assert same_share(two.tipped, published=published, runs=1000)
    assert agrees(mean(two.last[~two.tipped]), 0.06, rounding=0.005)


@pytest.mark.parametrize(("target", "published"), [("random", 34), ("cluster", 128)])
def test_four_seeds_mostly_die_and_last_longer_together(target: str, published: int) -> None:
    """n = 200, against 1 000 runs of another seed: 3.4 % apart, 13 % side by side.

    A share from 19 % is told in 99 of 100 where the seeds are apart, one up to 0.7 % or from 35 %
    where they are side by side.
    """
    four = garden(200, sown(4, target))
    assert same_share(four.tipped, published=published, runs=1000)
    dead = four.last[~four.tipped]
    assert len(dead) > 100
    assert agrees(mean(dead), 0.06, rounding=0.005)


# --- mandates


def more_value(changes: dict[str, object], when: slice) -> Floats:
    """Value per cycle beyond that of the same worlds left alone."""
    value = garden(N, {**ordered(STOOD), **changes}).path("value_created")
    alone = garden(N, ALONE).path("value_created")
    gained: Floats = (value - alone)[:, when].mean(axis=1)
    return gained


def lead(sample: Floats) -> float:
    """Mean in standard errors."""
    figure = mean(sample)
    return figure.value / figure.error


def test_a_mandate_raises_value_while_it_stands_and_not_for_good() -> None:
    """n = 100: value rises by half, 14 standard errors, to ask for 8 of them is to err below 1e-8.

    From sixty cycles after it, what is left lies below a tenth of that, by the bound of the t.
    """
    held = garden(N, ordered(STOOD))
    gain, left = more_value({}, WHILE), more_value({}, AFTER)
    usual = garden(N, ALONE).path("value_created")[:, WHILE].mean()
    assert lead(gain) > 8.0
    assert 0.3 < gain.mean() / usual < 0.7
    assert lead(0.1 * gain - left) > widest_chance(N)
    assert not held.tipped.any()
    assert agrees(mean(held.last), 0.06, rounding=0.005)
    # All the time it was what was done, and not what was wanted.
    assert (held.path("practised")[:, WHILE] >= 0.9).all()
    assert held.path()[:, WHILE].mean() < 0.2


@pytest.mark.parametrize(
    "changes", [{"growth.mandate_visibility": 0.3}, {"growth.internalisation": 0.03}], ids=str
)
def test_that_turns_over_with_what_nobody_has_measured(changes: dict[str, object]) -> None:
    """n = 100: every run stays tipped; what is left of the gain is 7 standard errors above 0."""
    turned = garden(N, {**ordered(STOOD), **changes})
    assert turned.tipped.all()
    assert agrees(mean(turned.last), 0.88, rounding=0.005)
    assert lead(more_value(changes, AFTER) - more_value({}, AFTER)) > widest_chance(N)


def test_internalisation_needs_to_be_seen() -> None:
    """n = 100: what is made one's own at 0.03 a cycle is not enough where orders are no proof.

    Of 500 runs of another seed seven tipped; a share from 23 % is told in 99 of 100.
    """
    changes = {"growth.mandate_visibility": 0.0, "growth.internalisation": 0.03}
    unseen = garden(N, {**ordered(STOOD), **changes})
    assert same_share(unseen.tipped, published=7, runs=500)
