import gzip
import re
from html.parser import HTMLParser
from itertools import chain

import pytest
import requests

from tests.clients import Anybody, Device
from tests.hall_server import HallServer

PAGES = ("/", "/kiosk/K1", "/caller", "/caller?window=3", "/display/main/MS1", "/display/window/3", "/display/manager")


class Elements(HTMLParser):
    """All start tags of a page with their attributes, and whether a script or style has text of its own."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(params=[*PAGES, "a ticket's page"])
def page(request: pytest.FixtureRequest, hall_server: HallServer, kiosk: Device) -> requests.Response:
    path = request.param
    if path == "a ticket's page":
        path = f"/t/{kiosk.post('tickets', queue='B').expect(201)['ticket']['token']}"
    return requests.get(f"{hall_server.url}{path}", timeout=10)


def policy(page: requests.Response) -> dict[str, list[str]]:
    directives = (part.split() for part in page.headers["Content-Security-Policy"].split(";"))
    return {directive[0]: directive[1:] for directive in directives}


def test_a_page_forbids_what_is_not_its_own(page: requests.Response) -> None:
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    allowed = policy(page)
    assert allowed["default-src"] == ["'self'"]
    assert allowed["frame-ancestors"] == allowed["base-uri"] == allowed["object-src"] == ["'none'"]
    assert allowed["form-action"] == ["'self'"]
    for source in ("script-src", "style-src"):
        own, nonce = allowed[source]
        assert own == "'self'"
        assert re.fullmatch(r"'nonce-[\w-]{16,}'", nonce)
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"}.intersection(chain(*allowed.values()))
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"


def test_a_page_needs_nothing_that_its_policy_forbids(page: requests.Response) -> None:
    nonce = policy(page)["script-src"][1].removeprefix("'nonce-").removesuffix("'")
    for tag, attributes in Elements(page.text).found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        runs = tag == "script" and "src" not in attributes and attributes.get("type") != "application/json"
        if runs or tag == "style":
            assert attributes.get("nonce") == nonce, (tag, attributes)
        for name in ("src", "href"):
            assert not re.match(r"(https?:)?//|javascript:", attributes.get(name) or ""), (tag, attributes)


def test_a_page_s_files_are_there_and_may_be_kept(page: requests.Response) -> None:
    files = [
        value
        for tag, attributes in Elements(page.text).found
        for name in ("src", "href")
        if tag in {"script", "link", "img"} and (value := attributes.get(name))
    ]
    assert files
    for file in files:
        reply = requests.get(requests.compat.urljoin(page.url, file), timeout=10)
        assert reply.status_code == 200, file
        if "?v=" in file:
            assert "immutable" in reply.headers["Cache-Control"]


def test_every_look_at_a_page_has_a_nonce_of_its_own(hall_server: HallServer) -> None:
    nonces = {policy(requests.get(f"{hall_server.url}/", timeout=10))["script-src"][1] for _ in range(5)}
    assert len(nonces) == 5


def test_a_page_that_is_not_there_says_so(hall_server: HallServer) -> None:
    for path in ("/nowhere", "/display/main/XX", "/display/window/99", "/static/nothing.js", "/audio/nothing.wav"):
        page = requests.get(f"{hall_server.url}{path}", timeout=10)
        assert page.status_code == 404, path
        assert "Traceback" not in page.text


def test_scripts_are_scripts_and_travel_squeezed(hall_server: HallServer) -> None:
    script = requests.get(f"{hall_server.url}/static/shared/live.js", headers={"Accept-Encoding": "gzip"}, timeout=10)
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert script.headers["Content-Encoding"] == "gzip"
    plain = requests.get(
        f"{hall_server.url}/static/shared/live.js", headers={"Accept-Encoding": "identity"}, timeout=10, stream=True
    )
    assert "Content-Encoding" not in plain.headers
    assert script.content == plain.raw.read()
    assert len(gzip.compress(script.content)) < len(script.content)


def test_no_file_outside_the_folders_is_served(hall_server: HallServer) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/audio/..%2f..%2fhall.db.wav"):
        raw = requests.Request("GET", hall_server.url).prepare()
        raw.url = f"{hall_server.url}{path}"
        assert requests.Session().send(raw, timeout=10).status_code in {400, 404}, path


def test_the_server_tells_how_it_is_without_naming_anybody(anybody: Anybody, kiosk: Device) -> None:
    ticket = kiosk.post("tickets", queue="B").expect(201)["ticket"]
    assert anybody.get("/health").expect() == {"status": "ok"}
    ready = anybody.get("/health/ready").expect()
    assert ready["status"] == "ready"
    figures = anybody.get("/metrics").expect()
    assert re.search(r'^paihao_tickets{state="waiting"} [1-9]', figures, re.MULTILINE)
    assert ticket["number"] not in figures
    assert "工号" not in figures


def test_the_public_pictures_name_no_staff_and_no_secret(anybody: Anybody, kiosk: Device) -> None:
    ticket = kiosk.post("tickets", queue="B", identity="a card's number").expect(201)["ticket"]
    for view in ("public", "display"):
        shown = anybody.get("picture", view=view).body
        assert "tickets" not in shown
        for secret in (ticket["token"], "工号", "a card's number"):
            assert secret not in str(shown)
    assert ticket["token"] not in str(kiosk.get("picture", view="kiosk").body)
