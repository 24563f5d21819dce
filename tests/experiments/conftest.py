"""What the tests of twins share."""

from __future__ import annotations

import pandas as pd
import pytest

import culturesim as cs
from tests.experiments.twins import all_customers, market


@pytest.fixture(scope="package")
def scenario_of_twins() -> cs.Scenario:
    return market()


@pytest.fixture(scope="package")
def twins(scenario_of_twins: cs.Scenario) -> list[cs.Twin]:
    """The twin of every customer of the market."""
    return all_customers(scenario_of_twins)


@pytest.fixture(scope="package")
def options(twins: list[cs.Twin]) -> pd.DataFrame:
    """Every option of every customer."""
    return pd.concat([t.table.assign(customer=t.row) for t in twins], ignore_index=True)


@pytest.fixture(scope="package")
def cycles(twins: list[cs.Twin]) -> pd.DataFrame:
    """Every cycle of every customer."""
    return pd.concat([t.cycles.assign(customer=t.row) for t in twins], ignore_index=True)
