"""All mutants."""

from __future__ import annotations

from tests.mutants import frame_mutants, kernel_mutants, market_mutants, team_mutants
from tests.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = (
    *market_mutants.MUTANTS,
    *team_mutants.MUTANTS,
    *kernel_mutants.MUTANTS,
    *frame_mutants.MUTANTS,
)
