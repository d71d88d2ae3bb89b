"""What a slip says: the facts of a ticket in the words of the hall, Chinese or English, before anything is drawn."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kiosk.slip_wrap import typeset

Answer = dict[str, Any]  # a part of an answer of the server, as JSON gave it


@dataclass(frozen=True)
class Phrases:
    """The fixed words of a slip in one language."""

    ahead: str
    people: str
    your_turn: str
    time_open: str
    you: str
    minutes: str
    minutes_within: str
    no_window: str
    after_hours: str
    scan: str
    scan_why: str
    taken: str
    printed_again: str
    hotline: str


CHINESE = Phrases(
    ahead="前面",
    people="人",
    your_turn="预计轮到您",
    time_open="时间待定",
    you="您",
    minutes="约 {low}–{high} 分钟",
    minutes_within="{high} 分钟内",
    no_window="窗口开放后依次叫号",
    after_hours="延时服务",
    scan="微信扫一扫",
    scan_why="看前面还有几人，叫到您时会提醒，也可以取消号码",
    taken="{time} 取号",
    printed_again="{time} 取号（补打）",
    hotline="咨询投诉 {number}",
)
ENGLISH = Phrases(
    ahead="Ahead",
    people="",
    your_turn="Your turn, expected",
    time_open="Not yet known",
    you="You",
    minutes="about {low}–{high} min",
    minutes_within="within {high} min",
    no_window="called once a window opens",
    after_hours="After-hours service",
    scan="Scan by phone",
    scan_why="Follow the line, be told when you are called, or give up your number",
    taken="Taken {time}",
    printed_again="Taken {time} (reprint)",
    hotline="Help {number}",
)
ADVICE_EN = "Please wait in the waiting area and watch for your number. It is valid today only."


@dataclass(frozen=True)
class SlipText:
    """Everything a slip says, ready to be set. An empty text means: leave that part out."""

    phrases: Phrases
    hall: str
    letter: str  # in the disc
    queue: str
    item: str
    number: str
    ahead: int | None  # people; None when the server did not say
    turn: str  # "17:35–17:50", or that it is not known yet
    wait: str  # "约 25–40 分钟"
    place: str
    route: str
    advice: str
    notice: str
    url: str
    taken_at: str
    hotline: str


def slip_text(ticket: Answer, hall: Answer, *, language: str = "zh", reprint: bool = False) -> SlipText:
    """The words for a ticket answer and a hall answer; what is missing in them is left out, never invented."""
    english = language.lower().startswith("en")
    phrases = ENGLISH if english else CHINESE
    where, notice = ticket.get("where") or {}, ticket.get("notice") or {}
    advice = ADVICE_EN if english else (hall.get("slip") or {}).get("advice")
    taken = phrases.printed_again if reprint else phrases.taken
    return SlipText(
        phrases=phrases,
        hall=_either(hall, "name", english=english),
        letter=str(ticket.get("queue") or ""),
        queue=_name(hall.get("queues"), "prefix", ticket, "queue", english=english),
        item=_name(hall.get("items"), "code", ticket, "item", english=english),
        number=str(ticket["number"]),
        ahead=ticket.get("ahead"),
        turn=_turn(ticket) or phrases.time_open,
        wait=_wait(ticket.get("estimate") or {}, phrases),
        place=_place(where, english=english),
        # English slips have the Chinese place here: it is what the signs in the hall say
        route=_place(where, english=False).replace("\u3000", " ") if english else typeset(where.get("route") or ""),
        advice=typeset(advice or ""),
        notice=_either(notice, "text", english=english),
        url=ticket.get("url") or "",
        taken_at=taken.format(time=_moment(ticket["issued_at"]).strftime("%Y-%m-%d %H:%M:%S")),
        hotline=phrases.hotline.format(number=hall["hotline"]) if hall.get("hotline") else "",
    )


def _either(row: Answer, key: str, *, english: bool) -> str:
    """The text in the language asked for, the Chinese one where there is no other."""
    text = (row.get(f"{key}_en") if english else None) or row.get(key) or ""
    return text if english and row.get(f"{key}_en") else typeset(text)


def _place(where: Answer, *, english: bool) -> str:
    """Zone and windows; a wide gap parts them, and is where the line breaks when it must."""
    if english and where.get("text_en"):
        return str(where["text_en"])
    if not where.get("windows"):
        return typeset(where.get("text") or "")
    zone = str(where.get("zone_name") or "").split(" ")[0]  # "三楼E区 不动产公积金区": what hangs from the ceiling
    return "\u3000".join(part for part in (typeset(zone), f"{ranges(where['windows'])} 号窗口") if part)


def ranges(numbers: list[int]) -> str:
    """Window numbers as on a door: [1, 2, 3, 7] → "1–3、7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _name(rows: list[Answer] | None, key: str, ticket: Answer, kind: str, *, english: bool) -> str:
    """The name of the ticket's queue or item; an English one may stand in the ticket or in the hall answer."""
    row = next((row for row in rows or [] if row.get(key) == ticket.get(kind)), {}) if english else {}
    in_english = (ticket.get(f"{kind}_name_en") or row.get("name_en")) if english else None
    return str(in_english or typeset(ticket.get(f"{kind}_name") or ""))


def _turn(ticket: Answer) -> str:
    """The range of the clock in which the turn is expected, or nothing while the server does not know it.

    The estimate counts from the moment it was made, which for a reprint is not the moment of taking:
    the likely start less the likely wait gives that moment back.
    """
    estimate = ticket.get("estimate") or {}
    if estimate.get("low_minutes") is None or estimate.get("high_minutes") is None:
        return ""
    made = _moment(ticket["issued_at"])
    if estimate.get("start_at") and estimate.get("likely_minutes") is not None:
        made = _moment(estimate["start_at"]) - timedelta(minutes=estimate["likely_minutes"])
    low, high = (made + timedelta(minutes=estimate[key]) for key in ("low_minutes", "high_minutes"))
    return f"{low:%H:%M}–{high:%H:%M}" if low != high else f"{low:%H:%M}"


def _wait(estimate: Answer, phrases: Phrases) -> str:
    low, high = estimate.get("low_minutes"), estimate.get("high_minutes")
    if low is None or high is None:
        return phrases.no_window if estimate.get("unknown") == "no_open_window" else ""
    if low <= 0 or low == high:
        return phrases.minutes_within.format(high=max(high, 1))
    return phrases.minutes.format(low=low, high=high)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
