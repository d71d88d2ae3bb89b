"""Several processes on one database: nobody numbers or calls twice, each catches up with the others."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from server.services import calling, issuing, visits
from server.services.issuing import Wish
from server.services.work import Work
from tests.living_hall import KIOSK, LivingHall, staff
from tests.services.postgres import Postgres

EACH = 25


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.database()


@pytest.fixture
def open_here(url: str) -> Iterator[Callable[[], LivingHall]]:
    """Opens one more hall on the same PostgreSQL."""
    opened: list[LivingHall] = []

    def open_one() -> LivingHall:
        opened.append(LivingHall(url))
        return opened[-1]

    yield open_one
    for hall in opened:
        hall.close()


def issue_many(url: str) -> None:
    """What one process of several does: give numbers, as fast as it can."""
    hall = LivingHall(url)
    for _ in range(EACH):
        hall.issue("A")
    hall.close()


def test_one_process_sees_what_another_wrote_before_it_writes(open_here: Callable[[], LivingHall]) -> None:
    one, two = open_here(), open_here()
    assert [one.issue("A").number, two.issue("A").number, one.issue("A").number] == ["A001", "A002", "A003"]
    one.sign_on(1)
    called = two.act(staff("工号001"), lambda work: calling.call_next(work, 1))
    assert called.number == "A001"
    assert one.act(staff("工号001"), lambda work: visits.start(work, 1)).number == "A001"
    one.act(KIOSK, lambda work: None)
    two.act(KIOSK, lambda work: None)
    assert one.floor == two.floor
    assert one.faults() == []


def test_another_process_turning_the_day_is_followed_too(open_here: Callable[[], LivingHall]) -> None:
    one, two = open_here(), open_here()
    one.issue("A")
    for hall in (one, two):
        hall.clock.set_to("2026-11-25T10:00:00+08:00")
    one.settle()
    assert two.issue("A").number == "A001"
    assert [entry.kind for entry in two.journal()].count("DayBegan") == 2


def test_many_processes_give_every_number_once(url: str, open_here: Callable[[], LivingHall]) -> None:
    open_here()
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=issue_many, args=(url,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    again = open_here()
    numbers = sorted(ticket.number for ticket in again.floor.all_tickets())
    assert numbers == [f"A{number:03d}" for number in range(1, 3 * EACH + 1)]
    assert again.faults() == []


def test_two_windows_of_two_processes_never_call_the_same_ticket(open_here: Callable[[], LivingHall]) -> None:
    one, two = open_here(), open_here()
    one.sign_on(1)
    one.sign_on(2)
    for _ in range(30):
        one.issue("A")
    called: list[str] = []

    def serve(hall: LivingHall, window: int, clerk: str) -> None:
        while ticket := hall.act(staff(clerk), lambda work: calling.call_next(work, window)):
            called.append(ticket.number)
            hall.act(staff(clerk), lambda work: visits.start(work, window))
            hall.act(staff(clerk), lambda work: visits.finish(work, window, "受理", (), None))

    threads = [
        threading.Thread(target=serve, args=(one, 1, "工号001")),
        threading.Thread(target=serve, args=(two, 2, "工号002")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(called) == [f"A{number:03d}" for number in range(1, 31)]
    assert one.faults() == []


def test_a_writer_waits_until_the_other_is_done(open_here: Callable[[], LivingHall]) -> None:
    one, two = open_here(), open_here()
    inside, order = threading.Event(), []

    def slowly(work: Work) -> None:
        inside.set()
        assert not second_done.wait(0.3), "the second writer must wait for the first"
        issuing.issue(work, Wish(queue="A"))
        order.append("first")

    def second() -> None:
        inside.wait(10)
        order.append(two.issue("A").number)
        second_done.set()

    second_done = threading.Event()
    waiting = threading.Thread(target=second)
    waiting.start()
    one.act(KIOSK, slowly)
    waiting.join(10)
    assert order == ["first", "A002"]


def test_the_hall_goes_on_after_the_database_was_away(url: str, open_here: Callable[[], LivingHall]) -> None:
    hall = open_here()
    hall.issue("A")
    settings = make_url(url)
    with psycopg.connect(
        host=str(settings.query["host"]),
        user=settings.username,
        dbname=settings.database,
        autocommit=True,
    ) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            (settings.database,),
        )
    with pytest.raises(OperationalError):
        hall.issue("A")
    assert hall.issue("A").number == "A002"
    assert hall.storage.ready()
    assert hall.faults() == []
