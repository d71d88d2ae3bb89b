"""What the voice of the hall says: facts and the hall's templates in, sentences out.

A sentence has what a screen shows ("请A012号到3号窗口办理") beside the words an engine is given
("请A零幺二号到三号窗口办理"), once per language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from server.domain import spoken_chinese, spoken_english
from server.domain.plan import Floor, VoiceRules
from server.domain.voice_templates import TemplateError, braced, found, placeholders, wanted

LANGUAGES = ("zh", "en")
"""Languages the hall can say a call in, in the order they are said; Chinese is always among them (普通话)."""

_CHINESE_WINDOW = re.compile(r"第?\{window\}号?窗口")


@dataclass(frozen=True)
class Call:
    """The facts of one call.

    `floor` is given only when it is not the floor of those who hear it; `place` is a window's own name (台胞接待室),
    said instead of its number; `language` is the citizen's, said after Chinese.
    """

    ticket: str
    window: int
    place: str | None = None
    floor: Floor | None = None
    recall: bool = False
    language: str = "zh"


@dataclass(frozen=True)
class Phrase:
    """One language's part: `text` for eyes, `words` for the engine that speaks `language` (zh or en)."""

    language: str
    text: str
    words: str


@dataclass(frozen=True)
class Sentence:
    """One or more phrases said one after the other, Chinese first. Equal sentences sound equal."""

    phrases: tuple[Phrase, ...]

    @property
    def text(self) -> str:
        return self.phrases[0].text


def call_sentence(call: Call, rules: VoiceRules) -> Sentence:
    """The sentence of a call, in the hall's languages and the citizen's. Raises TemplateError."""
    spoken = {"zh", call.language, *rules.languages}
    return Sentence(tuple(_call_phrase(call, rules, language) for language in LANGUAGES if language in spoken))


def notice_sentence(
    key: str,
    rules: VoiceRules,
    *,
    ticket: str | None = None,
    ahead: int | None = None,
    hall: str | None = None,
    eta: str | None = None,
) -> Sentence:
    """A sentence that calls nobody: near, taken, closing_soon, after_hours, evacuate, test.

    `eta` is a time of day such as 18:05. Raises TemplateError when there is no such template, or it asks for a fact
    that was not given.
    """
    given = {"ticket": ticket, "ahead": None if ahead is None else str(ahead), "hall": hall, "eta": eta}
    facts = {name: value for name, value in given.items() if value is not None}
    phrases = [_phrase(key, wanted(key, "zh", rules.templates), facts, "zh", rules)]
    if "en" in rules.languages and (english := found(key, "en", rules.templates)):
        phrases.append(_phrase(f"{key}_en", english, facts, "en", rules))
    return Sentence(tuple(phrases))


def free_sentence(text: str, rules: VoiceRules) -> Sentence:
    """A manager's own announcement (自由播报). Raises ValueError when nothing of it can be said."""
    words = spoken_chinese.words(text, rules.read_one_as)
    if not words:
        raise ValueError("the announcement has no word that can be said")
    return Sentence((Phrase("zh", text.strip(), words),))


def _call_phrase(call: Call, rules: VoiceRules, language: str) -> Phrase:
    kind = "recall" if call.recall else "call"
    template = wanted(kind, language, rules.templates)
    if call.floor and "{floor}" not in template:
        template = found(f"{kind}_other_floor", language, rules.templates) or _with_floor(template, language)
    if not call.floor:
        template = template.replace("{floor}", "")
    if call.place and language == "zh":
        template = _CHINESE_WINDOW.sub("{place}", template)
    return _phrase(kind, template, _facts(call, language), language, rules)


def _with_floor(template: str, language: str) -> str:
    if language == "zh":
        return template.replace("{window}", "{floor}{window}")
    return template.replace("window {window}", "{floor}, window {window}")


def _facts(call: Call, language: str) -> dict[str, str]:
    """What a template may ask for, as shown. The English voice cannot read a Chinese name, so floors have numbers."""
    facts = {"ticket": call.ticket, "window": str(call.window)}
    if call.floor:
        english = f"{'basement' if call.floor.id < 0 else 'floor'} {abs(call.floor.id)}"
        facts["floor"] = call.floor.name if language == "zh" else english
    if call.place and language == "zh":
        facts["place"] = call.place
    return facts


def _phrase(key: str, template: str, facts: Mapping[str, str], language: str, rules: VoiceRules) -> Phrase:
    for name in placeholders(key, template):
        if name not in facts:
            raise TemplateError(key, f"{{{name}}} is not known for this announcement; known are {braced(facts)}")
    readings = _chinese_readings(rules.read_one_as) if language == "zh" else _ENGLISH_READINGS
    shown = template.format_map(facts)
    said = template.format_map({name: readings.get(name, str)(value) for name, value in facts.items()})
    if language == "zh":
        return Phrase("zh", _typeset(shown), spoken_chinese.words(said, rules.read_one_as))
    return Phrase(language, shown, spoken_english.words(said))


def _chinese_readings(one: str) -> dict[str, Callable[[str], str]]:
    """How values are said that a free text could not tell apart; the others are read as free text."""
    return {
        "ticket": lambda number: spoken_chinese.code(number, one),
        "window": lambda number: spoken_chinese.number(int(number)),
        "ahead": lambda people: spoken_chinese.count(int(people)),
    }


_ENGLISH_READINGS: dict[str, Callable[[str], str]] = {"ticket": spoken_english.code}


def _typeset(text: str) -> str:
    """Half-width commas before Chinese, handy in a hall file, shown full width."""
    return re.sub(r",\s*(?=[^\x00-\x7f])", "，", text)
