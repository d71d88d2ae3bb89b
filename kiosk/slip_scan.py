"""The code of the ticket's page and the words that say what it is good for."""

from kiosk.slip_paper import Roll
from kiosk.slip_qr import qr_image
from kiosk.slip_words import SlipText

LEADING = 1.42  # line height of the words, in em
FEWEST_HANZI_BESIDE = 8  # a narrower column reads worse than words under the code


def qr(roll: Roll, text: SlipText) -> None:
    """The code with its words beside it on wide paper, under it on narrow paper."""
    if not text.url:
        return
    paper, picture = roll.paper, qr_image(text.url)
    roll.feed(-paper.gap)  # the code brings its own white
    beside = paper.width - picture.width - paper.margin
    if beside >= paper.body * FEWEST_HANZI_BESIDE:
        roll.paste(picture, 0, roll.y)
        roll.feed(_words_beside(roll, text, x=picture.width, limit=beside, height=picture.height))
    else:
        roll.paste(picture, (paper.width - picture.width) // 2, roll.y)
        roll.feed(picture.height)
        _words_under(roll, text)
        roll.feed(paper.gap)


def _words_beside(roll: Roll, text: SlipText, *, x: int, limit: int, height: int) -> int:
    """Writes the words in the middle of the code's height; returns the dots that code and words need."""
    paper = roll.paper
    lines = [(line, paper.heading) for line in roll.wrap(text.phrases.scan, paper.heading, limit)]
    lines += [(line, paper.body) for line in roll.wrap(text.phrases.scan_why, paper.body, limit)]
    total = sum(round(size * LEADING) for _, size in lines)
    y = roll.y + max(0, (height - total) // 2)
    for line, size in lines:
        roll.write(line, size, x=x, middle=y + size * LEADING / 2)
        y += round(size * LEADING)
    return max(height, total)


def _words_under(roll: Roll, text: SlipText) -> None:
    paper = roll.paper
    for words, size in ((text.phrases.scan, paper.heading), (text.phrases.scan_why, paper.body)):
        for line in roll.wrap_evenly(words, size, paper.inner):
            roll.write_centred(line, size, middle=roll.y + size * LEADING / 2)
            roll.feed(round(size * LEADING))
