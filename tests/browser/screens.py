"""Opening the pages that watch, in the sizes of real panels, and what every one of them must satisfy."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

LANDSCAPE = (1920, 1080)
PORTRAIT = (1080, 1920)
SIGN = (1280, 400)
TABLET = (1024, 768)

# Every element that shows text, cut off by its own box or by the edge of the panel. Scrolling regions may be longer.
CUT_OFF = """() => [...document.querySelectorAll('main *')].filter((element) => {
  const style = getComputedStyle(element);
  if (!element.getClientRects().length || element.closest('.hear, svg') || style.display === 'inline') return false;
  const box = element.getBoundingClientRect();
  const scrolls = element.closest('[tabindex]');
  const wide = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
  const outside = box.right > innerWidth + 1 || (box.bottom > innerHeight + 1 && !scrolls);
  return wide || outside;
}).map((element) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 30)}`)"""


@contextmanager
def opened(browser: Browser, url: str, size: tuple[int, int] = LANDSCAPE, **context: Any) -> Iterator[Page]:
    """A page that is connected; a fault in its script or a breach of its security policy fails the test."""
    faults: list[str] = []
    window = browser.new_context(viewport={"width": size[0], "height": size[1]}, **context)
    page = window.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if "Security Policy" in message.text else None)
    try:
        page.goto(url)
        yield page
    finally:
        window.close()
    assert faults == []


def connected(page: Page) -> Page:
    """Waits until the page says that it is live."""
    page.wait_for_selector("html[data-live=connected]", timeout=15_000)
    return page


def pixels(page: Page, selector: str, *, digit: float = 0.73) -> float:
    """Height of a digit of the element, in pixels: Chinese faces draw digits .73 em high."""
    size = page.eval_on_selector(selector, "element => parseFloat(getComputedStyle(element).fontSize)")
    return float(size) * digit


def accessibility_faults(page: Page) -> list[str]:
    """What axe-core finds, one line a rule."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]
