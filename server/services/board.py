"""The board: what each audience sees, kept as rows, and the news that changes it.

A picture is the board as it stands; a piece of news is the rows that one event changed. Because both come from the
same rows, old picture + news = new picture. There are two audiences: the public (hall screens, kiosks, phones) and
staff (desks, manager).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from server.domain.calling_order import Line, next_of
from server.domain.floor import Floor
from server.domain.journal import Entry
from server.domain.plan import HallPlan, Window
from server.domain.tickets import Ticket
from server.domain.windows import CLOSED, as_lent
from server.services import arrangement_rows, figures, rows, staffing
from server.services.calling import lines_for
from server.services.estimating import Estimates
from server.services.rows import Row
from server.services.times import local_iso, local_iso_or_none

PUBLIC, STAFF = "public", "staff"
AUDIENCE_OF_VIEW = {"public": PUBLIC, "display": PUBLIC, "kiosk": PUBLIC, "caller": STAFF, "manager": STAFF}

ARRANGEMENTS: dict[str, tuple[str, Callable[[HallPlan, Any], Row]]] = {
    "closure": ("closures", arrangement_rows.closure_row),
    "incident": ("incidents", arrangement_rows.incident_row),
}
"""What staff see beside queues and windows: the field of an event that names one, where they are, how they look."""

NEWS_KEPT = 2000
NEXT_SHOWN = 8


@dataclass
class _Rows:
    """What one audience sees: rows by id, in the order of the hall file."""

    tickets: dict[str, Row] = field(default_factory=dict)
    windows: dict[int, Row] = field(default_factory=dict)


class Board:
    """The published rows of one hall, and the latest news."""

    def __init__(self, plan: HallPlan, floor: Floor, estimates: Estimates) -> None:
        self._plan = plan
        self._floor = floor
        self._estimates = estimates
        self._queues: dict[str, Row] = {}
        self._audiences = {PUBLIC: _Rows(), STAFF: _Rows()}
        self._news: dict[str, deque[Row]] = {name: deque(maxlen=NEWS_KEPT) for name in self._audiences}
        self._arrangements: dict[str, dict[str, Row]] = {name: {} for name, _ in ARRANGEMENTS.values()}
        self._told: dict[str, Row] = {}
        self._called: list[str] = []
        self.seq = floor.seq

    # pictures

    def paint(self, now: datetime) -> None:
        """Make every row anew, as after a start."""
        self._estimates.refresh(self._floor, now)
        self._told = {q.prefix: self._figures(q.prefix, now) for q in self._plan.queues}
        self.seq = self._floor.seq
        for audience in self._audiences.values():
            audience.tickets.clear()
        self._update_queues((q.prefix for q in self._plan.queues), now)
        for collection, make in ARRANGEMENTS.values():
            values = getattr(self._floor, collection).values()
            self._arrangements[collection] = {value.id: make(self._plan, value) for value in values}
        every = {window.number for window in self._plan.windows}
        self._update_windows(every, every, now)
        self._called = [str(call.seq) for call in self._floor.calls]
        for ticket in self._floor.all_tickets():
            self._update_ticket(ticket)

    def picture(self, view: str, now: datetime) -> Row:
        """What a page of this view shows first; news with a higher `seq` changes it."""
        audience = AUDIENCE_OF_VIEW[view]
        shown = self._audiences[audience]
        picture = {
            "seq": self.seq,
            "view": view,
            "now": local_iso(self._plan, now),
            **self._hall(),
            "queues": list(self._queues.values()),
            "windows": list(shown.windows.values()),
            "calls": [rows.call_row(self._plan, call) for call in self._floor.calls],
        }
        if audience == STAFF:
            picture["tickets"] = list(shown.tickets.values())
            picture |= {name: list(known.values()) for name, known in self._arrangements.items()}
            picture |= staffing.told(self._plan, self._floor, now)
        return picture

    def staff_windows(self, numbers: Iterable[int | None]) -> list[Row]:
        """The staff's rows of these windows."""
        shown = self._audiences[STAFF].windows
        return [shown[number] for number in numbers if number in shown]

    def news_after(self, view: str, seq: int) -> list[Row] | None:
        """The news behind `seq`, oldest first; None when that is too far back to tell."""
        kept = self._news[AUDIENCE_OF_VIEW[view]]
        if seq > self.seq or (seq < self.seq and (not kept or kept[0]["seq"] > seq + 1)):
            return None
        return [news for news in kept if news["seq"] > seq]

    # news

    def take_in(self, entries: list[Entry], before: dict[str, Ticket], now: datetime) -> list[dict[str, Row]]:
        """The news of one unit of work: for each entry, one piece per audience.

        `before` has the tickets that the entries changed, as they were. Rows are as after the whole unit of work.
        """
        pieces = []
        for entry in entries:
            piece = self._piece(entry, before, now)
            for audience, news in piece.items():
                self._news[audience].append(news)
            pieces.append(piece)
        self.seq = entries[-1].seq
        self._called = [str(call.seq) for call in self._floor.calls]
        return pieces

    def _piece(self, entry: Entry, before: dict[str, Ticket], now: datetime) -> dict[str, Row]:
        """What one entry changed, for each audience."""
        touched = self._touched(entry, before)
        queues = self._update_queues(touched.queues, now)
        windows = self._update_windows(touched.windows | self._windows_of(touched.queues), touched.windows, now)
        tickets, gone = self._update_tickets(touched)
        calls = [rows.call_row(self._plan, call) for call in self._floor.calls if call.seq == entry.seq]
        head: Row = {"seq": entry.seq, "at": local_iso(self._plan, entry.at), "kind": entry.kind}
        if (window := getattr(entry.event, "window", None)) is not None:
            head["window"] = window
        piece: dict[str, Row] = {}
        for name in self._audiences:
            parts = {"queues": queues, "windows": windows[name], "tickets": tickets[name], "calls": calls}
            changed: Row = {part: found for part, found in parts.items() if found}
            if touched.hall:
                changed["hall"] = self._hall()
            piece[name] = {**head, "changed": changed}
        piece[STAFF]["changed"] |= self._update_arrangements(entry)
        if touched.hall or entry.kind in staffing.CHANGED_BY:
            piece[STAFF]["changed"]["hall"] = {**self._hall(), **staffing.told(self._plan, self._floor, now)}
        removed = {"tickets": gone} if gone else {}
        if entry.kind == "DayBegan":
            removed |= self._past_arrangements()
        if removed:
            piece[STAFF]["removed"] = removed
        if entry.kind == "DayBegan":
            for news in piece.values():
                news.setdefault("removed", {})["calls"] = touched.calls
        return piece

    def _update_arrangements(self, entry: Entry) -> Row:
        """The closure or incident that an entry is about, for staff."""
        found: Row = {}
        for name, (collection, make) in ARRANGEMENTS.items():
            value = getattr(self._floor, collection).get(getattr(entry.event, name, None) or "")
            if value is not None:
                row = self._arrangements[collection][value.id] = make(self._plan, value)
                found[collection] = [row]
        return found

    def _past_arrangements(self) -> dict[str, list[str]]:
        """What a new day no longer shows."""
        found = {}
        for collection, shown in self._arrangements.items():
            gone = [known for known in shown if known not in getattr(self._floor, collection)]
            for known in gone:
                del shown[known]
            if gone:
                found[collection] = gone
        return found

    def _touched(self, entry: Entry, before: dict[str, Ticket]) -> _Touched:
        touched = _Touched.by(entry, before, self._floor)
        if touched.everything:
            touched.queues = {queue.prefix for queue in self._plan.queues}
            touched.windows = {window.number for window in self._plan.windows}
        if entry.kind == "DayBegan":
            touched.calls = list(self._called)
        touched.windows |= {window.number for window in self._floor.all_windows() if window.clerk in touched.clerks}
        return touched

    def _hall(self) -> Row:
        day = self._floor.day
        return {
            "business_day": day.business_day.isoformat() if day.business_day else None,
            "phase": day.phase,
            "phase_until": local_iso_or_none(self._plan, day.phase_until),
            "evacuation": day.evacuation,
        }

    # rows

    def _update_queues(self, prefixes: Iterable[str], now: datetime) -> list[Row]:
        found = []
        for prefix in sorted(set(prefixes), key=self._order_of_queue):
            queue = self._plan.queue_by_prefix[prefix]
            row = rows.queue_row(self._plan, self._floor, queue, self._told.get(prefix, {}), now)
            if self._queues.get(prefix) != row:
                self._queues[prefix] = row
                found.append(row)
        return found

    def _order_of_queue(self, prefix: str) -> int:
        return list(self._plan.queue_by_prefix).index(prefix)

    def _update_windows(self, numbers: set[int], acted: set[int], now: datetime) -> dict[str, list[Row]]:
        """The rows of these windows that changed. Where nothing was done at the window itself (`acted`), only its line
        may have changed."""
        found: dict[str, list[Row]] = {PUBLIC: [], STAFF: []}
        for number in sorted(numbers):
            window = self._plan.window_by_number[number]
            upcoming = self._upcoming(window, now)
            shown = self._audiences[STAFF].windows.get(number)
            made = (
                {STAFF: {**shown, "next": upcoming}} if shown and number not in acted else self._made(window, upcoming)
            )
            for name, row in made.items():
                if self._audiences[name].windows.get(number) != row:
                    self._audiences[name].windows[number] = row
                    found[name].append(row)
        return found

    def _made(self, window: Window, upcoming: list[str]) -> dict[str, Row]:
        """The rows of a window, with the clerk's figures of the day counted anew."""
        phase, clerk = self._floor.day.phase, self._floor.window(window.number).clerk
        today = {} if clerk is None else figures.of_clerk(self._floor, clerk)
        return {
            PUBLIC: rows.public_window_row(self._plan, self._floor, window, phase),
            STAFF: rows.window_row(self._plan, self._floor, window, phase, upcoming, today),
        }

    def _upcoming(self, window: Window, now: datetime) -> list[str]:
        """Whom this window would call next, in order; nobody while it is closed."""
        if self._floor.window(window.number).state == CLOSED:
            return []
        able = as_lent(window, self._floor.window(window.number))
        lines = lines_for(self._plan, self._floor, able, now)
        return [ticket.id for ticket in islice(_in_turn(able, lines), NEXT_SHOWN)]

    def _windows_of(self, queues: set[str]) -> set[int]:
        return {
            window.number
            for window in self._plan.windows
            if queues.intersection(as_lent(window, self._floor.window(window.number)).queues)
            and self._floor.window(window.number).state != CLOSED
        }

    def _update_tickets(self, touched: _Touched) -> tuple[dict[str, list[Row]], list[str]]:
        found: dict[str, list[Row]] = {PUBLIC: [], STAFF: []}
        gone: list[str] = []
        for ticket_id in touched.tickets:
            ticket = self._floor.ticket(ticket_id)
            if ticket is not None:
                found[PUBLIC].append(rows.public_ticket_row(self._plan, ticket))
                found[STAFF].append(rows.ticket_row(self._plan, ticket))
            if ticket is None or not ticket.is_open:
                gone.append(ticket_id)
            if ticket is not None:
                self._update_ticket(ticket)
        if touched.everything:
            open_ids = {ticket.id for ticket in self._floor.all_tickets() if ticket.is_open}
            gone += [known for known in self._audiences[STAFF].tickets if known not in open_ids and known not in gone]
        for ticket_id in gone:
            self._audiences[STAFF].tickets.pop(ticket_id, None)
        return found, gone

    def _update_ticket(self, ticket: Ticket) -> None:
        if ticket.is_open:
            self._audiences[STAFF].tickets[ticket.id] = rows.ticket_row(self._plan, ticket)

    # estimates

    def _figures(self, prefix: str, now: datetime) -> Row:
        return self._estimates.told(self._estimates.newcomer(self._floor, prefix, None, now), now)

    def moved_estimates(self, now: datetime) -> list[Row]:
        """Walk again, and give the queues whose figures moved enough to tell; the board then shows those."""
        self._estimates.refresh(self._floor, now)
        moved = []
        for prefix, row in self._queues.items():
            told = self._figures(prefix, now)
            if has_moved(self._told.get(prefix, {}), told):
                self._told[prefix] = row["estimate"] = told
                moved.append({"id": prefix, "estimate": told})
        return moved


def has_moved(before: Row, after: Row) -> bool:
    """Whether a figure changed for people: the rounded minutes, or known to unknown; not only the clock times."""
    shown = ("unknown", "low_minutes", "high_minutes")
    return any(before.get(name) != after.get(name) for name in shown)


def _in_turn(window: Window, lines: dict[str, Line]) -> Iterable[Ticket]:
    while (queue := next_of((window.primary, window.secondary), lines)) is not None:
        yield lines[queue].take()


@dataclass
class _Touched:
    """Which rows an entry may have changed."""

    tickets: list[str] = field(default_factory=list)
    windows: set[int] = field(default_factory=set)
    queues: set[str] = field(default_factory=set)
    clerks: set[str] = field(default_factory=set)
    """Whose figures of the day may have changed, wherever they sit now."""
    calls: list[str] = field(default_factory=list)
    """Calls that are no longer shown."""
    hall: bool = False
    everything: bool = False

    @classmethod
    def by(cls, entry: Entry, before: dict[str, Ticket], floor: Floor) -> _Touched:
        """A day or a phase changes everything; opening, closing or pausing a window changes its queues too."""
        event: Any = entry.event
        touched = cls()
        touched.hall = touched.everything = entry.kind in {
            "DayBegan",
            "PhaseChanged",
            "EvacuationBegan",
            "EvacuationEnded",
        }
        ticket_id, window = getattr(event, "ticket", None), getattr(event, "window", None)
        if window is not None:
            touched.windows.add(window)
            touched.everything = touched.everything or ticket_id is None
        if ticket_id is not None:
            touched.tickets.append(ticket_id)
            touched._add_ticket(before.get(ticket_id))
            touched._add_ticket(floor.ticket(ticket_id))
        return touched

    def _add_ticket(self, ticket: Ticket | None) -> None:
        if ticket is not None:
            self.queues.add(ticket.queue)
            if ticket.clerk is not None:
                self.clerks.add(ticket.clerk)
            if ticket.window is not None and ticket.is_open:
                self.windows.add(ticket.window)
