"""What is put before customers, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from culturesim.model.checks import LARGEST, in_range, numbers, row_number


@dataclass(frozen=True)
class Offer:
    """What a team puts before customers.

    Parameters
    ----------
    team : int or None
        Row of the team that makes the offer; None for a team that is not in the market.
    price : float
        What a commitment costs, resources per cycle, 0 or more.
    care_taken : tuple of float
        Degree to which each concern is taken care of, each from 0 to 1; any sequence is taken.
    made : bool
        Whether it is put before customers at all.

    Raises
    ------
    ArgumentError
        If the price or a degree is not a number in its range, or the team is no row.

    Examples
    --------
    >>> Offer(team=0, price=1, care_taken=[0.5, 0.25])
    Offer(team=0, price=1.0, care_taken=(0.5, 0.25), made=True)
    """

    team: int | None
    price: float
    care_taken: tuple[float, ...]
    made: bool = True

    def __post_init__(self) -> None:
        if self.team is not None:
            _keep(self, "team", row_number("Offer.team", self.team))
        price = numbers("Offer.price", self.price, ())
        in_range("Offer.price", price, 0.0, LARGEST)
        _keep(self, "price", float(price))
        care_taken = numbers("Offer.care_taken", self.care_taken, None)
        in_range("Offer.care_taken", care_taken, 0.0, 1.0)
        _keep(self, "care_taken", tuple(care_taken.tolist()))
        _keep(self, "made", bool(self.made))


def _keep(offer: Offer, name: str, value: object) -> None:
    """Set a field of a frozen offer while it is being made."""
    object.__setattr__(offer, name, value)
