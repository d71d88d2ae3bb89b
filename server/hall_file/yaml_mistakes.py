"""What is wrong with a file as YAML, in words that help somebody who does not know YAML."""

from __future__ import annotations

import yaml

from server.hall_file.mistakes import Mistake

# A fragment of the parser's own words (it has two dialects) → what to tell the author.
EXPLANATIONS: tuple[tuple[str, str, str], ...] = (
    ("while scanning a quoted scalar", "引号没有成对，少了结尾的引号。", "A quotation mark is not closed."),
    (
        "while scanning a simple key",
        "这里少了英文冒号“:”和空格，应写成“键: 值”。",
        'A colon and a space are missing here; write "key: value".',
    ),
    (
        "mapping values are not allowed",
        "这里多了一个冒号，或上一行少了冒号、缩进不对；值里有冒号时请加引号。",
        "A colon too many, or the line above lacks one or is indented wrongly; put a value with a colon in quotes.",
    ),
    (
        "while parsing a flow sequence",
        "方括号 [ ] 没有成对，或少了逗号。",
        "A bracket [ ] is not closed or a comma is missing.",
    ),
    (
        "while parsing a flow mapping",
        "花括号 { } 没有成对，或少了逗号。",
        "A brace { } is not closed or a comma is missing.",
    ),
    (
        "while parsing a block",
        "缩进不对：同一级的行要对齐。",
        "Wrong indentation: lines of one level must begin in the same column.",
    ),
    ("undefined alias", "引用了没有定义的锚点（*名称）。", "This *alias has no &anchor."),
    (
        "expected a single document",
        "一个文件只能有一份内容，请删去“---”。",
        'One file holds one document; remove the "---".',
    ),
)
TAB = "缩进不能用制表符(Tab)，请改用空格。", "Indent with spaces, not with a tab."
QUOTE_IT = "这个字符不能放在开头，请给整个值加引号。", "A value cannot begin with this character; put it in quotes."
CONTROL = "文件里有看不见的控制字符，请删去。", "The file holds an invisible control character; remove it."
OTHER = "不是正确的 YAML 写法。", "This is not valid YAML."
FULL_WIDTH = (
    "（附近有全角的“：”“，”或引号，键和值之间请用英文的“: ”。）",
    " (There is full-width punctuation near by; between key and value use an ASCII colon and a space.)",
)


def syntax_mistake(error: yaml.YAMLError, text: str, file: str) -> Mistake:
    """The parser's complaint as a mistake with its line; for an open quotation mark the line where it begins."""
    line = _line(error, text)
    nearby = text.splitlines()[max(0, line - 2) : line]
    message, message_en = _explanation(error, nearby[-1] if nearby else "")
    if any("：" in near or "，" in near for near in nearby):
        message, message_en = message + FULL_WIDTH[0], message_en + FULL_WIDTH[1]
    return Mistake(file, line, "", f"YAML 写法有误：{message}", f"YAML syntax: {message_en}")


def _explanation(error: yaml.YAMLError, line: str) -> tuple[str, str]:
    if not isinstance(error, yaml.MarkedYAMLError):
        return CONTROL
    said = f"{error.context or ''} {error.problem or ''}"
    if line.lstrip(" ").startswith("\t"):
        return TAB
    if "cannot start any token" in said:
        return QUOTE_IT
    return next(((zh, en) for fragment, zh, en in EXPLANATIONS if fragment in said), OTHER)


def _line(error: yaml.YAMLError, text: str) -> int:
    if isinstance(error, yaml.MarkedYAMLError):
        begins_at_context = error.context in {"while scanning a quoted scalar", "while scanning a simple key"}
        mark = error.context_mark if begins_at_context and error.context_mark else error.problem_mark
        return mark.line + 1 if mark else 1
    position = getattr(error, "position", 0)
    return text.count("\n", 0, position) + 1
