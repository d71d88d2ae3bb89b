import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import running_hall
from tests.clients import Device, Staff
from tests.hall_server import HallServer

WINDOW, CLERK, ITEM = 3, "工号003", "B03"
ITEM_NAME = "残疾人证新办与换领"
TITLES = {"E": "受理通知书", "F": "不予受理通知书", "G": "一次性告知书"}
SCREEN = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    yield from running_hall(tmp_path_factory)


@pytest.fixture(scope="module")
def clerk(hall: HallServer) -> Staff:
    """A clerk who is serving somebody who came for a disability certificate."""
    Device(hall.url, hall.credentials["devices"]["K1"]).post("tickets", item=ITEM).expect(201)
    staff = Staff(hall.url, CLERK, hall.credentials["staff"][CLERK]).sign_in().sign_on(WINDOW)
    for verb in ("call-next", "start"):
        staff.post(f"windows/{WINDOW}/{verb}").expect()
    return staff


@pytest.fixture
def page(browser: Browser, hall: HallServer, clerk: Staff) -> Iterator[Page]:
    """A browser in which the clerk is signed in."""
    context = browser.new_context(viewport=SCREEN, locale="zh-CN")  # type: ignore[arg-type]
    name, _, value = clerk.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": hall.url}])
    yield context.new_page()
    context.close()


def ticket(clerk: Staff) -> dict[str, str]:
    windows = clerk.get("picture", view="caller").expect()["windows"]
    found: dict[str, str] = next(row["ticket"] for row in windows if row["number"] == WINDOW)
    return found


def open_form(page: Page, hall: HallServer, clerk: Staff, letter: str) -> Page:
    page.goto(f"{hall.url}/caller/form/{letter}?ticket={ticket(clerk)['id']}")
    expect(page.locator("[data-about]")).to_contain_text(ticket(clerk)["number"])
    return page


def saved(page: Page, folder: Path) -> Path:
    """The form as the browser saves it."""
    file = folder / "form.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    return file


def read(program: str, *arguments: object) -> str:
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout


def pages_of(file: Path) -> list[str]:
    """The text of each page, without spaces and line breaks."""
    return ["".join(page.split()) for page in read("pdftotext", file, "-").split("\f") if page.strip()]


@pytest.mark.parametrize("letter", TITLES)
def test_a_form_is_filled_from_ticket_item_window_and_hall(
    letter: str, page: Page, hall: HallServer, clerk: Staff, tmp_path: Path
) -> None:
    for text in pages_of(saved(open_form(page, hall, clerk, letter), tmp_path)):
        assert TITLES[letter] in text
        for filled in (ITEM_NAME, f"排队号码{ticket(clerk)['number']}", "3号窗口", "2026年11月24日", CLERK):
            assert filled in text
        for words in ("特此告知", "投诉电话：023-00000000", "申请人（签字）", "受理机构（专用章）"):
            assert words in text


@pytest.mark.parametrize(
    ("letter", "copies"), [("E", ["服务对象留存"]), ("F", ["送达联", "归档联"]), ("G", ["送达联", "归档联"])]
)
def test_forms_f_and_g_are_printed_in_two_copies_and_e_with_its_receipt(
    letter: str, copies: list[str], page: Page, hall: HallServer, clerk: Staff, tmp_path: Path
) -> None:
    pages = pages_of(saved(open_form(page, hall, clerk, letter), tmp_path))
    assert len(pages) == len(copies)
    for text, copy in zip(pages, copies, strict=True):
        assert copy in text
        assert ("一式二份，一份送达，一份归档" in text) == (letter != "E")
        assert ("受理回执" in text) == (letter == "E")


@pytest.mark.parametrize("letter", TITLES)
def test_chinese_fonts_are_embedded_and_the_paper_is_a4(
    letter: str, page: Page, hall: HallServer, clerk: Staff, tmp_path: Path
) -> None:
    file = saved(open_form(page, hall, clerk, letter), tmp_path)
    fonts = [line.split() for line in read("pdffonts", file).splitlines()[2:]]
    assert fonts
    assert [font for font in fonts if font[-5] != "yes"] == [], "a font is not embedded"
    assert "(A4)" in read("pdfinfo", file)


def test_the_list_of_materials_has_two_boxes_a_line_and_what_is_ticked_stands_in_both_copies(
    page: Page, hall: HallServer, clerk: Staff
) -> None:
    open_form(page, hall, clerk, "G")
    lines = page.locator(".paper").first.locator(".materials li")
    assert lines.locator(".blank").all_text_contents() == ["居民身份证", "户口簿", "残疾评定表", "近期二寸照片三张"]
    lines.nth(1).get_by_role("checkbox", name="材料不齐全").click()
    twin = page.locator(".paper").nth(1).locator(".materials li").nth(1)
    expect(twin.get_by_role("checkbox", name="材料不齐全")).to_be_checked()
    expect(twin.get_by_role("checkbox", name="不符合法定形式")).not_to_be_checked()
    lines.first.get_by_role("button", name="去掉").click()
    expect(page.locator(".materials li")).to_have_count(6)


def test_what_the_clerk_writes_stands_in_every_copy_and_is_sent_nowhere(
    page: Page, hall: HallServer, clerk: Staff, tmp_path: Path
) -> None:
    open_form(page, hall, clerk, "F")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.get_by_role("textbox", name="申请单位或个人").first.click()
    page.keyboard.type("某某小店")
    page.get_by_role("textbox", name="办件流水号").first.click()
    page.keyboard.type("2026-0042")
    page.get_by_role("textbox", name="不予受理的理由和依据").first.click()
    page.keyboard.type("不属于本中心受理范围。")
    page.get_by_role("heading", level=1).click()
    for text in pages_of(saved(page, tmp_path)):
        assert "某某小店单位（同志）" in text
        assert "2026-0042" in text
        assert "不属于本中心受理范围。" in text
    assert sent == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.reload()
    expect(page.locator("[data-about]")).to_contain_text(ITEM_NAME)
    assert "某某小店" not in page.content()


def test_the_boxes_of_form_e_are_ticked_by_keyboard(page: Page, hall: HallServer, clerk: Staff) -> None:
    open_form(page, hall, clerk, "E")
    box = page.get_by_role("checkbox", name="专家评审")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.keyboard.press("Escape")
    page.wait_for_url("**/caller")


def test_a_visit_that_is_done_is_named_by_the_address(page: Page, hall: HallServer) -> None:
    page.goto(f"{hall.url}/caller/form/E?ticket=gone&number=B900&item={ITEM}&window=4")
    expect(page.locator("[data-about]")).to_have_text(f"号码 B900，{ITEM_NAME}，4 号窗口")


def test_without_a_session_the_form_is_still_a_form_to_be_filled_by_hand(browser: Browser, hall: HallServer) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{hall.url}/caller/form/G?ticket=none")
    expect(page.locator("[data-about]")).to_contain_text("请先在叫号台登录")
    expect(page.locator(".paper").first.locator(".materials li")).to_have_count(3)
    assert page.goto(f"{hall.url}/caller/form/X").status == 404  # type: ignore[union-attr]
    page.context.close()
