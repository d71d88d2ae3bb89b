"""What the terminal says: phrases of the standard's appendix C at their moment, and what others did, as sentences."""

from __future__ import annotations

from typing import Any

from caller.terminal_clock import clock_text, minutes_since
from caller.terminal_facts import Facts

Json = dict[str, Any]

LONG_WAIT_MINUTES = 20  # from here on one begins with an apology
GREETING_MINUTES = 2  # so long the visit has just begun

SORRY = "对不起，让您久等了。"
WELCOME = "您好，请坐，很高兴为您服务，请问您办理什么事项？"
GOODBYE = "请您对我的服务作出评价。谢谢您的合作，再见。"
DELIVERY = "您好，您是现场领取还是选择政务专递免费邮递？"


def phrase_for(facts: Facts) -> str | None:
    """The phrase that fits the moment, or None when there is nobody to speak to."""
    ticket = facts.ticket
    if facts.apology:
        return SORRY
    if ticket is None:
        return GOODBYE if facts.undo and facts.state == "open" else None
    if ticket["state"] == "called":
        waited = minutes_since(ticket["issued_at"], facts.now)
        return SORRY + WELCOME if waited >= LONG_WAIT_MINUTES else WELCOME
    return WELCOME if minutes_since(ticket["started_at"], facts.now) < GREETING_MINUTES else DELIVERY


# What others did: kind of event to a sentence with {at} (the window), {number}, {queue}

_SENTENCES = {
    "TicketCalled": "{at}叫号 {number}",
    "TicketCalledAgain": "{at}重呼 {number}",
    "ServiceStarted": "{at}开始办理 {number}",
    "TicketFinished": "{at}办结 {number}",
    "StepUndone": "{at}撤销上一步 {number}",
    "TicketMissed": "{at}过号 {number}",
    "TicketReturned": "{number} 过号后回来，重新排队",
    "TicketHeld": "{at}挂起 {number}",
    "HoldEnded": "{number} 挂起结束，优先叫号",
    "TicketGivenBack": "{at}把 {number} 退回 {queue} 队列",
    "TicketTransferred": "{at}把 {number} 转到 {queue} 队列",
    "OpinionGiven": "{at}联办完成 {number}",
    "TicketPutFirst": "{number} 安排先办",
    "TicketCancelled": "{number} 已放弃",
    "SignedOn": "{at}上岗",
    "SignedOff": "{at}下岗",
    "WindowRelieved": "{at}换人补岗",
    "PauseRequested": "{at}办完后暂停",
    "WindowPaused": "{at}暂停",
    "PauseWarned": "{at}暂停快到时限",
    "PauseEscalated": "{at}暂停超过时限，已上报",
    "PauseAcknowledged": "区域负责人已知晓{at}暂停",
    "WindowResumed": "{at}恢复服务",
}
_OWN_TOO = {"PauseAcknowledged", "PauseWarned", "PauseEscalated", "HoldEnded", "TicketReturned", "TicketCancelled"}


def sentence_of(news: Json, before: Json, number: int) -> str | None:
    """One piece of news as a line for window `number`; None when it is its own doing or concerns other queues.

    `before` is the picture that the news changed: it knows at which window a ticket was.
    """
    pattern = _SENTENCES.get(news["kind"])
    ticket = next(iter((news.get("changed") or {}).get("tickets") or []), None)
    if pattern is None or ("{number}" in pattern and ticket is None):
        return None
    window = _window_of(news, ticket, before)
    if ("{at}" in pattern and window is None) or (window == number and news["kind"] not in _OWN_TOO):
        return None
    if not _concerns(ticket, window, before, number):
        return None
    at = f"{window} 号窗口" if window else ""
    facts = {"number": ticket["number"], "queue": ticket["queue"]} if ticket else {}
    return f"{clock_text(news['at'])} {pattern.format(at=at, **facts)}"


def _window_of(news: Json, ticket: Json | None, before: Json) -> int | None:
    if news.get("window"):
        return int(news["window"])
    if ticket is None:
        return next((row["number"] for row in (news.get("changed") or {}).get("windows") or []), None)
    known = (row["window"] for row in before["tickets"] if row["id"] == ticket["id"])
    found: int | None = ticket["window"] or next(known, None)
    return found


def _concerns(ticket: Json | None, window: int | None, before: Json, number: int) -> bool:
    own = _queues(before, number)
    if ticket is not None:
        return ticket["queue"] in own
    return window is not None and bool(own & _queues(before, window))


def _queues(picture: Json, number: int) -> set[str]:
    row = next((row for row in picture["windows"] if row["number"] == number), None)
    return {*row["queues"], *row["secondary"]} if row else set()
