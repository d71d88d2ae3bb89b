"""Refusals: a stable code, polite sentences in both languages, and never a crash for a missing fact."""

from __future__ import annotations

import ast
import re

import pytest

from server.domain.errors import REFUSALS, Refused
from tests.rules.sources import modules

FACT = re.compile(r"{(\w+)}")


def test_a_refusal_fills_its_facts_into_both_sentences() -> None:
    refused = Refused("too_soon", wait_seconds=12)
    assert (refused.message, refused.message_en) == ("请稍候，12 秒后可以操作。", "Please wait 12 more seconds.")


@pytest.mark.parametrize("code", REFUSALS)
def test_a_missing_fact_leaves_a_dash_not_a_crash(code: str) -> None:
    refused = Refused(code)
    facts = set(FACT.findall(REFUSALS[code].message))
    assert refused.message.count("—") >= len(facts)
    assert "{" not in refused.message + refused.message_en


@pytest.mark.parametrize("code", REFUSALS)
def test_both_languages_are_complete_sentences(code: str) -> None:
    refusal = REFUSALS[code]
    assert re.search(r"[一-鿿]", refusal.message), "Chinese first"
    assert not re.search(r"[一-鿿]", refusal.message_en)
    assert refusal.message_en[0].isupper() or refusal.message_en.startswith("{")
    assert set(FACT.findall(refusal.message_en)) <= set(FACT.findall(refusal.message)) | {"reason_en"}


def raised() -> dict[str, str]:
    """Every code that the program raises, and where."""
    found = {}
    for name, tree in modules("server").items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Refused", "errors.Refused"} and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    found[str(code.value)] = f"{name}:{node.lineno}"
    return found


def test_every_code_that_is_raised_has_its_words() -> None:
    assert len(raised()) > 20, "a reading that finds nothing proves nothing"
    assert {code: where for code, where in raised().items() if code not in REFUSALS} == {}
