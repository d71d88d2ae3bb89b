"""Rules of a hall file that concern more than one place in it. Each looks at the raw texts and skips what it cannot
read: what is unreadable has been told already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from typing import get_args

from pydantic import TypeAdapter, ValidationError

from server.domain.numbering import LAST_OF_THREE_DIGITS
from server.hall_file.mistakes import Mistake
from server.hall_file.raw import entries, found, tidy
from server.hall_file.schema_hours import Sessions
from server.hall_file.schema_places import Role
from server.hall_file.schema_rules import TEMPLATE_NAMES, template_problem
from server.hall_file.values import TimeOfDay
from server.hall_file.yaml_source import Path, Source, Value

FEWEST_NUMBERS_OF_SERVER = 199
"""Three-digit numbers per queue and day that kiosk blocks must leave to the server."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_SESSIONS = TypeAdapter(Sessions)
_TIME = TypeAdapter(TimeOfDay)


def consistency_mistakes(source: Source) -> Iterator[Mistake]:
    """What contradicts itself."""
    for rule in RULES:
        yield from rule(source)


def _queue_letters(source: Source) -> Iterator[Mistake]:
    reserved = _letters(source, "numbering.reserved_letters", "VYZ")
    avoided = _letters(source, "numbering.avoid_letters", "IOQ")
    free = tuple(letter for letter in LETTERS if letter not in reserved | avoided)
    for path, letter in found(source.value, "queues.*.prefix"):
        if letter in reserved:
            yield source.mistake(
                path,
                f"字母 {letter} 留作号码标志（预约、优先、手写号），不能用作队列。",
                f"The letter {letter} is kept for marks on numbers (appointment, priority, by hand).",
                free,
            )
        elif letter in avoided:
            yield source.mistake(
                path, f"字母 {letter} 容易与数字混淆。", f"The letter {letter} is easily taken for a digit.", free
            )


def _letters(source: Source, key: str, default: str) -> set[str]:
    given = {text for _, text in found(source.value, f"{key}.*")}
    section, name = key.split(".")
    written = isinstance(source.value, dict) and isinstance(part := source.value.get(section), dict) and name in part
    return given if written else set(default)


def _every_queue_is_served(source: Source) -> Iterator[Mistake]:
    served = {text for kind in ("primary", "secondary") for _, text in found(source.value, f"windows.*.{kind}.*")}
    for path, letter in found(source.value, "queues.*.prefix"):
        if letter not in served:
            yield source.mistake(
                path,
                f"没有窗口办理队列 {letter}。",
                f"No window serves queue {letter} (windows: primary or secondary).",
            )


def _window_queues_differ(source: Source) -> Iterator[Mistake]:
    for path, window in entries(source.value, "windows"):
        seen: set[str] = set()
        for kind in ("primary", "secondary"):
            for (_, at), letter in found(window, f"{kind}.*"):
                if letter in seen:
                    yield source.mistake(
                        (*path, kind, at), f"这个窗口已经有队列 {letter}。", f"This window already has queue {letter}."
                    )
                seen.add(letter)


def _staff_fit_their_places(source: Source) -> Iterator[Mistake]:
    people = {tidy(str(person.get("id"))): person for _, person in entries(source.value, "staff")}
    places = (
        ("zones.*.supervisor", {"area_lead", "manager"}),
        ("windows.*.default_staff", {"clerk", "guide"}),
    )
    for pattern, roles in places:
        for path, who in found(source.value, pattern):
            person = people.get(who)
            if person is None or person.get("role") not in get_args(Role):
                continue  # told already
            if person.get("role") not in roles:
                yield source.mistake(
                    path,
                    f"{who} 的岗位是 {person.get('role')}。",
                    f"{who} is {person.get('role')}.",
                    tuple(sorted(roles)),
                )
            elif str(person.get("active", "true")).lower() in {"false", "no", "off"}:
                yield source.mistake(path, f"{who} 已停用。", f"{who} is no longer active.")


def _sessions_after_the_cut_and_before_the_stop(source: Source) -> Iterator[Mistake]:
    cut = _time(source, "hours.day_reset") or time(4)
    stop = _time(source, "hours.after_hours.hard_stop") or time(20)
    for path, value in _session_lists(source):
        try:
            sessions = _SESSIONS.validate_python(value)
        except ValidationError:
            continue
        if sessions[0].opens < cut:
            yield source.mistake(
                path,
                f"开始时刻早于 day_reset（{cut:%H:%M}）。",
                f"It begins before day_reset ({cut:%H:%M}), when the business day turns.",
            )
        if sessions[-1].closes >= stop:
            yield source.mistake(
                path,
                f"结束时刻不早于 hard_stop（{stop:%H:%M}）。",
                f"It ends no earlier than after_hours.hard_stop ({stop:%H:%M}).",
            )


def _session_lists(source: Source) -> Iterator[tuple[Path, Value]]:
    hours = source.value.get("hours") if isinstance(source.value, dict) else None
    if not isinstance(hours, dict):
        return
    for path, season in entries(hours, "seasons"):
        yield ("hours", *path, "sessions"), season.get("sessions")
    if isinstance(saturday := hours.get("saturday"), dict) and "sessions" in saturday:
        yield ("hours", "saturday", "sessions"), saturday["sessions"]


def _time(source: Source, pattern: str) -> time | None:
    for _, text in found(source.value, pattern):
        try:
            return _TIME.validate_python(text)
        except ValidationError:
            return None
    return None


def _session_names(source: Source) -> Iterator[Mistake]:
    """Quotas and windows' plans speak of sessions that exist."""
    names: dict[str, None] = {}
    for _, value in _session_lists(source):
        try:
            names |= dict.fromkeys(session.session_name for session in _SESSIONS.validate_python(value))
        except ValidationError:
            return
    quotas = [
        ((*path, "quota", name), name)
        for path, queue in entries(source.value, "queues")
        if isinstance(quota := queue.get("quota"), dict)
        for name in quota
    ]
    for path, name in (*quotas, *found(source.value, "windows.*.plan.*")):
        if name not in names:
            yield source.mistake(path, f"没有时段“{name}”。", f'There is no session "{name}".', tuple(names))


def _kiosk_blocks_fit(source: Source) -> Iterator[Mistake]:
    block = next((text for _, text in found(source.value, "numbering.kiosk_block")), "40")
    kiosks = len(list(entries(source.value, "kiosks")))
    if block.isdecimal() and LAST_OF_THREE_DIGITS - int(block) * kiosks < FEWEST_NUMBERS_OF_SERVER:
        most = (LAST_OF_THREE_DIGITS - FEWEST_NUMBERS_OF_SERVER) // kiosks
        yield source.mistake(
            ("numbering", "kiosk_block"),
            f"{kiosks} 台取号机各保留 {block} 个号太多，每台最多 {most} 个。",
            f"{kiosks} kiosks with {block} numbers each leave too few; at most {most} each.",
        )


def _templates(source: Source) -> Iterator[Mistake]:
    for path, text in found(source.value, "voice.templates.*"):
        name = str(path[-1])
        if name not in TEMPLATE_NAMES:
            yield source.mistake(
                path, "没有这种播报语。", "There is no such announcement.", tuple(sorted(TEMPLATE_NAMES))
            )
        elif problem := template_problem(name, text):
            yield source.mistake(path, *problem)


RULES: tuple[Callable[[Source], Iterator[Mistake]], ...] = (
    _queue_letters,
    _every_queue_is_served,
    _window_queues_differ,
    _staff_fit_their_places,
    _sessions_after_the_cut_and_before_the_stop,
    _session_names,
    _kiosk_blocks_fit,
    _templates,
)
