"""What one desk has to know, read from the hall's picture. Pure: picture, hall file and time in, plain values out.

Whether a command is allowed is decided by the server; here is only what a key shows before it is pressed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from caller.terminal_clock import minutes_since, seconds_since

Json = dict[str, Any]

MISSED_KEPT = 3  # a clerk may call back the last three that were missed


@dataclass(frozen=True)
class CallFacts:
    """How a called ticket stands; seconds of hall time."""

    since: int
    wait: int  # until it may be called again
    spent: bool  # no call is left
    to_miss: int  # calls until it may be missed


@dataclass(frozen=True)
class Facts:
    """Everything that the screen and the questions draw from."""

    hall: Json
    picture: Json
    number: int
    staff: str
    now: datetime
    live: bool
    apology: bool
    window: Json
    ticket: Json | None
    state: str  # off, open, called, serving, paused
    next: list[Json]
    held: list[Json]
    missed: list[Json]
    queues: list[Json]
    call: CallFacts | None
    undo: tuple[str, int] | None  # number, seconds left

    def offline(self) -> Facts:
        """The same while the server cannot be reached."""
        return replace(self, live=False)


def facts_of(
    picture: Json, hall: Json, number: int, staff: str, now: datetime, *, live: bool, apology: bool = False
) -> Facts:
    """The desk of `staff` at window `number`; state `off` while they are not signed on there."""
    window = next(row for row in picture["windows"] if row["number"] == number)
    tickets = {row["id"]: row for row in picture["tickets"]}
    active = window["ticket"]
    mine = window["clerk"] == staff
    ticket = {**active, **tickets.get(active["id"], {})} if active and mine else None
    own = [*window["queues"], *window["secondary"], *window.get("lent", [])]
    upcoming = [tickets[each] for each in window.get("next", []) if each in tickets]
    return Facts(
        hall=hall,
        picture=picture,
        number=number,
        staff=staff,
        now=now,
        live=live,
        apology=apology,
        window=window,
        ticket=ticket,
        state=_state(window, ticket, mine=mine),
        next=[row for row in upcoming if row["state"] == "waiting"],
        held=[row for row in picture["tickets"] if row["state"] == "held" and row["window"] == number],
        missed=_missed_here(picture["tickets"], number),
        queues=[row for prefix in own for row in picture["queues"] if row["prefix"] == prefix],
        call=_call(ticket, hall, now) if ticket and ticket["state"] == "called" else None,
        undo=_undo(window, hall, now) if mine else None,
    )


def _state(window: Json, ticket: Json | None, *, mine: bool) -> str:
    if not mine or window["state"] == "closed":
        return "off"
    return str(ticket["state"] if ticket else window["state"])


def _call(ticket: Json, hall: Json, now: datetime) -> CallFacts:
    at = ticket.get("last_called_at") or ticket["called_at"]
    left = hall["min_seconds_between_calls"] - (now - datetime.fromisoformat(at)).total_seconds()
    return CallFacts(
        since=seconds_since(at, now),
        wait=max(0, math.ceil(left)),
        spent=ticket["calls"] >= hall.get("max_calls", math.inf),
        to_miss=max(0, hall["calls_before_missed"] - ticket["calls"]),
    )


def _undo(window: Json, hall: Json, now: datetime) -> tuple[str, int] | None:
    """The last step that may still be taken back, and for how many seconds."""
    last = window.get("undo")
    left = hall["undo_seconds"] - seconds_since(last["at"], now) if last else 0
    return (last["number"], left) if last and left > 0 else None


def _missed_here(tickets: list[Json], number: int) -> list[Json]:
    here = [row for row in tickets if row["state"] == "missed" and row["window"] == number]
    return sorted(here, key=lambda row: row["missed_at"] or "", reverse=True)[:MISSED_KEPT]


# In the words of people


def purpose(ticket: Json, hall: Json) -> str:
    """The item's name, or the queue's when the ticket names none."""
    named = (str(item["name"]) for item in hall["items"] if item["code"] == ticket.get("item"))
    return next(named, queue_name(ticket["queue"], hall))


def queue_name(prefix: str, hall: Json) -> str:
    """The name of a queue by its letter."""
    return next((str(queue["name"]) for queue in hall["queues"] if queue["prefix"] == prefix), prefix)


def waited_text(ticket: Json, now: datetime) -> str:
    """`等 7 分`, `刚到`."""
    minutes = minutes_since(ticket.get("waiting_since") or ticket["issued_at"], now)
    return f"等 {minutes} 分" if minutes else "刚到"


def wait_text(estimate: Json) -> str:
    """What a newcomer would wait; the server has rounded it."""
    low, high = estimate.get("low_minutes"), estimate.get("high_minutes")
    if high is None:
        return "时间待定"
    if high == 0:
        return "不用等"
    return f"{low}-{high} 分" if low and low != high else f"{high} 分内"


_MARKS = {
    "priority": "优先", "put_first": "先办", "appointment": "预约", "transferred": "转来", "returned": "过号回来",
    "manual": "手工号",
}  # fmt: skip


def mark_of(ticket: Json) -> str | None:
    """Why a waiting number is not simply the next to have come."""
    flag = next((flag for flag in _MARKS if flag in ticket.get("flags", [])), None)
    if flag is None:
        return None
    return f"{_MARKS[flag]} {ticket.get('priority_group') or ''}".strip() if flag == "priority" else _MARKS[flag]
