"""YAML with its line numbers kept, every scalar as the text that was written.

What a text means is decided by the field it stands in, not by how it looks: a bare `N` or `no` is a letter where a
letter is wanted, `12345` is a telephone number, `04:00` a time of day, `yes` is true. YAML's own guesses (no → false,
04:00 → 240) never happen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from server.hall_file.mistakes import Mistake, field_name
from server.hall_file.yaml_mistakes import syntax_mistake

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
NULLS = {"", "~", "null", "Null", "NULL"}
YAML_TAGS = "tag:yaml.org,2002:"

Path = tuple[str | int, ...]
Value = str | list["Value"] | dict[str, "Value"] | None


@dataclass
class Source:
    """A file as nested dicts, lists and texts, and the line (from 1) on which each path stands."""

    file: str
    value: Value = None
    lines: dict[Path, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def mistake(self, path: Path, message: str, message_en: str, allowed: tuple[str, ...] = ()) -> Mistake:
        """A mistake at `path`, with its line."""
        return Mistake(self.file, self.line_of(path), field_name(path), message, message_en, allowed)


def parse(text: str, file: str) -> Source:
    """Read `text`; what is wrong with it as YAML is in the result's `mistakes`."""
    source = Source(file)
    try:
        node = LOADER(text).get_single_node()
    except yaml.YAMLError as error:
        source.mistakes.append(syntax_mistake(error, text, file))
        return source
    if node is None:
        source.mistakes.append(Mistake(file, 0, "", "文件是空的。", "The file is empty."))
    else:
        source.value = _value(source, node, (), ())
    return source


def _value(source: Source, node: yaml.Node, path: Path, inside: tuple[yaml.Node, ...]) -> Value:
    source.lines.setdefault(path, node.start_mark.line + 1)
    if any(node is outer for outer in inside):
        source.mistakes.append(source.mistake(path, "这里引用了它自己。", "This refers to itself."))
        return None
    if not node.tag.startswith(YAML_TAGS):
        source.mistakes.append(
            source.mistake(path, f"不支持标签 {node.tag}，请删去。", f"Tag {node.tag} is not supported; leave it out.")
        )
    if isinstance(node, yaml.MappingNode):
        return _mapping(source, node, path, (*inside, node))
    if isinstance(node, yaml.SequenceNode):
        return [_value(source, each, (*path, at), (*inside, node)) for at, each in enumerate(node.value)]
    is_plain = isinstance(node, yaml.ScalarNode) and not node.style
    return None if is_plain and node.value in NULLS else node.value


def _mapping(source: Source, node: yaml.MappingNode, path: Path, inside: tuple[yaml.Node, ...]) -> Value:
    found: dict[str, Value] = {}
    first_lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            source.mistakes.append(
                Mistake(source.file, line, field_name(path), "键名必须是文字。", "A key must be a plain word.")
            )
            continue
        key = key_node.value
        if key in found:
            source.mistakes.append(_repeated(source, (*path, key), line, first_lines[key]))
            continue
        first_lines[key] = line
        source.lines[*path, key] = line
        found[key] = _value(source, value_node, (*path, key), inside)
    return found


def _repeated(source: Source, path: Path, line: int, first: int) -> Mistake:
    return Mistake(
        source.file,
        line,
        field_name(path),
        f"重复的键，第 {first} 行已经写过。",
        f"This key was already given on line {first}.",
    )
