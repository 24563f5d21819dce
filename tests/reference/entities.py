"""Who there is: plain objects, with plain lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Table = dict[str, Any]

STATUS_QUO, INDECISION, COMMITTED, KEPT, BROKEN = range(5)
SEARCHING, VALIDATED, TAKEN_UP = range(3)


@dataclass(eq=False)
class Segment:
    """Customers who care about similar things."""

    number: int
    name: str
    settings: Table
    log_care: list[float] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)
    takeup: dict[Team, float] = field(default_factory=dict)  # shares of the last cycle
    employer: Organization | None = None  # of insiders


@dataclass(eq=False)
class Customer:
    """Assesses offers and commits, or does nothing."""

    row: int
    segment: Segment
    offset: list[float]
    standard: float
    worth: float
    status_quo: float
    budget: float
    care: list[float] = field(default_factory=list)
    considered: list[Team] = field(default_factory=list)
    trust: list[float] = field(default_factory=list)
    fit: list[float] = field(default_factory=list)
    assessment: list[float] = field(default_factory=list)  # doing nothing first
    choice: int = 0
    outcome: int = STATUS_QUO

    @property
    def team(self) -> Team:
        return self.considered[self.choice - 1]

    @property
    def internal(self) -> bool:
        return self.segment.employer is not None


@dataclass(eq=False)
class Organization:
    """Teams with a price, a capacity, a culture and leaders in common."""

    number: int
    name: str
    settings: Table
    poles: tuple[str, str]
    teams: list[Team] = field(default_factory=list)
    targets: dict[str, list[Team]] = field(default_factory=dict)  # by leadership action


@dataclass(eq=False)
class Team:
    """Listens, tests, plans, builds and offers."""

    row: int
    organization: Organization
    home: Segment
    culture: float
    skill: float
    reach: list[Customer] = field(default_factory=list)
    neighbours: list[Team] = field(default_factory=list)
    fair_share: float = 0.0
    care_in_reach: list[float] = field(default_factory=list)
    belief: list[float] = field(default_factory=list)
    precision: list[float] = field(default_factory=list)
    plan: list[float] = field(default_factory=list)
    experience: list[float] = field(default_factory=list)
    performance: list[float] = field(default_factory=list)
    offer: list[float] | None = None
    discipline: float = 0.0
    practised: float = 0.0
    stance: str = ""
    aspiration: float = 0.0
    validation: int = SEARCHING
    capacity: float = 0.0
    free: float = 0.0
    listening_share: float = 0.0
    testing_share: float = 0.0
    conversations: int = 0
    trials: int = 0
    committed: list[Customer] = field(default_factory=list)
    kept: list[Customer] = field(default_factory=list)
    # books
    serving_due: float = 0.0
    contributed: float = 0.0
    broken_share: float = 0.0
    books: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.listening_skill = self.test_skill = self.skill
