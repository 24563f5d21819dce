"""A show of hands by phones: opened by the trainer, closed with the room.

A second listener on the local network serves the vote page and takes votes, and nothing else. Who
votes needs the room's token, which is in the address that the trainer shows.
"""

from __future__ import annotations

import hmac
import secrets
import socket
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from culturesim.app.network import local_address, picture
from culturesim.app.strings import check_language
from culturesim.errors import ArgumentError

FIRST_PORT = 8790
TOKEN_BYTES = 9
MOST_PHONES = 500
PHONES_PER_ADDRESS = 5  # whoever forgets its cookie does not become a crowd
PER_MINUTE = 300  # calls from one address: a phone looks for a new question every two seconds
MINUTE = 60.0
MOST_CHOICES = 30
LONGEST_TEXT = 300  # letters

Answer = dict[str, Any]


class RefusedError(Exception):
    """A phone is not served.

    Parameters
    ----------
    status : int
        Of HTTP.
    reason : str
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Question(NamedTuple):
    """What the room is asked: a text, and for each answer its value and what it says."""

    number: int
    text: str
    choices: tuple[tuple[str, str], ...]
    language: str

    @property
    def values(self) -> tuple[str, ...]:
        """What can be voted for."""
        return tuple(value for value, _ in self.choices)


def read_question(wanted: Mapping[str, Any], number: int) -> Question:
    """Read what the trainer's page wants to ask.

    Parameters
    ----------
    wanted : mapping
        ``question``, a text; ``choices``, pairs of value and text; ``lang``.
    number : int
        Of the question.

    Returns
    -------
    Question

    Raises
    ------
    ArgumentError
        If there is no text, or there are not two or more different choices.
    """
    text, listed = wanted.get("question"), wanted.get("choices")
    if not isinstance(text, str) or not 0 < len(text) <= LONGEST_TEXT:
        raise ArgumentError("is no text, or too long", key="question")
    pairs: list[Any] = listed if isinstance(listed, list) else []
    pairs = [tuple(one) if isinstance(one, list) else () for one in pairs[: MOST_CHOICES + 1]]
    texts = [part for pair in pairs for part in pair]
    good = all(isinstance(part, str) and 0 < len(part) <= LONGEST_TEXT for part in texts)
    if not good or any(len(pair) != 2 for pair in pairs):
        pairs = []
    if not 2 <= len(dict(pairs)) == len(pairs) <= MOST_CHOICES:
        raise ArgumentError(
            "are not pairs of a value and a text",
            key="choices",
            allowed=f"2 to {MOST_CHOICES} different ones",
        )
    language = check_language(str(wanted.get("lang", "en")), pseudo=True)
    return Question(number, text, tuple((value, said) for value, said in pairs), language)


class Room:
    """Votes of phones, one a phone and question, which may be changed while the question stands.

    Parameters
    ----------
    serve : callable
        Starts a listener for the room on a socket; gives back what ends it.
    clock : callable
        Seconds that only grow.
    """

    def __init__(
        self,
        serve: Callable[[Room, socket.socket, str], Callable[[], None]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._serve = serve
        self._clock = clock
        self._lock = threading.Lock()
        self._end: Callable[[], None] | None = None
        self._token = ""
        self._address = ""
        self._asked: Question | None = None
        self._number = 0
        self._votes: dict[str, str] = {}  # of the question that stands
        self._phones: dict[str, str] = {}  # by its secret: the address that it came from
        self._calls: dict[str, deque[float]] = {}

    # --- for the trainer

    def open(self, wanted: Mapping[str, Any], host: str | None = None) -> Answer:
        """Ask a question; the first one opens the listener, a new one ends the one before.

        Parameters
        ----------
        wanted : mapping
            As `read_question` takes it.
        host : str, optional
            Address on the local network; found out if not given.

        Returns
        -------
        dict
            As `told`, with the address as ``url`` and, as a picture, ``qr``.

        Raises
        ------
        ArgumentError
            If the question is wrong, or this machine is in no network, or not at that address.
        """
        asked = read_question(wanted, self._number + 1)
        if self._end is None:
            from culturesim.app.launch import listen

            host = host or local_address()
            try:
                listening = listen(FIRST_PORT, host)
            except OSError as error:
                raise ArgumentError(
                    "is no address of this machine", key="room", found=host
                ) from error
            name, port = listening.getsockname()
            self._token = secrets.token_urlsafe(TOKEN_BYTES)
            self._address = f"http://{name}:{port}/"
            self._end = self._serve(self, listening, f"{name}:{port}")
        with self._lock:
            self._asked, self._number = asked, asked.number
            self._votes = {}
        url = f"{self._address}#{self._token}"
        return self.told() | {"url": url, "qr": picture(url)}

    def close(self) -> Answer:
        """End the listener, and forget phones and votes."""
        end, self._end = self._end, None
        if end is not None:
            end()
        with self._lock:
            self._asked = None
            self._token = ""
            self._votes = {}
            self._phones.clear()
            self._calls.clear()
        return self.told()

    def told(self) -> Answer:
        """How many voted for what, of the question that stands."""
        with self._lock:
            counts = Counter(self._votes.values())
            values = self._asked.values if self._asked is not None else ()
            return {
                "open": self._asked is not None,
                "number": self._number,
                "counts": {value: counts[value] for value in values},
                "phones": len(self._votes),
            }

    # --- for phones

    def enter(self, phone: str | None, address: str) -> str:
        """Let a phone in; gives back the secret that it is known by.

        Raises
        ------
        RefusedError
            If there are too many.
        """
        with self._lock:
            self._count(address)
            if phone is not None and phone in self._phones:
                return phone
            same = sum(1 for other in self._phones.values() if other == address)
            if len(self._phones) >= MOST_PHONES or same >= PHONES_PER_ADDRESS:
                raise RefusedError(429, "too many phones")
            secret = secrets.token_urlsafe(TOKEN_BYTES)
            self._phones[secret] = address
            return secret

    def question(self, token: str, phone: str | None, address: str) -> Answer:
        """The question that stands, and what this phone has voted.

        Raises
        ------
        RefusedError
            If the token is wrong, or the phone has not entered.
        """
        with self._lock:
            asked, secret = self._check(token, phone, address)
            return {
                "open": True,
                "number": asked.number,
                "question": asked.text,
                "choices": [list(pair) for pair in asked.choices],
                "chosen": self._votes.get(secret),
                "language": asked.language,
            }

    def vote(self, wanted: Mapping[str, Any], phone: str | None, address: str) -> Answer:
        """Take a vote.

        Parameters
        ----------
        wanted : mapping
            ``token``, ``number`` of the question, and ``choice``.
        phone : str or None
        address : str

        Raises
        ------
        RefusedError
            If the token is wrong, the phone has not entered, the question is another one by now, or
            there is no such choice.
        """
        with self._lock:
            asked, secret = self._check(str(wanted.get("token", "")), phone, address)
            if wanted.get("number") != asked.number:
                raise RefusedError(409, "another question is asked by now")
            choice = wanted.get("choice")
            if choice not in asked.values:
                raise RefusedError(400, "no such choice")
            self._votes[secret] = str(choice)
            return {"number": asked.number, "chosen": choice}

    def _check(self, token: str, phone: str | None, address: str) -> tuple[Question, str]:
        self._count(address)
        right = hmac.compare_digest(token.encode(), self._token.encode())
        if not right or self._asked is None:
            raise RefusedError(403, "wrong token")
        if phone is None or phone not in self._phones:
            raise RefusedError(403, "unknown phone")
        return self._asked, phone

    def _count(self, address: str) -> None:
        """Note a call; too many in a minute are refused."""
        now = self._clock()
        if address not in self._calls and len(self._calls) >= MOST_PHONES:
            raise RefusedError(429, "too many phones")
        calls = self._calls.setdefault(address, deque())
        while calls and calls[0] < now - MINUTE:
            calls.popleft()
        if len(calls) >= PER_MINUTE:
            raise RefusedError(429, "too many calls")
        calls.append(now)
