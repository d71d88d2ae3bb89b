"""The desk in 80 columns and 24 rows, as a list of pieces to be put in places. Pure: nothing here knows a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caller.terminal_ask import Choice, Conversation, Field
from caller.terminal_clock import clock_text, count_text, minutes_since, seconds_since
from caller.terminal_digits import large
from caller.terminal_facts import Facts, mark_of, purpose, wait_text, waited_text
from caller.terminal_keys import KeyMap, keys_of
from caller.terminal_width import certain, fit, width, wrap
from caller.terminal_words import phrase_for

COLUMNS, ROWS = 80, 24
_SIDE = 46  # where the list of those who wait begins
_SIDE_ROWS = range(2, 12)
_LOWER = 14  # the first row below the line: keys, or the question under way
_KEY_COLUMNS = 20
_NOTE = 19


@dataclass(frozen=True)
class Piece:
    """Text at a place; style is one of plain, strong, quiet, bar, block, alert."""

    row: int
    column: int
    text: str
    style: str = "plain"


@dataclass(frozen=True)
class Screen:
    """What is on the screen beside the facts: the note about the last press, what others did, the question."""

    note: str = ""
    changes: tuple[str, ...] = ()
    question: Conversation | None = None


def draw(facts: Facts, keys: KeyMap, screen: Screen) -> list[Piece]:
    """All pieces of the screen; every text has signs of certain width and stays inside the 80 columns."""
    pieces = [*_bar(facts), *_card(facts), *_side(facts), Piece(_LOWER - 1, 0, "-" * COLUMNS, "quiet")]
    if screen.question and not screen.question.over:
        pieces += _question(screen.question)
    else:
        pieces += [*_keys(facts, keys), *_foot(facts, screen)]
    return [_inside(piece) for piece in pieces]


def _inside(piece: Piece) -> Piece:
    text = certain(piece.text)
    room = (_SIDE if piece.column < _SIDE and piece.row in _SIDE_ROWS else COLUMNS) - piece.column
    return Piece(piece.row, piece.column, fit(text, min(width(text), room)), piece.style)


def _bar(facts: Facts) -> Iterator[Piece]:
    planned = next(row for row in facts.hall["windows"] if row["number"] == facts.number)
    left = f" {facts.number} 号窗口 {planned['type_name']}  {facts.staff}"
    right = f"{facts.now:%H:%M:%S}  {'已连接' if facts.live else '网络中断'} "
    middle = f"{facts.hall['short_name']}{'（演示）' if facts.hall['demo'] else ''}  "
    space = COLUMNS - width(certain(left)) - width(certain(middle)) - width(right)
    yield Piece(0, 0, left + " " * max(1, space) + middle + right, "bar" if facts.live else "alert")
    if facts.picture.get("evacuation"):
        yield Piece(1, 0, fit(" 紧急疏散：请停止办理，引导群众从最近的安全出口离开。", COLUMNS), "alert")
    elif facts.window.get("relief_asked"):
        yield Piece(1, 0, f" 区域负责人请 {facts.window['relief_asked']} 来本窗口补岗。", "strong")


_STATES = {
    "off": "未上岗", "open": "空闲", "called": "正在呼叫", "serving": "正在办理", "paused": "暂停服务"
}  # fmt: skip


def _card(facts: Facts) -> Iterator[Piece]:
    """This desk's ticket: state and timer, the number in large signs, what for, its story, what one may say."""
    shown = facts.ticket or (facts.next[0] if facts.state == "open" and facts.next else None)
    state = _STATES.get(facts.state, facts.state)
    yield Piece(2, 1, f" {state} ", "block")
    yield Piece(2, 4 + width(state), _timer(facts), "strong")
    if facts.state == "open" and shown:
        yield Piece(2, 34, f"下一位 {shown['number']}", "quiet")
    if facts.call and facts.ticket:
        after = f"，再呼 {facts.call.to_miss} 次可过号" if facts.call.to_miss else "，可以过号"
        yield Piece(3, 2, f"第 {facts.ticket['calls']} 次呼叫{after}", "quiet")
    if facts.state == "paused":
        yield from _paused(facts)
    elif shown:
        style = "block" if facts.ticket else "quiet-block"
        for row, marks in enumerate(large(shown["number"])):
            yield from (Piece(4 + row, 2 + left, " " * columns, style) for left, columns in marks)
        yield Piece(10, 1, f"{shown['number']}  {purpose(shown, facts.hall)}", "strong")
        yield Piece(11, 1, _story(facts, shown))
    else:
        yield Piece(5, 2, "按 Enter 上岗。" if facts.state == "off" else "现在没有人等候。", "strong")
        yield Piece(7, 2, "" if facts.state == "off" else "有人取号，这里马上显示。")
    said = phrase_for(facts) if facts.live else None
    if said:
        yield Piece(12, 1, f"可以这样说：“{said}”")


def _timer(facts: Facts) -> str:
    ticket, window = facts.ticket, facts.window
    if facts.state == "serving" and ticket:
        return f"已办理 {count_text(seconds_since(ticket['started_at'], facts.now))}"
    if facts.call and ticket:
        return f"呼叫后 {count_text(facts.call.since)}"
    if facts.state == "open" and window.get("since"):
        return f"已空闲 {count_text(seconds_since(window['since'], facts.now))}"
    return ""


def _paused(facts: Facts) -> Iterator[Piece]:
    """How long until the promised return, with the warning and the limit of clause 3.2.3."""
    pause = facts.window["pause"]
    spent = seconds_since(pause["from"], facts.now)
    limit, warn = facts.hall["pause_limit_minutes"], facts.hall["pause_warn_minutes"]
    yield Piece(4, 2, f"已离岗 {count_text(spent)}，{clock_text(pause['until'])} 回到窗口", "strong")
    yield Piece(5, 2, f"原因：{pause.get('reason') or ''}")
    yield Piece(6, 2, f"区域负责人{'已知晓' if pause.get('acknowledged') else '已报备'}")
    if spent >= limit * 60:
        yield Piece(8, 2, f"超过 {limit} 分钟，已上报区域负责人和管理员", "alert")
    elif spent >= warn * 60:
        yield Piece(8, 2, f"已离岗 {warn} 分钟，请准备回到窗口", "alert")


def _story(facts: Facts, ticket: dict[str, str]) -> str:
    taken = f"{clock_text(ticket['issued_at'])} 取号"
    waited = minutes_since(ticket["issued_at"], facts.now)
    if ticket["state"] == "waiting":
        return f"{taken}，{f'已等 {waited} 分钟' if waited else '刚到'}"
    before = (seconds_since(ticket["issued_at"], facts.now) - seconds_since(ticket["called_at"], facts.now)) // 60
    return f"{taken}，{f'等了 {before} 分钟' if before else '没有等'}"


def _side(facts: Facts) -> Iterator[Piece]:
    """Who comes next, since when; those on hold and missed; the queues; the clerk's own day."""
    yield Piece(2, _SIDE, "接下来  按本窗口会叫到的顺序", "strong")
    for place, row in enumerate(facts.next[:5]):
        text = mark_of(row) or purpose(row, facts.hall)
        yield Piece(3 + place, _SIDE, row["number"], "strong")
        yield Piece(3 + place, _SIDE + 6, fit(certain(text), 17))
        yield Piece(3 + place, _SIDE + 24, waited_text(row, facts.now))
    aside = [f"{row['number']} 挂起 {clock_text(row['held_until'])}" for row in facts.held if row.get("held_until")]
    aside += [f"{row['number']} 已过号" for row in facts.missed]
    yield Piece(8, _SIDE, "  ".join(aside), "quiet")
    for place, queue in enumerate(facts.queues[:2]):
        yield Piece(9 + place, _SIDE, f"{queue['prefix']} 队列 {queue['waiting']} 人，{wait_text(queue['estimate'])}")
    if today := facts.window.get("today"):
        average = f"，平均 {today['average_minutes']} 分" if today.get("average_minutes") else ""
        yield Piece(11, _SIDE, f"今天办结 {today['done']} 件{average}", "quiet")


def _keys(facts: Facts, keys: KeyMap) -> Iterator[Piece]:
    """Four rows of four keys: how to press each, and what it does; what cannot be pressed is quiet."""
    for place, (name, key) in enumerate(keys_of(facts).items()):
        row, column = _LOWER + place // 4, place % 4 * _KEY_COLUMNS
        hint = keys.hint(name)
        style = "quiet" if key.why else "strong" if name == "primary" else "plain"
        yield Piece(row, column + 1, hint, "block" if name == "primary" and not key.why else style)
        yield Piece(row, column + 2 + max(4, width(hint)), key.label, style)


def _foot(facts: Facts, screen: Screen) -> Iterator[Piece]:
    """What there is to say about the last press, then what others changed, newest first."""
    note = screen.note if facts.live else "网络中断，按键暂停使用。号码都在服务器上，不会丢；连上后自动恢复。"
    for place, line in enumerate(wrap(certain(note), COLUMNS - 2)[:2]):
        yield Piece(_NOTE + place, 1, line, "alert")
    for place, line in enumerate(screen.changes[:3]):
        yield Piece(21 + place, 1, line, "quiet")


def _question(conversation: Conversation) -> Iterator[Piece]:
    step = conversation.step
    if step is None:
        return
    yield Piece(_LOWER, 1, step.title, "strong")
    yield Piece(_LOWER + 1, 1, step.intro, "quiet")
    if isinstance(step, Choice):
        yield from _options(step)
        usual = "" if step.usual is None else f"Enter = {step.options[step.usual].label}，"
        yield Piece(23, 1, f"按键选择，{usual}Esc 离开", "quiet")
    else:
        yield from _line(step, conversation)
        yield Piece(23, 1, "Enter 确定，退格键改，Esc 离开", "quiet")


def _options(step: Choice) -> Iterator[Piece]:
    """Options in columns: two for a few, three or four for many."""
    columns = 2 if len(step.options) <= 12 else 3 if len(step.options) <= 18 else 4
    rows = -(-len(step.options) // columns)
    wide = COLUMNS // columns
    for place, option in enumerate(step.options):
        row, column = _LOWER + 2 + place % rows, place // rows * wide
        usual = place == step.usual
        yield Piece(row, column + 1, f" {option.key} ", "block" if usual else "strong")
        yield Piece(row, column + 5, fit(certain(option.label), wide - 6), "strong" if usual else "plain")


def _line(step: Field, conversation: Conversation) -> Iterator[Piece]:
    typed = "*" * len(conversation.typed) if step.secret else conversation.typed
    yield Piece(_LOWER + 3, 1, f"> {typed}_", "strong")
    yield Piece(_LOWER + 5, 1, conversation.problem, "alert")
