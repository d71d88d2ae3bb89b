"""Old picture + news = new picture: for every kind of event and for every view, through a whole day and the next."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from server.domain.events import EVENTS
from server.services import access, arranging, attendance, calling, queries, ticketing
from server.services.board import AUDIENCE_OF_VIEW, Board, has_moved
from server.services.estimating import Estimates
from tests.living_hall import LEAD, LivingHall, staff
from tests.news_fold import Row, fold
from tests.random_day import deeds_of

Step = tuple[str, Callable[[LivingHall], Any]]

VIEWS = tuple(AUDIENCE_OF_VIEW)
DAY = "2026-11-24"
CLOSURE = (f"{DAY}T14:00:00+08:00", f"{DAY}T15:00:00+08:00")
LEAVE = (date(2026, 11, 24), date(2026, 11, 25))


def morning() -> Iterator[Step]:
    """The hall opens, people come, two windows serve."""
    yield "the day begins", lambda hall: hall.at("2026-11-24T04:00:00+08:00")
    yield "kiosks open", lambda hall: hall.at("2026-11-24T08:50:00+08:00")
    yield "the hall opens", lambda hall: hall.at("2026-11-24T09:00:00+08:00")
    yield "a clerk signs on", lambda hall: hall.sign_on(1)
    yield "another signs on", lambda hall: hall.sign_on(2)
    for person in range(4):
        yield f"somebody comes ({person})", lambda hall: hall.issue("A")
    yield "an old person comes", lambda hall: hall.issue("A", priority_group="老年人")
    yield "somebody comes for another queue", lambda hall: hall.issue("B", item="B01")
    yield "a slip is printed", lambda hall: hall.holder(ticketing.report_print, number(hall, "A001"), None)
    yield "a slip fails", lambda hall: hall.holder(ticketing.report_print, number(hall, "A002"), "paper_out")
    yield "it is printed again", lambda hall: hall.holder(ticketing.reprint, number(hall, "A002"))
    yield "somebody is on the way", lambda hall: hall.holder(ticketing.on_the_way, number(hall, "A003"))


def at_the_windows() -> Iterator[Step]:
    """Everything a clerk can do with a visit."""
    yield "a call", lambda hall: hall.call_next(1)
    yield "called again", lambda hall: [hall.let_pass(seconds=20), hall.at_window(calling.call_again, 1)]
    yield "service starts", lambda hall: hall.start(1)
    yield "it is finished", lambda hall: [hall.let_pass(minutes=4), hall.finish(1)]
    yield "the finish is undone", lambda hall: hall.undo(1)
    yield "finished again", lambda hall: hall.finish(1)
    yield "two windows call", lambda hall: [hall.call_next(1), hall.call_next(2)]
    yield "nobody came", lambda hall: hall.call_three_times_and_miss(1)
    yield "the missed person is back", lambda hall: hall.return_to_line(number(hall, "A001"))
    yield "a visit is held", lambda hall: [hall.start(2), hall.hold(2, 5)]
    yield "the hold is due", lambda hall: hall.let_pass(minutes=5)
    yield "a call for the one who was held", lambda hall: hall.call_next(2)
    yield "given back", lambda hall: hall.give_back(2)
    yield "one is called on purpose", lambda hall: hall.call_one(2, "A003", "她说她是他的母亲")
    yield "transferred to a queue", lambda hall: hall.transfer(2, queue="B")
    yield (
        "transferred to a window",
        lambda hall: [
            hall.call_next(1),
            hall.transfer(1, window=2),
        ],
    )
    yield "somebody gives up", lambda hall: hall.cancel(number(hall, "A004"))


def pauses() -> Iterator[Step]:
    """A pause that is asked for during a visit, lasts too long, and is acknowledged; sign-off."""
    yield "a visit", lambda hall: [hall.call_next(2), hall.start(2)]
    yield "a pause is asked for", lambda hall: hall.pause(2, "设备故障", 10)
    yield "it begins", lambda hall: hall.finish(2)
    yield "the clerk is warned", lambda hall: hall.let_pass(minutes=12)
    yield "the lead is told", lambda hall: hall.let_pass(minutes=3)
    yield "the lead has seen it", lambda hall: hall.act(LEAD, lambda work: attendance.acknowledge(work, 2))
    yield "the clerk is back", lambda hall: hall.resume(2)
    yield "a short pause", lambda hall: [hall.pause(1, minutes=3), hall.let_pass(minutes=2), hall.resume(1)]
    yield (
        "missed, cancelled",
        lambda hall: [
            hall.issue("A"),
            hall.call_one(1, "A006"),
            hall.call_three_times_and_miss(1),
            hall.cancel(number(hall, "A006")),
        ],
    )
    yield "a clerk leaves", lambda hall: hall.sign_off(1)
    yield "another sits there", lambda hall: [hall.sign_on(1, "工号003"), hall.sign_off(1)]
    yield "and comes back elsewhere", lambda hall: hall.sign_on(3, "工号001")


def arrangements() -> Iterator[Step]:
    """What leads arrange and everybody reports: closures, relief, lending, leave, incidents, evacuation."""
    yield "window 4 will close", lambda hall: hall.file_closure(4, f"{DAY}T10:50:00+08:00", f"{DAY}T10:55:00+08:00")
    yield "another closure is filed", lambda hall: hall.file_closure(2, *CLOSURE, approved=False)
    yield (
        "it is approved",
        lambda hall: hall.arrange(lambda work: arranging.approve_closure(work, last(hall, "closures"))),
    )
    yield (
        "it is withdrawn",
        lambda hall: hall.arrange(lambda work: arranging.withdraw_closure(work, last(hall, "closures"))),
    )
    yield "the closure begins", lambda hall: hall.at(f"{DAY}T10:50:00+08:00")
    yield "the closure ends", lambda hall: hall.at(f"{DAY}T10:55:00+08:00")
    yield "window 2 also serves N", lambda hall: hall.arrange(lambda work: attendance.lend(work, 2, "N"))
    yield "somebody comes for N", lambda hall: hall.issue("N")
    yield "they are put first", lambda hall: hall.arrange(lambda work: calling.put_first(work, "N001", "特殊群体"))
    yield "N waits in B", lambda hall: hall.arrange(lambda work: arranging.move_queue(work, "N", "B", "人员调配"))
    yield "only its own again", lambda hall: hall.arrange(lambda work: attendance.lend(work, 2, None))
    yield "a joint case", lambda hall: [hall.call_next(2), hall.start(2), hall.transfer(2, window=3, joint=True)]
    yield "the opinion is given", lambda hall: [hall.call_next(3), hall.start(3), hall.finish(3)]
    yield "a pause asked for", lambda hall: [hall.call_next(2), hall.pause(2)]
    yield "and withdrawn", lambda hall: hall.act(staff("工号002"), lambda work: attendance.withdraw_pause(work, 2))
    yield "relief is asked for", lambda hall: hall.arrange(lambda work: attendance.ask_relief(work, 2, "工号004"))
    yield "relief", lambda hall: hall.relieve(2, "工号004")
    yield (
        "a self-check",
        lambda hall: hall.act(
            staff("工号004"), lambda work: attendance.self_check(work, 2, {"voice": "fault", "console": "ok"})
        ),
    )
    yield "the reliever leaves for good", lambda hall: hall.deactivate("工号004")
    yield "and is back", lambda hall: hall.arrange(lambda work: access.record_restored(work, "工号004"))
    yield "the clerk is back too", lambda hall: hall.sign_on(2)
    yield (
        "a quarrel",
        lambda hall: hall.arrange(lambda work: arranging.report_incident(work, "dispute", None, "两人争吵")),
    )
    yield (
        "it is looked after",
        lambda hall: hall.arrange(lambda work: arranging.take_incident(work, last(hall, "incidents"))),
    )
    yield (
        "it is over",
        lambda hall: hall.arrange(lambda work: arranging.close_incident(work, last(hall, "incidents"), None)),
    )
    yield (
        "a fault that stays open",
        lambda hall: hall.arrange(lambda work: arranging.report_incident(work, "fault", "3", None)),
    )
    yield "everybody out", lambda hall: hall.arrange(lambda work: arranging.evacuate(work, on=True))
    yield "and in again", lambda hall: hall.arrange(lambda work: arranging.evacuate(work, on=False))
    yield "leave", lambda hall: hall.arrange(lambda work: arranging.file_leave(work, "工号001", *LEAVE))
    yield "no leave", lambda hall: hall.arrange(lambda work: arranging.withdraw_leave(work, last(hall, "leaves")))


def last(hall: LivingHall, collection: str) -> str:
    """The id of what was filed or reported last."""
    return list(getattr(hall.floor, collection))[-1]


def evening() -> Iterator[Step]:
    """Noon, closing, after hours, the cut, and the next morning."""
    yield "a password is set", lambda hall: hall.act(LEAD, lambda work: access.record_password(work, "工号001"))
    yield "a device is enrolled", lambda hall: hall.act(LEAD, lambda work: access.record_enrolment(work, "K1"))
    yield "closing soon", lambda hall: hall.at("2026-11-24T11:40:00+08:00")
    yield "noon", lambda hall: hall.at("2026-11-24T12:00:00+08:00")
    yield "afternoon", lambda hall: hall.at("2026-11-24T14:00:00+08:00")
    yield "late people", lambda hall: [hall.issue("B", after_hours_choice="wait"), hall.issue("N"), hall.issue("A")]
    yield "a choice", lambda hall: hall.holder(ticketing.choose_after_hours, number(hall, "N001"), "wait")
    yield "a visit in service", lambda hall: [hall.call_next(2), hall.start(2)]
    yield "a visit that is called", lambda hall: hall.call_next(3)
    yield "closed, but not for those who are here", lambda hall: hall.at("2026-11-24T17:30:00+08:00")
    yield "the cut", lambda hall: hall.at("2026-11-25T04:00:00+08:00")
    yield "the next morning", lambda hall: hall.at("2026-11-25T09:00:00+08:00")
    yield "the first again", lambda hall: [hall.sign_on(1), hall.issue("A"), hall.call_next(1)]


def number(hall: LivingHall, wanted: str) -> Any:
    ticket = hall.floor.by_number(wanted) or hall.floor.by_number(f"V{wanted}")
    assert ticket is not None, f"{wanted} is not on the floor"
    return ticket


class Pages:
    """A page of every view: it took one picture at the start, and since then folds what it hears."""

    def __init__(self, hall: LivingHall) -> None:
        self.hall = hall
        self.pictures = {view: copy.deepcopy(queries.picture(hall.hall, view)) for view in VIEWS}
        self._heard = len(hall.wire.sent)

    def listen(self) -> None:
        """Fold everything that was sent since the last time."""
        self.hall.reactions.tick()
        for event, message, room in self.hall.wire.sent[self._heard :]:
            for view, audience in AUDIENCE_OF_VIEW.items():
                if room == audience:
                    self.pictures[view] = fold(self.pictures[view], event, message)
        self._heard = len(self.hall.wire.sent)


def shown(picture: Row) -> Row:
    """What a picture shows, without the clock that went on."""
    return {name: value for name, value in picture.items() if name not in {"now", "at", "clock"}}


def without_estimates(picture: Row) -> Row:
    """The picture as the rules make it; tickets have no order of their own, pages sort them."""
    queues = [{name: value for name, value in row.items() if name != "estimate"} for row in picture["queues"]]
    tickets = {row["id"]: row for row in picture.get("tickets", ())}
    return {**picture, "queues": queues, "tickets": tickets}


def painted(hall: LivingHall, view: str) -> Row:
    """The picture that a server would show that has just started."""
    board = Board(hall.plan, hall.floor, Estimates(hall.plan))
    board.paint(hall.clock.now())
    return board.picture(view, hall.clock.now())


def agree(pages: Pages, after: str) -> None:
    """Every page shows what the server would show it now, and what a server would that has just started."""
    for view, folded in pages.pictures.items():
        where = f"{view}, after: {after}"
        assert shown(folded) == shown(queries.picture(pages.hall.hall, view)), where
        fresh = shown(painted(pages.hall, view))
        here = {name: shown(folded)[name] for name in fresh}
        assert without_estimates(here) == without_estimates(fresh), where
        assert not [
            row["id"]
            for row, now in zip(here["queues"], fresh["queues"], strict=True)
            if has_moved(row["estimate"], now["estimate"])
        ], where


@pytest.fixture
def day(open_hall: Callable[..., LivingHall]) -> tuple[LivingHall, Pages]:
    hall = open_hall(now="2026-11-24T03:30:00+08:00")
    return hall, Pages(hall)


def test_old_picture_and_news_make_the_new_picture_for_every_event_and_every_view(
    day: tuple[LivingHall, Pages],
) -> None:
    hall, pages = day
    begun = hall.floor.seq
    for name, step in (*morning(), *at_the_windows(), *pauses(), *arrangements(), *evening()):
        step(hall)
        pages.listen()
        agree(pages, name)
    kinds = {entry.kind for entry in hall.journal() if entry.seq > begun}
    assert set(EVENTS) - kinds == set(), "the day of this test must have every kind of event"
    assert hall.faults() == []


# -- whatever people do ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 22])
def test_whatever_people_do_every_page_shows_what_is(open_hall: Callable[..., LivingHall], seed: int) -> None:
    hall = open_hall(now="2026-11-24T09:30:00+08:00")
    pages = Pages(hall)
    done: list[str] = []
    for deed in deeds_of(hall, seed):
        done.append(deed)
        pages.listen()
        agree(pages, ", ".join(done))
    assert hall.faults() == []
    assert len(set(done)) > 12, "a day on which little happens proves little"
