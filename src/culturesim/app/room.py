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
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from culturesim.app.acts import Act, act
from culturesim.app.knobs import KNOBS
from culturesim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_PORT = 8790
TOKEN_BYTES = 9
MOST_PHONES = 500
PHONES_PER_ADDRESS = 5  # whoever forgets its cookie does not become a crowd
PER_MINUTE = 60  # votes and questions from one address
MINUTE = 60.0
PERCENTS = tuple(str(percent) for percent in range(0, 101, 10))

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


def choices(which: Act) -> tuple[str, ...]:
    """What can be voted for in an act.

    Parameters
    ----------
    which : Act

    Returns
    -------
    tuple of str

    Raises
    ------
    ArgumentError
        If nobody bets in it.
    """
    if which.bet_kind is None:
        raise ArgumentError("has no bet", key="act", found=str(which.number), allowed="3 to 6")
    if which.bet_kind == "choice":
        return which.bets
    if which.bet_kind == "level":
        return tuple(f"{level:g}" for level in KNOBS[which.knobs[0]].levels)
    return PERCENTS


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
        self._which: Act | None = None
        self.language = "en"
        self._votes: dict[int, dict[str, str]] = {}
        self._phones: dict[str, str] = {}  # by its secret: the address that it came from
        self._calls: dict[str, deque[float]] = {}

    # --- for the trainer

    def open(self, number: int, language: str = "en", host: str | None = None) -> Answer:
        """Ask an act's question; the first one opens the listener.

        Parameters
        ----------
        number : int
            Of the act.
        language : str
            Of the vote page.
        host : str, optional
            Address on the local network; found out if not given.

        Returns
        -------
        dict
            As `told`, with the address as ``url`` and, as a picture, ``qr``.

        Raises
        ------
        ArgumentError
            If nobody bets in the act, or this machine is in no network.
        """
        which = act(number)
        choices(which)
        self._which, self.language = which, language
        if self._end is None:
            from culturesim.app.launch import listen

            listening = listen(FIRST_PORT, host or local_address())
            name, port = listening.getsockname()
            self._token = secrets.token_urlsafe(TOKEN_BYTES)
            self._address = f"http://{name}:{port}/"
            self._end = self._serve(self, listening, f"{name}:{port}")
        url = f"{self._address}#{self._token}"
        return self.told() | {"url": url, "qr": picture(url)}

    def close(self) -> Answer:
        """End the listener, and forget phones and votes."""
        end, self._end = self._end, None
        if end is not None:
            end()
        with self._lock:
            self._which = None
            self._votes.clear()
            self._phones.clear()
            self._calls.clear()
        return self.told()

    def told(self) -> Answer:
        """How many voted for what, of the question that stands."""
        with self._lock:
            if self._which is None:
                return {"open": False, "act": None, "choices": [], "counts": {}, "votes": 0}
            votes = self._votes.get(self._which.number, {})
            counts = Counter(votes.values())
            allowed = choices(self._which)
            return {
                "open": True,
                "act": self._which.number,
                "choices": list(allowed),
                "counts": {choice: counts[choice] for choice in allowed},
                "votes": len(votes),
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
            which, secret = self._check(token, phone, address)
            return {
                "act": which.number,
                "name": which.name,
                "kind": which.bet_kind,
                "knob": which.knobs[0] if which.knobs else None,
                "choices": list(choices(which)),
                "chosen": self._votes.get(which.number, {}).get(secret),
            }

    def vote(self, wanted: Mapping[str, Any], phone: str | None, address: str) -> Answer:
        """Take a vote.

        Parameters
        ----------
        wanted : mapping
            ``token``, ``act`` and ``choice``.
        phone : str or None
        address : str

        Raises
        ------
        RefusedError
            If the token is wrong, the phone has not entered, the question is another one by now, or
            there is no such choice.
        """
        with self._lock:
            which, secret = self._check(str(wanted.get("token", "")), phone, address)
            if wanted.get("act", which.number) != which.number:
                raise RefusedError(409, "another question is asked by now")
            choice = wanted.get("choice")
            if choice not in choices(which):
                raise RefusedError(400, "no such choice")
            self._votes.setdefault(which.number, {})[secret] = str(choice)
            return {"act": which.number, "chosen": choice}

    def _check(self, token: str, phone: str | None, address: str) -> tuple[Act, str]:
        self._count(address)
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            raise RefusedError(403, "wrong token")
        if phone is None or phone not in self._phones:
            raise RefusedError(403, "unknown phone")
        if self._which is None:
            raise RefusedError(409, "no question is asked")
        return self._which, phone

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


def picture(url: str) -> str:
    """A QR code of an address, as SVG; made on this machine."""
    import segno

    out = BytesIO()
    segno.make(url, error="m").save(out, kind="svg", scale=8, border=4, xmldecl=False)
    return out.getvalue().decode("utf-8")


def local_address() -> str:
    """Address of this machine on the local network.

    Raises
    ------
    ArgumentError
        If it is in none.
    """
    found = ""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))  # says which way it would go; sends nothing
            found = str(probe.getsockname()[0])
        except OSError:
            found = ""
    if not found or found.startswith("127.") or found == "0.0.0.0":
        try:
            found = socket.gethostbyname(socket.gethostname())
        except OSError:
            found = ""
    if not found or found.startswith("127."):
        raise ArgumentError(
            "is in no network that phones could reach",
            key="this machine",
            hint="join the room's wireless network, or count hands",
        )
    return found
