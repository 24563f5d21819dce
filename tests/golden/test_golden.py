"""Two small runs, pinned: whatever changes a number that the model gives is seen here.

The tables beside this file hold the main figures, to twelve digits: of a run of one organization,
and of one in which cultures grow, leaders act, insiders contribute and two organizations meet. They
are compared to one part in 10**9, not byte by byte: exp, log and pow come from the platform's C
library, which may round the last bit another way, and fused multiplication may too. Such a
difference stays near one part in 10**15, unless it turns a choice, and a real change is far
greater. For the same reason no hash of the bytes is asserted; it stands in each table's first line,
to tell whether two machines agree entirely.

A change that is meant to change results renews the tables:

    CULTURESIM_RENEW_GOLDEN=1 python -m pytest tests/golden

and belongs into the changelog, with the reason.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

import culturesim as cs

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
DISCOVERY: dict[str, Any] = {
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


GROWN_METRICS = [
    *METRICS,
    "effort_contributed",
    "value_internal",
    "commitment_external",
    "commitment_internal",
    "culture",
    "culture_majority",
    "practised",
]
GROWN: dict[str, Any] = {
    "world.customers": 60,
    "world.cycles": 14,
    "world.care_memory": 60,
    "production.saturation": 6,
    "production.defect": 0.3,
    "segments.*.peer_influence": 0.5,
    "segments.wary.standard": 0.2,
    "segments.wary.status_quo": 0.1,
    "segments.*.worth_spread": 1,
    "organizations.*.teams": 6,
    "organizations.welcome.culture": 0.45,
    "organizations.imposed.culture": 0.3,
    "organizations.imposed.entry": 2,
    "cultures.discovery.gate": 0.3,
    "cultures.discovery.validation": 0.25,
    "growth.on": True,
    "growth.rewiring": 0.3,
    "growth.internalisation": 0.05,
    "leadership": [
        {"kind": "seed", "from": 2, "strength": 0.9, "target": "cluster", "teams": 2},
        {
            "kind": "cultivate",
            "from": 4,
            "to": 9,
            "strength": 0.1,
            "target": "champions",
            "teams": 3,
            "organizations": ["welcome"],
        },
        {
            "kind": "mandate",
            "from": 6,
            "to": 11,
            "strength": 0.8,
            "target": "laggards",
            "teams": 4,
            "organizations": ["imposed"],
        },
    ],
}


class Golden(NamedTuple):
    """A pinned run: what is run, and what of it is kept in the table of that name."""

    table: str
    scenario: str
    changes: dict[str, Any]
    culture: str | None
    columns: list[str]

    @property
    def path(self) -> Path:
        return Path(__file__).with_name(f"{self.table}.csv")

    def run(self) -> cs.Run:
        scenario = cs.load_scenario(self.scenario, self.changes)
        return cs.simulate(scenario, culture=self.culture, seed=7)

    def pinned(self) -> pd.DataFrame:
        return pd.read_csv(self.path, comment="#")


RUNS = [
    Golden("discovery-seed-7", "two-segments", DISCOVERY, "discovery", ["cycle", *METRICS]),
    Golden("grown-seed-7", "buy-in", GROWN, None, ["cycle", "organization", *GROWN_METRICS]),
]


@pytest.mark.parametrize("golden", RUNS, ids=[golden.table for golden in RUNS])
def test_run_is_the_pinned_one(golden: Golden) -> None:
    new = golden.run()
    if os.environ.get("CULTURESIM_RENEW_GOLDEN") == "1":
        digest = hashlib.sha256(new.records.tobytes()).hexdigest()
        body = new.cycles[golden.columns].to_csv(
            index=False, float_format="%.12g", lineterminator="\n"
        )
        golden.path.write_text(f"# sha256 of the records where this was made: {digest}\n{body}")
    pinned = golden.pinned()
    assert list(pinned.columns) == golden.columns
    for column in pinned.columns.drop("organization", errors="ignore"):
        # Twelve digits are written: below 1e-9 there is nothing to compare but rounding.
        np.testing.assert_allclose(
            new.cycles[column], pinned[column], rtol=1e-9, atol=1e-12, err_msg=column
        )


@pytest.mark.parametrize("golden", RUNS, ids=[golden.table for golden in RUNS])
def test_the_pinned_run_shows_all_that_can_happen(golden: Golden) -> None:
    """A table of zeros would pin nothing: every column moves, in each organization."""
    pinned = golden.pinned()
    organizations = pinned.get("organization", pd.Series("", index=pinned.index))
    for _, rows in pinned.groupby(organizations):
        assert len(rows) == golden.changes["world.cycles"]
        for column in rows.columns.drop("organization", errors="ignore"):
            assert (rows[column] != rows[column].iloc[-1]).any(), column


def test_both_organizations_are_pinned_and_differ() -> None:
    pinned = RUNS[1].pinned()
    welcome, imposed = (pinned[pinned["organization"] == o] for o in ("welcome", "imposed"))
    assert len(welcome) == len(imposed) == 14
    assert (welcome["culture"].to_numpy() != imposed["culture"].to_numpy()).all()
    # What is done is what was wanted in the cycle before, but for what leaders do in this one.
    for rows, ordered in ((welcome, []), (imposed, range(6, 11))):
        before, done = rows["culture"].to_numpy()[:-1], rows["practised"].to_numpy()[1:]
        np.testing.assert_allclose(done[10:], before[10:], rtol=1e-9)
        for cycle in ordered:
            assert done[cycle - 1] > before[cycle - 1] + 0.03
