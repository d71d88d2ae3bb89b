"""Who may come in: passwords, lock-out, sessions, device keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.domain.errors import Refused
from server.services.access import FAILURES_ALLOWED, LOCK_SECONDS, SESSION_SECONDS, Access
from tests.fakes import FakeClock, MemoryAccess, PlainPasswords

CLERK, LEFT = "工号001", "工号099"


class House:
    """Access with everything it needs; one clerk with a password, one who has left."""

    def __init__(self) -> None:
        self.store, self.passwords, self.clock = MemoryAccess(), PlainPasswords(), FakeClock()
        self.access = self.reopened()
        made = self.access.open_accounts([(CLERK, "clerk", True), (LEFT, "clerk", False)])
        self.password, self.password_of_left = made[CLERK], made[LEFT]

    def reopened(self) -> Access:
        """The server started again."""
        return Access(self.store, self.passwords, self.clock)

    def refusal(self, staff: str, password: str) -> tuple[str, dict[str, object]]:
        with pytest.raises(Refused) as refused:
            self.access.sign_in(staff, password)
        return refused.value.code, refused.value.facts

    def fail(self, times: int, staff: str = CLERK) -> None:
        for _ in range(times):
            assert self.refusal(staff, "wrong")[0] == "bad_credentials"


@pytest.fixture
def house() -> House:
    return House()


def code_of(access: Access, secret: str) -> str:
    with pytest.raises(Refused) as refused:
        access.session(secret)
    return refused.value.code


# -- signing in -------------------------------------------------------------------------------------------------


def test_the_right_password_opens_a_session(house: House) -> None:
    signed_in = house.access.sign_in(CLERK, house.password)
    assert signed_in.account.role == "clerk"
    found = house.access.session(signed_in.secret)
    assert (found.account.staff, found.session.csrf) == (CLERK, signed_in.session.csrf)


def test_neither_password_nor_secret_is_kept(house: House) -> None:
    signed_in = house.access.sign_in(CLERK, house.password)
    kept = repr((list(house.store.sessions.values()), list(house.store.sessions)))
    assert signed_in.secret not in kept
    assert signed_in.secret
    assert house.store.known_accounts[CLERK].password != house.password


def test_every_password_key_and_session_is_another_one(house: House) -> None:
    assert house.password != house.password_of_left
    keys = house.access.enrol([("K1", "kiosk"), ("K2", "kiosk")])
    assert keys["K1"] != keys["K2"]
    assert house.access.sign_in(CLERK, house.password).secret != house.access.sign_in(CLERK, house.password).secret


def test_who_has_left_cannot_sign_in_with_the_right_password(house: House) -> None:
    assert house.refusal(LEFT, house.password_of_left) == ("bad_credentials", {})


def test_an_unknown_account_takes_the_same_way_as_a_known_one(house: House) -> None:
    assert house.refusal("工号777", "wrong") == house.refusal(CLERK, "wrong") == ("bad_credentials", {})
    assert len(house.passwords.compared) == 2, "a password was held against a hash both times"
    assert house.passwords.compared[0] != house.passwords.compared[1]


def test_nobody_gets_in_with_the_hash_that_stands_for_nobody(house: House) -> None:
    house.refusal("工号777", "wrong")
    stand_in = house.passwords.compared[0].removeprefix("hash of ")
    assert house.refusal("工号777", stand_in)[0] == "bad_credentials"


# -- lock-out ---------------------------------------------------------------------------------------------------


def test_after_five_failures_the_right_password_has_to_wait_too(house: House) -> None:
    house.fail(FAILURES_ALLOWED)
    assert house.refusal(CLERK, house.password) == ("account_locked", {"wait_seconds": LOCK_SECONDS})
    house.clock.machine += 299.5
    assert house.refusal(CLERK, house.password) == ("account_locked", {"wait_seconds": 1})
    house.clock.machine += 0.5
    assert house.access.sign_in(CLERK, house.password).account.staff == CLERK


def test_four_failures_and_a_success_begin_the_count_anew(house: House) -> None:
    house.fail(FAILURES_ALLOWED - 1)
    house.access.sign_in(CLERK, house.password)
    house.fail(FAILURES_ALLOWED - 1)
    assert house.access.sign_in(CLERK, house.password).account.staff == CLERK


def test_one_account_that_is_locked_locks_no_other(house: House) -> None:
    house.fail(FAILURES_ALLOWED, staff="工号777")
    assert house.refusal("工号777", "wrong")[0] == "account_locked"
    assert house.access.sign_in(CLERK, house.password).account.staff == CLERK


def test_the_hall_may_run_fast_but_the_lock_lasts_as_long(house: House) -> None:
    house.fail(FAILURES_ALLOWED)
    house.clock.set_to("2026-11-25T10:00:00+08:00")
    assert house.refusal(CLERK, house.password)[0] == "account_locked"


def test_failures_at_the_return_from_a_pause_count_as_at_sign_in(house: House) -> None:
    house.access.check_password(CLERK, house.password)
    for _ in range(FAILURES_ALLOWED):
        with pytest.raises(Refused) as refused:
            house.access.check_password(CLERK, "wrong")
        assert (refused.value.code, refused.value.facts) == ("bad_credentials", {"field": "password"})
    with pytest.raises(Refused) as refused:
        house.access.check_password(CLERK, house.password)
    assert refused.value.code == "account_locked"
    assert house.refusal(CLERK, house.password)[0] == "account_locked"


# -- sessions ---------------------------------------------------------------------------------------------------


def test_a_session_lasts_over_a_restart(house: House) -> None:
    signed_in = house.access.sign_in(CLERK, house.password)
    found = house.reopened().session(signed_in.secret)
    assert (found.account.staff, found.session.csrf) == (CLERK, signed_in.session.csrf)


def test_a_session_ends_after_twelve_hours(house: House) -> None:
    secret = house.access.sign_in(CLERK, house.password).secret
    house.clock.machine += SESSION_SECONDS
    assert house.access.session(secret).account.staff == CLERK
    house.clock.machine += 0.001
    assert code_of(house.access, secret) == code_of(house.reopened(), secret) == "session_expired"


def test_a_fast_hall_ends_nobodys_session(house: House) -> None:
    secret = house.access.sign_in(CLERK, house.password).secret
    house.clock.set_to("2026-12-24T10:00:00+08:00")
    assert house.access.session(secret).account.staff == CLERK


def test_who_signed_out_is_out(house: House) -> None:
    secret = house.access.sign_in(CLERK, house.password).secret
    house.access.sign_out(secret)
    assert code_of(house.access, secret) == code_of(house.reopened(), secret) == "session_expired"


def test_a_new_password_ends_every_session_of_the_old_one_and_of_nobody_else(house: House) -> None:
    mine = house.access.sign_in(CLERK, house.password).secret
    house.access.open_accounts([("工号002", "clerk", True)])
    assert house.access.session(mine).account.staff == CLERK
    renewed = house.access.open_accounts([(CLERK, "clerk", True)])[CLERK]
    assert code_of(house.access, mine) == code_of(house.reopened(), mine) == "session_expired"
    assert house.refusal(CLERK, house.password)[0] == "bad_credentials"
    assert house.access.sign_in(CLERK, renewed).account.staff == CLERK


def test_a_leavers_sessions_end_at_once_and_the_password_is_worth_nothing(house: House) -> None:
    mine = house.access.sign_in(CLERK, house.password).secret
    house.access.close_account(CLERK)
    assert code_of(house.access, mine) == code_of(house.reopened(), mine) == "session_expired"
    assert house.refusal(CLERK, house.password)[0] == "bad_credentials"
    assert house.access.activity() == {CLERK: False, LEFT: False}
    house.access.reopen_account(CLERK)
    assert house.access.sign_in(CLERK, house.password).account.staff == CLERK
    assert code_of(house.access, mine) == "session_expired", "an old session does not come back"


def test_closing_an_account_that_was_never_opened_is_no_error(house: House) -> None:
    house.access.close_account("工号777")
    assert "工号777" not in house.access.activity()


def test_an_invented_cookie_is_no_session(house: House) -> None:
    assert code_of(house.access, "invented") == "session_expired"


def test_a_session_whose_account_was_closed_is_over_at_the_next_start(house: House) -> None:
    secret = house.access.sign_in(CLERK, house.password).secret
    house.store.known_accounts[CLERK] = replace(house.store.known_accounts[CLERK], active=False)
    assert code_of(house.reopened(), secret) == "session_expired"


def test_a_session_without_an_account_is_none(house: House) -> None:
    secret = house.access.sign_in(CLERK, house.password).secret
    del house.store.known_accounts[CLERK]
    assert code_of(house.reopened(), secret) == "session_expired"


# -- devices ----------------------------------------------------------------------------------------------------


def refused_device(access: Access, key: str) -> str:
    with pytest.raises(Refused) as refused:
        access.device(key)
    return refused.value.code


def test_a_device_is_known_by_its_key(house: House) -> None:
    keys = house.access.enrol([("K1", "kiosk"), ("MS1", "screen")])
    assert [house.access.device(keys[each]).id for each in ("K1", "MS1")] == ["K1", "MS1"]
    assert house.reopened().device(keys["K1"]).kind == "kiosk"
    assert keys["K1"] not in repr(house.store.known_devices)


def test_an_unknown_key_is_refused(house: House) -> None:
    assert refused_device(house.access, "invented") == "unknown_device"


def test_a_device_that_is_locked_is_refused(house: House) -> None:
    key = house.access.enrol([("K1", "kiosk")])["K1"]
    house.store.known_devices["K1"] = replace(house.store.known_devices["K1"], locked=True)
    assert refused_device(house.access, key) == "unknown_device"


def test_a_device_that_is_enrolled_again_is_known_by_its_new_key_only(house: House) -> None:
    old = house.access.enrol([("K1", "kiosk")])["K1"]
    assert house.access.device(old).id == "K1"
    new = house.access.enrol([("K1", "kiosk")])["K1"]
    assert house.access.device(new).id == "K1"
    assert refused_device(house.access, old) == "unknown_device"


def test_whether_anybody_could_sign_in_is_known(house: House) -> None:
    assert house.access.has_accounts()
    assert not Access(MemoryAccess(), house.passwords, house.clock).has_accounts()
