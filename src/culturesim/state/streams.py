"""The streams of random numbers: one for each kind of event, so that none disturbs another."""

from __future__ import annotations

from typing import NamedTuple

REPLICATION = 0
SEGMENT_CARE = 1
CUSTOMER_CARE = 2
CUSTOMER_TRAITS = 3
CONSIDERATION = 4
PRIOR = 5
NETWORK = 6
DRIFT = 10
SHOCK = 11
STANCE = 20
TARGET = 21
TALKS = 30
TALK_SAMPLE = 31
TALK_NOISE = 32
TRIALS = 40
TRIAL_SAMPLE = 41
CHOICE = 50
PROMISE = 60
FEEDBACK = 61
FEEDBACK_NOISE = 62


class Stream(NamedTuple):
    """One stream: its number (second word of the key), whose event it is, what its draws are."""

    name: str
    number: int
    entity: str
    used_by: str
    draws: str


STREAMS: tuple[Stream, ...] = (
    Stream(
        "replication",
        REPLICATION,
        "replication",
        "replicate",
        "draw 0: word 0 becomes the seed of a later replication; the cycle is 0",
    ),
    Stream(
        "segment_care",
        SEGMENT_CARE,
        "segment",
        "populate",
        "one normal a concern, four to a draw: the segment's first log-care",
    ),
    Stream(
        "customer_care",
        CUSTOMER_CARE,
        "customer",
        "populate",
        "one normal a concern, four to a draw: the customer's own part of log-care",
    ),
    Stream(
        "customer_traits",
        CUSTOMER_TRAITS,
        "customer",
        "populate",
        "draw 0: words 0 to 3 are standard, worth, status quo and budget",
    ),
    Stream(
        "consideration",
        CONSIDERATION,
        "customer",
        "populate",
        "one uniform a team, four to a draw: the keys of the consideration set",
    ),
    Stream(
        "prior",
        PRIOR,
        "team",
        "populate",
        "one normal a concern, four to a draw: the guess in the team's first belief",
    ),
    Stream(
        "network",
        NETWORK,
        "organization",
        "populate",
        "word 0 of draw n is the n-th number that rewiring asks for; the cycle is 0",
    ),
    Stream(
        "drift",
        DRIFT,
        "segment",
        "drift",
        "one normal a concern, four to a draw: how the segment's log-care moves",
    ),
    Stream(
        "shock",
        SHOCK,
        "segment",
        "drift",
        "one normal a concern, four to a draw, after those of earlier shocks in the file",
    ),
    Stream("stance", STANCE, "team", "cultivate", "draw 0: word 0 decides between the two stances"),
    Stream(
        "target",
        TARGET,
        "team",
        "cultivate",
        "draw n belongs to leadership action n, in its first cycle: word 0 ranks the team",
    ),
    Stream("talks", TALKS, "team", "listen", "draw 0: word 0 rounds the number of conversations"),
    Stream(
        "talk_sample",
        TALK_SAMPLE,
        "team",
        "listen",
        "one uniform a conversation, four to a draw: with whom",
    ),
    Stream(
        "talk_noise",
        TALK_NOISE,
        "team",
        "listen",
        "one normal a concern, four to a draw: error in what is heard",
    ),
    Stream(
        "trials",
        TRIALS,
        "team",
        "trial",
        "draw 0: word 0 rounds the number of tests, word 1 (a normal) misplaces the ask",
    ),
    Stream(
        "trial_sample",
        TRIAL_SAMPLE,
        "team",
        "trial",
        "draw n belongs to test n: word 0 picks the customer, word 1 decides whether they commit",
    ),
    Stream(
        "choice",
        CHOICE,
        "customer",
        "commit",
        "draw 0: word 0 chooses among the options, word 1 decides whether the choice is put off",
    ),
    Stream("promise", PROMISE, "customer", "deliver", "draw 0: word 0 keeps or breaks the promise"),
    Stream(
        "feedback", FEEDBACK, "team", "deliver", "draw 0: word 0 rounds the number of free signals"
    ),
    Stream(
        "feedback_noise",
        FEEDBACK_NOISE,
        "team",
        "deliver",
        "one normal a concern, four to a draw: error in the free signals",
    ),
)
