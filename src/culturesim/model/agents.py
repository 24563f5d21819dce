"""Teams and customers as Mesa agents: each is a view of one row of the model's arrays.

An agent holds its model and its row, and nothing else. Reading an attribute gives a number, or a
copy of a row; writing one changes the arrays, and with them the rest of the run. There is one
attribute for every column of `culturesim.state.columns`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np

from culturesim.errors import ArgumentError, nearest
from culturesim.kernels.assessment import assess_offer, is_acceptable
from culturesim.kernels.logit import choose
from culturesim.kernels.random import uniforms
from culturesim.kernels.vectors import dot
from culturesim.state import streams
from culturesim.state.columns import Column, TeamRecord, columns

if TYPE_CHECKING:
    from culturesim.model.model import CultureModel
    from culturesim.state.parameters import Floats, Integers, SegmentTraits

# Columns that hold codes read as words; a code is the place of its word.
WORDS = {
    "outcome": ("status quo", "indecision", "committed", "kept", "broken"),
    "validation": ("searching", "validated", "taken up"),
}

# Rows and options point into other arrays, and compiled code does not look whether they are there.
WIRING = ("index", "option")
READ_ONLY = ("reach_size", "outcome")

# Parts of one whole: effort and worth would come from nothing if they summed to more.
PARTS_OF_ONE = ("care", "plan")
TOLERANCE = 1e-9

LARGEST = float(np.finfo(np.float64).max)  # of all that is finite


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
            _keep(self, "team", _row("Offer.team", self.team))
        price = _numbers("Offer.price", self.price, ())
        _in_range("Offer.price", price, 0.0, LARGEST)
        _keep(self, "price", float(price))
        care_taken = _numbers("Offer.care_taken", self.care_taken, None)
        _in_range("Offer.care_taken", care_taken, 0.0, 1.0)
        _keep(self, "care_taken", tuple(care_taken.tolist()))
        _keep(self, "made", bool(self.made))


def _keep(offer: Offer, name: str, value: object) -> None:
    """Set a field of a frozen offer while it is being made."""
    object.__setattr__(offer, name, value)


def _row(key: str, row: int, rows: int | None = None) -> int:
    """Give back a row number, or say that there is no such row."""
    whole = not isinstance(row, bool) and hasattr(row, "__index__")
    if not whole or row.__index__() < 0 or (rows is not None and row.__index__() >= rows):
        allowed = "a whole number, 0 or more" if rows is None else f"0 to {rows - 1}"
        raise ArgumentError("is no row", key=key, found=repr(row), allowed=allowed)
    return row.__index__()


def _numbers(key: str, value: Any, shape: tuple[int, ...] | None) -> Floats:
    """Turn what somebody wrote into numbers of a shape (None: any row), or say what is wrong."""
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    if array.dtype.kind not in "biuf":
        what = "is not a number" if shape == () else "are not numbers"
        raise ArgumentError(what, key=key, found=repr(value))
    if array.shape != shape and not (shape is None and array.ndim == 1):
        wanted = "one number"
        if shape is None:
            wanted = "a row of numbers"
        elif shape:
            wanted = f"{' x '.join(map(str, shape))} numbers"
        raise ArgumentError(
            "has the wrong shape", key=key, found=f"shape {array.shape}", allowed=wanted
        )
    return array.astype(np.float64)


def _in_range(key: str, array: Floats, low: float, high: float) -> None:
    """Say so if any number lies outside its range."""
    if not np.all((array >= low) & (array <= high)):  # not a number lies outside, too
        allowed = f"{low:g} to {high:g}"
        if high >= LARGEST:
            allowed = "finite numbers" if low == -LARGEST else f"finite, {low:g} or more"
        raise ArgumentError("is out of range", key=key, found=str(array.tolist()), allowed=allowed)


def _check_values(key: str, name: str, column: Column, array: Floats) -> None:
    """Hold numbers to what their column can mean."""
    if name == "assessment":
        # An offer may be beyond the pale; doing nothing is always possible.
        _in_range(key, array[:1], -LARGEST, LARGEST)
        _in_range(key, np.maximum(array[1:], -LARGEST), -LARGEST, LARGEST)
    elif name == "budget":
        _in_range(key, np.minimum(array, LARGEST), 0.0, LARGEST)  # money may be no object
    else:
        share = column.unit in ("share", "fit") and name != "belief"  # beliefs can be mistaken
        _in_range(key, array, 0.0, 1.0 if share or column.dtype is np.bool_ else LARGEST)
    if column.dtype is not np.float64 and not np.array_equal(array, np.trunc(array)):
        raise ArgumentError("is not a whole number", key=key, found=str(array.tolist()))
    if name in PARTS_OF_ONE and abs(array.sum() - 1.0) > TOLERANCE:
        raise ArgumentError(
            "does not sum to 1",
            key=key,
            found=f"{array.tolist()}, which sums to {array.sum():g}",
            allowed="parts of one whole",
            hint="divide the row by its sum",
        )


def _array_of(entity: str, name: str) -> Callable[[Any], Any]:
    """How to find the array of a column, given the state."""
    if entity == "teams" and name in TeamRecord.__annotations__:
        return lambda state: state.teams.record[name]
    return lambda state: getattr(getattr(state, entity), name)


def _describe(column: Column, writable: bool) -> str:
    """Say in an attribute's docstring what the table says of its column."""
    meaning = column.meaning[0].upper() + column.meaning[1:]
    shape = f"; shape ({', '.join(column.shape[1:])},)" if len(column.shape) > 1 else ""
    unit = f" Unit: {column.unit}{shape}." if column.unit != "code" else ""
    phases = column.writers.split()[1:]
    changed = f"phases that change it: {', '.join(phases)}" if phases else "no phase changes it"
    return f"{meaning}.{unit} {changed.capitalize()}.{'' if writable else ' Read only.'}"


def _attribute(entity: str, name: str, column: Column) -> property:
    """An attribute that reads and writes an agent's own row of a column."""
    find = _array_of(entity, name)
    words = WORDS.get(name)
    writable = column.unit not in WIRING and name not in READ_ONLY

    def read_word(agent: Any) -> Any:
        return words[find(agent.model.state).item(agent.row)] if words else None

    def read_number(agent: Any) -> Any:
        return find(agent.model.state).item(agent.row)

    def read_row(agent: Any) -> Any:
        return find(agent.model.state)[agent.row].copy()

    def write_word(agent: Any, value: Any) -> None:
        if words is not None:
            if value not in words:
                raise ArgumentError(
                    "does not exist",
                    key=f"{agent.place}: {name} = {value!r}",
                    allowed=words,
                    nearest=nearest(str(value), words),
                )
            find(agent.model.state)[agent.row] = words.index(value)

    def write_numbers(agent: Any, value: Any) -> None:
        array = find(agent.model.state)
        key = f"{agent.place}: {name}"
        new = _numbers(key, value, array.shape[1:])
        _check_values(key, name, column, new)
        array[agent.row] = new

    def refuse(agent: Any, value: Any) -> None:
        raise ArgumentError(
            "cannot be changed",
            key=f"{agent.place}: {name}",
            hint="it says who meets whom, or what has happened; change what leads to it",
        )

    if words:
        read, write = read_word, write_word
    else:
        read = read_row if len(column.shape) > 1 else read_number
        write = write_numbers
    read.__name__ = name  # as help() shows it
    doc = _describe(column, writable)
    if words:
        doc += f" One of: {', '.join(words)}."
    return property(read, write if writable else refuse, doc=doc)


class View(mesa.Agent):
    """An agent that is a view of one row of its model's arrays.

    Parameters
    ----------
    model : CultureModel
    row : int
        Its row in the arrays, from 0. `unique_id` is Mesa's own number, from 1 over all agents.

    Raises
    ------
    ArgumentError
        If the model has no such row.
    """

    entity: ClassVar[str]

    def __init_subclass__(cls, entity: str | None = None, **kwargs: Any) -> None:
        """Give the class one attribute for every column of its entity, unless it has its own."""
        super().__init_subclass__(**kwargs)
        if entity is None:
            return
        cls.entity = entity
        for name, column in columns(entity).items():
            if name not in cls.__dict__:
                setattr(cls, name, _attribute(entity, name, column))

    def __init__(self, model: CultureModel, row: int) -> None:
        rows = len(getattr(model.state, self.entity)[0])
        self.row = _row(f"{type(self).__name__}.row", row, rows)
        super().__init__(model)

    def __repr__(self) -> str:
        return f"<{self.place}>"

    @property
    def place(self) -> str:
        """Class and row, as errors name the agent."""
        return f"{type(self).__name__} {self.row}"


class Team(View, entity="teams"):
    """A team: a view of its row of the team columns.

    Every team column is an attribute, such as ``belief``, ``plan``, ``culture`` or ``price``;
    ``help(Team)`` lists them. Reading gives a number or a copy; writing changes the run. What
    cannot be changed raises `ArgumentError`, as does a value of the wrong shape or range.

    Parameters
    ----------
    model : CultureModel
    row : int
        Its row in the arrays, from 0.

    Raises
    ------
    ArgumentError
        If the model has no such row.

    Examples
    --------
    >>> import culturesim as cs
    >>> model = cs.CultureModel("baseline", culture="discovery", seed=1)
    >>> model.step()
    >>> team = model.teams[0]
    >>> team.offer.price == team.price
    True
    >>> team.culture = 0.5
    >>> float(model.state.teams.record["culture"][0])
    0.5
    """

    @property
    def offer(self) -> Offer:
        """What the team puts before customers, as an `Offer`.

        Set it to an `Offer`, which changes its price and whether it is made as well, or to the
        degrees of care alone. The offer phase of the next cycle makes a new one from performance:
        what is set here serves what-ifs, and lasting changes are made to `performance`.
        """
        teams = self.model.state.teams
        record = teams.record
        return Offer(
            team=self.row,
            price=record["price"].item(self.row),
            care_taken=teams.offer[self.row],
            made=record["offering"].item(self.row),
        )

    @offer.setter
    def offer(self, offer: Offer | Sequence[float] | Floats) -> None:
        teams = self.model.state.teams
        key = f"{self.place}: offer"
        if isinstance(offer, Offer) and offer.team not in (None, self.row):
            raise ArgumentError(
                "is another team's", key=key, found=f"team {offer.team}", allowed=f"{self.row}"
            )
        wanted = offer.care_taken if isinstance(offer, Offer) else offer
        care_taken = _numbers(key, wanted, teams.offer.shape[1:])
        _in_range(key, care_taken, 0.0, 1.0)
        teams.offer[self.row] = care_taken
        if isinstance(offer, Offer):
            teams.record["price"][self.row] = offer.price
            teams.record["offering"][self.row] = offer.made

    @property
    def reach(self) -> Integers:
        """Rows of the customers that consider the team. Unit: index. Read only."""
        teams = self.model.state.teams
        first = teams.record["reach_first"].item(self.row)
        size = teams.record["reach_size"].item(self.row)
        rows: Integers = teams.reach[first : first + size].copy()
        return rows

    @property
    def customers(self) -> list[Customer]:
        """The customers that consider the team. Read only."""
        everybody = self.model.customers
        return [everybody[row] for row in self.reach.tolist()]


class Customer(View, entity="customers"):
    """A customer: a view of its row of the customer columns.

    Every customer column is an attribute, such as ``care``, ``trust``, ``worth`` or ``outcome``;
    ``help(Customer)`` lists them. Reading gives a number or a copy; writing changes the run. What
    cannot be changed raises `ArgumentError`, as does a value of the wrong shape or range.

    Parameters
    ----------
    model : CultureModel
    row : int
        Its row in the arrays, from 0.

    Raises
    ------
    ArgumentError
        If the model has no such row.

    Examples
    --------
    >>> import culturesim as cs
    >>> model = cs.CultureModel("baseline", culture="discovery", seed=1)
    >>> model.step()
    >>> customer = model.customers[0]
    >>> team = customer.considers[0]
    >>> perfect = cs.Offer(team.row, price=team.price, care_taken=[1.0] * len(customer.care))
    >>> customer.assess(perfect) > customer.assess(team.offer)
    True
    """

    @property
    def considers(self) -> list[Team]:
        """The teams whose offers the customer considers, in the order of its options. Read only."""
        everybody = self.model.teams
        rows = self.model.state.customers.considered[self.row].tolist()
        return [everybody[row] for row in rows if row >= 0]

    def assess(self, offer: Offer | None = None) -> float:
        """Assess an offer, or doing nothing, in money: a what-if that changes nothing.

        It gives what the assess phase would give if it came now: with care, standard and trust as
        they stand after the last delivery, with the switching cost where the offer is that of last
        cycle's commitment (doing nothing, if there was none), and with the influence of last
        cycle's take-up. The column `assessment`, by contrast, holds what the last assess phase
        gave; then the choice, trust and take-up were still those of the cycle before.

        Parameters
        ----------
        offer : Offer, optional
            Any offer, such as ``team.offer``, made up or not; doing nothing if not given. A team
            that the customer does not consider is trusted as in the beginning.

        Returns
        -------
        float
            Resources per cycle; minus infinity where the offer is not made, falls short of the
            customer's standard or exceeds its budget.

        Raises
        ------
        ArgumentError
            If it is no offer, has another number of concerns, or names a team that does not exist.
        """
        model, row = self.model, self.row
        state, params = model.state, model.setup.params
        customers = state.customers
        segment = customers.segment[row]
        traits: SegmentTraits = params.segments[segment]
        worth = customers.worth[row]
        before = customers.choice[row]
        if offer is None:
            nothing = worth * customers.status_quo[row]
            return float(nothing + traits.switching_cost if before == 0 else nothing)
        if not isinstance(offer, Offer):
            hint = "team.offer, or Offer(team, price, care_taken)"
            raise ArgumentError("is no offer", key="offer", found=repr(offer), hint=hint)
        care = customers.care[row]
        care_taken = _numbers("Offer.care_taken", offer.care_taken, care.shape)
        fit = dot(care, care_taken)
        if not offer.made or not is_acceptable(
            fit, customers.standard[row], offer.price, customers.budget[row]
        ):
            return -math.inf
        trust, peers, habit = params.trust.initial, 0.0, 0.0
        if offer.team is not None:
            team = _row("Offer.team", offer.team, len(state.teams.record))
            peers = traits.peer_influence * state.segments.takeup[segment, team]
            for slot in np.flatnonzero(customers.considered[row] == team):
                trust = customers.trust[row, slot]
                habit = traits.switching_cost if before == slot + 1 else 0.0
        # Added one by one and in the order of the phase: sums of floats depend on it.
        assessment = assess_offer(fit, worth, trust, offer.price)
        assessment += peers
        assessment += habit
        return float(assessment)

    def commit(self) -> Team | None:
        """Choose once more as in the last cycle, with the same luck: a what-if.

        The choice is worked out again from the column `assessment`, with the draws of the last
        cycle and the trust that the customer had when it chose. As long as `assessment` is what the
        last cycle left there, this is the team that the customer committed to; after a change to
        it, the team it would have committed to. Nothing is written.

        Returns
        -------
        Team or None
            None where the customer did nothing, out of preference or of indecision (`outcome` says
            which), and before the first cycle.
        """
        model, row = self.model, self.row
        if model.cycle == 0:
            return None
        customers = model.state.customers
        traits: SegmentTraits = model.setup.params.segments[customers.segment[row]]
        assessment = customers.assessment[row]
        luck = uniforms(np.uint64(model.seed), streams.CHOICE, model.cycle - 1, row, 0)
        odds = np.empty_like(assessment)
        choice = choose(assessment, odds, len(assessment), traits.choice_noise, luck[0])
        if choice == 0:
            return None
        doubt = traits.indecision * (1.0 - model.trust_at_choice[row, choice - 1])
        if luck[1] < 1.0 - math.exp(-doubt):
            return None
        team: Team = model.teams[customers.considered[row, choice - 1]]
        return team
