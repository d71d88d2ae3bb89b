"""The parts of a slip, each drawn at the roll's place and moving it on. Shapes: a disc is a queue, dots are people."""

from kiosk.slip_paper import BLACK, WHITE, Roll
from kiosk.slip_words import SlipText

GAP = "　"  # between two names on one line: one 汉字 of air


def hall(roll: Roll, text: SlipText) -> None:
    """The hall's name as a heading, with a rule under it."""
    size = roll.paper.title
    for line in roll.wrap_evenly(text.hall, size, roll.paper.inner):
        roll.write_centred(line, size, middle=roll.y + size * 0.6)
        roll.feed(round(size * 1.22))
    roll.feed(roll.paper.gap - 6)
    _rule(roll)
    roll.feed(roll.paper.gap - 4)


def queue(roll: Roll, text: SlipText, *, with_item: bool = False) -> None:
    """The queue's disc and name; the item beside it where both fit on one line, else under it."""
    size, inner = roll.paper.name, roll.paper.inner
    side = round(size * 1.55)
    indent = side + 10
    beside = text.queue + GAP + text.item
    one_line = with_item and text.item and indent + roll.width(beside, size) <= inner
    name = beside if one_line else text.queue
    lines = roll.wrap_evenly(name, size, inner - indent) or [""]
    left = (roll.paper.width - indent - max(roll.width(line, size) for line in lines)) / 2
    height = max(side, round(len(lines) * size * 1.3))
    _disc(roll, text.letter, left, roll.y + (height - side) // 2, side)
    for row, line in enumerate(lines):
        middle = roll.y + height / 2 + (row - (len(lines) - 1) / 2) * size * 1.3
        roll.write(line, size, x=left + indent, middle=middle)
    roll.feed(height + 6)
    if with_item and not one_line:
        item(roll, text)


def item(roll: Roll, text: SlipText) -> None:
    """What the person came for, in the middle."""
    size = roll.paper.name
    for line in roll.wrap_evenly(text.item, size, roll.paper.inner):
        roll.write_centred(line, size, middle=roll.y + size * 0.65)
        roll.feed(round(size * 1.3))
    roll.feed(roll.paper.gap // 2)


def number(roll: Roll, text: SlipText) -> None:
    """The number, as large as the paper allows, always on one line."""
    size = roll.fit(text.number, roll.paper.number, roll.paper.inner - 4)  # strokes may reach past their advance
    font = roll.typeface.font(size)
    left, top, right, bottom = font.getbbox(text.number, anchor="ls")
    roll.feed(roll.paper.gap - 4)
    x = (roll.paper.width - (right - left)) / 2 - left
    roll.pen.text((round(x), round(roll.y - top)), text.number, font=font, fill=BLACK, anchor="ls")
    roll.feed(round(bottom - top) + roll.paper.gap)


def rip(roll: Roll, _text: SlipText) -> None:
    """The dotted line of a ticket, from edge to edge."""
    for x in range(2, roll.paper.width, 8):
        roll.pen.ellipse((x, roll.y, x + 3, roll.y + 3), fill=BLACK)
    roll.feed(4 + roll.paper.gap)


def where(roll: Roll, text: SlipText) -> None:
    """Floor, zone and windows in white on black, over the whole width; how to get there under it."""
    paper, top = roll.paper, roll.y
    place = _place_lines(roll, text.place)
    route = roll.wrap(text.route, paper.route, paper.inner)
    if not place and not route:
        return
    height = round(len(place) * paper.place * 1.27 + len(route) * paper.route * 1.35) + 2 * paper.gap - 4
    roll.pen.rectangle((0, top, paper.width, top + height - 1), fill=BLACK)
    roll.feed(paper.gap - 4)
    for lines, size, leading in ((place, paper.place, 1.27), (route, paper.route, 1.35)):
        for line in lines:
            roll.write(line, size, x=paper.margin, middle=roll.y + size * leading / 2, ink=WHITE)
            roll.feed(round(size * leading))
    roll.feed(top + height + paper.gap - roll.y)


def notice(roll: Roll, text: SlipText) -> None:
    """The after-hours notice in a box of its own."""
    paper, top, pad = roll.paper, roll.y, roll.paper.gap
    if not text.notice:
        return
    roll.feed(pad - 2)
    x, limit = paper.margin + pad, paper.inner - 2 * pad
    roll.write(text.phrases.after_hours, paper.heading, x=x, middle=roll.y + paper.heading * 0.65)
    roll.feed(round(paper.heading * 1.35))
    _paragraph(roll, text.notice, paper.body, x=x, limit=limit)
    roll.feed(pad - 4)
    frame = (paper.margin, top, paper.width - paper.margin - 1, roll.y - 1)
    roll.pen.rectangle(frame, outline=BLACK, width=paper.rule + 1)
    roll.feed(pad)


def advice(roll: Roll, text: SlipText) -> None:
    """What to mind while waiting."""
    if text.advice:
        _paragraph(roll, text.advice, roll.paper.body, x=roll.paper.margin, limit=roll.paper.inner)
        roll.feed(roll.paper.gap)


def foot(roll: Roll, *parts: str) -> None:
    """The last small words, over a rule: one part at each side, or under each other where they do not fit."""
    if any(parts):
        _rule(roll)
        roll.feed(roll.paper.gap - 6)
        small(roll, *parts)


def small(roll: Roll, *parts: str) -> None:
    """Small words, one part at each side of the line, or under each other where they do not fit."""
    paper, size = roll.paper, roll.paper.small
    shown = [part for part in parts if part]
    fits = sum(roll.width(part, size) for part in shown) + size <= paper.inner
    middle = roll.y + size * 0.65
    for row, part in enumerate(shown):
        at_right = fits and row > 0
        x = paper.width - paper.margin - roll.width(part, size) if at_right else paper.margin
        roll.write(part, size, x=x, middle=middle if fits else middle + row * size * 1.4)
    roll.feed(round(size * 1.4 * (1 if fits else len(shown))) + paper.gap // 2)


def _rule(roll: Roll) -> None:
    paper = roll.paper
    roll.pen.rectangle((paper.margin, roll.y, paper.width - paper.margin - 1, roll.y + paper.rule - 1), fill=BLACK)
    roll.feed(paper.rule)


def _disc(roll: Roll, letter: str, x: float, y: float, side: int) -> None:
    x, y, size = round(x), round(y), round(side * 0.6)
    roll.pen.ellipse((x, y, x + side - 1, y + side - 1), outline=BLACK, width=max(3, side // 12))
    left, top, right, bottom = roll.typeface.font(size).getbbox(letter, anchor="ls")
    place = (round(x + (side - right - left) / 2), round(y + (side - bottom - top) / 2))
    roll.pen.text(place, letter, font=roll.typeface.font(size), fill=BLACK, anchor="ls")


def _place_lines(roll: Roll, place: str) -> list[str]:
    """Zone and windows on one line if they fit, else one under the other."""
    paper = roll.paper
    if roll.width(place, paper.place) <= paper.inner:
        return [place] if place else []
    parts = place.split(GAP)
    return [line for part in parts for line in roll.wrap_evenly(part, paper.place, paper.inner)]


def _paragraph(roll: Roll, words: str, size: int, *, x: float, limit: float) -> None:
    for line in roll.wrap(words, size, limit):
        roll.write(line, size, x=x, middle=roll.y + size * 0.72)
        roll.feed(round(size * 1.45))
