"""Which key does what in the terminal, and how each stands now: its name, and if it cannot be pressed, why not.

Three hands find their keys: letters on a full keyboard, the function keys of the desk's page, and a number pad.
The hall file may change the last two (`desk_keys`, `number_pad`: action to key).
"""

from __future__ import annotations

import curses
from dataclasses import dataclass
from typing import Any

from caller.terminal_facts import Facts

Json = dict[str, Any]

LETTERS = {
    "primary": "Enter", "finish-next": "n", "call-again": "a", "miss": "m", "hold": "h", "transfer": "t",
    "give-back": "b", "pause": "p", "call": "c", "walk-in": "w", "undo": "u", "relief": "r", "ready": "y",
    "help": "f", "sign-off": "q", "keys": "?",
}  # fmt: skip
DESK = {
    "finish-next": "F2", "call-again": "F3", "miss": "F4", "hold": "F6", "transfer": "F7", "give-back": "F8",
    "pause": "F9", "call": "F10", "walk-in": "Insert", "undo": "Ctrl+Z", "sign-off": "End", "keys": "F1",
    "ready": "Shift+F6", "relief": "Shift+F9", "help": "Home", "incident": "PageUp",
}  # fmt: skip
PAD = {
    "primary": "Enter", "finish-next": "+", "miss": "-", "call-again": "*", "pause": "/", "hold": "7", "transfer": "8",
    "give-back": "9", "call": "4", "walk-in": "5", "relief": "6", "ready": "1", "undo": ".", "help": "0",
}  # fmt: skip

_CODES = {
    curses.KEY_ENTER: "Enter", curses.KEY_IC: "Insert", curses.KEY_END: "End", curses.KEY_HOME: "Home",
    curses.KEY_BACKSPACE: "Backspace", curses.KEY_RESIZE: "Resize", curses.KEY_PPAGE: "PageUp",
    **{curses.KEY_F0 + n: f"F{n}" for n in range(1, 13)},
    **{curses.KEY_F0 + 12 + n: f"Shift+F{n}" for n in range(1, 13)},  # as most terminals tell it
}  # fmt: skip
_CONTROLS = {
    "\r": "Enter", "\n": "Enter", "\x1b": "Esc", "\x7f": "Backspace", "\x08": "Backspace", "\x1a": "Ctrl+Z",
    "\x03": "Ctrl+C",
}  # fmt: skip


def key_name(pressed: str | int) -> str:
    """A key as curses tells it (a character or a number) by the name used here; "" for one that means nothing."""
    if isinstance(pressed, int):
        return _CODES.get(pressed, "")
    return _CONTROLS.get(pressed, pressed if pressed.isprintable() else "")


@dataclass(frozen=True)
class KeyMap:
    """Keys of one hall: name of a key to action, and the action's keys as they are written."""

    actions: dict[str, str]
    pad: dict[str, str]

    @classmethod
    def of(cls, hall: Json) -> KeyMap:
        """The keys of this hall; what its file says goes before what is usual."""
        pad = _overlaid(PAD, hall.get("number_pad", {}))
        usual = _overlaid(DESK, hall.get("desk_keys", {}))
        actions = {key: action for keys in (usual, LETTERS, pad) for action, key in keys.items()}
        return cls(actions, pad)

    def action(self, key: str) -> str | None:
        """What a pressed key asks for."""
        found = self.actions.get(key) or self.actions.get(key.lower())
        return "help" if found == "incident" else found  # here one question has calls for help, faults and incidents

    def hint(self, action: str) -> str:
        """How its keys are written: `m -`."""
        keys = dict.fromkeys([LETTERS[action], self.pad.get(action, "")])
        return " ".join(key for key in keys if key)


def _overlaid(usual: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    """What the hall file says; a key that it gives to one action is no longer the other's."""
    taken = set(own.values())
    return {**{action: key for action, key in usual.items() if key not in taken}, **own}


@dataclass(frozen=True)
class Key:
    """One key as it stands now; `why` says why it cannot be pressed."""

    action: str
    label: str
    why: str | None = None


_PRIMARY = {
    "off": Key("sign-on", "上岗"),
    "open": Key("call-next", "叫下一个"),
    "called": Key("start", "开始办理"),
    "serving": Key("finish", "办结"),
    "paused": Key("resume", "恢复服务"),
}


def keys_of(facts: Facts) -> dict[str, Key]:
    """All keys by the name under which the map knows them, in the order of the screen."""
    state = facts.state
    serving, active, free = state == "serving", state in {"called", "serving"}, state == "open"
    keys = {
        "primary": _PRIMARY[state],
        "finish-next": Key("finish-next", "办结并叫下一个", None if serving else "开始办理后可用"),
        "call-again": _again(facts),
        "miss": _miss(facts),
        "hold": Key("hold", "挂起", None if serving else "开始办理后可用"),
        "transfer": Key("transfer", "转办", None if active else "叫号后可用"),
        "give-back": Key("give-back", "退回队列", None if active else "叫号后可用"),
        "undo": _undo(facts),
        "call": Key("call", "叫指定号", None if free else "办完这位后可用"),
        "walk-in": Key("walk-in", "无号办理", None if free else "办完这位后可用"),
        "ready": Key("ready", "挂起提前回来", None if facts.held else "没有挂起的号"),
        "relief": Key("relieve", "补岗", "上岗后可用" if state == "off" else None),
        "pause": _pause(facts, active=active, free=free),
        "help": Key("help", "求助 报修", "上岗后可用" if state == "off" else None),
        "sign-off": _sign_off(facts),
        "keys": Key("keys", "全部按键"),
    }
    return {name: _closed(name, key, facts) for name, key in keys.items()}


def _again(facts: Facts) -> Key:
    if facts.call is None:
        return Key("call-again", "重呼", "叫号后可用")
    if facts.call.spent:
        return Key("call-again", "重呼", "重呼次数已满，可以过号")
    return Key("call-again", "重呼")


def _miss(facts: Facts) -> Key:
    if facts.call is None:
        return Key("miss", "过号", "叫号后可用")
    return Key("miss", "过号", f"再重呼 {facts.call.to_miss} 次后可以过号" if facts.call.to_miss else None)


def _pause(facts: Facts, *, active: bool, free: bool) -> Key:
    if active and facts.window.get("pause_pending"):
        return Key("withdraw-pause", "取消约定的暂停")
    return Key("pause", "办完后暂停" if active else "暂停", None if active or free else "上岗后可用")


def _undo(facts: Facts) -> Key:
    if facts.undo is None:
        return Key("undo", "撤销上一步", "没有可以撤销的一步")
    number, seconds = facts.undo
    return Key("undo", f"撤销 {number} {seconds}")


def _sign_off(facts: Facts) -> Key:
    if facts.state == "off":
        return Key("leave", "退出")
    return Key("sign-off", "下岗", None if facts.state == "open" else "办完这位后可以下岗")


def _closed(name: str, key: Key, facts: Facts) -> Key:
    """A paused desk is locked (4.2.2.5); without the server only leaving is possible."""
    if facts.state == "paused" and name not in {"primary", "relief", "keys"}:
        return Key(key.action, key.label, "已暂停锁定，恢复服务后可用")
    if not facts.live and key.action not in {"leave", "keys"}:
        return Key(key.action, key.label, "网络中断，连上后自动恢复")
    return key
