"""The main screen as the loudspeaker of its zone (V3): plays what it is told, one at a time, and answers truly."""

import io
import wave
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import PORTRAIT, accessibility_faults, connected, opened
from tests.browser.watched_hall import WatchedHall
from tests.machine import chromium


def sound(seconds: float) -> bytes:
    """A silent WAV of that length."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as made:
        made.setparams((1, 2, 8000, 0, "NONE", ""))
        made.writeframes(bytes(int(8000 * seconds) * 2))
    return kept.getvalue()


def announcement(number: int, seconds: float, name: str | None = None) -> dict[str, object]:
    url = f"/audio/{name or f'{number}.wav'}"
    return {"id": number, "zone": "AZ1", "url": url, "duration_seconds": seconds, "text": "请A零幺二号", "times": 1}


@pytest.fixture
def hall() -> Iterator[WatchedHall]:
    hall = WatchedHall()
    hall.sounds = {"1.wav": sound(0.8), "2.wav": sound(0.6)}
    yield hall
    hall.close()


@pytest.fixture(scope="module")
def allowed(browser: Browser) -> Iterator[Browser]:
    """A browser that may play without a touch, as a hall's screens are set up."""
    arguments = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    other = browser.browser_type.launch(executable_path=chromium(), args=arguments)
    yield other
    other.close()


@pytest.fixture
def speaker(hall: WatchedHall, allowed: Browser) -> Iterator[Page]:
    with opened(allowed, f"{hall.url}/display/main/MS1") as page:
        connected(page)
        page.wait_for_selector("html[data-audio=ready]")
        yield page


def said(hall: WatchedHall, page: Page, event: str, facts: dict[str, object], *, within_seconds: float = 10) -> None:
    """Waits until the page has said these facts over its socket."""
    for _ in range(int(within_seconds * 20)):
        if any(facts.items() <= told.items() for told in hall.said(event)):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"no {event} with {facts}; heard {hall.heard}")


def heard(hall: WatchedHall, page: Page, count: int) -> list[dict[str, object]]:
    """The answers of the page to announcements, when there are as many."""
    for _ in range(200):
        if len(hall.said("announced")) >= count:
            break
        page.wait_for_timeout(50)
    return hall.said("announced")


def test_the_page_offers_itself_as_a_loudspeaker(hall: WatchedHall, speaker: Page) -> None:
    assert hall.said("connect")[0]["audio"] is True
    assert hall.said("connect")[0]["screen"] == "MS1"
    said(hall, speaker, "beat", {"page": "MS1", "audio_ready": True})


def test_an_announcement_is_played_to_its_end_before_it_is_said_to_be_heard(hall: WatchedHall, speaker: Page) -> None:
    hall.emit("announce", announcement(1, 0.8))
    speaker.wait_for_selector("html[data-audio=playing]")
    assert hall.said("announced") == []
    answer = heard(hall, speaker, 1)[0]
    assert (answer["id"], answer["ok"]) == (1, True)
    assert isinstance(answer["played_ms"], int)
    assert 750 <= answer["played_ms"] < 2500


def test_two_announcements_never_overlap(hall: WatchedHall, speaker: Page) -> None:
    hall.emit("announce", announcement(1, 0.8))
    hall.emit("announce", announcement(2, 0.6))
    first, second = heard(hall, speaker, 2)
    assert [first["id"], second["id"]] == [1, 2]
    assert isinstance(second["played_ms"], int)
    assert second["played_ms"] >= 550, "the second had its own time"
    assert speaker.locator("audio").count() == 0, "one player, and it is the page's own"


def test_a_sound_that_is_missing_is_told_and_the_next_one_is_played(hall: WatchedHall, speaker: Page) -> None:
    hall.emit("announce", announcement(7, 0.5, "gone.wav"))
    hall.emit("announce", announcement(2, 0.6))
    assert [(answer["id"], answer["ok"]) for answer in heard(hall, speaker, 2)] == [(7, False), (2, True)]
    expect(speaker.locator("html")).to_have_attribute("data-audio", "ready")


@pytest.mark.parametrize("size", [(1920, 1080), PORTRAIT])
def test_a_browser_that_refuses_to_play_shows_one_large_button_and_tells_the_server(
    hall: WatchedHall, browser: Browser, size: tuple[int, int]
) -> None:
    with opened(browser, f"{hall.url}/display/main/MS1", size) as page:
        connected(page)
        button = page.get_by_role("button", name="开启声音")
        expect(button).to_be_visible()
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 70
        said(hall, page, "beat", {"audio_ready": False})
        assert accessibility_faults(page) == []


def test_a_refused_announcement_is_answered_at_once(hall: WatchedHall, browser: Browser) -> None:
    # Asking the page anything would count as a touch, so this test only listens to what the page says by itself.
    with opened(browser, f"{hall.url}/display/main/MS1") as page:
        said(hall, page, "beat", {"audio_ready": False})
        hall.emit("announce", announcement(1, 0.8))
        assert heard(hall, page, 1)[0]["ok"] is False


def test_one_touch_opens_the_sound_and_the_button_goes(hall: WatchedHall, browser: Browser) -> None:
    with opened(browser, f"{hall.url}/display/main/MS1") as page:
        connected(page)
        page.get_by_role("button", name="开启声音").click()
        page.wait_for_selector("html[data-audio=ready]")
        expect(page.get_by_role("button", name="开启声音")).to_have_count(0)
        said(hall, page, "beat", {"audio_ready": True})
        hall.emit("announce", announcement(2, 0.6))
        assert heard(hall, page, 1)[0]["ok"] is True
