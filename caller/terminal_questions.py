"""What the terminal asks before a command that needs a word more: outcome, reason, minutes, place, password."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any

from caller.terminal_ask import Choice, Field, Option, Question, Wish, numbered
from caller.terminal_clock import minutes_since
from caller.terminal_facts import Facts, purpose, queue_name

OTHER = "其他"
HOLD_MINUTES = (5, 10, 15, 20, 30, 45)
WITH_FORM = ("受理", "不予受理", "一次性告知")  # outcomes that have a case number (appendices E, F, G)


def question_for(action: str, facts: Facts) -> Question | None:
    """The question that a command needs first, or None."""
    ask = _QUESTIONS.get(action)
    return ask(facts) if ask else None


def _number(facts: Facts) -> str:
    return str(facts.ticket["number"]) if facts.ticket else ""


def _outcome(facts: Facts) -> Question:
    return _finish(facts, "finish")


def _outcome_next(facts: Facts) -> Question:
    return _finish(facts, "finish-next")


def _finish(facts: Facts, action: str) -> Question:
    what = purpose(facts.ticket, facts.hall) if facts.ticket else ""
    outcome = yield Choice(f"办结 {_number(facts)}，办理结果是？", numbered(facts.hall["outcomes"]), what)
    if outcome not in WITH_FORM:
        return Wish(action, {"outcome": outcome})
    case = yield Field(f"{outcome}：办件流水号", "没有可以直接按 Enter。", optional=True)
    return Wish(action, {"outcome": outcome, "case_number": case} if case else {"outcome": outcome})


def _reason(title: str, reasons: Sequence[str], intro: str = "") -> Generator[Choice | Field, Any, str]:
    """One of the hall's reasons, or, for the last of them, the clerk's own words."""
    reason: str = yield Choice(title, numbered(reasons), intro)
    if reason == OTHER:
        reason = yield Field(title, "请用几个字写明；请不要写姓名、证件号。")
    return reason


def _miss(facts: Facts) -> Question:
    within = (facts.hall.get("return") or {}).get("within_minutes")
    intro = "过号后号码不作废" + (f"，{within} 分钟内可到取号机或咨询台恢复。" if within else "。")
    reason = yield from _reason(f"{_number(facts)} 过号，原因？", facts.hall["miss_reasons"], intro)
    return Wish("miss", {"reason": reason})


def _give_back(facts: Facts) -> Question:
    title = f"把 {_number(facts)} 退回队列，原因？"
    reason = yield from _reason(title, facts.hall["give_back_reasons"], "号码和取号时间不变，优先再叫。")
    return Wish("give-back", {"reason": reason})


def _hold(facts: Facts) -> Question:
    options = tuple(Option(str(n + 1), f"{minutes} 分钟", minutes) for n, minutes in enumerate(HOLD_MINUTES))
    intro = "窗口空出来先办下一位；时间一到，这个号自动回来，优先叫。"
    minutes = yield Choice(f"挂起 {_number(facts)}，多久回来？", options, intro, usual=2)
    reason = yield from _reason(f"挂起 {_number(facts)} {minutes} 分钟，原因？", facts.hall["hold_reasons"])
    return Wish("hold", {"minutes": minutes, "reason": reason})


def _transfer(facts: Facts) -> Question:
    title, intro = f"把 {_number(facts)} 转到哪里？", "号码和取号时间不变，优先等候，不用重新取号。"
    others = [queue["prefix"] for queue in facts.hall["queues"] if queue["prefix"] != (facts.ticket or {}).get("queue")]
    options = tuple(Option(prefix, queue_name(prefix, facts.hall), {"queue": prefix}) for prefix in others)
    elsewhere = (
        Option("1", "转到一个窗口", {"window": None}),
        Option("2", "联办，办完回来", {"window": None, "joint": True}),
        Option("3", "转给一位同事", {"clerk": None}),
    )
    place = yield Choice(title, (*options, *elsewhere), intro, usual=None)
    if "window" in place:
        window = yield Field("转到几号窗口？", "请输入窗口号。", numeric=True)
        place = {**place, "window": int(window)}
    elif "clerk" in place:
        clerk = yield Field("转给谁？请输入工号", "例如 工号004 或 4。")
        place = {"clerk": full_staff(clerk, facts.staff)}
    reason = yield from _reason(f"转办 {_number(facts)}，原因？", facts.hall["transfer_reasons"])
    return Wish("transfer", {**place, "reason": reason})


def _pause(facts: Facts) -> Question:
    """A short absence (3.2.3): relief is offered first, as then the window stays open."""
    limit = facts.hall["pause_limit_minutes"]
    relief = Option("R", "有人补岗，窗口不停", None)
    own = numbered(facts.hall["pause_reasons"])
    title = f"{facts.number} 号窗口短暂离岗，原因？"
    reason = yield Choice(title, (*own, relief), f"最长 {limit} 分钟，自动报备区域负责人；更久请备案关闭。")
    if reason is None:
        return (yield from _relieve(facts))
    if reason == OTHER:
        reason = yield Field(title, "请用几个字写明；请不要写姓名、证件号。")
    spans = [minutes for minutes in (5, 10, 15) if minutes < limit] + [limit]
    options = tuple(Option(str(n + 1), f"{minutes} 分钟", minutes) for n, minutes in enumerate(spans))
    minutes = yield Choice(
        "预计多久回来？", options, "窗口屏显示恢复时间，本机锁定，回来输密码。", usual=len(spans) - 1
    )
    return Wish("pause", {"reason": reason, "minutes": minutes})


def _resume(facts: Facts) -> Question:
    password = yield Field(f"{facts.staff} 回到窗口，请输入密码", "回来先说：“对不起，让您久等了。”", secret=True)
    return Wish("resume", {"password": password})


def _relieve(facts: Facts) -> Question:
    staff = yield Field("补岗：由谁接替本窗口？请输入工号", "窗口不停，办理中的号接着办。例如 工号043 或 43。")
    name = full_staff(staff, facts.staff)
    password = yield Field(f"{name} 的密码", "由补岗的人自己输入。", secret=True)
    return Wish("relieve", {"staff": name, "password": password})


def _call(facts: Facts) -> Question:
    known = [*facts.missed, *facts.held]
    number = yield Field("叫指定号：号码？", f"过号、挂起的：{'、'.join(t['number'] for t in known)}" if known else "")
    reason = yield from _reason(
        f"叫 {number.upper()}，原因？", facts.hall["call_reasons"], "会记录，区域负责人能看到。"
    )
    return Wish("call", {"number": number.upper(), "reason": reason})


def _walk_in(facts: Facts) -> Question:
    own = [*facts.window["queues"], *facts.window["secondary"]]
    queues = tuple(Option(prefix, queue_name(prefix, facts.hall), {"queue": prefix}) for prefix in own)
    items = [item for item in facts.hall["items"] if item["queue"] in own][:9]
    named = tuple(Option(str(n + 1), item["name"], {"item": item["code"]}) for n, item in enumerate(items))
    wish = yield Choice("无号办理：办什么？", (*queues, *named), "代为取号并马上开始办理，记录为不按顺序叫号。")
    return Wish("walk-in", wish)


def _ready(facts: Facts) -> Question:
    options = tuple(
        Option(str(n + 1), f"{row['number']}，挂起 {minutes_since(row['called_at'], facts.now)} 分钟", row["number"])
        for n, row in enumerate(facts.held[:9])
    )
    number = yield Choice("哪一个号提前准备好了？", options, "回到等候，优先叫。")
    return Wish("ready", {"number": number})


INCIDENTS = {
    "help": "请区域负责人来", "fault": "报修", "dispute": "争吵", "disorder": "秩序混乱", "illness": "突发疾病",
    "equipment": "设备故障", "power": "停电", "lift": "电梯故障", "fire": "火情",
}  # fmt: skip


def _help(facts: Facts) -> Question:
    """A call for the area lead, a fault (5.2.5) or an incident (4.2.2.6): one digit, and those in charge see where."""
    known = [each for each in INCIDENTS if each in facts.hall["incident_types"]]
    options = tuple(Option(str(n + 1), INCIDENTS[each], each) for n, each in enumerate(known))
    intro = "按数字马上上报。有危险请先离开，再打 110、119、120。Esc 离开。"
    kind = yield Choice(f"{facts.number} 号窗口：什么事？", options, intro, usual=None)
    return Wish("incidents", {"type": kind, "place": str(facts.number)})


def _sign_off(facts: Facts) -> Question:
    waiting = sum(queue["waiting"] for queue in facts.queues)
    options = (Option("1", "下岗", True), Option("2", "继续工作", False))
    intro = f"还有 {waiting} 人在等候本窗口的队列。" if waiting else "现在没有人等候。"
    sure = yield Choice(f"{facts.number} 号窗口下岗？", options, intro, usual=1)
    return Wish("sign-off", {}) if sure else None


def full_staff(typed: str, pattern: str) -> str:
    """`43` written as this hall writes its staff numbers, such as `工号043`."""
    digits = len(pattern) - len(pattern.rstrip("0123456789"))
    return pattern[: len(pattern) - digits] + typed.zfill(digits) if typed.isdigit() and digits else typed


_QUESTIONS: dict[str, Callable[[Facts], Question]] = {
    "finish": _outcome, "finish-next": _outcome_next, "miss": _miss, "give-back": _give_back, "hold": _hold,
    "transfer": _transfer, "pause": _pause, "resume": _resume, "relieve": _relieve, "call": _call,
    "walk-in": _walk_in, "ready": _ready, "help": _help, "sign-off": _sign_off,
}  # fmt: skip
