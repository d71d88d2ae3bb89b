from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest

from tests.clients import Anybody, Device, Staff
from tests.hall_server import HallServer

SignIn = Callable[[str], Staff]


def test_the_session_s_cookie_is_out_of_reach_of_scripts_and_other_sites(
    hall_server: HallServer, anybody: Anybody
) -> None:
    password = hall_server.credentials["staff"]["工号001"]
    reply = anybody.post("session", staff="工号001", password=password)
    cookie = SimpleCookie(reply.headers["Set-Cookie"])["paihao_session"]
    assert (bool(cookie["httponly"]), cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert len(cookie.value) >= 40
    assert cookie.value not in str(reply.body)


def test_a_session_says_who_is_signed_in_and_where(staff: SignIn) -> None:
    clerk = staff("工号002")
    assert clerk.get("session").expect()["window"] is None
    clerk.sign_on(2)
    session = clerk.get("session").expect()
    assert (session["staff"], session["role"], session["window"]) == ("工号002", "clerk", 2)
    assert session["csrf"] == clerk.http.headers["X-CSRF-Token"]


def test_every_sign_in_has_a_secret_of_its_own(staff: SignIn) -> None:
    one, other = staff("工号001"), staff("工号001")
    assert one.cookie != other.cookie
    assert one.http.headers["X-CSRF-Token"] != other.http.headers["X-CSRF-Token"]
    one.delete("session")
    assert other.get("session").status == 200


def test_a_made_up_session_is_nobody_s(anybody: Anybody) -> None:
    anybody.http.headers["Cookie"] = "paihao_session=made-up"
    reply = anybody.get("session")
    assert (reply.status, reply.code) == (401, "session_expired")


def test_somebody_who_has_left_cannot_sign_in(hall_server: HallServer, anybody: Anybody) -> None:
    password = hall_server.credentials["staff"]["工号099"]
    reply = anybody.post("session", staff="工号099", password=password)
    assert (reply.status, reply.code) == (401, "bad_credentials")
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize("staff_number", ["工号001", "工号999", "工号099"])
def test_a_wrong_password_is_refused_alike_whoever_s_it_would_be(anybody: Anybody, staff_number: str) -> None:
    reply = anybody.post("session", staff=staff_number, password="wrong")
    assert (reply.status, reply.code) == (401, "bad_credentials")


def test_five_wrong_passwords_lock_the_account_for_a_while(hall_server: HallServer, anybody: Anybody) -> None:
    right = hall_server.credentials["staff"]["工号040"]
    for _ in range(5):
        assert anybody.post("session", staff="工号040", password="wrong").status == 401
    reply = anybody.post("session", staff="工号040", password=right)
    assert (reply.status, reply.code) == (429, "account_locked")
    assert 0 < reply.body["error"]["wait_seconds"] <= 300
    assert reply.headers["Retry-After"] == str(reply.body["error"]["wait_seconds"])
    other = hall_server.credentials["staff"]["工号041"]
    assert anybody.post("session", staff="工号041", password=other).status == 200


def test_a_right_password_wipes_out_the_wrong_ones_before_it(hall_server: HallServer, anybody: Anybody) -> None:
    right = hall_server.credentials["staff"]["工号042"]
    for _ in range(3):
        for _ in range(4):
            assert anybody.post("session", staff="工号042", password="wrong").status == 401
        assert anybody.post("session", staff="工号042", password=right).status == 200


def test_a_session_outlives_a_restart(start_hall: Callable[..., HallServer]) -> None:
    hall = start_hall()
    clerk = Staff(hall.url, "工号001", hall.credentials["staff"]["工号001"]).sign_in().sign_on(1)
    hall.stop()
    hall.start()
    assert clerk.get("session").expect()["window"] == 1
    assert clerk.post("windows/1/call-next").expect()["ticket"] is None


def test_a_session_that_was_ended_stays_ended_after_a_restart(start_hall: Callable[..., HallServer]) -> None:
    hall = start_hall()
    clerk = Staff(hall.url, "工号001", hall.credentials["staff"]["工号001"]).sign_in()
    cookie = clerk.cookie
    clerk.delete("session")
    hall.stop()
    hall.start()
    page = Anybody(hall.url)
    page.http.headers["Cookie"] = cookie
    assert page.get("session").status == 401


def test_a_new_password_ends_the_old_one_and_its_sessions(
    staff: SignIn, hall_server: HallServer, anybody: Anybody
) -> None:
    before, system = staff("工号046"), staff("工号058")
    made = system.post("accounts", staff="工号046").expect()
    assert before.get("session").status == 401
    assert anybody.post("session", staff="工号046", password=before.password).code == "bad_credentials"
    assert anybody.post("session", staff="工号046", password=made["password"]).status == 200


def test_a_device_s_new_key_ends_the_old_one(staff: SignIn, hall_server: HallServer) -> None:
    before = Device(hall_server.url, hall_server.credentials["devices"]["K5"])
    assert before.get("device").expect()["id"] == "K5"
    made = staff("工号058").post("devices", id="K5").expect()
    assert before.get("device").code == "unknown_device"
    assert Device(hall_server.url, made["token"]).get("device").expect()["id"] == "K5"


def test_no_secret_is_kept_as_it_is(hall_server: HallServer, staff: SignIn) -> None:
    clerk = staff("工号001")
    kept = (hall_server.data / "hall.db").read_bytes() + (hall_server.data / "hall.db-wal").read_bytes()
    secrets = [clerk.password, clerk.cookie.partition("=")[2], *hall_server.credentials["devices"].values()]
    assert [secret for secret in secrets if secret.encode() in kept] == []
