"""What is wrong in a hall file, said so that its author can mend it: the line, the field, two languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing to mend.

    `line` counts from 1, 0 speaks of the file as a whole; `field` is a path like windows[3].zone, empty for the file.
    """

    file: str
    line: int
    field: str
    message: str
    message_en: str
    allowed: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = ":".join(part for part in (self.file, str(self.line) if self.line else "") if part)
        said = f"{self.message} / {self.message_en}"
        allowed = f" 允许/allowed: {', '.join(self.allowed)}" if self.allowed else ""
        return ": ".join(part for part in (place, self.field, said) if part) + allowed


class HallFileError(Exception):
    """A hall file that cannot be used; `mistakes` holds all that is wrong, in the order of the lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def field_name(path: Iterable[str | int]) -> str:
    """("windows", 3, "zone") → "windows[3].zone"."""
    name = ""
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name
