"""Pages: a script imports only shared/, vendor/ and its own folder; nothing comes from the internet or runs inline."""

import os
import re
from pathlib import PurePosixPath

import pytest

from tests.rules.sources import PROGRAM, ROOT, files

IMPORT = re.compile(r"""(?:^|[;\s}])(?:import|export)\b(?:[\w\s{},*$]*\bfrom)?\s*\(?\s*["']([^"']+)["']""")
COMMENT = re.compile(r"/\*.*?\*/|(?:^|\s)//[^\n]*|<!--.*?-->|\{#.*?#\}", re.DOTALL)
OUTSIDE = re.compile(
    r"""(?:src|href|url|import|fetch|WebSocket|@import)\s*[=(:]?\s*\(?["']?((?:https?:|wss?:)?//[\w.-]+)"""
)
INLINE = re.compile(
    r"""<[^>]*\s(on[a-z]+|style)\s*=|<script(?![^>]*\b(?:src=|nonce=|type="application/json"))|<style(?![^>]*\bnonce=)|javascript:"""
)


STATIC = PurePosixPath("server/static")
DESK = PurePosixPath("caller/static/desk.js")


def may_import(page: PurePosixPath, name: str) -> bool:
    """Whether the script at `page` may import `name`: shared, vendored, or from its own folder."""
    if name.startswith(("shared/", "vendor/")):
        return ".." not in name
    target = PurePosixPath(os.path.normpath(page.parent / name)) if name.startswith(".") else PurePosixPath(name)
    return any(
        target.is_relative_to(folder) for folder in (page.parent, *(STATIC / part for part in ("shared", "vendor")))
    )


def strange_imports(page: PurePosixPath, source: str) -> list[str]:
    return [name for name in IMPORT.findall(COMMENT.sub("", source)) if not may_import(page, name)]


def from_outside(source: str) -> list[str]:
    return OUTSIDE.findall(COMMENT.sub("", source))


def inline_code(source: str) -> list[str]:
    return [match.group(0) for match in INLINE.finditer(COMMENT.sub("", source))]


@pytest.mark.parametrize(
    "source",
    [
        'import {Slip} from "../../kiosk/static/slip.js";',
        "import 'https://cdn.example/x.js'",
        'import {a,\n  b} from "lodash";',
        'const x = await import("../kiosk/slip.js");',
        'export * from "./../other/x.js";',
    ],
)
def test_a_planted_strange_import_is_caught(source: str) -> None:
    assert strange_imports(DESK, source)


def test_shared_vendor_and_neighbours_may_be_imported() -> None:
    source = (
        'import {Live} from "shared/live.js";\nimport io from "vendor/socket.io.js";\nimport "./clock.js"; // from "x"'
    )
    assert IMPORT.findall(source), "the pattern reads imports at all"
    assert strange_imports(DESK, source) == []


@pytest.mark.parametrize(
    "source",
    ['<script src="https://cdn.example/x.js">', "url(//fonts.example/a.woff2)", 'fetch("http://example.org/a")'],
)
def test_a_planted_outside_address_is_caught(source: str) -> None:
    assert from_outside(source)


@pytest.mark.parametrize(
    "source",
    [
        '<button onclick="call()">',
        '<p style="color:red">',
        "<script>call()</script>",
        "<style>p{}</style>",
        '<a href="javascript:void 0">',
    ],
)
def test_planted_inline_code_is_caught(source: str) -> None:
    assert inline_code(source)


def test_a_script_with_a_nonce_is_allowed() -> None:
    assert inline_code('<script type="importmap" nonce="{{ csp_nonce }}">{}</script><p class="one">') == []


def read(*suffixes: str) -> dict[PurePosixPath, str]:
    found = {
        PurePosixPath(path.relative_to(ROOT)): path.read_text("utf-8") for path in files(*PROGRAM, suffixes=suffixes)
    }
    assert found, "no page was read"
    return found


def test_page_scripts_import_only_shared_vendor_and_their_own_folder() -> None:
    assert {path: found for path, text in read(".js").items() if (found := strange_imports(path, text))} == {}


def test_no_page_needs_the_internet() -> None:
    assert {path: found for path, text in read(".js", ".css", ".html").items() if (found := from_outside(text))} == {}


def test_no_page_has_inline_code_that_the_security_policy_would_block() -> None:
    assert {path: found for path, text in read(".html").items() if (found := inline_code(text))} == {}
