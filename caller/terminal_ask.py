"""A question in the terminal: steps one after another, each answered with one key or a line of text.

A question is a generator that yields steps and gets their answers, so it reads like the conversation that it is:

    minutes = yield Choice("多久回来", (Option("1", "5 分钟", 5), …))

Its return value is the wish: which command, with what body.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

_ORDER = "1234567890"


@dataclass(frozen=True)
class Option:
    """One answer: its key, its words, its value."""

    key: str
    label: str
    value: Any


@dataclass(frozen=True)
class Choice:
    """One of several; Enter takes the option `usual` (its place in the list), or with None nothing."""

    title: str
    options: tuple[Option, ...]
    intro: str = ""
    usual: int | None = 0

    def answer(self, key: str) -> Option | None:
        """The option that a pressed key chooses."""
        if key == "Enter":
            return None if self.usual is None else self.options[self.usual]
        return next((option for option in self.options if option.key == key.upper()), None)


@dataclass(frozen=True)
class Field:
    """A line of text; `secret` shows stars, an empty answer is None where it may be left out."""

    title: str
    intro: str = ""
    secret: bool = False
    optional: bool = False
    numeric: bool = False


@dataclass(frozen=True)
class Wish:
    """A command that the clerk has asked for, complete."""

    action: str
    body: Json


Step = Choice | Field
Question = Generator[Step, Any, Wish | None]


def numbered(names: Sequence[str]) -> tuple[Option, ...]:
    """Names under the digits 1 … 9, 0; at most ten."""
    return tuple(Option(key, name, name) for key, name in zip(_ORDER, names, strict=False))


class Conversation:
    """One question under way: the step that is asked now, what has been typed, and the wish at the end."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self.step: Step | None = None
        self.typed = ""
        self.problem = ""
        self.wish: Wish | None = None
        self._go_on(None)

    @property
    def over(self) -> bool:
        """Whether nothing is asked any more."""
        return self.step is None

    def press(self, key: str) -> None:
        """One key of the clerk."""
        if key == "Esc":
            self.step = None
            self._question.close()
        elif isinstance(self.step, Choice):
            chosen = self.step.answer(key)
            if chosen is not None:
                self._go_on(chosen.value)
        elif isinstance(self.step, Field):
            self._type(self.step, key)

    def _type(self, field: Field, key: str) -> None:
        if key == "Enter":
            self._finish_line(field)
        elif key == "Backspace":
            self.typed = self.typed[:-1]
        elif len(key) == 1:
            self.typed += key

    def _finish_line(self, field: Field) -> None:
        text = self.typed if field.secret else self.typed.strip()
        if not text and not field.optional:
            self.problem = "请先填写，或按 Esc 离开"
        elif text and field.numeric and not text.isdigit():
            self.problem = "请填数字"
        else:
            self._go_on(text or None)

    def _go_on(self, answer: Any) -> None:
        self.typed = self.problem = ""
        try:
            self.step = self._question.send(answer)
        except StopIteration as end:
            self.step, self.wish = None, end.value
