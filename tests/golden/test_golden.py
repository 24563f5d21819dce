"""One small run, pinned: whatever changes a number that the model gives is seen here.

The table beside this file holds the run's main figures, to twelve digits. It is compared to one
part in 10**9, not byte by byte: exp, log and pow come from the platform's C library, which may
round the last bit another way, and fused multiplication may too. Such a difference stays near one
part in 10**15, unless it turns a choice, and a real change is far greater. For the same reason no
hash of the bytes is asserted; it stands in the table's first line, to tell whether two machines
agree entirely.

A change that is meant to change results renews the table:

    CULTURESIM_RENEW_GOLDEN=1 python -m pytest tests/golden

and belongs into the changelog, with the reason.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import pandas as pd

import culturesim as cs

TABLE = Path(__file__).with_name("discovery-seed-7.csv")
METRICS = [
    "value_created",
    "net_value",
    "resources_committed",
    "waste_unaccepted",
    "waste_misdirected",
    "waste_broken",
    "effort_listening",
    "effort_testing",
    "effort_building",
    "effort_serving",
    "effort_withheld",
    "commitment_rate",
    "no_decision_indecision",
    "broken_promise_rate",
    "alignment",
    "listening_skill",
    "test_skill",
    "trust",
]
CHANGES = {
    "world.customers": 40,
    "world.cycles": 12,
    "world.care_memory": 60,
    "organizations.*.teams": 5,
    "organizations.*.prior.accuracy": 0.8,
    "cultures.discovery.gate": 0.3,
    "cultures.discovery.validation": 0.36,
    "production.saturation": 8,
    "production.defect": 0.3,
    "segments.*.standard": 0.2,
    "segments.*.status_quo": 0.1,
    "segments.*.standard_drift": 0.01,
    "segments.*.worth_spread": 1,
    "segments.*.budget": 3,
    "segments.*.budget_spread": 0.5,
    "segments.*.peer_influence": 0.5,
    "shocks.turn": {"cycle": 6, "size": 0.5},
}


def run() -> cs.Run:
    return cs.simulate(cs.load_scenario("two-segments", CHANGES), culture="discovery", seed=7)


def test_run_is_the_pinned_one() -> None:
    new = run()
    if os.environ.get("CULTURESIM_RENEW_GOLDEN") == "1":
        digest = hashlib.sha256(new.records.tobytes()).hexdigest()
        body = new.cycles[["cycle", *METRICS]].to_csv(
            index=False, float_format="%.12g", lineterminator="\n"
        )
        TABLE.write_text(f"# sha256 of the records where this was made: {digest}\n{body}")
    pinned = pd.read_csv(TABLE, comment="#")
    assert list(pinned.columns) == ["cycle", *METRICS]
    for column in pinned.columns:
        # Twelve digits are written: below 1e-9 there is nothing to compare but rounding.
        np.testing.assert_allclose(
            new.cycles[column], pinned[column], rtol=1e-9, atol=1e-12, err_msg=column
        )


def test_the_pinned_run_shows_all_that_can_happen() -> None:
    """A table of zeros would pin nothing: every column moves."""
    pinned = pd.read_csv(TABLE, comment="#")
    assert len(pinned) == 12
    for column in pinned.columns:
        assert (pinned[column] != pinned[column].iloc[-1]).any(), column
