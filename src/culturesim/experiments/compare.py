"""Cultures compared in the same markets, pair by pair; or organizations, or scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from culturesim.errors import ArgumentError
from culturesim.experiments.comparison import Comparison, Kind
from culturesim.experiments.contestants import contestants
from culturesim.model.pace import Kind as KindOfRuns
from culturesim.model.pace import expected
from culturesim.model.simulate import check_count, ensemble, processors
from culturesim.progress import Progress, shown
from culturesim.scenario.load import load_scenario
from culturesim.scenario.schema import Scenario

if TYPE_CHECKING:
    from culturesim.model.agents import Team
    from culturesim.model.cast import TeamClasses

One: TypeAlias = str | Path | Scenario
Scenarios: TypeAlias = One | Sequence[One]

CULTURES = ("execution", "discovery")
LEFT_ALONE = "left alone"


class Question(NamedTuple):
    """What a comparison is of: for each name a scenario, perhaps a culture, and who plays in it."""

    kind: Kind
    names: tuple[str, ...]
    scenarios: tuple[Scenario, ...]
    cultures: tuple[str | None, ...]
    teams: tuple[TeamClasses | None, ...]

    @property
    def distinct(self) -> list[Scenario]:
        """What the question is about: each scenario once."""
        return list(self.scenarios if self.kind == "scenarios" else self.scenarios[:1])


def question(
    scenario: Scenarios,
    cultures: Sequence[str | type[Team]] | None = None,
    team: TeamClasses | None = None,
) -> Question:
    """Say what there is to compare.

    Cultures, if any are named; else several scenarios as they are; several organizations in one
    market with each other; what leaders do in a scenario with what would be without it; or else
    execution with discovery.

    Parameters
    ----------
    scenario : str, Path or Scenario, or a sequence of them
    cultures : sequence of str or subclass of Team, optional
    team : subclass of Team, mapping of str to such, or None
        Plays on every side.

    Returns
    -------
    Question

    Raises
    ------
    ScenarioError
        If a scenario is wrong.
    ArgumentError
        If there is nothing to compare, or it cannot be compared.
    """
    listed = [scenario] if isinstance(scenario, str | Path | Scenario) else scenario
    loaded = [load_scenario(one) for one in listed]
    if len(loaded) > 1:
        if cultures is not None:
            raise ArgumentError(
                "cannot be compared in several scenarios at once",
                key="cultures",
                found=cultures if isinstance(cultures, str) else ", ".join(map(str, cultures)),
                allowed="cultures in one scenario, or scenarios as they are",
            )
        return _scenarios([s.name or s.title for s in loaded], loaded, team)
    if not loaded:
        raise ArgumentError("nothing to compare", key="scenario", found="an empty list")
    only = loaded[0]
    if cultures is None and len(only.organizations) > 1:
        names = tuple(only.organizations)
        number = len(names)
        nothing = (None,) * number
        return Question("organizations", names, (only,) * number, nothing, (team,) * number)
    if cultures is None and only.leadership:
        alone = only.override({"leadership": []})
        return _scenarios([LEFT_ALONE, only.name or "led"], [alone, only], team)
    sides = contestants(only, CULTURES if cultures is None else cultures, team)
    labels, named, teams = zip(*sides, strict=True)
    return Question("cultures", labels, (only,) * len(sides), named, teams)


def _scenarios(names: list[str], scenarios: list[Scenario], team: TeamClasses | None) -> Question:
    if len(set(names)) < len(names):
        raise ArgumentError("must have different names", key="scenarios", found=", ".join(names))
    lengths = {s.world.cycles for s in scenarios}
    if len(lengths) > 1:
        raise ArgumentError(
            "must run equally long, or their sums say nothing",
            key="scenarios",
            found=", ".join(
                f"{name}: {s.world.cycles} cycles" for name, s in zip(names, scenarios, strict=True)
            ),
            hint=f"set world.cycles={max(lengths)} for all of them",
        )
    number = len(names)
    return Question("scenarios", tuple(names), tuple(scenarios), (None,) * number, (team,) * number)


def compare(
    scenario: Scenarios,
    cultures: Sequence[str | type[Team]] | None = None,
    replications: int = 100,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress = None,
    team: TeamClasses | None = None,
) -> Comparison:
    """Run cultures in the same markets and compare what they created.

    Parameters
    ----------
    scenario : str, Path or Scenario, or a sequence of them
        Name of a bundled scenario, path of a file, or a loaded scenario. Several are compared with
        each other as they are.
    cultures : sequence of str or subclass of Team, optional
        Two or more names of the scenario's cultures, or classes of teams, each in the culture that
        it lives in; the first is the base of the differences. If not given: the organizations of
        the scenario, if there are several; what leaders do in it, with the absence of that; else
        execution and discovery.
    replications : int
        Number of markets, 1 or more.
    seed : int
        0 to 2**63 - 1.
    workers : int, optional
        Threads; as many as there are processors if not given. Results do not depend on it.
    progress : callable or bool, optional
        Called with (runs done, runs in all) from time to time; True: a bar, after a word on how
        long it will take. If not given, that is so in a notebook, for what takes some seconds.
    team : subclass of Team, or mapping of str to such, optional
        Own behaviour for teams, the same in each culture.

    Returns
    -------
    Comparison
        ``cmp.table``, ``cmp.sentence``, ``cmp.plot()``, ``cmp.runs``, ``cmp.ensembles``.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    ArgumentError
        If another argument is.
    BehaviourError
        If a team's own verb fails.

    Examples
    --------
    >>> import culturesim as cs
    >>> cmp = cs.compare("known-market", replications=20)
    >>> bool(cmp.table.loc["value_created", "difference"] < 0)
    True
    """
    asked = question(scenario, cultures, team)
    replications = check_count("replications", replications)
    runs = 1 if asked.kind == "organizations" else len(asked.names)
    total = replications * runs
    kinds = [
        KindOfRuns(*kind)
        for kind in list(zip(asked.scenarios, asked.cultures, asked.teams, strict=True))[:runs]
    ]
    ensembles = {}
    with shown(progress, total, lambda: expected(kinds, replications, workers, processors())) as (
        tell
    ):
        for n, kind in enumerate(kinds):

            def report(done: int, _: int, before: int = n * replications) -> None:
                if tell is not None:
                    tell(before + done, total)

            ensembles[asked.names[n]] = ensemble(
                kind.scenario, kind.culture, replications, seed, workers, report, kind.team
            )
    if asked.kind == "organizations":
        together = ensembles[asked.names[0]]
        ensembles = {name: together.of(name) for name in asked.names}
    return Comparison(asked.scenarios[0], ensembles, seed, asked.kind)
