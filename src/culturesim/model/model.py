"""The model as a Mesa model: the same compiled cycle, one step at a time."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from culturesim.errors import ArgumentError
from culturesim.model.agents import Customer, Team
from culturesim.model.behaviour import Behaviour, Turn, make_team
from culturesim.model.cast import TeamClasses, cast
from culturesim.model.engine import PARTS, Setup, compile_first
from culturesim.model.market import whole_market
from culturesim.model.measure import METRICS, NAMES
from culturesim.model.results import IN_TABLES, Run
from culturesim.model.seeds import check_seed

if TYPE_CHECKING:
    import pandas as pd

    from culturesim.scenario.schema import Scenario
    from culturesim.state.parameters import Floats

# The attributes that hold the metrics of the last cycle: `culture` names the culture that is run.
REPORTERS: tuple[str, ...] = tuple(IN_TABLES.get(name, name) for name in NAMES)


class CultureModel(mesa.Model):
    """A run that is stepped cycle by cycle, with its teams and customers as Mesa agents.

    Each step is the compiled cycle that `simulate` runs, so that both give the same numbers to the
    last bit. Agents are views of rows of its arrays; they are made when they are first asked for.
    Every metric of the last cycle is an attribute (``model.value_created``), not a number before
    the first; with several organizations it is that of the whole market. Mesa's own random numbers
    play no part in any result.

    Parameters
    ----------
    scenario : str, Path or Scenario
        Name of a bundled scenario, path of a file, or a loaded scenario.
    culture : str, optional
        Culture of every organization; what the scenario says if not given.
    seed : int
        0 to 2**63 - 1. The same seed gives the same customers and the same luck under any culture.
    team : subclass of Team, or mapping of str to such, optional
        Own behaviour for the teams of every organization, or of organizations by name.

    Attributes
    ----------
    spec : Scenario
        What is run; Mesa keeps the name `scenario` for itself.
    culture : str or None
        The culture asked for.
    seed : int
    setup : Setup
        The scenario made ready to run.
    behaviour : Behaviour or None
        What teams do by themselves.
    turn : Turn or None
        The team whose verb is at work, row and verb; None at other times.
    state : State
        The arrays. Agents are the easier way to them.
    trust_at_choice : array of float, shape (C, K)
        Trust before the last delivery moved it.
    cycle : int
        Number of cycles done, hence also the number of the next one.
    datacollector : mesa.DataCollector
        A row per cycle, a column per metric; the metric `culture` is called ``culture_mean``.
    running : bool
        True until the scenario's cycles are done. It can be stepped on after that.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    ArgumentError
        If the culture, the seed or the team is.
    BehaviourError
        If a team cannot be made.

    Examples
    --------
    >>> import culturesim as cs
    >>> model = cs.CultureModel("baseline", culture="discovery", seed=1)
    >>> model.step()
    >>> model.cycle, len(model.cycles)
    (1, 1)
    >>> model.customers[0].outcome in ("status quo", "indecision", "kept", "broken")
    True
    """

    def __init__(
        self,
        scenario: str | Path | Scenario = "baseline",
        culture: str | None = None,
        seed: int = 0,
        team: TeamClasses | None = None,
    ) -> None:
        if seed is None:
            raise ArgumentError(
                "is not a whole number",
                key="seed",
                found="None",
                hint="mesa.batch_run of Mesa 3.5 sets the seed itself: give it rng=[0, 1, 2]",
            )
        seed = check_seed(seed)
        played = cast(scenario, culture, team)
        setup = Setup(played.scenario, culture)
        self._teams: tuple[Team, ...] | None = None
        self._customers: tuple[Customer, ...] | None = None
        self._ready = False  # Mesa looks at the agents before there is anything to view
        self._registered = 0
        super().__init__(rng=seed)
        compile_first()
        self.setup = setup
        self.spec = setup.scenario
        self.culture = setup.culture
        self.seed = seed
        self.state = setup.start(seed)
        self.trust_at_choice = self.state.customers.trust.copy()
        self.cycle = 0
        self._market: tuple[int, Floats] | None = None  # of the last cycle asked for
        self._records = np.full_like(setup.empty_records(), np.nan)
        self.datacollector = mesa.DataCollector({name: name for name in REPORTERS})
        self.collects = True
        organizations = self.state.teams.record["organization"].tolist()
        self._classes = [played.classes.get(setup.organizations[o], Team) for o in organizations]
        self.behaviour: Behaviour | None = None
        self._ready = True
        if played.classes:
            self.behaviour = Behaviour(self._classes, Team)
            self.teams  # noqa: B018  (what a team sets up for itself is not to come later)

    def __repr__(self) -> str:
        return (
            f"<CultureModel of {self.spec.name}, culture {self.culture}, seed {self.seed}, "
            f"{self.cycle} cycles done>"
        )

    def step(self) -> None:
        """Run one cycle and record it.

        The cycles beyond the scenario's last go on in the same way; room for them is made as
        needed.
        """
        if self.cycle == len(self._records):
            more = np.full_like(self._records, np.nan)
            self._records = np.concatenate([self._records, more])
        # Only delivery moves trust, after the choice: this is what the customers choose by.
        np.copyto(self.trust_at_choice, self.state.customers.trust)
        if self.behaviour is None:
            self.run_parts(0, PARTS)
        else:
            self.behaviour.run_cycle(self)
        self.cycle += 1
        if self.cycle == self.setup.cycles:
            self.running = False
        if self.collects:
            self.datacollector.collect(self)

    def _wrapped_step(self, *args: Any, **kwargs: Any) -> None:
        # Mesa puts this around `step`; from 3.5 on it would pass over steps after one that failed.
        if self.behaviour is not None:
            self.behaviour.check_whole(self)
        super()._wrapped_step(*args, **kwargs)

    def run_parts(self, first: int, last: int) -> None:
        """Run compiled parts `first` to ``last - 1`` of the present cycle; `step` runs them all.

        Parameters
        ----------
        first, last : int
            Phases by number; after the last of them the record of the cycle.
        """
        place = self.cycle, self.cycle + 1
        self.setup.advance(self.seed, *place, self.state, self._records, (first, last))

    @property
    def turn(self) -> Turn | None:
        """The team whose verb is at work, row and verb; None at other times."""
        return self.behaviour.turn if self.behaviour is not None else None

    @property
    def records(self) -> Floats:
        """What the cycles done recorded: shape (cycles, O, metrics), the metrics as in `NAMES`.

        A view that cannot be written to.
        """
        done = self._records[: self.cycle]
        done.flags.writeable = False
        return done

    @property
    def last_market(self) -> Floats:
        """What the last cycle recorded of the whole market: shape (1, metrics)."""
        last = self.cycle - 1
        if self._market is None or self._market[0] != last:
            records = self._records[last]
            whole = records if len(records) == 1 else whole_market(self.spec, records)
            self._market = last, whole
        return self._market[1]

    @property
    def cycles(self) -> pd.DataFrame:
        """The cycles done, as in `Run.cycles`: one row per cycle and organization."""
        return Run(self.spec, self.culture, self.seed, self.records).cycles

    # --- agents

    @property
    def teams(self) -> tuple[Team, ...]:
        """The teams by row."""
        if self._teams is None:
            self._ready = False  # nobody may ask for agents while they are made
            self._teams = tuple(make_team(k, self, row) for row, k in enumerate(self._classes))
            self._ready = True
        return self._teams

    @property
    def customers(self) -> tuple[Customer, ...]:
        """The customers by row."""
        if self._customers is None:
            self.teams  # noqa: B018  (they come first)
            self._ready = False
            rows = range(len(self.state.customers.segment))
            self._customers = tuple(Customer(self, row) for row in rows)
            self._ready = True
        return self._customers

    @property
    def agents(self) -> Any:
        """All agents, as Mesa's AgentSet: teams, then customers, each by row."""
        if self._ready:
            self.customers  # noqa: B018  (made when they are first asked for)
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """Mesa's AgentSets by class: `Team`, or a class of one's own, and `Customer`."""
        if self._ready:
            self.customers  # noqa: B018  (made when they are first asked for)
        return super().agents_by_type

    @property
    def agent_types(self) -> Any:
        """Classes of the agents: `Team`, or a class of one's own, and `Customer`."""
        if self._ready:
            self.customers  # noqa: B018  (made when they are first asked for)
        return super().agent_types

    def register_agent(self, agent: Any) -> None:
        """Take an agent in, as Mesa does, without keeping the model alive forever.

        Parameters
        ----------
        agent : mesa.Agent
        """
        super().register_agent(agent)
        # Mesa 3.3 counts ids in a table of its own that never lets go of a model.
        table = getattr(mesa.Agent, "_ids", None)
        if table is not None:
            table.pop(self, None)
            self._registered += 1
            agent.unique_id = self._registered


def _metric(place: int) -> property:
    """An attribute that gives a metric of the last cycle."""

    def read(model: CultureModel) -> float:
        if model.cycle == 0:
            return math.nan
        return model.last_market.item(0, place)

    metric = METRICS[place]
    return property(read, doc=f"Last cycle's {metric.meaning}. Unit: {metric.unit}.")


for _place, _name in enumerate(REPORTERS):
    setattr(CultureModel, _name, _metric(_place))
