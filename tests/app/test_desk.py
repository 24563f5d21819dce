from __future__ import annotations

import threading

import pytest

from culturesim.app.desk import CLIENTS, Desk, DroppedError

WAIT = 10.0


def test_a_move_is_stale_once_a_newer_one_has_come() -> None:
    desk = Desk()
    first = desk.note("page", 1)
    assert not first()
    same = desk.note("page", 1)
    second = desk.note("page", 2)
    assert first()
    assert same()
    assert not second()
    assert not desk.note("other page", 1)()


def test_an_old_move_that_comes_late_is_stale_at_once() -> None:
    desk = Desk()
    desk.note("page", 5)
    late = desk.note("page", 4)
    assert late()
    with pytest.raises(DroppedError), desk.turn(late):
        pass


def test_a_page_without_a_name_is_never_overtaken() -> None:
    desk = Desk()
    stale = desk.note("", 1)
    desk.note("", 2)
    assert not stale()


def test_who_waits_and_is_overtaken_is_sent_away_at_once() -> None:
    desk = Desk()
    outcome = []
    waiting = threading.Event()
    stale = desk.note("page", 1)

    def wait() -> None:
        waiting.set()
        try:
            with desk.turn(stale):
                outcome.append("served")
        except DroppedError:
            outcome.append("dropped")

    with desk.turn(lambda: False):
        thread = threading.Thread(target=wait)
        thread.start()
        assert waiting.wait(WAIT)
        desk.note("page", 2)
        thread.join(WAIT)  # while the turn is still taken
        assert outcome == ["dropped"]


def test_the_patient_let_others_go_first() -> None:
    desk = Desk()
    order: list[str] = []
    threads = []

    def work(name: str, patient: bool) -> None:
        with desk.turn(lambda: False, patient):
            order.append(name)

    with desk.turn(lambda: False):
        for name, patient in (("curve", True), ("bands", False)):
            thread = threading.Thread(target=work, args=(name, patient))
            thread.start()
            threads.append(thread)
            while not any(t.is_alive() for t in threads) or (not patient and desk._pressing == 0):
                pass
    for thread in threads:
        thread.join(WAIT)
    assert order == ["bands", "curve"]


def test_a_turn_ends_when_its_work_fails() -> None:
    desk = Desk()
    with pytest.raises(ZeroDivisionError), desk.turn(lambda: False):
        raise ZeroDivisionError
    with desk.turn(lambda: False):
        pass


def test_pages_that_have_gone_are_forgotten() -> None:
    desk = Desk()
    for number in range(CLIENTS + 5):
        desk.note(f"page {number}", 1)
    assert len(desk._newest) == CLIENTS
