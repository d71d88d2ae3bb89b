from collections.abc import Callable
from functools import partial
from itertools import chain

from tests.clients import Device, Staff
from tests.crowd import at_once
from tests.hall_server import HallServer

WAITING = {"A": 30, "B": 140, "C": 30, "D": 30, "E": 10, "X": 5, "S": 15, "F": 40}
"""300 people; nearly every one of windows 1 to 16 serves B, first or second."""

SignIn = Callable[[str], Staff]


def clerks(staff: SignIn, windows: range) -> list[Staff]:
    """The usual clerk at each window, signed on."""
    return [staff(f"工号{number:03}").sign_on(number) for number in windows]


def serve_until_nobody_waits(clerk: Staff, window: int) -> list[str]:
    """Call, start, finish, again and again; the ids of the tickets called."""
    called: list[str] = []
    while (ticket := clerk.post(f"windows/{window}/call-next").expect()["ticket"]) is not None:
        called.append(ticket["id"])
        clerk.post(f"windows/{window}/start").expect()
        assert clerk.post(f"windows/{window}/finish", outcome="受理").expect()["ticket"]["id"] == ticket["id"]
    return called


def test_sixteen_windows_call_three_hundred_people_each_once(
    hall_server: HallServer, kiosk: Device, staff: SignIn
) -> None:
    issued = [
        kiosk.post("tickets", queue=queue).expect(201)["ticket"]["id"]
        for queue, people in WAITING.items()
        for _ in range(people)
    ]
    at_windows = clerks(staff, range(1, 17))
    called = at_once([partial(serve_until_nobody_waits, clerk, at) for at, clerk in enumerate(at_windows, 1)])
    assert len(issued) == 300
    assert sorted(chain(*called)) == sorted(issued)
    assert len([ours for ours in called if ours]) > 8, "the windows did not work side by side"
    picture = at_windows[0].get("picture", view="caller").expect()
    assert sum(queue["waiting"] for queue in picture["queues"]) == 0


def test_one_window_pressed_from_sixteen_pages_calls_one_person(
    hall_server: HallServer, kiosk: Device, staff: SignIn
) -> None:
    for _ in range(20):
        kiosk.post("tickets", queue="B").expect(201)
    clerk = staff("工号003").sign_on(3)
    pages = [clerk.another_page() for _ in range(16)]
    replies = at_once([partial(page.post, "windows/3/call-next") for page in pages])
    assert [reply.body["ticket"]["number"] for reply in replies if reply.status == 200] == ["B001"]
    assert [reply.code for reply in replies if reply.status != 200] == ["window_busy"] * 15


def test_two_clerks_who_sign_on_at_one_window_at_once_are_one(staff: SignIn) -> None:
    pair = [staff("工号003"), staff("工号043")]
    for window in range(3, 13):
        replies = at_once([partial(clerk.post, f"windows/{window}/sign-on") for clerk in pair])
        winner, loser = sorted(replies, key=lambda reply: reply.status)
        assert (winner.status, loser.status, loser.code) == (200, 409, "window_taken")
        pair[replies.index(winner)].post(f"windows/{window}/sign-off").expect()


def test_one_clerk_who_signs_on_at_sixteen_windows_at_once_is_at_one(staff: SignIn) -> None:
    clerk = staff("工号003")
    pages = [clerk.another_page() for _ in range(16)]
    replies = at_once([partial(page.post, f"windows/{window}/sign-on") for window, page in enumerate(pages, 1)])
    assert sorted(reply.status for reply in replies) == [200] + [409] * 15
    assert {reply.code for reply in replies if reply.status == 409} == {"already_signed_on"}
