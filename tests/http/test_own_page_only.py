from collections.abc import Callable

from tests.clients import Device, Reply, Staff
from tests.hall_server import HallServer

SignIn = Callable[[str], Staff]


def sign_on(clerk: Staff, window: int, **headers: str | None) -> Reply:
    """Sign on with other headers than the page would send; None leaves one out."""
    for name, value in headers.items():
        key = name.replace("_", "-")
        if value is None:
            del clerk.http.headers[key]
        else:
            clerk.http.headers[key] = value
    return clerk.post(f"windows/{window}/sign-on")


def test_a_command_without_the_page_s_token_is_refused(staff: SignIn) -> None:
    reply = sign_on(staff("工号005"), 5, X_CSRF_Token=None)
    assert (reply.status, reply.code) == (403, "csrf")


def test_a_command_with_another_page_s_token_is_refused(staff: SignIn) -> None:
    other = staff("工号006").http.headers["X-CSRF-Token"]
    reply = sign_on(staff("工号005"), 5, X_CSRF_Token=str(other))
    assert (reply.status, reply.code) == (403, "csrf")


def test_a_token_of_strange_letters_is_refused_like_any_other(staff: SignIn) -> None:
    reply = sign_on(staff("工号005"), 5, X_CSRF_Token="ÿ" * 32)
    assert (reply.status, reply.code) == (403, "csrf")


def test_a_command_from_a_foreign_page_is_refused(staff: SignIn) -> None:
    for origin in ("https://elsewhere.example", "null", "http://127.0.0.1:1", "http://127.0.0.1.elsewhere.example"):
        reply = sign_on(staff("工号005"), 5, Origin=origin)
        assert (reply.status, reply.code) == (403, "foreign_origin"), origin


def test_a_command_from_the_hall_s_own_page_is_accepted(hall_server: HallServer, staff: SignIn) -> None:
    clerk = staff("工号005")
    assert sign_on(clerk, 5, Origin=hall_server.url).status == 200
    clerk.post("windows/5/sign-off").expect()


def test_a_foreign_page_cannot_sign_anybody_in_or_out(staff: SignIn) -> None:
    clerk = staff("工号005")
    clerk.http.headers["Origin"] = "https://elsewhere.example"
    assert clerk.post("session", staff="工号005", password=clerk.password).code == "foreign_origin"
    assert clerk.delete("session").code == "foreign_origin"
    del clerk.http.headers["Origin"]
    assert clerk.get("session").status == 200


def test_only_the_page_itself_can_sign_its_clerk_out(staff: SignIn) -> None:
    clerk = staff("工号005")
    token = clerk.http.headers.pop("X-CSRF-Token")
    assert clerk.delete("session").code == "csrf"
    clerk.http.headers["X-CSRF-Token"] = token
    assert clerk.delete("session").status == 204
    assert clerk.get("session").status == 401


def test_a_foreign_page_cannot_use_a_ticket_s_link(kiosk: Device) -> None:
    ticket = kiosk.post("tickets", queue="B").expect(201)["ticket"]
    kiosk.http.headers["Origin"] = "https://elsewhere.example"
    assert kiosk.post(f"tickets/{ticket['token']}/cancel").code == "foreign_origin"


def test_a_clerk_commands_the_window_they_are_signed_on_at_only(kiosk: Device, staff: SignIn) -> None:
    for _ in range(2):
        kiosk.post("tickets", queue="F").expect(201)
    at_15, elsewhere = staff("工号015").sign_on(15), staff("工号016").sign_on(16)
    assert elsewhere.post("windows/15/call-next").code == "not_yours"
    called = at_15.post("windows/15/call-next").expect()["ticket"]
    for verb in ("start", "call-again", "sign-off", "undo"):
        reply = elsewhere.post(f"windows/15/{verb}")
        assert (reply.status, reply.code) == (403, "not_yours"), verb
    assert at_15.post("windows/15/start").expect()["ticket"]["id"] == called["id"]
