"""Values that are each allowed, but not together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from culturesim.errors import ScenarioError, nearest
from culturesim.scenario.contents import Contents
from culturesim.scenario.paths import KeyPath


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
    yield from _of_cultures(contents)
    yield from _of_sizes(contents)
    yield from _of_shocks(contents)


def _of_organizations(contents: Contents) -> Iterator[InconsistentError]:
    first, *others = contents.organizations
    if others:
        yield _error(
            tuple(("organizations", name) for name in others),
            "is one organization too many",
            ", ".join([first, *others]),
            "exactly one organization in a scenario",
            hint='replace = ["organizations"] drops the inherited one',
        )
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
                f"names a {kind} that does not exist",
                f'{path[-1]} = "{name}"',
                ", ".join(known),
                nearest(name, known),
            )
