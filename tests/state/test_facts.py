"""Full names of columns."""

from __future__ import annotations

from culturesim.state.facts import Facts, named


def test_names_are_those_of_the_entity() -> None:
    assert named("teams", "belief plan") == ("teams.belief", "teams.plan")
    assert named("teams", "") == ()


def test_facts_of_a_phase_that_draws_nothing() -> None:
    facts = Facts("team", "teams do something", named("teams", "belief"), named("teams", "plan"))
    assert facts.streams == ()
