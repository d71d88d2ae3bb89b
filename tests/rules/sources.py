"""The project's own files, as the rule tests read them. Vendored files are other people's and are left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("server", "kiosk", "caller", "display")


def files(*folders: str, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Files of ours below the folders (relative to the project) that end in one of the suffixes."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            ours = not {"vendor", "__pycache__"} & set(path.parts)
            if path.suffix in suffixes and path.is_file() and ours:
                yield path


def name_of(path: Path) -> str:
    """The dotted name of a module: `server/domain/__init__.py` is `server.domain`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(*folders: str) -> dict[str, ast.Module]:
    """Dotted name → syntax tree of every module below the folders."""
    found = {name_of(path): ast.parse(path.read_text("utf-8")) for path in files(*folders, suffixes=(".py",))}
    assert found, f"no module below {folders}: a rule that reads nothing proves nothing"
    return found
