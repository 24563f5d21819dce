"""From an act and where its knobs stand to what is run: a scenario and changes, for each world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from culturesim.app.acts import CULTIVATE, TURNS_AWAY, Act
from culturesim.app.knobs import GROUNDS, KNOBS, MARKET, Changes

CULTIVATED = 0.05  # of what is missing, each cycle: as in the scenario garden
ORDERED = 0.9  # the culture that teams have to act by: as in the scenario mandate


class Side(NamedTuple):
    """A world with all that was chosen for it: what `load_scenario` takes."""

    world: str
    scenario: str
    changes: Changes

    @property
    def key(self) -> str:
        """Equal for equal sides."""
        return f"{self.scenario} {sorted(self.changes.items(), key=lambda item: item[0])}"


def sides(which: Act, knobs: Mapping[str, float], ground: str = MARKET) -> tuple[Side, Side]:
    """The two worlds of an act, with its knobs where they stand.

    Parameters
    ----------
    which : Act
    knobs : mapping of str to float
        A level for each knob of the act.
    ground : str
        Name of a ground; only act 7 has others than the market.

    Returns
    -------
    tuple of Side and Side
        ``load_scenario(side.scenario, side.changes)`` is what is run.
    """
    changes = which.changes | GROUNDS[ground]
    for name, value in knobs.items():
        if name == "attention":
            continue
        paths = KNOBS[name].paths
        # The knob of a share is the sum of its parameters, in equal parts.
        part = value / len(paths)
        changes |= dict.fromkeys(paths, part)
    first, second = which.worlds
    done = {world.name: world.changes for world in (first, second)}
    if "attention" in knobs:
        done = {name: {"leadership": [_deed(name, knobs["attention"])]} for name in done}
    return (
        Side(first.name, which.scenario, changes | done[first.name]),
        Side(second.name, which.scenario, changes | done[second.name]),
    )


def _deed(world: str, attention: float) -> Changes:
    """What leaders do until they turn away: the same cycles of attention in both worlds."""
    strength = CULTIVATED if world == CULTIVATE else ORDERED
    begin = TURNS_AWAY - int(attention)
    return {"kind": world, "from": begin, "to": TURNS_AWAY, "strength": strength}
