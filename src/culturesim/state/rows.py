"""Some of the customers, as if they were all."""

from __future__ import annotations

from culturesim.kernels.jit import rule
from culturesim.state.columns import Customers


@rule
def some(customers: Customers, first: int, last: int) -> Customers:
    """Rows `first` to ``last - 1`` of every column: views, in which rows are counted from 0.

    A loop from 0 to their number needs no check of its index: the compiler sees that it is valid.
    """
    return Customers(
        customers.segment[first:last],
        customers.care_factor[first:last],
        customers.care[first:last],
        customers.standard[first:last],
        customers.worth[first:last],
        customers.status_quo[first:last],
        customers.budget[first:last],
        customers.considered[first:last],
        customers.trust[first:last],
        customers.fit[first:last],
        customers.assessment[first:last],
        customers.odds[first:last],
        customers.choice[first:last],
        customers.committed_to[first:last],
        customers.outcome[first:last],
    )
