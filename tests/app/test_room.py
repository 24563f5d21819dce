"""Votes by phones: who may vote, how often, for what."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

from culturesim.app.network import local_address, picture
from culturesim.app.phones import FILES, STATIC, listen_for_phones
from culturesim.app.room import (
    MINUTE,
    MOST_PHONES,
    PER_MINUTE,
    PHONES_PER_ADDRESS,
    RefusedError,
    Room,
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


ASKED = {
    "question": "Who will have wasted more?",
    "choices": [["execution", "The planner"], ["discovery", "The listener"], ["same", "Both"]],
    "lang": "de",
}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(clock: Clock) -> Iterator[Room]:
    made = Room(deaf, clock)
    made.open(ASKED, host="127.0.0.1")
    yield made
    made.close()


def token(room: Room) -> str:
    return room._token


def vote(room: Room, phone: str | None, address: str, choice: object, **changed: object) -> Any:
    wanted = {"token": token(room), "number": room.told()["number"], "choice": choice}
    return room.vote(wanted | changed, phone, address)


def test_each_phone_has_one_vote_which_it_may_change(room: Room) -> None:
    first, second = room.enter(None, "10.0.0.1"), room.enter(None, "10.0.0.2")
    vote(room, first, "10.0.0.1", "execution")
    vote(room, first, "10.0.0.1", "discovery")
    vote(room, second, "10.0.0.2", "same")
    told = room.told()
    assert told["counts"] == {"execution": 0, "discovery": 1, "same": 1}
    assert told["phones"] == 2
    assert room.question(token(room), first, "10.0.0.1")["chosen"] == "discovery"


def test_a_new_question_starts_at_nothing_under_the_same_address(room: Room) -> None:
    phone = room.enter(None, "10.0.0.1")
    vote(room, phone, "10.0.0.1", "same")
    key = token(room)
    asked = room.open(ASKED | {"question": "And now?"})
    assert asked["url"].partition("#")[2] == key
    assert (asked["number"], asked["phones"]) == (2, 0)
    told = room.question(key, phone, "10.0.0.1")
    assert (told["question"], told["chosen"]) == ("And now?", None)
    with pytest.raises(RefusedError, match="another question"):
        vote(room, phone, "10.0.0.1", "same", number=1)
    assert room.told()["phones"] == 0


@pytest.mark.parametrize(
    ("changed", "choice", "status"),
    [
        ({"token": "wrong"}, "same", 403),
        ({"token": ""}, "same", 403),
        ({"token": None}, "same", 403),
        ({}, "perhaps", 400),
        ({}, ["same"], 400),
        ({}, None, 400),
        ({"number": 4}, "same", 409),
        ({"number": "1"}, "same", 409),
    ],
)
def test_a_wrong_vote_is_refused(
    changed: dict[str, object], choice: object, status: int, room: Room
) -> None:
    phone = room.enter(None, "10.0.0.1")
    with pytest.raises(RefusedError) as refused:
        vote(room, phone, "10.0.0.1", choice, **changed)
    assert refused.value.status == status
    assert room.told()["phones"] == 0


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"question": ""}, "question"),
        ({"question": None}, "question"),
        ({"question": "x" * 1_000}, "question"),
        ({"choices": []}, "choices"),
        ({"choices": [["a", "A"]]}, "choices"),
        ({"choices": [["a", "A"], ["a", "B"]]}, "choices"),
        ({"choices": [["a", "A"], ["b"]]}, "choices"),
        ({"choices": [["a", "A"], ["b", 3]]}, "choices"),
        ({"choices": [["a", "A"], "bc"]}, "choices"),
        ({"choices": [[str(n), "A"] for n in range(99)]}, "choices"),
        ({"choices": "ab"}, "choices"),
        ({"lang": "tlh"}, "language"),
    ],
)
def test_a_wrong_question_is_refused(changed: dict[str, object], key: str) -> None:
    room = Room(deaf)
    with pytest.raises(ArgumentError) as wrong:
        room.open(ASKED | changed, host="127.0.0.1")
    assert wrong.value.key == key
    assert room.told()["open"] is False


def test_who_has_not_entered_cannot_vote(room: Room) -> None:
    for phone in (None, "made up"):
        with pytest.raises(RefusedError, match="unknown phone"):
            vote(room, phone, "10.0.0.1", "same")


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
    key, phone = token(room), room.enter(None, "10.0.0.1")
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
    vote(room, phone, "10.0.0.1", "same")
    assert room.close() == {"open": False, "number": 1, "counts": {}, "phones": 0}
    for known in (key, ""):
        with pytest.raises(RefusedError):
            room.question(known, phone, "10.0.0.1")
    room.open(ASKED, host="127.0.0.1")
    assert token(room) != key
    assert room.told()["phones"] == 0


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
        self, method: str, path: str, body: bytes | None = None, /, **headers: str
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
        return json.loads(self.send("GET", f"/vote/question?token={self.token}")[2])

    def vote(self, choice: str, number: int) -> int:
        wanted = {"token": self.token, "number": number, "choice": choice}
        return self.send("POST", "/vote", json.dumps(wanted).encode())[0]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, client: Client) -> Iterator[Client]:
    monkeypatch.setattr("culturesim.app.room.local_address", lambda: "127.0.0.1")
    yield client
    client.post("/api/room/close", {})


def test_phones_vote_and_the_trainer_sees_the_counts(here: Client) -> None:
    opened = here.post("/api/room/open", ASKED).json
    phones = [Phone(opened["url"]) for _ in range(3)]
    for phone, choice in zip(phones, ("execution", "discovery", "discovery"), strict=True):
        status, headers, page = phone.send("GET", "/")
        assert status == 200
        assert b"<html" in page
        assert "HttpOnly" in headers["set-cookie"]
        told = phone.question()
        assert told["open"] is True
        assert told["choices"] == ASKED["choices"]
        assert told["words"]["closed"]
        assert phone.vote(choice, told["number"]) == 200
    seen = here.get("/api/room").json
    assert seen["counts"] == {"execution": 1, "discovery": 2, "same": 0}
    assert seen["phones"] == 3
    assert "url" not in seen


def test_phones_get_the_vote_page_and_nothing_else(here: Client) -> None:
    phone = Phone(here.post("/api/room/open", ASKED).json["url"])
    for path in ("/api/bands?act=3", "/index.html", "/js/chart.js", "/../server.py", "/api/room"):
        assert phone.send("GET", path)[0] == 404
    for path in ("/page.css", "/js/vote_main.js"):
        assert phone.send("GET", path)[0] == 200
    assert phone.send("GET", "/", Host="example.org")[0] == 400
    assert phone.send("GET", "/vote/question")[0] == 403
    phone.send("GET", "/")
    for body in (b"x" * 5_000, b"[]", b"{", b"\xff"):
        assert phone.send("POST", "/vote", body)[0] in (400, 413)
    headers = phone.send("GET", "/")[1]
    assert "default-src 'none'" in headers["content-security-policy"]


def test_the_vote_page_needs_only_what_phones_get() -> None:
    page = (STATIC / "vote.html").read_text("utf-8")
    needed = set(re.findall(r'(?:src|href)="([^":]+)"', page))
    assert {f"/{name}" for name in needed} == set(FILES) - {"/"}
    assert not re.findall(r"^import ", (STATIC / "js" / "vote_main.js").read_text(), re.MULTILINE)


def test_the_listener_is_there_only_while_the_room_is_open(here: Client) -> None:
    assert here.get("/api/room").json["open"] is False
    phone = Phone(here.post("/api/room/open", ASKED).json["url"])
    assert phone.send("GET", "/")[0] == 200
    here.post("/api/room/close", {})
    with pytest.raises(OSError, match="refused"):
        phone.send("GET", "/")


def test_a_wrong_question_opens_nothing(here: Client) -> None:
    for wanted in ({}, {"question": "x"}, ASKED | {"lang": "tlh"}):
        assert here.post("/api/room/open", wanted).status == 400
    assert here.get("/api/room").json["open"] is False


def test_a_machine_in_no_network_is_told_so(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    def nowhere(*_: object) -> str:
        raise OSError

    monkeypatch.setattr("socket.socket.connect", nowhere, raising=False)
    monkeypatch.setattr("socket.gethostbyname", nowhere)
    with pytest.raises(ArgumentError, match="count hands"):
        local_address()


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(ArgumentError, match="no address of this machine"):
        Room(listen_for_phones).open(ASKED, host="192.0.2.77")


def test_a_room_closes_with_the_server() -> None:
    room = Room(listen_for_phones)
    url = room.open(ASKED, host="127.0.0.1")["url"]
    assert Phone(url).send("GET", "/")[0] == 200
    room.close()
    with pytest.raises(OSError, match="refused"):
        Phone(url).send("GET", "/")
