"""Words that have no place in this project: marks of unfinished work, swallowed errors, people's data, rude phrases."""

import re

import pytest

from tests.rules.sources import ROOT, files

EVERYWHERE = ("server", "kiosk", "caller", "display", "tests", "sounds", "docs")
TEXTS = (".py", ".js", ".css", ".html", ".md", ".yaml", ".toml", ".txt", ".json")
THIS = "test_wording.py"  # names what it forbids

UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|lorem ipsum|pytest\.(?:mark\.)?(?:skip|xfail)|unittest\.skip"
)
SWALLOWED = re.compile(
    r"except(?: (?:Base)?Exception)?:\s*(?:#[^\n]*)?\s*pass\b|"
    r"suppress\((?:Base)?Exception\)|catch\s*(?:\(\w*\))?\s*\{\s*\}"
)
BLANKET = re.compile(r"# type: ignore(?!\[)|# noqa(?!:)|# mypy: ignore-errors|eslint-disable")
MACHINE = re.compile(
    r"(?<![\w.])/(?:root|home|Users|work)/[\w.]|/tmp/(?:trial|plan)|registry\.npmjs|pypi\.org|deb\.debian"
)
IDENTITY = re.compile(
    r"(?<![\dA-Fa-f])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Fa-f])"
)
MOBILE = re.compile(r"(?<![\w.+-])1[3-9]\d{9}(?![\w.])")
RUDE = re.compile("自己看|快点，|急什么|不归我管|不清楚|已下班|过号作废|叫号作废")

PLANTED = {
    "unfinished work": (
        UNFINISHED,
        ["# TODO later", "@pytest.mark.skip", "raise NotImplementedError", "pytest.skip()"],
    ),
    "a swallowed error": (
        SWALLOWED,
        ["except Exception:\n    pass", "except:\n  pass", "except Exception:  # so what\n    pass", "catch (e) {}"],
    ),
    "a blanket exception from the rules": (BLANKET, ["x = 1  # type: ignore", "import os  # noqa"]),
    "a place on one machine": (MACHINE, ["open('/home/li/x')", "/root/.pyenv", "see https://pypi.org/x"]),
    "an identity number": (IDENTITY, ["11010119900307777X"]),
    "a mobile number": (MOBILE, ["tel 13912345678"]),
    "a phrase the standard forbids": (RUDE, ["已下班", "急什么"]),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_example_is_caught(what: str) -> None:
    pattern, examples = PLANTED[what]
    assert [example for example in examples if not pattern.search(example)] == []


@pytest.mark.parametrize("what", PLANTED)
def test_nothing_of_ours_contains(what: str) -> None:
    pattern, _ = PLANTED[what]
    found = [
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}: {match.group(0)}"
        for path in [*files(*EVERYWHERE, suffixes=TEXTS), ROOT / "README.md", ROOT / "pyproject.toml"]
        if path.exists() and path.name != THIS
        for text in [path.read_text("utf-8")]
        for match in pattern.finditer(text)
    ]
    assert found == []
