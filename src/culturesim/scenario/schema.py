"""What a scenario may say: every table and number, with its unit, range, meaning and source.

The classes below read as tables, one row a parameter: default, unit, range, meaning, source. A
source begins with its status: *measured* (the number itself was), *estimated* (derived from, or
lying within, published figures) or *assumed* (chosen; a study behind the form may be named).
A square bracket includes the end of a range, a round one does not.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Generic, NamedTuple, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, model_validator
from pydantic.types import StringConstraints

from culturesim.errors import ArgumentError, ScenarioError, nearest

REQUIRED: Any = ...
PRACTICE = "assumed: a practice, chosen by whoever writes the culture"
HEADS = ("title", "about", "expect")
NAME_PATTERN = r"^[A-Za-z0-9_-]+$"
Item = TypeVar("Item")


class Table(dict[str, Item], Generic[Item]):
    """A mapping from names to parts that cannot be changed after it is made, but can be pickled."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a scenario never changes; scenario.override({...}) makes a changed copy")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return Table, (dict(self),)


def _plain_number(value: float) -> float:
    return value + 0.0  # -0.0 becomes 0.0: one number, one spelling, one hash


Number = Annotated[float, AfterValidator(_plain_number)]
Names = Annotated[tuple[str, ...], Field(strict=False)]
Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
Named = Annotated[dict[Name, Item], AfterValidator(Table)]


def param(
    default: Any, unit: str, limits: str, meaning: str, source: str, *, apply: bool = True
) -> Any:
    """One row of the schema.

    Parameters
    ----------
    default : object
        Value where the file is silent, or `REQUIRED`.
    unit : str
    limits : str
        As in ``"[0, 1]"`` or ``"(0, inf]"``; empty for what is not a number.
    meaning : str
        One sentence.
    source : str
        Status, colon, then author, year and what is taken from them, or why it was chosen.
    apply : bool
        Whether `limits` hold for whatever stands there; False if it may be something else too.

    Returns
    -------
    FieldInfo
        Typed as Any, so that a row can be annotated with the type of its value.
    """
    bounds = _bounds(limits) if apply and limits else {}
    status = source.partition(":")[0]
    notes = {"unit": unit, "range": limits, "meaning": meaning, "source": source, "status": status}
    return Field(default, description=meaning, json_schema_extra={**notes}, **bounds)


def _bounds(limits: str) -> dict[str, Any]:
    low, high = (float(end) for end in limits[1:-1].split(","))
    bounds = {"ge" if limits[0] == "[" else "gt": low}
    if math.isfinite(high):
        bounds["le" if limits[-1] == "]" else "lt"] = high
    return bounds


class Part(BaseModel):
    """Base of every table: frozen, strict about types, no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_default=True)


# One row a parameter reads as a table; a formatter would give every argument its own line.
# fmt: off
class World(Part):
    """The market as a whole."""

    cycles: int = param(120, "cycles", "[1, 100000]",
        "How long a run lasts.",
        "assumed: ten years of months, long enough for beliefs and markets to settle")
    concerns: int = param(10, "concerns", "[1, 1000]",
        "How many things a customer may care about.",
        "assumed: enough that effort spread evenly takes care of nothing")
    customers: int = param(300, "customers", "[1, 10000000]",
        "Customers of all segments together.",
        "assumed: enough that chance among customers is small")
    care_focus: Number = param(1.5, "sd of log-care", "[0, 5]",
        "How unequally a segment cares about its concerns; 0 is equally.",
        "assumed: the leading concern gets nearly half of all care")
    care_spread: Number = param(0.5, "sd of log-care", "[0, 5]",
        "How far customers of one segment differ in what they care about.",
        "assumed: smaller than differences between concerns, so that a segment is one")
    care_memory: Number = param(240, "cycles", "[0, inf]",
        "How long what is cared about lasts before it has drifted away; 0 or inf: it never drifts.",
        "assumed: turbulence as in Posen & Levinthal 2012; vary it")
    cycle_label: str = param("month", "name", "",
        "What one cycle stands for.", "assumed: a month; nothing is computed from it")


class Segment(Part):
    """Customers who care about similar things."""

    share: Number = param(1, "parts of world.customers", "(0, 1e9]",
        "The segment's part of all customers, relative to the other segments' shares.",
        "assumed: equal shares")
    standard: Number = param(0.42, "fit", "[0, 1]",
        "The least fit a customer accepts.", "assumed: satisficing as in Simon 1956; vary it")
    standard_spread: Number = param(0.08, "sd of fit", "[0, 1]",
        "How far customers differ in their standard.", "assumed: a fifth of the standard")
    standard_drift: Number = param(0, "share of the gap per cycle", "[0, 1]",
        "How fast a standard rises towards the best fit seen; 0 is never.",
        "assumed: rising expectations are off unless studied")
    worth: Number = param(6, "resources per cycle", "(0, 1e6]",
        "What being fully taken care of is worth to a customer.",
        "assumed: several times the price, so that fit decides and not the price")
    worth_spread: Number = param(0, "sd, resources per cycle", "[0, 1e6]",
        "How far customers differ in worth.", "assumed: none, for a plain baseline")
    status_quo: Number = param(0.22, "fit", "[0, 1]",
        "How well doing nothing takes care of a customer.",
        "assumed: with the other defaults, no decision is common, as Dixon & McKenna 2022 report "
        "(40 to 60 % of deals)")
    status_quo_spread: Number = param(0, "sd of fit", "[0, 1]",
        "How far customers differ in how well doing nothing serves them.",
        "assumed: none, for a plain baseline")
    budget: Number = param(math.inf, "resources per cycle", "(0, inf]",
        "The highest price a customer can pay, on average; inf: any.",
        "assumed: no limit, so that value and not money decides")
    budget_spread: Number = param(0, "sd of log-budget", "[0, 3]",
        "How far customers differ in budget.", "assumed: none, for a plain baseline")
    switching_cost: Number = param(0.6, "resources", "[0, 1e6]",
        "What last cycle's choice, doing nothing included, has ahead of the others.",
        "assumed: status quo bias as in Samuelson & Zeckhauser 1988; a tenth of the worth")
    choice_noise: Number = param(0.5, "resources", "[0, 1e6]",
        "Scale of the noise in a choice; 0: the best is always chosen.",
        "assumed: conditional logit as in McFadden 1974")
    indecision: Number = param(0.5, "rate per unit of lacking trust", "[0, 100]",
        "How strongly lack of trust makes a customer put off an offer it prefers.",
        "assumed: form after Dixon & McKenna 2022, where indecision costs more deals than the "
        "status quo")
    peer_influence: Number = param(0, "resources per unit of share", "[0, 1e6]",
        "How much more an offer appeals for being chosen by the whole segment.",
        "assumed: off; internal influence as in Bass 1969 when on")
    attention: int = param(4, "teams", "[1, 1000]",
        "How many offers a customer considers.",
        "assumed: consideration sets are small, as in Hauser & Wernerfelt 1990")
    segment_focus: Number = param(0.9, "share", "[0, 1]",
        "How much less likely a customer is to consider teams at home in another segment; 1: it "
        "never does.", "assumed: teams mostly meet the segment they serve")


class Prior(Part):
    """What a team believes before it has met a customer."""

    accuracy: Number = param(0.3, "share", "[0, 1]",
        "How much of the first belief is true; the rest is a guess.",
        "assumed: a third or fewer of ideas improve what they should, Kohavi, Tang & Xu 2020; "
        "vary it")
    confidence: Number = param(8, "conversations", "(0, 1e6]",
        "How many conversations the first belief counts for.",
        "assumed: about the interviews after which main themes are heard, Guest et al. 2006")


class Organization(Part):
    """Teams that share a price, a purse and a culture."""

    teams: int = param(12, "teams", "[1, 100000]",
        "How many teams it has.", "assumed: each customer sees a third of them")
    capacity: Number = param(10, "effort per cycle", "(0, 1e6]",
        "How much effort a team can spend in a cycle.", "assumed: sets the unit of effort")
    price: Number = param(1, "resources per cycle", "[0, 1e6]",
        "What a commitment brings to the team.",
        "assumed: a sixth of the worth; sets the unit of resources")
    entry: int = param(0, "cycle", "[0, 100000]",
        "The first cycle with an offer.", "assumed: from the start")
    culture: str | Annotated[Number, Field(ge=0, le=1)] = param("execution", "name or share",
        "[0, 1]",
        "A culture's name, or a number: how often a team takes the stance of the second pole "
        "instead of the first.",
        "assumed: what most plans are built on; choose it per run", apply=False)
    poles: Names = param(("execution", "discovery"), "names", "",
        "The two cultures between which a number for `culture` lies.",
        "assumed: exploitation and exploration as in March 1991")
    home: Names = param((), "names", "",
        "Segments that the teams are dealt to in turn; empty: all, in file order.",
        "assumed: no segment is left out")
    prior: Prior = Field(Prior(), description="What its teams believe before the first customer.")


class Production(Part):
    """How effort becomes performance, and how promises are kept."""

    decay: Number = param(0.10, "share per cycle", "[0.001, 1]",
        "How much of an offer's performance is lost each cycle without effort.",
        "assumed: what is built needs about its tenth in upkeep")
    saturation: Number = param(40, "effort", "(0, 1e6]",
        "Stock of effort at which a concern is taken care of to 63 %.",
        "assumed: a team cannot take full care of all concerns at once")
    learning: Number = param(0.2, "exponent", "[0, 1]",
        "How strongly repetition raises efficiency.",
        "estimated: Wright 1936 and Dutton & Thomas 1984, progress ratios of 70 to 90 % are "
        "exponents of 0.15 to 0.5")
    experience_scale: Number = param(20, "effort", "(0, 1e6]",
        "Effort on a concern after which the learning curve has doubled its base.",
        "assumed: two cycles of a team's whole capacity")
    experience_decay: Number = param(0.005, "share per cycle", "[0, 1]",
        "How much experience is lost each cycle.",
        "estimated: contested, from 25 % a month in Argote, Beckman & Epple 1990 to almost none "
        "in Thompson 2007; vary it")
    serving: Number = param(0.1, "effort per commitment", "[0, 1e6]",
        "What keeping one promise takes in the next cycle.", "assumed: a tenth of the price")
    serving_cap: Number = param(0.6, "share of capacity", "[0, 1]",
        "The most of its capacity a team gives to serving.",
        "assumed: some of a team is always left to build")
    defect: Number = param(0.10, "probability", "[0, 1]",
        "How often a promise is broken by a team without discipline or overload.",
        "assumed: the better end of the 10 to 50 % reported with the Last Planner, Ballard 2000")
    discipline_scale: Number = param(5, "discipline", "(0, 1e6]",
        "Discipline after which the curve of broken promises has doubled its base.",
        "assumed: five cycles of practice under execution")
    discipline_exponent: Number = param(0.4, "exponent", "[0, 5]",
        "How strongly discipline lowers the rate of broken promises.",
        "assumed: a power law of practice as in Wright 1936")


class Trust(Part):
    """How a customer's trust in a team begins and moves."""

    initial: Number = param(0.8, "share", "[0, 1]",
        "Trust before any promise was made.", "assumed: strangers get some credit")
    gain: Number = param(0.2, "share", "[0, 1]",
        "Share of the distance to full trust that a kept promise wins.",
        "assumed: slower than loss, as in Slovic 1993")
    loss: Number = param(0.6, "factor", "[0, 1]",
        "What a broken promise multiplies trust by.",
        "assumed: faster than gain, as in Slovic 1993")


class Means(Part):
    """What it costs to learn about customers, and how much is learned."""

    cost_talk: Number = param(0.25, "effort per conversation", "(0, 1e6]",
        "What one conversation with a customer costs.", "assumed: a fortieth of a team's cycle")
    cost_test: Number = param(0.35, "effort per trial", "(0, 1e6]",
        "What asking one customer to commit costs in a test.",
        "assumed: more than a conversation, as something has to be shown")
    listening_noise: Number = param(0.12, "care", "[0.001, 10]",
        "Standard error of what one conversation tells about each concern.",
        "assumed: some twenty conversations tell most, Griffin & Hauser 1993")
    slope: Number = param(25, "per unit of care", "(0, 1e4]",
        "How sharply a customer's answer to a test turns with what it cares about.",
        "assumed: commitments tell more than words, as in Murphy et al. 2005")
    ask_error: Number = param(0.15, "care", "[0, 10]",
        "How far from the doubtful point an unskilled designer sets the ask.",
        "assumed: wide enough that such a test tells little")
    feedback: Number = param(0.1, "signals per kept promise", "[0, 100]",
        "How often a customer whose promise was kept lets the team know what it cares about, "
        "unasked.", "assumed: one in ten speaks up; every culture hears it")


class Skills(Part):
    """How listening and the design of tests are learned by practice."""

    initial: Number = param(0.25, "share", "[0, 1]",
        "Skill of a team that has never practised.",
        "assumed: untrained people mostly hear what they believe, as in Nickerson 1998")
    practice: Number = param(0.35, "share per unit of effort share", "[0, 1]",
        "How fast practice closes the distance to full skill.",
        "assumed: years at a few per cent of a team's effort")
    forget: Number = param(0.01, "share per cycle", "[0, 1]",
        "How fast an unused skill falls back.", "assumed: slower than it is learned")


class Culture(Part):
    """A culture: what a team habitually does. It holds practices only, neither skill nor luck."""

    listening: Number = param(REQUIRED, "share of free effort", "[0, 1]",
        "Effort given to conversations with customers.", PRACTICE)
    testing: Number = param(REQUIRED, "share of free effort", "[0, 1]",
        "Effort given to tests that ask customers to commit.", PRACTICE)
    replan: Number = param(REQUIRED, "share per cycle", "[0, 1]",
        "How far the plan moves towards what is believed now.", PRACTICE)
    evidence: Number = param(REQUIRED, "weight", "[0, 1]",
        "How much what customers show counts against what was believed.", PRACTICE)
    forgetting: Number = param(REQUIRED, "share per cycle", "[0, 1]",
        "How fast old certainty fades, so that news can count; scaled by `evidence`.", PRACTICE)
    discipline: Number = param(REQUIRED, "discipline per cycle", "[0, 100]",
        "How much process discipline a cycle of this culture adds.", PRACTICE)
    taper: Number = param(0, "share", "[0, 1]",
        "How much of listening and testing stops once the offer is taken up.",
        "assumed: off; search until validated as in Blank 2005 when on")
    gate: Number = param(0, "share of building effort", "[0, 1]",
        "Building effort that is held back until the offer is validated.",
        "assumed: off; build only what is validated as in Maurya 2012 when on")
    validation: Number = param(0.25, "relative uncertainty", "(0, 1e6]",
        "How uncertain a belief may be to count as validated.",
        "assumed: within a quarter of the average care for a concern")


class Shock(Part):
    """A sudden move of what customers care about."""

    cycle: int = param(REQUIRED, "cycle", "[0, 100000]",
        "When it happens; before the run ends.", "assumed: chosen by whoever writes the scenario")
    size: Number = param(REQUIRED, "share", "[0, 1]",
        "How far care moves towards something new; 1: all of the way.",
        "assumed: chosen by whoever writes the scenario")
    segments: Names = param((), "names", "",
        "Segments it moves; empty: all.", "assumed: everybody is moved alike")


# fmt: on


class Scenario(Part):
    """Everything a run needs to know, checked and complete; never changed, only copied."""

    title: str = Field("", description="What it is called.")
    about: str = Field("", description="What it is for.")
    expect: str = Field("", description="What to expect of it.")
    world: World = World()
    segments: Named[Segment] = Field(default_factory=Table)
    organizations: Named[Organization] = Field(default_factory=Table)
    production: Production = Production()
    trust: Trust = Trust()
    means: Means = Means()
    skills: Skills = Skills()
    cultures: Named[Culture] = Field(default_factory=Table)
    shocks: Named[Shock] = Field(default_factory=Table)

    _name: str = PrivateAttr("")
    _source: str = PrivateAttr("")

    @model_validator(mode="after")
    def _check_together(self) -> Scenario:
        faults = tuple(_faults(self))
        if faults:
            first = faults[0]
            error = InconsistentError(
                first.problem,
                key=".".join(first.keys[0]),
                found=first.found,
                allowed=first.allowed,
                nearest=first.nearest,
                hint=first.hint,
                more=len(faults) - 1,
            )
            error.faults = faults
            raise error
        return self

    @property
    def name(self) -> str:
        """Short name: the file's without its ending, unless another was given."""
        return self._name

    @property
    def source(self) -> str:
        """Where it was read from, as its user wrote it, or ``bundled:NAME``."""
        return self._source

    @property
    def culture_names(self) -> tuple[str, ...]:
        """Names of all cultures, in file order."""
        return tuple(self.cultures)

    def segment_sizes(self) -> dict[str, int]:
        """Customers per segment, in file order; their sum is ``world.customers``.

        Source
        ------
        Hamilton's method of largest remainders; of equal remainders the earlier segment's counts.
        """
        # Fractions are exact, so that a remainder does not turn on how a platform rounds.
        shares = {name: Fraction(segment.share) for name, segment in self.segments.items()}
        total = sum(shares.values())
        quotas = {name: self.world.customers * share / total for name, share in shares.items()}
        sizes = {name: math.floor(quota) for name, quota in quotas.items()}
        by_remainder = sorted(quotas, key=lambda name: sizes[name] - quotas[name])
        for name in by_remainder[: self.world.customers - sum(sizes.values())]:
            sizes[name] += 1
        return sizes

    def override(self, changes: Mapping[str, Any]) -> Scenario:
        """A changed copy, checked as a whole again.

        Parameters
        ----------
        changes : mapping of str to object
            Dotted path to value, such as ``{"segments.*.status_quo": 0.3}``; ``*`` stands for all
            names of a table. A table as value is merged into what is there, or adds a new name:
            ``{"cultures.mine": {"like": "discovery", "listening": 0.1}}``.

        Returns
        -------
        Scenario

        Raises
        ------
        ScenarioError
            If a path does not exist, or a value is not allowed there.
        """
        from culturesim.scenario.load import override  # load builds scenarios: it imports this file

        return override(self, changes)

    def with_culture(self, name: str | None) -> Scenario:
        """A copy in which every organization has the culture `name`; itself if that is None.

        Raises
        ------
        ArgumentError
            If the scenario has no culture of that name.
        """
        if name is None:
            return self
        if str(name) not in self.cultures:
            raise ArgumentError(
                f"is not a culture of scenario {self.name or self.title!r}",
                key=str(name),
                allowed=self.cultures,
                nearest=nearest(str(name), self.cultures),
            )
        return self.override({"organizations.*.culture": name})

    def resolved(self) -> dict[str, Any]:
        """Every value, defaults included, as plain nested dictionaries in the schema's order."""
        plain: dict[str, Any] = _plain(self.model_dump())
        return plain

    def hash(self) -> str:
        """SHA-256 of all that can change a run, in hexadecimal: texts, name and source do not.

        The order of segments counts, as customers are numbered by it; that of cultures does not.
        """
        values = {key: value for key, value in self.resolved().items() if key not in HEADS}
        values["cultures"] = dict(sorted(values["cultures"].items()))
        # JSON has no infinity; a text stands for it, so that any reader can repeat the sum.
        text = json.dumps(_without_inf(values), separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    def differences(self, other: Scenario) -> list[tuple[str, Any, Any]]:
        """Paths at which the two scenarios differ, each with this value and the other's.

        A value that one of them does not have is None. Texts, names and sources do not count.
        """
        mine, theirs = dict(leaves(self.resolved())), dict(leaves(other.resolved()))
        return [
            (".".join(path), mine.get(path), theirs.get(path))
            for path in dict.fromkeys([*mine, *theirs])
            if path[0] not in HEADS and mine.get(path) != theirs.get(path)
        ]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scenario):
            return NotImplemented
        same_texts = all(getattr(self, head) == getattr(other, head) for head in HEADS)
        return same_texts and self.hash() == other.hash()

    def __hash__(self) -> int:
        return hash(self.hash())


class Fault(NamedTuple):
    """A contradiction between values that are each allowed; `keys` are the ones to look at."""

    keys: tuple[tuple[str, ...], ...]
    problem: str
    found: str
    allowed: str | None = None
    nearest: str | None = None
    hint: str | None = None


class InconsistentError(ScenarioError):
    """Values that are each allowed, but not together; `faults` lists all such contradictions."""

    faults: tuple[Fault, ...] = ()


def leaves(
    values: Mapping[str, Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Path and value of everything in nested mappings that is not itself a mapping."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _without_inf(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_inf(inner) for key, inner in value.items()}
    return "inf" if value == math.inf else value


def _faults(scenario: Scenario) -> Iterator[Fault]:
    empty = [key for key in ("segments", "organizations", "cultures") if not getattr(scenario, key)]
    if empty:
        wanted = ", ".join(f"[{key}.NAME]" for key in ("segments", "organizations", "cultures"))
        hint = 'begin the file with extends = "baseline" to inherit everything it does not say'
        allowed = f"at least one each of {wanted}"
        found = f"nothing in {', '.join(empty)}"
        yield Fault(tuple((key,) for key in empty), "is empty", found, allowed, hint=hint)
        return  # everything below would only repeat this
    yield from _organization_faults(scenario)
    for name, culture in scenario.cultures.items():
        if culture.listening + culture.testing > 1:
            yield Fault(
                (("cultures", name),),
                "gives away more effort than there is",
                f"listening = {culture.listening:g}, testing = {culture.testing:g}",
                "listening + testing from 0 to 1",
            )
    yield from _size_faults(scenario)
    for name, shock in scenario.shocks.items():
        path = ("shocks", name)
        yield from _unknown((*path, "segments"), shock.segments, scenario.segments, "segment")
        if shock.cycle >= scenario.world.cycles:
            yield Fault(
                ((*path, "cycle"), ("world", "cycles")),
                "comes after the run has ended",
                f"cycle = {shock.cycle}, world.cycles = {scenario.world.cycles}",
                f"0 to {scenario.world.cycles - 1}",
                hint="move the shock, or make the run longer: world.cycles",
            )


def _organization_faults(scenario: Scenario) -> Iterator[Fault]:
    if len(scenario.organizations) > 1:
        names = tuple(scenario.organizations)
        yield Fault(
            tuple(("organizations", name) for name in names[1:]),
            "is one organization too many",
            ", ".join(names),
            "exactly one organization in a scenario",
            hint='replace = ["organizations"] drops the inherited one',
        )
    for name, organization in scenario.organizations.items():
        path = ("organizations", name)
        if isinstance(organization.culture, str):
            named = (organization.culture,)
            yield from _unknown((*path, "culture"), named, scenario.cultures, "culture")
        poles, home = organization.poles, organization.home
        if len(poles) != 2:
            found = f"{len(poles)} of them: {', '.join(poles)}" if poles else "none"
            yield Fault(((*path, "poles"),), "is not a pair", found, "exactly two culture names")
        yield from _unknown((*path, "poles"), poles, scenario.cultures, "culture")
        yield from _unknown((*path, "home"), home, scenario.segments, "segment")


def _size_faults(scenario: Scenario) -> Iterator[Fault]:
    customers, segments = scenario.world.customers, len(scenario.segments)
    if customers < segments:
        yield Fault(
            (("world", "customers"), ("segments",)),
            "leaves a segment without customers",
            f"customers = {customers} for {segments} segments",
            f"at least {segments}, one for each segment",
        )
        return
    for name, size in scenario.segment_sizes().items():
        if size == 0:
            yield Fault(
                (("segments", name, "share"), ("world", "customers")),
                "leaves the segment without customers",
                f"share = {scenario.segments[name].share:g} of {customers} customers",
                "a share that comes to at least one customer",
            )


def _unknown(
    path: tuple[str, ...], names: tuple[str, ...], known: Mapping[str, Any], kind: str
) -> Iterator[Fault]:
    for name in dict.fromkeys(names):
        if name not in known:
            problem = f"names a {kind} that does not exist"
            found, allowed = f'{path[-1]} = "{name}"', ", ".join(known)
            yield Fault((path,), problem, found, allowed, nearest(name, known))
