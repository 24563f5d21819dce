"""What all tests share: property tests try the same cases in every run."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("same-cases", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("same-cases")
