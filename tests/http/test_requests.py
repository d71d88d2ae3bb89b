"""Request ids: the same press twice is one command (DESIGN §7)."""

from collections.abc import Callable

from tests.clients import Anybody, Device, Staff
from tests.hall_server import HallServer

SignIn = Callable[[str], Staff]


def test_a_repeat_answers_what_the_first_answered(kiosk: Device) -> None:
    first = kiosk.post("tickets", queue="B", request_id="tap")
    again = kiosk.post("tickets", queue="B", request_id="tap")
    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    kiosk.post(f"tickets/{first.body['ticket']['token']}/cancel").expect()
    assert kiosk.post("tickets", queue="B", request_id="tap").body == first.body


def test_the_order_of_the_fields_does_not_matter(kiosk: Device) -> None:
    first = kiosk.post("tickets", {"queue": "C", "print": "none", "request_id": "ordered"}).expect(201)
    assert kiosk.post("tickets", {"request_id": "ordered", "print": "none", "queue": "C"}).expect(201) == first


def test_the_same_id_for_something_else_is_refused(kiosk: Device, staff: SignIn) -> None:
    kiosk.post("tickets", queue="B", request_id="one").expect(201)
    other = kiosk.post("tickets", queue="C", request_id="one")
    assert (other.status, other.code, other.body["error"]["field"]) == (422, "request_id_reused", "request_id")
    clerk = staff("工号003")
    clerk.post("windows/3/sign-on", request_id="press").expect()
    assert clerk.post("windows/3/sign-off", request_id="press").code == "request_id_reused"
    clerk.post("windows/3/sign-off").expect()


def test_a_refused_command_may_be_sent_again_with_another_body(kiosk: Device) -> None:
    assert kiosk.post("tickets", queue="?", request_id="second thoughts").status == 422
    assert kiosk.post("tickets", queue="B", request_id="second thoughts").status == 201


def test_the_same_id_of_another_issuer_is_another_command(hall_server: HallServer, kiosk: Device) -> None:
    other = Device(hall_server.url, hall_server.credentials["devices"]["K2"])
    first = kiosk.post("tickets", queue="B", request_id="shared").expect(201)["ticket"]
    assert other.post("tickets", queue="B", request_id="shared").expect(201)["ticket"]["id"] != first["id"]


def test_a_call_that_found_nobody_is_remembered_too(kiosk: Device, staff: SignIn) -> None:
    clerk = staff("工号013").sign_on(13)
    assert clerk.post("windows/13/call-next", request_id="early").expect()["ticket"] is None
    kiosk.post("tickets", queue="X").expect(201)
    assert clerk.post("windows/13/call-next", request_id="early").expect()["ticket"] is None
    assert clerk.post("windows/13/call-next", request_id="later").expect()["ticket"]["number"] == "X001"


def test_a_pressed_call_is_not_called_again_by_its_repeat(kiosk: Device, staff: SignIn, anybody: Anybody) -> None:
    kiosk.post("tickets", queue="R").expect(201)
    clerk = staff("工号041").sign_on(41)
    first = clerk.post("windows/41/call-next", request_id="press").expect()
    assert clerk.post("windows/41/call-next", request_id="press").expect() == first
    calls = [call for call in anybody.get("picture").expect()["calls"] if call["window"] == 41]
    assert len(calls) == 1


def test_a_resume_is_repeated_whatever_the_password_field_held(staff: SignIn) -> None:
    """The password is checked each time, but it is no part of what was asked."""
    clerk = staff("工号042").sign_on(42)
    clerk.post("windows/42/pause", reason="临时离岗").expect()
    assert clerk.post("windows/42/resume", password="wrong", request_id="back").status == 401
    clerk.post("windows/42/resume", password=clerk.password, request_id="back").expect()
    assert clerk.post("windows/42/resume", password=clerk.password, request_id="back").status == 200


def test_any_text_up_to_sixty_four_characters_is_an_id(kiosk: Device) -> None:
    for odd in ("取号-1", " ", "a" * 64, "🙂" * 64, "'; DROP TABLE tickets; --"):
        first = kiosk.post("tickets", queue="B", request_id=odd).expect(201)
        assert kiosk.post("tickets", queue="B", request_id=odd).expect(201) == first
    for bad in ("", "a" * 65, 7, None, ["a"], "\x00"):
        reply = kiosk.post("tickets", queue="B", request_id=bad)
        if bad is None:
            assert reply.status == 201
        else:
            assert (reply.status, reply.body["error"]["field"]) == (422, "request_id"), bad
