"""What all tests share."""

from __future__ import annotations

import signal

from hypothesis import settings

# What a shell runs in the background is deaf to interrupts, and so are its children.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Property tests try the same cases in every run.

settings.register_profile("same-cases", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("same-cases")
