"""What a slip says: the facts of a ticket in the words of the hall, Chinese or English, before anything is drawn."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.slip_phrases import ADVICE_EN, CHINESE, ENGLISH, Phrases
from kiosk.slip_turn import Answer, turn, wait
from kiosk.slip_wrap import typeset


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
        turn=turn(ticket, phrases),
        wait=wait(ticket, phrases),
        place=_place(where, english=english),
        # English slips have the Chinese place here: it is what the signs in the hall say
        route=_place(where, english=False).replace("\u3000", " ") if english else typeset(where.get("route") or ""),
        advice=typeset(advice or ""),
        notice=_either(notice, "text", english=english),
        url=ticket.get("url") or "",
        taken_at=taken.format(time=datetime.fromisoformat(ticket["issued_at"]).strftime("%Y-%m-%d %H:%M:%S")),
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
