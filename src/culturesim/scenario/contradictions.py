"""Values that are each allowed, but not together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from culturesim.errors import ScenarioError, nearest
from culturesim.scenario.contents import Contents
from culturesim.scenario.leadership_parameters import Action, window
from culturesim.scenario.paths import KeyPath
from culturesim.scenario.words import show


class InconsistentError(ScenarioError):
    """Values that are each allowed, but not together; `keys` are the ones to look at."""

    keys: tuple[KeyPath, ...] = ()


def check_together(contents: Contents) -> None:
    """Look for contradictions between the values of a scenario.

    Parameters
    ----------
    contents : Contents

    Raises
    ------
    InconsistentError
        The first contradiction, with the number of others.
    """
    found = list(_contradictions(contents))
    if found:
        found[0].more = len(found) - 1
        raise found[0]


def _error(
    keys: tuple[KeyPath, ...],
    problem: str,
    found: str,
    allowed: str,
    near: str | None = None,
    hint: str | None = None,
) -> InconsistentError:
    error = InconsistentError(
        problem, key=".".join(keys[0]), found=found, allowed=allowed, nearest=near, hint=hint
    )
    error.keys = keys
    return error


def _contradictions(contents: Contents) -> Iterator[InconsistentError]:
    needed = ("segments", "organizations", "cultures")
    empty = [key for key in needed if not getattr(contents, key)]
    if empty:
        yield _error(
            tuple((key,) for key in empty),
            "is empty",
            f"nothing in {', '.join(empty)}",
            f"at least one each of {', '.join(f'[{key}.NAME]' for key in needed)}",
            hint='begin the file with extends = "baseline" to inherit everything it does not say',
        )
        return  # everything below would only repeat this
    yield from _of_organizations(contents)
    yield from _of_insiders(contents)
    yield from _of_cultures(contents)
    yield from _of_sizes(contents)
    yield from _of_growth(contents)
    yield from _of_leadership(contents)
    yield from _of_shocks(contents)


def _of_organizations(contents: Contents) -> Iterator[InconsistentError]:
    for name, organization in contents.organizations.items():
        path = ("organizations", name)
        culture, poles, home = organization.culture, organization.poles, organization.home
        if isinstance(culture, str):
            yield from _unknown((*path, "culture"), [culture], contents.cultures, "culture")
        if len(poles) != 2:
            found = f"{len(poles)} of them: {', '.join(poles)}" if poles else "none"
            yield _error(((*path, "poles"),), "is not a pair", found, "exactly two culture names")
        yield from _unknown((*path, "poles"), poles, contents.cultures, "culture")
        yield from _unknown((*path, "home"), home, contents.segments, "segment")


def _of_insiders(contents: Contents) -> Iterator[InconsistentError]:
    for name, segment in contents.segments.items():
        path, whose = ("segments", name, "organization"), segment.organization
        if segment.kind == "external" and whose:
            yield _error(
                (path, ("segments", name, "kind")),
                "is said of outside buyers, who are nobody's people",
                f'organization = "{whose}", kind = "external"',
                'kind = "internal", or no organization',
            )
        elif whose:
            yield from _unknown(path, [whose], contents.organizations, "organization")
        elif segment.kind == "internal" and len(contents.organizations) > 1:
            yield _error(
                (path, ("organizations",)),
                "is missing: whose people are they?",
                f"{len(contents.organizations)} organizations",
                ", ".join(contents.organizations),
            )


def _of_cultures(contents: Contents) -> Iterator[InconsistentError]:
    for name, culture in contents.cultures.items():
        if culture.listening + culture.testing > 1:
            yield _error(
                (("cultures", name),),
                "gives away more effort than there is",
                f"listening = {culture.listening:g}, testing = {culture.testing:g}",
                "listening + testing from 0 to 1",
            )


def _of_sizes(contents: Contents) -> Iterator[InconsistentError]:
    customers, segments = contents.world.customers, len(contents.segments)
    if customers < segments:
        yield _error(
            (("world", "customers"), ("segments",)),
            "leaves a segment without customers",
            f"customers = {customers} for {segments} segments",
            f"at least {segments}, one for each segment",
        )
        return
    for name, size in contents.segment_sizes().items():
        if size == 0:
            yield _error(
                (("segments", name, "share"), ("world", "customers")),
                "leaves the segment without customers",
                f"share = {contents.segments[name].share:g} of {customers} customers",
                "a share that comes to at least one customer",
            )


def _of_growth(contents: Contents) -> Iterator[InconsistentError]:
    if contents.growth.degree % 2:
        yield _error(
            (("growth", "degree"),),
            "is not an even number",
            f"degree = {contents.growth.degree}",
            "an even number: as many neighbours on either side",
        )

    together = contents.growth.aspiration_own + contents.growth.aspiration_others
    if together > 1.0:
        yield _error(
            (("growth", "aspiration_own"), ("growth", "aspiration_others")),
            "leaves nothing of what was expected before",
            f"aspiration_own + aspiration_others = {together:g}",
            "0 to 1 together",
        )


def _of_leadership(contents: Contents) -> Iterator[InconsistentError]:
    cycles = contents.world.cycles
    for name, action in contents.leadership.items():
        path = ("leadership", name)
        first, end = window(action)
        yield from _unknown(
            (*path, "organizations"), action.organizations, contents.organizations, "organization"
        )
        if first >= cycles:
            yield _error(
                ((*path, "from"), ("world", "cycles")),
                "comes after the run has ended",
                f"from = {first}, world.cycles = {cycles}",
                f"0 to {cycles - 1}",
                hint="move the action, or make the run longer: world.cycles",
            )
        if action.kind == "seed" and end:
            yield _error(
                ((*path, "to"),),
                "has no meaning for a seed, which happens once",
                f"to = {end}",
                "no `to`",
            )
        elif end and end <= first:
            yield _error(
                ((*path, "to"), (*path, "from")),
                "comes before the action has begun",
                f"from = {first}, to = {end}",
                f"{first + 1} or more; 0: until the run ends",
            )
        yield from _of_targets(path, action, contents)


def _of_targets(path: KeyPath, action: Action, contents: Contents) -> Iterator[InconsistentError]:
    keys = ((*path, "teams"), (*path, "target"))
    rows = action.target
    if isinstance(rows, str):
        found = f'target = "{rows}", teams = {action.teams}'
        if rows == "all" and action.teams:
            yield _error(keys, "is given though all are meant", found, "no `teams`")
        elif rows != "all" and not action.teams:
            yield _error(keys, "is missing: how many of them?", found, "1 or more")
        return
    found = f"target = {show(list(rows))}"
    if action.teams:
        yield _error(
            keys,
            "is given though the target names them",
            f"{found}, teams = {action.teams}",
            "no `teams`",
        )
    if not rows:
        yield _error(keys[1:], "names no team", found, "numbers of teams, from 0")
    elif len(set(rows)) < len(rows):
        yield _error(keys[1:], "names a team twice", found, "each number once")
    for name in action.organizations or contents.organizations:
        organization = contents.organizations.get(name)
        if organization is not None and rows and max(rows) >= organization.teams:
            yield _error(
                (keys[1], ("organizations", name, "teams")),
                f"names a team that {name} does not have",
                found,
                f"0 to {organization.teams - 1}",
            )


def _of_shocks(contents: Contents) -> Iterator[InconsistentError]:
    cycles = contents.world.cycles
    for name, shock in contents.shocks.items():
        path = ("shocks", name)
        yield from _unknown((*path, "segments"), shock.segments, contents.segments, "segment")
        if shock.cycle >= cycles:
            yield _error(
                ((*path, "cycle"), ("world", "cycles")),
                "comes after the run has ended",
                f"cycle = {shock.cycle}, world.cycles = {cycles}",
                f"0 to {cycles - 1}",
                hint="move the shock, or make the run longer: world.cycles",
            )


def _unknown(
    path: KeyPath, names: Iterable[str], known: Mapping[str, Any], kind: str
) -> Iterator[InconsistentError]:
    for name in dict.fromkeys(names):
        if name not in known:
            yield _error(
                (path,),
                f"names {'an' if kind[0] in 'aeiou' else 'a'} {kind} that does not exist",
                f'{path[-1]} = "{name}"',
                ", ".join(known),
                nearest(name, known),
            )
