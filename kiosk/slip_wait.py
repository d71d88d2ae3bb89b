"""How long it will take: people ahead, the time of the turn, the line of dots."""

from kiosk.slip_paper import BLACK, Roll
from kiosk.slip_words import SlipText

MOST_DOTS = 8  # more people than this are shown as small dots fading into the distance
FAR_DOTS = 3


def wait(roll: Roll, text: SlipText, *, people: bool = True, time: bool = True) -> None:
    """People ahead and the time of the turn side by side, then the line of dots."""
    paper, x = roll.paper, roll.paper.margin
    people = people and text.ahead is not None
    if not (people or time):
        return
    height = round(paper.label * 1.4 + paper.figure * 1.15)
    if people:
        _people_ahead(roll, text, paper.ahead_column if time else paper.inner)
    if people and time:
        x += paper.ahead_column
        roll.pen.rectangle((x, roll.y, x + paper.rule - 1, roll.y + height - 1), fill=BLACK)
        x += paper.rule + paper.unit * 2 // 3
    if time:
        _time_of_turn(roll, text, x)
    roll.feed(height + paper.gap - 4)
    _line_of_people(roll, text, people=people, time=time)


def _time_of_turn(roll: Roll, text: SlipText, x: int) -> None:
    paper = roll.paper
    roll.write(text.phrases.your_turn, paper.label, x=x, middle=roll.y + paper.label * 0.7)
    size = roll.fit(text.turn, paper.figure, paper.width - paper.margin - x)
    roll.write(text.turn, size, x=x, middle=roll.y + paper.label * 1.4 + paper.figure * 0.55)


def _people_ahead(roll: Roll, text: SlipText, column: int) -> None:
    paper, figure = roll.paper, str(text.ahead)
    unit_width = roll.width(text.phrases.people, paper.unit) + 6 if text.phrases.people else 0
    size = roll.fit(figure, paper.figure, column - unit_width - 8)
    middle = roll.y + paper.label * 1.4 + paper.figure * 0.55
    roll.write(text.phrases.ahead, paper.label, x=paper.margin, middle=roll.y + paper.label * 0.7)
    roll.write(figure, size, x=paper.margin, middle=middle)
    unit_middle = middle + 0.38 * (paper.figure - paper.unit)  # the same baseline as the figure
    roll.write(text.phrases.people, paper.unit, x=paper.margin + roll.width(figure, size) + 4, middle=unit_middle)


def _line_of_people(roll: Roll, text: SlipText, *, people: bool, time: bool) -> None:
    """Filled dots for those ahead, the ring for the reader, and how long that will take."""
    paper, size = roll.paper, roll.paper.label
    step, x = round(size * 1.3), float(paper.margin)
    words = text.wait if time else ""
    if people:
        x = _people(roll, text, roll.y + step / 2)
    if words and x + roll.width(words, size) > paper.width - paper.margin:
        roll.feed(step + 4)
        x = paper.margin
    if words:
        roll.write(words, size, x=x, middle=roll.y + step / 2)
    if people or words:
        roll.feed(step + paper.gap - 2)


def _people(roll: Roll, text: SlipText, middle: float) -> float:
    """The dots from left to right, the reader last; returns where the line may go on."""
    size, ahead, x = roll.paper.label, text.ahead or 0, float(roll.paper.margin)
    dot = round(size * 0.92)
    if ahead > MOST_DOTS:
        x = _far_people(roll, x, middle, dot)
        ahead = MOST_DOTS - FAR_DOTS
    for _ in range(ahead):
        _dot(roll, x, middle, dot)
        x += round(size * 1.3)
    _dot(roll, x, middle, dot, ring=True)
    x += dot + 10
    roll.write(text.phrases.you, size, x=x, middle=middle)
    return x + roll.width(text.phrases.you, size) + size * 1.5


def _far_people(roll: Roll, x: float, middle: float, dot: int) -> float:
    """Dots that grow towards the reader: more people than can be drawn."""
    for nearer in range(1, FAR_DOTS + 1):
        side = round(dot * nearer / (FAR_DOTS + 2))
        _dot(roll, x, middle, side)
        x += side + 8
    return x


def _dot(roll: Roll, x: float, middle: float, side: int, *, ring: bool = False) -> None:
    box = (round(x), round(middle - side / 2), round(x) + side - 1, round(middle - side / 2) + side - 1)
    if ring:
        roll.pen.ellipse(box, outline=BLACK, width=max(4, side // 4))
    else:
        roll.pen.ellipse(box, fill=BLACK)
