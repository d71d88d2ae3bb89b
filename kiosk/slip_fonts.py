"""Finds the Chinese typeface of the machine, in its simplified face, and measures it."""

import os
import subprocess
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

# Bold first: thin strokes break up on thermal paper. Fonts that know rare characters (䶮) before those that do not.
KNOWN_PATHS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "C:/Windows/Fonts/msyhbd.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simhei.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
FACES_IN_A_COLLECTION = 16
SAMPLE = "政务号"  # a font that lacks these cannot print a slip
NEVER_A_GLYPH = "\U0010ffff"

Font = ImageFont.FreeTypeFont


class FontMissing(RuntimeError):
    """This machine has no typeface that can write Chinese."""

    def __init__(self, wanted: str = "") -> None:
        tried = f"（{wanted} 不能用）" if wanted else ""
        tried_en = f" ({wanted} is of no use)" if wanted else ""
        super().__init__(
            f"没有找到中文字体{tried}，号票无法打印。请安装 fonts-noto-cjk"
            "（Debian、Ubuntu：sudo apt install fonts-noto-cjk），或用环境变量 KIOSK_FONT 指明字体文件。\n"
            f"No Chinese font was found{tried_en}, so slips cannot be printed. Install fonts-noto-cjk "
            "(Debian, Ubuntu: sudo apt install fonts-noto-cjk), or name a font file in KIOSK_FONT."
        )


class Typeface:
    """One font file and face; fonts and widths by size in dots are made once and kept."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self.index = index
        self._fonts: dict[int, Font] = {}
        self._advances: dict[tuple[int, str], float] = {}

    @property
    def name(self) -> str:
        """The family as the font file calls it, such as "Noto Sans CJK SC"."""
        return str(self.font(24).getname()[0])

    def font(self, size: int) -> Font:
        """The font whose em square has `size` dots."""
        if size not in self._fonts:
            self._fonts[size] = _load(self.path, self.index, size)
        return self._fonts[size]

    def width(self, text: str, size: int) -> float:
        """How many dots `text` takes; the sum of its characters, as we draw without kerning."""
        return sum(self._advance(char, size) for char in text)

    def has(self, char: str) -> bool:
        """Whether this face draws `char` itself and not an empty box in its place."""
        font = self.font(24)
        return bytes(font.getmask(char)) != bytes(font.getmask(NEVER_A_GLYPH))

    def _advance(self, char: str, size: int) -> float:
        key = (size, char)
        if key not in self._advances:
            self._advances[key] = self.font(size).getlength(char)
        return self._advances[key]


@lru_cache(maxsize=1)
def find_typeface() -> Typeface:
    """The best Chinese typeface here: KIOSK_FONT, then the known places, then what fontconfig offers.

    Raises FontMissing, with what to install.
    """
    wanted = os.environ.get("KIOSK_FONT", "")
    if wanted:
        typeface = _try(Path(wanted))
        if typeface is None:
            raise FontMissing(wanted)
        return typeface
    for candidate in (*map(Path, KNOWN_PATHS), *_from_fontconfig()):
        typeface = _try(candidate)
        if typeface is not None:
            return typeface
    raise FontMissing


def _try(path: Path) -> Typeface | None:
    if not path.is_file():
        return None
    try:
        typeface = Typeface(path, _simplified_face(path))
        return typeface if all(typeface.has(char) for char in SAMPLE) else None
    except OSError:  # not a font after all, or a damaged one
        return None


def _simplified_face(path: Path) -> int:
    """The face for mainland China in a collection; the first face of Noto's is the Japanese one."""
    if path.suffix.lower() not in {".ttc", ".otc"}:
        return 0
    for index in range(FACES_IN_A_COLLECTION):
        try:
            family = str(_load(path, index, 24).getname()[0])
        except OSError:  # past the last face
            return 0
        if family.endswith(" SC"):
            return index
    return 0


def _from_fontconfig() -> list[Path]:
    """Files that fontconfig knows to cover Chinese, bold ones first; none where there is no fontconfig."""
    try:
        answer = subprocess.run(
            ["fc-list", ":lang=zh-cn", "--format", "%{file}\n"],  # noqa: S607 - where it lies differs
            capture_output=True, text=True, timeout=10, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return []
    paths = {Path(line) for line in answer.stdout.splitlines() if line}
    return sorted(paths, key=lambda path: ("Bold" not in path.name, "Serif" in path.name, path.name))


def _load(path: Path, index: int, size: int) -> Font:
    return ImageFont.truetype(str(path), size, index=index, layout_engine=ImageFont.Layout.BASIC)
