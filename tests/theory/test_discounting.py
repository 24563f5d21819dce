"""Belief that forgets while care drifts: how far it stays behind, in the long run.

A team that hears everything as it is said talks with n customers a cycle, all of one mind. It fades
what it knew by the share z = forgetting · evidence, and gives a cycle's conversations the weight
r = evidence · n / noise²:

    t <- (1 - z) t + r,        m <- m + (r / t) (h - m),        h = w + (noise / sqrt(n)) xi.

*Precision.* The first is linear: t after listening is r / z + (t0 - r / z) (1 - z)^cycles. So in
the long run t = r / z, and the gain r / t is z, whatever the evidence weighs and whoever talks:
discounting ends as exponential smoothing (West & Harrison 1997, section 2.3.2). With q = 1 - z,

    m = z sum_k q^k (w_{-k} + noise of the k-th cycle before).

*Noise error.* The noises are independent: z² / (1 - q²) noise² / n = z / (2 - z) · noise² / n.

*Lag error.* Care stands around 1/D with a variance V and a correlation p^k over k cycles,
p = exp(-1 / care_memory). The mean square of z sum q^k w_{-k} - w is V times

    z² (1 + q p) / ((1 - q²) (1 - q p)) - 2 z / (1 - q p) + 1 = 2 q² (1 - p) / ((1 + q) (1 - q p)):

variance of the smoothed, less twice its covariance with the present, and the present's own.
Both errors are independent of each other:

    error = V 2 (1 - z)² (1 - p) / ((2 - z) (1 - p (1 - z))) + z / (2 - z) noise² / n.

Forgetting more trades lag for noise; what is best grows with the turbulence of care.

*Care.* It is the softmax of log-care, which is an autoregression with the standard deviation s =
care_focus. With many concerns the sum in the softmax hardly moves, and care is log-normal with a
covariance of (exp(s² p^k) - 1) / D² over k cycles: the sum of s² p^k, s⁴ p^2k / 2, and so on, each
an autoregression of its own. The first term, V = s² / D² (1 - 1/D), is the formula above; the
second adds a share s²/2 of an error with p² for p, which is at most twice as great. So the formula
lacks s² of the lag error at most, and of the order of s²/D by the sum: 1.1 % where s = 0.1 and
D = 100 (ACCURACY).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pytest
from scipy import stats

import culturesim as cs
from culturesim.state.parameters import Floats

CONCERNS = 100
TEAMS = 4
FOCUS = 0.1
ACCURACY = 0.011
FALSE_ALARM = 1e-6

# Nobody commits; everybody in the only segment cares about the same.
SMOOTHING: dict[str, Any] = {
    "world.concerns": CONCERNS,
    "world.customers": 8,
    "world.care_focus": FOCUS,
    "world.care_spread": 0,
    "organizations.*.teams": TEAMS,
    "organizations.*.capacity": 10,
    "segments.*.standard": 1,
    "segments.*.standard_spread": 0,
    "segments.*.attention": TEAMS,
    "skills.initial": 1,
    "skills.practice": 0,
    "skills.forget": 0,
    "means.cost_talk": 0.25,
    "cultures.discovery.listening": 0.1,  # of 10, at 0.25 each: 4 conversations a cycle
    "cultures.discovery.testing": 0,
    "cultures.discovery.taper": 0,
}
TALKS = 4


class Case(NamedTuple):
    """One regime: how fast care moves, how much is forgotten, how well is heard."""

    memory: float
    forgetting: float
    noise: float
    evidence: float = 1.0

    @property
    def faded(self) -> float:
        return self.forgetting * self.evidence

    @property
    def lag_error(self) -> float:
        z = self.faded
        p = math.exp(-1.0 / self.memory) if self.memory > 0.0 else 1.0
        variance = FOCUS**2 / CONCERNS**2 * (1.0 - 1.0 / CONCERNS)
        return variance * 2.0 * (1.0 - z) ** 2 * (1.0 - p) / ((2.0 - z) * (1.0 - p * (1.0 - z)))

    @property
    def noise_error(self) -> float:
        return self.faded / (2.0 - self.faded) * self.noise**2 / TALKS

    def model(self, seed: int) -> cs.CultureModel:
        changes = {
            **SMOOTHING,
            "world.care_memory": self.memory,
            "means.listening_noise": self.noise,
            "cultures.discovery.forgetting": self.forgetting,
            "cultures.discovery.evidence": self.evidence,
        }
        model = cs.CultureModel(cs.load_scenario("baseline", changes), "discovery", seed)
        model.collects = False
        return model


def squared_errors(case: Case, cycles: int, seed: int) -> Floats:
    """Mean squared error of belief for each concern, over teams and cycles in the long run."""
    model = case.model(seed)
    for _ in range(math.ceil(math.log(1e-6) / math.log(1.0 - case.faded))):
        model.step()
    errors = np.zeros(CONCERNS)
    for _ in range(cycles):
        model.step()
        for team in model.teams:
            assert team.conversations == TALKS
            errors += (team.belief - team.care_in_reach) ** 2
    assert all(team.commitments == 0 for team in model.teams)
    return errors / (cycles * TEAMS)


@pytest.mark.parametrize("forgetting", [0.02, 0.1, 0.5])
@pytest.mark.parametrize("evidence", [1.0, 0.4])
def test_precision_under_discounting(forgetting: float, evidence: float) -> None:
    """Geometrically to r / z, to 1e-12: what is known in the long run hangs on the gain alone."""
    case = Case(20.0, forgetting, 0.01, evidence)
    model = case.model(seed=1)
    first = model.teams[0].precision
    settled = evidence * TALKS / case.noise**2 / case.faded
    for cycle in range(1, 61):
        model.step()
        expected = settled + (first - settled) * (1.0 - case.faded) ** cycle
        for team in model.teams:
            np.testing.assert_allclose(team.precision, expected, rtol=1e-12)


@pytest.mark.statistical
@pytest.mark.parametrize(
    "case",
    [
        Case(0.0, 0.1, 2e-3),  # noise alone
        Case(20.0, 0.1, 1e-3),  # next to nothing but lag
        Case(20.0, 0.3, 4e-3),
        Case(5.0, 0.1, 4e-3),
        Case(60.0, 0.05, 4e-3),
        Case(20.0, 0.5, 4e-3, 0.4),
    ],
)
def test_error_is_that_of_lag_and_noise(case: Case) -> None:
    """n = 100 concerns, each a mean over 12 000 cycles and 4 teams, seed 5.

    Concerns are drawn independently, and each time-mean spans many memories: their mean is within
    Student's bound of one false alarm in a million, which is 1 to 2 % here, and the stated
    accuracy of the formula.
    """
    expected = case.lag_error + case.noise_error
    errors = squared_errors(case, 12_000, seed=5)
    sure = stats.t.ppf(1.0 - FALSE_ALARM / 2.0, CONCERNS - 1)
    bound = sure * errors.std(ddof=1) / math.sqrt(CONCERNS)
    assert bound < 0.03 * expected
    assert abs(errors.mean() - expected) < bound + ACCURACY * case.lag_error


@pytest.mark.statistical
def test_best_forgetting_grows_with_turbulence() -> None:
    """n = 100 concerns, 4 000 cycles, seed 6: the formula's best of three is the best in the runs.

    The second best is 40 % worse by formula. The standard error of a mean square is at most 1.7 %
    here: 15 % are more than the formula's accuracy and eight of them (false alarm below 1e-6).
    """
    shares, best = (0.02, 0.1, 0.5), []
    for memory in (2000.0, 100.0, 4.0):
        cases = [Case(memory, share, 2e-3) for share in shares]
        formula = [case.lag_error + case.noise_error for case in cases]
        found = [float(squared_errors(case, 4000, seed=6).mean()) for case in cases]
        np.testing.assert_allclose(found, formula, rtol=0.15)
        assert sorted(formula)[1] > 1.4 * min(formula)
        assert int(np.argmin(found)) == int(np.argmin(formula))
        best.append(shares[int(np.argmin(found))])
    assert best == [0.02, 0.1, 0.5]
