"""Keys of the desk in a hall file: which action lies on which key of the keyboard, and of a USB number pad (C10)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, PlainValidator

from server.hall_file.values import half_width, wrong

Action = Literal[
    "primary", "finish-next", "call-again", "miss", "hold", "ready", "transfer", "give-back", "pause", "relief", "call",
    "walk-in", "undo", "why", "help", "incident", "self-check", "sign-off", "keys",
]  # fmt: skip
RESERVED = frozenset({"F5", "F11", "F12", "CTRL+W", "CTRL+T", "CTRL+N", "ALT+F4"})
"""What a browser keeps for itself, or people expect it to do."""
PAD = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "-", "*", "/", ".", "Enter")
_NAMED = ("Enter", "Insert", "Delete", "Home", "End", "PageUp", "PageDown", "Pause", "ScrollLock")
_KEY = re.compile(rf"(Ctrl\+|Alt\+|Shift\+)?(F[1-9]|F1[0-2]|{'|'.join(_NAMED)})|(Ctrl|Alt)\+[A-Z0-9]")


def _key(text: Any) -> str:
    key = half_width(text)
    if not isinstance(key, str) or _KEY.fullmatch(key) is None:
        raise wrong("不是叫号台的按键。", "Not a key of the desk.", "F1–F12", *_NAMED, "Shift+F6", "Ctrl+Z")
    if key.upper() in RESERVED:
        raise wrong(f"{key} 留给浏览器。", f"{key} is the browser's.")
    return key


def _pad_key(text: Any) -> str:
    key = half_width(text)
    if key not in PAD:
        raise wrong("不是小键盘的按键。", "Not a key of a number pad.", *PAD)
    return str(key)


def _each_once(keys: Mapping[str, str]) -> Mapping[str, str]:
    twice = sorted({key for key in keys.values() if list(keys.values()).count(key) > 1})
    if twice:
        raise wrong(f"按键 {twice[0]} 用了两次。", f"The key {twice[0]} is used twice.")
    return keys


DeskKeys = Annotated[dict[Action, Annotated[str, PlainValidator(_key)]], AfterValidator(_each_once)]
PadKeys = Annotated[dict[Action, Annotated[str, PlainValidator(_pad_key)]], AfterValidator(_each_once)]
