"""Who may import whom: the table of the design, and a check that reads imports."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass

ANY = None


@dataclass(frozen=True)
class Arrow:
    """What one part of the house may import: other parts of ours, and libraries of others (`None` = any)."""

    ours: tuple[str, ...] = ()
    libraries: frozenset[str] | None = frozenset()


# A part is named by its prefix; the longest prefix of a module's name decides. A part may always import itself.
ARROWS: dict[str, Arrow] = {
    "server": Arrow(),
    "server.environment": Arrow(),
    "server.domain": Arrow(),
    "server.estimates": Arrow(("server.domain",), frozenset({"numpy"})),
    "server.hall_file": Arrow(("server.domain",), frozenset({"pydantic", "pydantic_core", "yaml"})),
    "server.services": Arrow(("server.domain", "server.estimates")),
    "server.simulation": Arrow(("server.services", "server.domain"), frozenset({"gevent"})),
    "server.adapters": Arrow(("server.services.ports", "server.domain"), ANY),
    "server.transports": Arrow(("server.services", "server.domain"), ANY),
    "server.setting_values": Arrow(),
    "server.settings": Arrow(("server.setting_values", "server.hall_file", "server.domain")),
    "server.app": Arrow(("server.transports", "server.services", "server.settings", "kiosk", "caller", "display"), ANY),
    "server.bootstrap": Arrow(("server",), ANY),
    "server.serving": Arrow(("server.bootstrap", "server.services"), ANY),
    "server.commands": Arrow(("server",), ANY),
    "server.__main__": Arrow(("server",), ANY),
    "kiosk": Arrow(("server.environment",), ANY),
    "caller": Arrow(("server.environment",), ANY),
    "display": Arrow(("server.environment",), ANY),
    "tests": Arrow(("server", "kiosk", "caller", "display"), ANY),
}
OURS = ("server", "kiosk", "caller", "display", "tests")
NAMES_ADAPTERS = ("server.bootstrap", "server.adapters")


def complaints(module: str, tree: ast.Module) -> list[str]:
    """What `module` imports against the arrows, each as a sentence with its line."""
    arrow = ARROWS[part_of(module)]
    return [
        f"{module}:{line} imports {target}"
        for target, line in imports(tree)
        if not (may_import_ours(module, arrow, target) if is_ours(target) else may_import_library(arrow, target))
    ]


def part_of(module: str) -> str:
    """The longest prefix of `module` in the table."""
    parts = module.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next(prefix for prefix in prefixes if prefix in ARROWS)


def is_ours(target: str) -> bool:
    return first(target) in OURS


def may_import_ours(module: str, arrow: Arrow, target: str) -> bool:
    if is_in(target, "server.adapters") and not any(is_in(module, part) for part in NAMES_ADAPTERS):
        return False
    return part_of(target) == part_of(module) or any(is_in(target, allowed) for allowed in arrow.ours)


def may_import_library(arrow: Arrow, target: str) -> bool:
    top = first(target)
    return top in sys.stdlib_module_names or arrow.libraries is ANY or top in arrow.libraries


def first(name: str) -> str:
    return name.partition(".")[0]


def is_in(name: str, part: str) -> bool:
    return name == part or name.startswith(part + ".")


def imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every imported name with its line: at the top, inside functions, for typing only, and by `import_module("…")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield ast.unparse(node.args[0]).strip("'"), node.lineno
