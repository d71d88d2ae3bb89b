import time
from typing import Any

import pytest
from PIL import Image, ImageOps
from pyzbar import pyzbar

from kiosk.slip import draw_slip
from kiosk.slip_paper import PAPERS
from tests.printing.samples import ADVICE, NO_WINDOW, NOTICE, URL, hall, ticket

WIDTHS = {58: 384, 80: 576}
LONG = ticket(
    "YB1012",
    queue_name="企业开办与市场准入综合受理专区",
    item_name="外商投资合伙企业设立、变更、注销登记一件事一次办套餐",
    ahead=104,
    estimate=NO_WINDOW,
    where={
        "zone_name": "一楼A区 综合服务区",
        "windows": [3, 4, 5, 6, 7, 8, *range(10, 40, 2)],
        "route": "进门右侧直行约五十米，经过咨询台后左转，看到绿色立柱即到",
    },
)
TICKETS = {
    "usual": ticket(),
    "after hours": ticket(notice=NOTICE),
    "long names": LONG,
    "long names, after hours": LONG | {"notice": NOTICE},
    "priority": ticket("VA013", ahead=0, estimate={"likely_minutes": 2, "low_minutes": 0, "high_minutes": 5}),
    "rare characters": ticket(queue_name="䶮〇堃喆", item_name="〇䶮镇户籍"),
    "bare": {"number": "A001", "issued_at": "2026-11-24T09:00:00+08:00"},
}


def ink(slip: Image.Image) -> Image.Image:
    return ImageOps.invert(slip.convert("L"))


def runs_of_ink(slip: Image.Image) -> list[tuple[int, int]]:
    """The horizontal stripes with ink, top to bottom, as (first row, last row)."""
    inked = ink(slip).reduce((slip.width, 1)).point(lambda grey: 255 if grey else 0)
    rows = [row for row in range(slip.height) if inked.getpixel((0, row))] or [0]
    ends = [row for row, after in zip(rows, [*rows[1:], rows[-1] + 2], strict=True) if after > row + 1]
    starts = [row for before, row in zip([rows[0] - 2, *rows], rows, strict=False) if row > before + 1]
    return list(zip(starts, ends, strict=True))


@pytest.fixture(params=WIDTHS, ids=lambda mm: f"{mm} mm")
def paper_mm(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.mark.parametrize("which", TICKETS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_slip_is_pure_black_and_white_and_as_wide_as_the_paper(paper_mm: int, which: str, language: str) -> None:
    slip = draw_slip(TICKETS[which], hall(), paper_mm=paper_mm, language=language)
    assert slip.mode == "1"
    assert slip.width == WIDTHS[paper_mm]
    assert set(slip.convert("L").tobytes()) == {0, 255}


@pytest.mark.parametrize("which", TICKETS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_words_reach_into_the_margins(paper_mm: int, which: str, language: str) -> None:
    paper = PAPERS[paper_mm]
    where = {"text": "", "route": ""}  # the place stands on a black ground that reaches the edges on purpose
    usual = ("hall", "queue_name", "item", "ticket", "after_hours_notice", "advice", "qr", "taken_at", "hotline")
    slip = draw_slip(
        TICKETS[which] | {"where": where}, hall(lines=list(usual)), paper_mm=paper_mm, language=language
    )  # fmt: skip
    left, top, right, bottom = ink(slip).getbbox() or (0, 0, 0, 0)
    assert left >= paper.margin
    assert right <= paper.width - paper.margin
    assert top > 0
    assert bottom < slip.height


@pytest.mark.parametrize("which", ["usual", "long names", "priority"])
def test_the_place_stays_inside_its_black_ground(paper_mm: int, which: str) -> None:
    slip = draw_slip(TICKETS[which], hall(lines=["where"]), paper_mm=paper_mm)
    left, top, right, bottom = ink(slip).getbbox() or (0, 0, 0, 0)
    ground = slip.crop((left, top, right, bottom))
    words = ground.convert("L").getbbox()  # white on black, so what is not black are the words
    assert (left, right) == (0, slip.width)
    assert words is not None
    assert words[0] >= PAPERS[paper_mm].margin - 1
    assert words[2] <= slip.width - PAPERS[paper_mm].margin + 1
    assert words[1] > 4
    assert words[3] < ground.height - 4


@pytest.mark.parametrize("number", ["A1", "M019", "VA013", "YB1012"])
def test_the_number_is_on_one_line_and_the_largest_thing(paper_mm: int, number: str) -> None:
    slip = draw_slip(ticket(number), hall(lines=["ticket"]), paper_mm=paper_mm)
    stripes = runs_of_ink(slip)
    assert len(stripes) == 1
    height = stripes[0][1] - stripes[0][0] + 1
    assert height >= (64 if paper_mm == 58 else 96)  # 8 and 12 mm, to be read at arm's length without glasses
    others = draw_slip(ticket(number), hall(lines=["hall", "queue_name", "item", "eta", "advice"]), paper_mm=paper_mm)
    assert height > 1.4 * max(last - first + 1 for first, last in runs_of_ink(others))


@pytest.mark.parametrize("which", [name for name in TICKETS if name != "bare"])
def test_the_code_opens_the_tickets_page(paper_mm: int, which: str) -> None:
    slip = draw_slip(TICKETS[which], hall(), paper_mm=paper_mm)
    codes = pyzbar.decode(slip.convert("L"), symbols=[pyzbar.ZBarSymbol.QRCODE])
    assert [code.data.decode() for code in codes] == [URL]


def test_the_code_is_large_enough_and_has_its_quiet_zone(paper_mm: int) -> None:
    slip = draw_slip(ticket(), hall(lines=["qr"]), paper_mm=paper_mm)
    (code,) = pyzbar.decode(slip.convert("L"), symbols=[pyzbar.ZBarSymbol.QRCODE])
    left, top, width, height = code.rect
    modules = 33  # version 4, what 44 letters take at level M
    dots = round(width / modules)
    box = ink(slip.crop((left - 4 * dots, top - 4 * dots, left + width + 4 * dots, top + height + 4 * dots))).getbbox()
    assert (width + 8 * dots) / 8 >= 25  # millimetres, quiet zone included
    assert box is not None
    assert box[0] >= 4 * dots - 1
    assert box[1] >= 4 * dots - 1


def test_a_code_still_reads_when_a_heating_element_is_dead(paper_mm: int) -> None:
    slip = draw_slip(ticket(), hall(), paper_mm=paper_mm)
    slip.paste(255, (slip.width // 3, 0, slip.width // 3 + 4, slip.height))
    codes = pyzbar.decode(slip.convert("L"), symbols=[pyzbar.ZBarSymbol.QRCODE])
    assert [code.data.decode() for code in codes] == [URL]


def test_the_hall_file_says_which_parts_a_slip_has(paper_mm: int) -> None:
    full = draw_slip(ticket(), hall(), paper_mm=paper_mm)
    short = draw_slip(ticket(), hall(lines=["hall", "ticket"]), paper_mm=paper_mm)
    assert short.height < full.height / 2
    assert not pyzbar.decode(short.convert("L"))


def test_the_hall_file_says_in_which_order_they_stand() -> None:
    first = draw_slip(ticket(), hall(lines=["ticket", "advice"]))
    last = draw_slip(ticket(), hall(lines=["advice", "ticket"]))
    tallest = [max(runs_of_ink(slip), key=lambda run: run[1] - run[0]) for slip in (first, last)]
    assert tallest[0][0] < tallest[1][0]


def test_an_unknown_part_in_the_hall_file_is_left_out() -> None:
    lines = ["hall", "ticket"]
    assert draw_slip(ticket(), hall(lines=[*lines, "weather"])) == draw_slip(ticket(), hall(lines=lines))


def test_the_hall_file_says_how_wide_the_paper_is() -> None:
    assert draw_slip(ticket(), hall(paper_mm=58)).width == 384
    assert draw_slip(ticket(), hall(paper_mm=80)).width == 576


def test_the_after_hours_notice_appears_only_when_there_is_one(paper_mm: int) -> None:
    plain = draw_slip(ticket(), hall(), paper_mm=paper_mm)
    noticed = draw_slip(ticket(notice=NOTICE), hall(), paper_mm=paper_mm)
    assert noticed.height > plain.height + 100


def test_long_advice_only_makes_the_slip_longer() -> None:
    slip = draw_slip(ticket(), hall(advice=ADVICE * 40))
    assert slip.height > 3000
    assert pyzbar.decode(slip.convert("L"))


@pytest.mark.parametrize("char", ["䶮", "〇", "堃"])
def test_a_rare_character_is_drawn_and_not_an_empty_box(char: str) -> None:
    box = draw_slip(ticket(item_name="\U0010ffff"), hall(lines=["item"]))
    assert ink(draw_slip(ticket(item_name=char), hall(lines=["item"]))).getbbox() is not None
    assert draw_slip(ticket(item_name=char), hall(lines=["item"])) != box


def test_a_slip_takes_less_than_25_milliseconds(paper_mm: int) -> None:
    def seconds(sample: dict[str, Any]) -> float:
        start = time.perf_counter()
        draw_slip(sample, hall(), paper_mm=paper_mm)
        return time.perf_counter() - start

    sample = ticket(notice=NOTICE)
    seconds(sample)
    assert min(seconds(sample) for _ in range(10)) < 0.025
