"""The wording of announcements: what the hall file says, else what is here.

A template has placeholders in braces, such as {ticket}; English ones have the name of the Chinese one with `_en`,
those for a window on another floor `_other_floor`. `server/hall_file` refuses a bad one by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

TEMPLATES: Mapping[str, str] = {
    "call": "请{ticket}号到{window}号窗口办理",
    "recall": "请{ticket}号到{window}号窗口办理，过号请到取号机或咨询台恢复",
    "near": "{ticket}号请准备，您前面还有{ahead}位",
    "taken": "取号成功，请您在等候区稍作等待，注意叫号以免过号",
    "closing_soon": "现在临近下班时间，您预计{eta}办理，是否继续等候由您选择",
    "after_hours": "{hall}正在提供延时服务，已取号的办事群众请放心等候",
    "evacuate": "请各位办事群众听从工作人员引导，有序疏散",
    "test": "语音测试，请您不必理会",
    "call_en": "Ticket {ticket}, to window {window}.",
    "recall_en": "Ticket {ticket}, to window {window}.",
    "near_en": "Ticket {ticket}, please get ready.",
    "taken_en": "Your ticket is issued. Please take a seat and listen for your number.",
    "closing_soon_en": "We are about to close. You are expected at {eta}. Whether to go on waiting is your choice.",
    "after_hours_en": "We are still open for everyone who holds a ticket.",
    "evacuate_en": "Please follow the staff and leave the building calmly.",
    "test_en": "This is a sound test.",
}

PLACEHOLDERS = frozenset({"ticket", "window", "place", "floor", "ahead", "hall", "eta"})


class TemplateError(ValueError):
    """A template of the hall file that cannot be said; `key` names it."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"voice.templates.{key}: {problem}")
        self.key = key


def placeholders(key: str, template: str) -> list[str]:
    """The names in braces of one template; indexes, conversions and lone braces are refused, not formatted."""
    if "{" in (rest := re.sub(r"\{([a-z]+)\}", "", template)) or "}" in rest:
        raise TemplateError(key, "braces may only hold a placeholder, such as {ticket}")
    return re.findall(r"\{([a-z]+)\}", template)


def wanted(key: str, language: str, own: Mapping[str, str]) -> str:
    """The template of that name in that language, the hall's `own` first. Raises TemplateError when there is none."""
    template = found(key, language, own)
    if template is None:
        raise TemplateError(_name(key, language), "there is no such template")
    return template


def found(key: str, language: str, own: Mapping[str, str]) -> str | None:
    name = _name(key, language)
    return own.get(name) or TEMPLATES.get(name)


def braced(names: Iterable[str]) -> str:
    return " ".join(f"{{{name}}}" for name in sorted(names))


def _name(key: str, language: str) -> str:
    return key if language == "zh" else f"{key}_{language}"
