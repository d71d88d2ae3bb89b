"""Chinese typesetting for narrow paper: full-width marks, air beside Latin letters, lines that break where they may."""

import re
from collections.abc import Callable

Measure = Callable[[str], float]  # text → dots

HANZI = r"\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WIDE = str.maketrans(",;:!?()", "，；：！？（）")
MARK_BESIDE_HANZI = re.compile(rf"(?<=[{HANZI}“”）])[,;:!?()]|[,;:!?()](?=[{HANZI}“”（])")
SEAM = re.compile(rf"(?<=[{HANZI}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{HANZI}])")

# A line never begins with a closing mark and never ends with an opening one.
UNIT = re.compile(
    r"[“‘（《【「]*(?:[A-Za-z0-9][A-Za-z0-9.:/_\-–'@+%]*|.)[，。、；：！？”’）》】」…,.;:!?)]*", re.DOTALL
)


def typeset(text: str) -> str:
    """The text as it should stand on paper: Chinese marks among Chinese words, a space between 汉字 and 12:30."""
    text = MARK_BESIDE_HANZI.sub(lambda mark: mark.group().translate(WIDE), text)
    return SEAM.sub(" ", text).strip()


def wrap(text: str, limit: float, measure: Measure) -> list[str]:
    """Lines of at most `limit` dots; words and numbers stay whole unless one alone is wider than the line."""
    lines: list[str] = []
    line = ""
    for unit in _units(text, limit, measure):
        if unit == "\n":
            lines.append(line.rstrip())
            line = ""
        elif measure((line + unit).rstrip()) <= limit:
            line = (line + unit).lstrip(" \u3000") if not line else line + unit
        else:
            lines.append(line.rstrip())
            line = unit.lstrip(" \u3000")
    return [line for line in [*lines, line.rstrip()] if line]


def wrap_evenly(text: str, limit: float, measure: Measure) -> list[str]:
    """Like `wrap`, for headings: breaks before a bracket or at a gap if that will do, else in lines of like length."""
    lines = wrap(text, limit, measure)
    if len(lines) < 2:
        return lines
    parts = [part for part in re.split(r"\s+|(?=（)", text) if part]
    if len(parts) == len(lines) and all(measure(part) <= limit for part in parts):
        return parts
    best = lines
    for share in range(95, 45, -5):
        narrower = wrap(text, limit * share / 100, measure)
        if len(narrower) > len(lines):
            break
        best = narrower
    return best


def _units(text: str, limit: float, measure: Measure) -> list[str]:
    """What may not be broken, in order; a unit wider than a whole line falls apart into characters."""
    units: list[str] = []
    for unit in UNIT.findall(text):
        units.extend([unit] if measure(unit) <= limit else unit)
    return units
