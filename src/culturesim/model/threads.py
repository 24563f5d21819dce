"""One run in several threads: each does what phases do for some of the customers.

Compiled code does not hold the interpreter's lock. The blocks of customers are dealt to the
threads; one thread alone does what comes before, between and after. A block writes its own rows and
its own sums, which are added in the order of the blocks: results do not depend on the threads.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from culturesim.cycle import one_cycle
from culturesim.model.engine import PARTS, Setup
from culturesim.progress import Report
from culturesim.scenario.populate import blank_state
from culturesim.state.parameters import Floats, Share

LARGE = 30_000  # customers: in smaller markets threads wait for each other too long

DRIFT, ASSESS, COMMIT, DELIVER = map(
    one_cycle.__code__.co_names.index, ("drift", "assess", "commit", "deliver")
)
RECORD = PARTS - 1

OPENING = Share(opens=True, first=0, last=0, closes=False)
CLOSING = Share(opens=False, first=0, last=0, closes=True)


def is_large(setup: Setup) -> bool:
    """Say whether a run has so many customers that several threads are worth their while."""
    return setup.scenario.world.customers >= LARGE


def run_in_threads(
    setup: Setup, seed: int, records: Floats, threads: int, tell: Report | None = None
) -> None:
    """Run all cycles of a fresh run, as `Setup.run` does, and with the same result.

    Parameters
    ----------
    setup : Setup
    seed : int
    records : array of float, shape (cycles, O, metrics)
        Written.
    threads : int
        1 or more, this one included; no more are taken than there are blocks.
    tell : callable, optional
        Called after each cycle with (cycles done, cycles in all).
    """
    state = blank_state(setup.scenario, seed)
    blocks = len(state.room.care)
    threads = min(threads, blocks)
    if threads == 1 and tell is None:
        setup.run(seed, records)
        return
    shares = [
        Share(False, blocks * n // threads, blocks * (n + 1) // threads, False)
        for n in range(threads)
    ]

    with ThreadPoolExecutor(max(1, threads - 1)) as pool:

        def alone(cycle: int, first: int, last: int, share: Share) -> None:
            setup.advance(seed, cycle, cycle + 1, state, records, (first, last), share)

        def everybody(work: Callable[[Share], None]) -> None:
            others = [pool.submit(work, share) for share in shares[1:]]
            work(shares[0])
            for other in others:
                other.result()

        def together(cycle: int, *parts: tuple[int, int]) -> None:
            def work(share: Share) -> None:
                for part in parts:
                    alone(cycle, *part, share)

            everybody(work)

        setup.begin(seed, state, OPENING)
        everybody(lambda share: setup.begin(seed, state, share))
        setup.begin(seed, state, CLOSING)
        for cycle in range(setup.cycles):
            alone(cycle, DRIFT, DRIFT + 1, OPENING)
            together(cycle, (DRIFT, DRIFT + 1))
            alone(cycle, DRIFT, ASSESS, CLOSING)
            # Neither waits for others: who has assessed can commit, who was served can be asked.
            together(cycle, (ASSESS, COMMIT + 1))
            alone(cycle, COMMIT, COMMIT + 1, CLOSING)
            alone(cycle, DELIVER, DELIVER + 1, OPENING)
            together(cycle, (DELIVER, DELIVER + 1), (RECORD, PARTS))
            alone(cycle, DELIVER, PARTS, CLOSING)
            if tell is not None:
                tell(cycle + 1, setup.cycles)
