"""What the server answers, and whom it answers."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import culturesim as cs
from culturesim.app import asked
from culturesim.app.acts import ACTS
from culturesim.app.guard import POLICY
from culturesim.app.server import STATIC
from culturesim.app.warm import Warm
from tests.app.serving import Answer, Client, serving

API = ("/api/acts", "/api/ready", "/api/bands?act=3", "/api/languages", "/api/strings/en")


def wrong(answer: Answer) -> dict[str, str]:
    assert answer.status == 400, answer
    error: dict[str, str] = answer.json["error"]
    return error


@pytest.mark.parametrize("path", API)
def test_answers_are_json_that_is_not_kept(path: str, client: Client) -> None:
    answer = client.get(path)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [*API, "/", "/nowhere", "/api/nowhere", "/api/bands"])
def test_every_answer_says_what_the_browser_may_do(path: str, client: Client) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1", "127.0.0.1:1", "localhost.example.org", "[::1]", ""]
)
def test_a_wrong_host_is_refused(host: str, client: Client) -> None:
    for path in ("/", "/api/acts"):
        assert wrong(client.get(path, headers={"Host": host}))["key"] == "host"


def test_the_machines_own_names_are_let_in(client: Client) -> None:
    for host in (f"127.0.0.1:{client.port}", f"localhost:{client.port}"):
        assert client.get("/api/ready", headers={"Host": host}).status == 200


def test_pages_of_others_cannot_post(client: Client) -> None:
    for origin in ("http://example.org", "null", "http://127.0.0.1"):
        answer = client.post("/api/room/close", {}, {"Origin": origin})
        assert answer.status == 400
    own = {"Origin": f"http://127.0.0.1:{client.port}"}
    assert client.post("/api/room/close", {}, own).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../server.py",
        "/..%2fserver.py",
        "/%2e%2e/server.py",
        "/js/../../server.py",
        "/js/%2e%2e/%2e%2e/acts.py",
        "/..\\server.py",
        "/%5c..%5cserver.py",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd",
        "/answers.zip",
        "/strings/en.json",
        "/js/",
        "/js",
    ],
)
def test_nothing_but_the_page_is_served(path: str, client: Client) -> None:
    answer = client.get(path)
    assert answer.status in (404, 307), answer
    assert b"import" not in answer.body
    assert b"root:" not in answer.body


def test_the_page_is_served(client: Client) -> None:
    answer = client.get("/")
    assert answer.status == 200
    assert answer.body == (STATIC / "index.html").read_bytes()
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ({}, "act"),
        ({"act": "0"}, "act"),
        ({"act": "x"}, "act"),
        ({"act": "-1"}, "act"),
        ({"act": "9" * 30}, "act"),
        ({"act": "4", "accuracy": "0.35"}, "accuracy"),
        ({"act": "4", "accuracy": "nan"}, "accuracy"),
        ({"act": "4", "accuracy": "1e999"}, "accuracy"),
        ({"act": "4", "memory": "60"}, "memory"),
        ({"act": "4", "acuracy": "0.3"}, "acuracy"),
        ({"act": "4", "seed": "-1"}, "seed"),
        ({"act": "4", "seed": "1.5"}, "seed"),
        ({"act": "4", "seed": str(2**53)}, "seed"),
        ({"act": "4", "runs": "0"}, "runs"),
        ({"act": "4", "runs": "101"}, "runs"),
        ({"act": "4", "move": "x"}, "move"),
        ({"act": "4", "ground": "theatre"}, "ground"),
        ({"act": "7", "ground": "moon"}, "ground"),
        ({"act": "3", "bet": "perhaps"}, "bet"),
        ({"act": "4", "bet": "much"}, "bet"),
        ({"act": "2", "bet": "same"}, "bet"),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_reason(
    query: dict[str, str], key: str, client: Client
) -> None:
    error = wrong(client.get("/api/bands", None, **query))
    assert error["key"] == key
    assert error["message"]


def test_other_questions_check_their_parameters_too(client: Client) -> None:
    assert wrong(client.get("/api/replay", act=3, run=-1))["key"] == "run"
    assert wrong(client.get("/api/curve", act=3, bet="same"))["key"] == "act"
    assert wrong(client.get("/api/by-hand"))["key"] == "effort"
    assert wrong(client.get("/api/by-hand", effort="1,2"))["key"] == "effort"
    assert wrong(client.get("/api/by-hand", effort="1,x"))["key"] == "effort"
    assert wrong(client.get("/api/strings/xx"))["key"] == "language"
    assert client.get("/api/strings/..%2f..%2facts").status in (400, 404)
    for path in ("/api/export", "/api/room/open"):
        for body in (b"[]", b"{", b"x" * 200_000):
            assert client.send("POST", path, body).status == 400


def test_a_post_is_not_a_get(client: Client) -> None:
    assert client.get("/api/export").status in (404, 405)
    assert client.send("POST", "/api/acts").status in (404, 405)


def test_the_curve_is_not_told_before_the_bet(client: Client) -> None:
    answer = client.get("/api/curve", act=4)
    assert answer.status == 403
    assert answer.json["error"]["key"] == "bet"


@pytest.mark.parametrize("act", [str(n) for n, one in ACTS.items() if one.bet_kind is not None])
def test_nothing_past_the_stop_is_on_the_wire_before_the_bet(act: str, client: Client) -> None:
    stop = ACTS[int(act)].stop
    for seed in (0, 1):  # kept, and computed
        for path in ("/api/bands", "/api/replay"):
            told = client.get(path, act=act, seed=seed).json
            assert told["shown"] == stop
            assert longest(told["worlds"]) <= stop


def longest(told: object) -> int:
    """Length of the longest series in an answer; places and letters of a cycle do not count."""
    if isinstance(told, dict):
        return max((longest(one) for one in told.values()), default=0)
    if isinstance(told, list):
        inner = [longest(one) for one in told if isinstance(one, dict)]
        return max([len(told), *inner]) if not inner else max(inner)
    return 0


def test_the_seed_and_the_language_of_the_start_are_told(warm: Warm) -> None:
    with serving(warm, seed=4, language="de", pseudo=True) as other:
        told = other.get("/api/acts").json
        assert (told["seed"], told["language"]) == (4, "de")
        assert other.get("/api/languages").json[-1] == "xx"
        assert other.get("/api/strings/xx").status == 200


def test_it_says_that_it_is_ready(client: Client) -> None:
    assert client.get("/api/ready").json == {"live": True, "warming": None}


def test_a_state_is_read_from_a_link(client: Client) -> None:
    told = client.get("/api/state", link="#v=1&act=4&accuracy=0.33").json
    assert told["state"]["knobs"] == {"accuracy": 0.3}
    assert told["notes"][0]["key"] == "link.nearest_value"


def test_the_pages_numbers_are_the_apis(client: Client) -> None:
    told = client.get("/api/bands", act=4, bet="0.5", accuracy="0.7", seed=6, runs=10).json
    for world in told["worlds"]:
        scenario = cs.load_scenario(
            told["parameters"]["scenario"],
            {
                "world.care_memory": float(told["parameters"]["world.care_memory"]),
                "organizations.*.prior.accuracy": 0.7,
            },
        )
        ensemble = cs.ensemble(scenario, world["name"], 10, seed=6)
        value = ensemble.values("value_created").mean()
        assert world["total"]["value"] == pytest.approx(value, rel=1e-5)


def test_the_newest_move_wins(client: Client) -> None:
    """Nine keys in a burst: the last one is answered, and none is answered wrongly."""
    levels = [0.1, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    begun = threading.Barrier(len(levels))

    def ask(move: int) -> Answer:
        begun.wait()
        return client.get(
            "/api/bands", act=4, seed=77, accuracy=levels[move], client="burst", move=move, runs=100
        )

    with ThreadPoolExecutor(len(levels)) as pool:
        answers = list(pool.map(ask, range(len(levels))))
    assert answers[-1].status == 200
    assert {answer.status for answer in answers} <= {200, 409}
    for level, answer in zip(levels, answers, strict=True):
        if answer.status == 200:
            assert answer.json["parameters"]["organizations.*.prior.accuracy"] == level
        else:
            assert answer.json["error"]["key"] == "move"
    assert client.get("/api/bands", act=4, seed=77, client="burst", move=3).status == 409
    assert client.get("/api/bands", act=4, seed=77, client="other", move=3).status == 200


def test_answers_kept_in_the_package_need_no_model() -> None:
    cold = Warm()  # never begun
    with serving(cold) as other:
        assert other.get("/api/ready").json == {"live": False, "warming": "loading"}
        assert other.get("/api/bands", act=3).status == 200
        assert other.get("/api/acts").status == 200


def test_a_model_that_cannot_be_run_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("no room for compiled code")

    monkeypatch.setattr("culturesim.app.engine_room.compile_first", fail)
    broken = Warm(0.0)
    broken.begin()
    with serving(broken) as other:
        answer = other.get("/api/bands", act=3, seed=1)
        assert answer.status == 503
        assert other.get("/api/ready").json["live"] is False


def test_what_is_asked_is_named_the_same_by_whoever_asks() -> None:
    one = asked.read({"act": "4", "client": "a", "move": "1"})
    other = asked.read({"act": "4", "client": "b", "accuracy": "0.3"})
    assert one.name == other.name
    assert one.name != asked.read({"act": "4", "bet": "0.5"}).name
