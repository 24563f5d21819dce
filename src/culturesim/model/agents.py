"""Teams and customers as Mesa agents: each is a view of one row of the model's arrays.

An agent holds its model and its row, and nothing else. Reading an attribute gives a number, or a
copy of a row; writing one changes the arrays, and with them the rest of the run. There is one
attribute for every column of `culturesim.state.columns`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from culturesim.errors import ArgumentError, nearest
from culturesim.kernels.assessment import assess_offer, is_acceptable
from culturesim.kernels.logit import choose, puts_off
from culturesim.kernels.random import uniforms
from culturesim.kernels.vectors import dot
from culturesim.model.checks import in_range, numbers, row_number
from culturesim.model.offers import Offer
from culturesim.model.verbs import give_verbs, take_verbs
from culturesim.model.views import View
from culturesim.state import streams

if TYPE_CHECKING:
    from culturesim.state.parameters import Floats, Integers, SegmentTraits


class Team(View, entity="teams"):
    """A team: a view of its row of the team columns.

    Every team column is an attribute, such as ``belief``, ``plan``, ``culture`` or ``price``;
    ``help(Team)`` lists them. Reading gives a number or a copy; writing changes the run. What
    cannot be changed raises `ArgumentError`, as does a value of the wrong shape or range.

    A subclass may write verbs: methods named after the phases in which teams act. The compiled
    phase acts for all teams first; then each verb has the last word on its own team's row, in the
    order of rows. It returns nothing. ``class Mine(Team, culture="discovery")`` says in which
    culture such teams live where the caller names none. Hand the class over as ``team=``.

    Parameters
    ----------
    model : CultureModel
    row : int
        Its row in the arrays, from 0.

    Attributes
    ----------
    lives_in : str or None
        The culture that the class was given, of the class.

    Raises
    ------
    ArgumentError
        If the model has no such row; for a subclass, if it has a verb that cannot be one.

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

    >>> class Bold(cs.Team, culture="discovery"):
    ...     def plan(self):
    ...         plan = self.belief**2
    ...         self.plan = plan / plan.sum()
    >>> cs.simulate("baseline", seed=1, team=Bold).culture
    'Bold'
    """

    lives_in: ClassVar[str | None] = None

    def __init_subclass__(cls, culture: str | None = None, **kwargs: Any) -> None:
        """Take a subclass's culture and verbs."""
        super().__init_subclass__(**kwargs)
        if culture is not None:
            if not isinstance(culture, str):
                raise ArgumentError(
                    "is not a culture's name", key=f"{cls.__name__}: culture", found=repr(culture)
                )
            cls.lives_in = culture
        take_verbs(cls, Team)

    def take_stance(self, culture: str) -> None:
        """Choose the practices of this cycle, in the verb `cultivate`.

        Parameters
        ----------
        culture : str
            Name of a culture of the scenario, one of the organization's two poles or not.

        Raises
        ------
        ArgumentError
            If the scenario has no such culture, or this is not the time.
        """
        names = self.model.spec.culture_names
        if culture not in names:
            raise ArgumentError(
                "is not a culture of the scenario",
                key=f"{self.place}: {culture!r}",
                allowed=names,
                nearest=nearest(str(culture), names),
            )
        if self.model.turn != (self.row, "cultivate"):
            raise ArgumentError(
                "is taken in cultivate, by the team itself",
                key=f"{self.place}: stance",
                hint=f"def cultivate(self): self.take_stance({culture!r})",
            )
        self.model.state.teams.record["stance"][self.row] = names.index(culture)

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
        self.keep_to_own_row(key)
        if isinstance(offer, Offer) and offer.team not in (None, self.row):
            raise ArgumentError(
                "is another team's", key=key, found=f"team {offer.team}", allowed=f"{self.row}"
            )
        wanted = offer.care_taken if isinstance(offer, Offer) else offer
        care_taken = numbers(key, wanted, teams.offer.shape[1:])
        in_range(key, care_taken, 0.0, 1.0)
        teams.offer[self.row] = care_taken
        if isinstance(offer, Offer):
            teams.record["price"][self.row] = offer.price
            teams.record["offering"][self.row] = offer.made

    @property
    def reach(self) -> Integers:
        """Rows of the customers that consider the team. Unit: index. Read only."""
        return self._listed("reach", "reach")

    @property
    def neighbours(self) -> Integers:
        """Rows of the teams that the team sees at work. Unit: index. Read only."""
        return self._listed("neighbours", "neighbour")

    def _listed(self, column: str, counted: str) -> Integers:
        """Its part of a column in which the lists of all teams stand one after another."""
        teams = self.model.state.teams
        first = teams.record[f"{counted}_first"].item(self.row)
        size = teams.record[f"{counted}_size"].item(self.row)
        rows: Integers = getattr(teams, column)[first : first + size].copy()
        return rows

    @property
    def customers(self) -> list[Customer]:
        """The customers that consider the team. Read only."""
        everybody = self.model.customers
        return [everybody[row] for row in self.reach.tolist()]


give_verbs(Team)


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
        care_taken = numbers("Offer.care_taken", offer.care_taken, care.shape)
        fit = dot(care, care_taken)
        if not offer.made or not is_acceptable(
            fit, customers.standard[row], offer.price, customers.budget[row]
        ):
            return -math.inf
        trust, peers, habit = params.trust.initial, 0.0, 0.0
        if offer.team is not None:
            team = row_number("Offer.team", offer.team, len(state.teams.record))
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
        if puts_off(doubt, luck[1]):
            return None
        team: Team = model.teams[customers.considered[row, choice - 1]]
        return team
