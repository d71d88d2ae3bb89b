"""What a person may set, hear or be refused is written down: README.md or docs/."""

import re
from collections.abc import Iterable

import pytest

from server.domain.errors import REFUSALS
from server.domain.events import EVENTS
from tests.rules.sources import PROGRAM, ROOT, files

SETTING = re.compile(r"\bHALL_[A-Z][A-Z0-9_]*\b")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def documents() -> str:
    """All that is written for people who run or build on the hall."""
    return "\n".join(path.read_text("utf-8") for path in [ROOT / "README.md", *files("docs", suffixes=(".md",))])


def undocumented(names: Iterable[str], text: str) -> list[str]:
    """Those names that do not stand in the text as code, such as `too_soon`."""
    written = set(re.findall(r"\w+", " ".join(CODE.findall(text))))
    return sorted(set(names) - written)


def settings() -> set[str]:
    """Every variable of the environment that the program reads."""
    return {name for path in files(*PROGRAM, suffixes=(".py",)) for name in SETTING.findall(path.read_text("utf-8"))}


def test_an_undocumented_name_is_caught() -> None:
    text = "The cool-down is refused with `too_soon`. HALL_PORT is mentioned, but not as code. `HALL_DATABASE_URL`"
    assert undocumented(["too_soon", "HALL_PORT", "HALL_DATABASE"], text) == ["HALL_DATABASE", "HALL_PORT"]


@pytest.mark.parametrize(
    ("what", "names"), [("setting", settings()), ("event", set(EVENTS)), ("refusal", set(REFUSALS))]
)
def test_all_are_documented(what: str, names: set[str]) -> None:
    assert names, f"no {what} was found in the program"
    assert undocumented(names, documents()) == []
