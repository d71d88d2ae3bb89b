import pytest
from PIL import Image
from pyzbar import pyzbar

from kiosk.printers.job import BAND_ROWS, escpos_job
from kiosk.slip import draw_slip
from tests.printing.samples import NOTICE, URL, hall, ticket
from tests.printing.virtual_printer import Mechanism


@pytest.fixture(params=[58, 80], ids=lambda mm: f"{mm} mm")
def slip(request: pytest.FixtureRequest) -> Image.Image:
    return draw_slip(ticket(notice=NOTICE), hall(), paper_mm=request.param)


def printed(job: bytes) -> Mechanism:
    mechanism = Mechanism()
    mechanism.take(job)
    return mechanism


def test_every_dot_arrives_as_it_was_drawn(slip: Image.Image) -> None:
    mechanism = printed(escpos_job(slip))
    assert [paper.tobytes() for paper in mechanism.slips] == [slip.tobytes()]
    assert mechanism.unknown == []


def test_a_slip_made_of_any_dots_arrives_unchanged() -> None:
    noise = Image.effect_noise((576, 300), 90).point([0] * 128 + [255] * 128, "1")
    assert printed(escpos_job(noise)).slips[0].tobytes() == noise.tobytes()


def test_the_code_can_be_read_from_the_paper(slip: Image.Image) -> None:
    (paper,) = printed(escpos_job(slip)).slips
    assert [code.data.decode() for code in pyzbar.decode(paper.convert("L"))] == [URL]


def test_no_band_is_higher_than_a_cheap_printer_can_hold(slip: Image.Image) -> None:
    assert printed(escpos_job(slip)).tallest_band == BAND_ROWS


def test_wide_paper_is_cut_with_a_hinge_and_narrow_paper_is_fed_to_the_tear_bar() -> None:
    wide, narrow = Image.new("1", (576, 40), 255), Image.new("1", (384, 40), 255)
    assert printed(escpos_job(wide)).cuts[-1] == "part"
    assert printed(escpos_job(narrow)).cuts == ["feed 4"]


def test_a_named_model_decides_about_its_cutter() -> None:
    assert printed(escpos_job(Image.new("1", (384, 40), 255), "RP326")).cuts[-1] == "part"
