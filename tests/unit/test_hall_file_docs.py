"""docs/hall-file.md tells every key of the hall file, with its true default, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from server.hall_file.schema import HallFile, part_at

DOC = Path(__file__).parents[2] / "docs" / "hall-file.md"
ROW = re.compile(r"^\| `([^`]+)` \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
REQUIRED = "必填 required"
EVERYWHERE = "note"


def keys(part: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every key that holds a value, as "windows[].zone", and its default as the document writes it."""
    for name, info in part.model_fields.items():
        key = info.alias or name
        if key == EVERYWHERE:
            continue
        inner = part_at((*path, key))
        is_list = "tuple" in str(info.annotation)
        default = REQUIRED if info.is_required() else written(info.get_default(call_default_factory=True))
        shown = "".join(f".{step}" for step in (*path_shown(path), key)).lstrip(".")
        if inner is None:
            yield shown, default
        else:
            if is_list and path:
                yield f"{shown}[]", default
            yield from keys(inner, (*path, key))


def path_shown(path: tuple[str, ...]) -> Iterator[str]:
    for at, step in enumerate(path):
        outer = part_at(path[:at])
        assert outer is not None
        info = next(f for name, f in outer.model_fields.items() if (f.alias or name) == step)
        yield f"{step}[]" if "tuple" in str(info.annotation) else step


def written(default: Any) -> str:
    if default is None or default in ("", (), {}):
        return "–"
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, time):
        return f"{default:%H:%M}"
    if isinstance(default, tuple):
        return ", ".join(str(each) for each in default)
    return f"{default:g}" if isinstance(default, float) else str(default)


def documented() -> dict[str, str]:
    rows = ROW.findall(DOC.read_text("utf-8"))
    assert len(rows) > 150, "the table was not found"
    assert len({row[0] for row in rows}) == len(rows), "a key is told twice"
    return {key: default for key, _, _, default in rows}


def test_every_key_of_the_hall_file_is_documented_and_no_other() -> None:
    real = dict(keys(HallFile)).keys() - {"demo_scenarios[]"}
    assert documented().keys() - {"demo_scenarios[]"} == real


def test_every_default_in_the_document_is_the_true_one() -> None:
    real = dict(keys(HallFile))
    told = {key: default for key, default in documented().items() if key in real}
    assert told == {key: real[key] for key in told}


def test_every_key_is_told_in_chinese_and_english() -> None:
    rows = ROW.findall(DOC.read_text("utf-8"))
    lacking = [key for key, meaning, *_ in rows if " · " not in meaning or not re.search("[\u4e00-\u9fff]", meaning)]
    assert lacking == []
