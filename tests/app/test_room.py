"""Votes by phones: who may vote, how often, for what."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

from culturesim.app.acts import ACTS
from culturesim.app.phones import listen_for_phones
from culturesim.app.room import (
    MINUTE,
    MOST_PHONES,
    PER_MINUTE,
    PHONES_PER_ADDRESS,
    RefusedError,
    Room,
    choices,
    picture,
)
from culturesim.errors import ArgumentError
from tests.app.serving import Client


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def deaf(_: Room, listening: socket.socket, __: str) -> Callable[[], None]:
    """No listener at all."""
    return listening.close


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(clock: Clock) -> Iterator[Room]:
    made = Room(deaf, clock)
    made.open(3, host="127.0.0.1")
    yield made
    made.close()


def token(room: Room) -> str:
    url: str = room.open(3, host="127.0.0.1")["url"]
    return url.partition("#")[2]


def test_each_phone_has_one_vote_which_it_may_change(room: Room) -> None:
    key = token(room)
    first, second = room.enter(None, "10.0.0.1"), room.enter(None, "10.0.0.2")
    room.vote({"token": key, "choice": "execution"}, first, "10.0.0.1")
    room.vote({"token": key, "choice": "discovery"}, first, "10.0.0.1")
    room.vote({"token": key, "choice": "same"}, second, "10.0.0.2")
    told = room.told()
    assert told["counts"] == {"execution": 0, "discovery": 1, "same": 1}
    assert told["votes"] == 2
    assert room.question(key, first, "10.0.0.1")["chosen"] == "discovery"


def test_a_new_question_starts_at_nothing_and_the_old_one_is_kept(room: Room) -> None:
    key = token(room)
    phone = room.enter(None, "10.0.0.1")
    room.vote({"token": key, "choice": "same"}, phone, "10.0.0.1")
    before = room.told()
    asked = room.open(4)
    assert asked["url"].partition("#")[2] == key
    assert (asked["act"], asked["votes"]) == (4, 0)
    with pytest.raises(RefusedError, match="another question"):
        room.vote({"token": key, "act": 3, "choice": "same"}, phone, "10.0.0.1")
    room.open(3)
    assert room.told() == before


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"token": "wrong", "choice": "same"}, 403),
        ({"choice": "same"}, 403),
        ({"token": "TOKEN", "choice": "perhaps"}, 400),
        ({"token": "TOKEN", "choice": ["same"]}, 400),
        ({"token": "TOKEN", "choice": None}, 400),
        ({"token": "TOKEN"}, 400),
        ({"token": "TOKEN", "choice": "same", "act": 4}, 409),
    ],
)
def test_a_wrong_vote_is_refused(wanted: dict[str, Any], status: int, room: Room) -> None:
    key = token(room)
    phone = room.enter(None, "10.0.0.1")
    wanted = {name: key if value == "TOKEN" else value for name, value in wanted.items()}
    with pytest.raises(RefusedError) as refused:
        room.vote(wanted, phone, "10.0.0.1")
    assert refused.value.status == status
    assert room.told()["votes"] == 0


def test_who_has_not_entered_cannot_vote(room: Room) -> None:
    for phone in (None, "made up"):
        with pytest.raises(RefusedError, match="unknown phone"):
            room.vote({"token": token(room), "choice": "same"}, phone, "10.0.0.1")


def test_one_address_is_few_phones(room: Room) -> None:
    for _ in range(PHONES_PER_ADDRESS):
        known = room.enter(None, "10.0.0.1")
    with pytest.raises(RefusedError, match="too many phones"):
        room.enter(None, "10.0.0.1")
    assert room.enter(known, "10.0.0.1") == known
    room.enter(None, "10.0.0.2")


def test_a_room_holds_so_many_phones(room: Room) -> None:
    for number in range(MOST_PHONES):
        room.enter(None, f"10.0.{number // 250}.{number % 250}")
    with pytest.raises(RefusedError, match="too many phones"):
        room.enter(None, "10.1.0.1")


def test_so_many_calls_a_minute(room: Room, clock: Clock) -> None:
    key = token(room)
    phone = room.enter(None, "10.0.0.1")
    for _ in range(PER_MINUTE - 1):
        room.question(key, phone, "10.0.0.1")
    with pytest.raises(RefusedError, match="too many calls"):
        room.question(key, phone, "10.0.0.1")
    other = room.enter(None, "10.0.0.2")
    room.question(key, other, "10.0.0.2")
    clock.now += MINUTE + 1
    room.question(key, phone, "10.0.0.1")


def test_a_closed_room_forgets_all_and_gets_another_token(room: Room) -> None:
    key = token(room)
    phone = room.enter(None, "10.0.0.1")
    room.vote({"token": key, "choice": "same"}, phone, "10.0.0.1")
    assert room.close() == {"open": False, "act": None, "choices": [], "counts": {}, "votes": 0}
    with pytest.raises(RefusedError):
        room.question(key, phone, "10.0.0.1")
    assert token(room) != key
    assert room.told()["votes"] == 0


def test_what_is_bet_on_can_be_voted_for() -> None:
    for one in ACTS.values():
        if one.bet_kind is None:
            with pytest.raises(ArgumentError, match="has no bet"):
                choices(one)
        else:
            assert len(choices(one)) >= 3


def test_the_code_is_drawn_here_and_is_a_picture() -> None:
    drawn = picture("http://192.168.1.20:8790/#abc")
    assert drawn.startswith("<svg")
    assert "href" not in drawn
    assert picture("http://192.168.1.20:8790/#abd") != drawn


# --- over the wire


class Phone:
    """A phone, which keeps its cookie."""

    def __init__(self, url: str) -> None:
        found = re.fullmatch(r"http://([\d.]+):(\d+)/#(.+)", url)
        assert found
        self.host, self.port, self.token = found[1], int(found[2]), found[3]
        self.cookie = ""

    def send(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection(self.host, self.port, timeout=30)
        if self.cookie:
            headers["Cookie"] = self.cookie
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        self.cookie = names.get("set-cookie", self.cookie).partition(";")[0]
        told = response.status, names, response.read()
        connection.close()
        return told

    def question(self) -> Any:
        return json.loads(self.send("GET", "/question", **{"X-Token": self.token})[2])

    def vote(self, choice: str, act: int) -> int:
        wanted = {"token": self.token, "act": act, "choice": choice}
        return self.send("POST", "/vote", json.dumps(wanted).encode())[0]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, client: Client) -> Iterator[Client]:
    monkeypatch.setattr("culturesim.app.room.local_address", lambda: "127.0.0.1")
    yield client
    client.post("/api/room/close", {})


def test_phones_vote_and_the_trainer_sees_the_counts(here: Client) -> None:
    opened = here.post("/api/room/open", {"act": 3, "language": "de"}).json
    phones = [Phone(opened["url"]) for _ in range(3)]
    for phone, choice in zip(phones, ("execution", "discovery", "discovery"), strict=True):
        status, headers, page = phone.send("GET", "/")
        assert status == 200
        assert b"<html" in page
        assert "HttpOnly" in headers["set-cookie"]
        asked = phone.question()
        assert asked["choices"] == ["execution", "discovery", "same"]
        assert asked["language"] == "de"
        assert all(key.startswith(("vote.", "bet.", "knob.")) for key in asked["strings"])
        assert phone.vote(choice, 3) == 200
    told = here.get("/api/room").json
    assert told["counts"] == {"execution": 1, "discovery": 2, "same": 0}
    assert "url" not in told


def test_phones_get_the_vote_page_and_nothing_else(here: Client) -> None:
    phone = Phone(here.post("/api/room/open", {"act": 3}).json["url"])
    for path in ("/api/bands?act=3", "/index.html", "/js/chart.js", "/../server.py", "/api/room"):
        assert phone.send("GET", path)[0] == 404
    assert phone.send("GET", "/", Host="example.org")[0] == 400
    assert phone.send("GET", "/question")[0] == 403
    phone.send("GET", "/")
    for body in (b"x" * 5_000, b"[]", b"{", b"\xff"):
        assert phone.send("POST", "/vote", body)[0] in (400, 413)
    headers = phone.send("GET", "/")[1]
    assert "default-src 'none'" in headers["content-security-policy"]


def test_the_listener_is_there_only_while_the_room_is_open(here: Client) -> None:
    assert here.get("/api/room").json["open"] is False
    phone = Phone(here.post("/api/room/open", {"act": 3}).json["url"])
    assert phone.send("GET", "/")[0] == 200
    here.post("/api/room/close", {})
    with pytest.raises(OSError, match="refused"):
        phone.send("GET", "/")


def test_a_room_is_not_opened_for_an_act_without_a_bet(here: Client) -> None:
    for wanted in ({}, {"act": 1}, {"act": "x"}, {"act": 99}, {"act": 3, "language": "tlh"}):
        assert here.post("/api/room/open", wanted).status == 400


def test_a_machine_in_no_network_is_told_so(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    def nowhere(*_: object) -> str:
        raise OSError

    monkeypatch.setattr("socket.socket.connect", nowhere, raising=False)
    monkeypatch.setattr("socket.gethostbyname", nowhere)
    from culturesim.app.room import local_address

    with pytest.raises(ArgumentError, match="count hands"):
        local_address()


def test_a_room_closes_with_the_server() -> None:
    room = Room(listen_for_phones)
    url = room.open(3, host="127.0.0.1")["url"]
    assert Phone(url).send("GET", "/")[0] == 200
    room.close()
    with pytest.raises(OSError, match="refused"):
        Phone(url).send("GET", "/")
