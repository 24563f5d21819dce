"""From a scenario to the numbers and arrays that the compiled cycle reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from culturesim.scenario.leadership_parameters import window
from culturesim.state.parameters import (
    FOR_EVER,
    KINDS,
    NAMED,
    TARGETS,
    ActionTraits,
    Growth,
    Means,
    OrganizationTraits,
    Params,
    Practices,
    Production,
    Records,
    SegmentTraits,
    ShockTraits,
    Skills,
    Trust,
    World,
    record_type,
)

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario

Group = TypeVar("Group", World, Growth, Production, Trust, Means, Skills)


def _numbers(kind: type[Group], table: object) -> Group:
    """Copy the parameters of one table, which bear the same names on both sides."""
    return kind(*(float(getattr(table, name)) for name in kind._fields))


def _records(kind: type, tables: Iterable[object], /, **given: Sequence[float]) -> Records:
    """Records made from tables whose parameters bear the same names; `given` is worked out here."""
    layout = record_type(kind)
    tables = list(tables)
    records = np.zeros(len(tables), layout)
    for name in layout.names or ():
        records[name] = given[name] if name in given else [getattr(t, name) for t in tables]
    return records


def parameters(scenario: Scenario) -> Params:
    """Turn a scenario into the numbers and arrays that the compiled cycle reads.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    Params
    """
    segments = list(scenario.segments)
    cultures = list(scenario.cultures)
    names = list(scenario.organizations)
    organizations = list(scenario.organizations.values())
    sizes = scenario.segment_sizes()

    first_pole, second_pole, culture = [], [], []
    home = {name: _homes(scenario, name) for name in names}
    longest = max(len(listed) for listed in home.values())
    homes = np.full((len(organizations), longest), -1, np.int64)
    for o, organization in enumerate(organizations):
        first, second = organization.poles
        share = organization.culture
        if isinstance(share, str):
            # A culture that is neither pole takes the place of the second one.
            second, share = (second, 0.0) if share == first else (share, 1.0)
        first_pole.append(cultures.index(first))
        second_pole.append(cultures.index(second))
        culture.append(share)
        for n, name in enumerate(home[names[o]]):
            homes[o, n] = segments.index(name)

    shocks = list(scenario.shocks.values())
    shocked = np.zeros((len(shocks), len(segments)), np.bool_)
    for n, shock in enumerate(shocks):
        for name in shock.segments or segments:
            shocked[n, segments.index(name)] = True

    return Params(
        world=_numbers(World, scenario.world),
        segments=_records(
            SegmentTraits,
            scenario.segments.values(),
            customers=[sizes[name] for name in segments],
            internal=[s.kind == "internal" for s in scenario.segments.values()],
            organization=[
                names.index(s.organization) if s.organization else -1
                for s in scenario.segments.values()
            ],
        ),
        organizations=_records(
            OrganizationTraits,
            organizations,
            culture=culture,
            first_pole=first_pole,
            second_pole=second_pole,
            homes=[len(listed) for listed in home.values()],
            prior_accuracy=[o.prior.accuracy for o in organizations],
            prior_confidence=[o.prior.confidence for o in organizations],
        ),
        homes=homes,
        growth=_numbers(Growth, scenario.growth),
        **_leadership(scenario),
        production=_numbers(Production, scenario.production),
        trust=_numbers(Trust, scenario.trust),
        means=_numbers(Means, scenario.means),
        skills=_numbers(Skills, scenario.skills),
        practices=_records(Practices, scenario.cultures.values()),
        shocks=_records(ShockTraits, shocks),
        shocked=shocked,
    )


def _homes(scenario: Scenario, organization: str) -> list[str]:
    """Segments that the teams of an organization are dealt to: not to other firms' people."""
    segments = scenario.segments
    named = scenario.organizations[organization].home
    open_to_it = [n for n, s in segments.items() if s.organization in ("", organization)]
    return list(named) or open_to_it or list(segments)


def _leadership(scenario: Scenario) -> dict[str, Any]:
    """What leaders do, and for which teams, as `Params` holds it."""
    names = list(scenario.organizations)
    actions = list(scenario.leadership.values())
    teams = [organization.teams for organization in scenario.organizations.values()]
    acting = np.zeros((len(actions), len(names)), np.bool_)
    named = np.zeros((len(actions), sum(teams)), np.bool_)
    for n, action in enumerate(actions):
        for name in action.organizations or names:
            o = names.index(name)
            acting[n, o] = True
            if not isinstance(action.target, str):
                named[n, [sum(teams[:o]) + row for row in action.target]] = True
    windows = [window(action) for action in actions]
    targets = [a.target if isinstance(a.target, str) else None for a in actions]
    records = _records(
        ActionTraits,
        actions,
        kind=[KINDS.index(action.kind) for action in actions],
        first=[first for first, _ in windows],
        end=[end or FOR_EVER for _, end in windows],
        target=[NAMED if target is None else TARGETS.index(target) for target in targets],
    )
    return {"actions": records, "acting": acting, "named": named}
