"""Paper to draw on: the two widths with their type sizes, and a roll that grows downwards."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from kiosk.slip_fonts import Typeface
from kiosk.slip_wrap import wrap, wrap_evenly

WHITE, BLACK = 255, 0
FIRST_LENGTH = 1600  # dots; longer slips grow
INK_FROM = 140  # greys darker than this become ink; above the middle, so that thin strokes survive
CENTRE_OF_HANZI = 0.38  # em above the baseline, where the eye sees the middle of a line
HALF_EMPTY = "，。、；："  # full-width marks whose right half is white


@dataclass(frozen=True)
class Paper:
    """One width of paper at 203 dots an inch, and the sizes of type on it. All in dots."""

    width: int
    margin: int
    title: int
    name: int
    number: int
    label: int
    figure: int
    unit: int
    place: int
    route: int
    body: int
    heading: int
    small: int
    gap: int  # between parts
    rule: int  # thickness of a line
    ahead_column: int

    @property
    def inner(self) -> int:
        """Dots between the margins."""
        return self.width - 2 * self.margin


PAPERS = {
    80: Paper(width=576, margin=24, title=36, name=30, number=190, label=24, figure=56, unit=30, place=42, route=27,
              body=24, heading=30, small=22, gap=18, rule=3, ahead_column=150),
    58: Paper(width=384, margin=12, title=30, name=26, number=136, label=22, figure=42, unit=24, place=33, route=24,
              body=23, heading=27, small=20, gap=15, rule=2, ahead_column=104),
}  # fmt: skip


class Roll:
    """A strip of paper with a pen. `y` is where the next part begins; parts move it on."""

    def __init__(self, paper: Paper, typeface: Typeface) -> None:
        self.paper = paper
        self.typeface = typeface
        self.y = 0
        self._image = Image.new("L", (paper.width, FIRST_LENGTH), WHITE)
        self.pen = ImageDraw.Draw(self._image)

    def feed(self, dots: int) -> None:
        """Moves on by `dots`, with clean paper ahead."""
        self.y += dots
        while self.y + FIRST_LENGTH // 2 > self._image.height:
            longer = Image.new("L", (self.paper.width, self._image.height + FIRST_LENGTH), WHITE)
            longer.paste(self._image)
            self._image = longer
            self.pen = ImageDraw.Draw(longer)

    def width(self, text: str, size: int) -> float:
        """Dots that `text` takes at that size."""
        return self.typeface.width(text, size)

    def wrap(self, text: str, size: int, limit: float) -> list[str]:
        """Lines of at most `limit` dots."""
        return wrap(text, limit, lambda part: self.width(part, size))

    def wrap_evenly(self, text: str, size: int, limit: float) -> list[str]:
        """Lines of at most `limit` dots and of like length, for headings."""
        return wrap_evenly(text, limit, lambda part: self.width(part, size))

    def fit(self, text: str, size: int, limit: float) -> int:
        """The largest size up to `size` at which `text` stays on one line of `limit` dots."""
        while size > 1 and self.width(text, size) > limit:
            size = min(size - 1, int(size * limit / self.width(text, size)))
        return size

    def write(self, text: str, size: int, *, x: float, middle: float, ink: int = BLACK) -> None:
        """One line of text whose visual middle lies at `middle`, from `x` on."""
        baseline = round(middle + CENTRE_OF_HANZI * size)
        self.pen.text((round(x), baseline), text, font=self.typeface.font(size), fill=ink, anchor="ls")

    def write_centred(self, text: str, size: int, *, middle: float) -> None:
        """One line whose ink stands in the middle of the paper."""
        seen = self.width(text, size) - (size / 2 if text.endswith(tuple(HALF_EMPTY)) else 0)
        self.write(text, size, x=(self.paper.width - seen) / 2, middle=middle)

    def paste(self, picture: Image.Image, x: int, y: int) -> None:
        """A picture of black and white dots."""
        self._image.paste(picture, (x, y))

    def cut(self) -> Image.Image:
        """What has been drawn so far, every dot either ink or paper."""
        drawn = self._image.crop((0, 0, self.paper.width, self.y))
        return drawn.point([BLACK if grey < INK_FROM else WHITE for grey in range(256)], "1")
