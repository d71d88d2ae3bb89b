import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.printing.kiosk_machine import ROOT, KioskMachine
from tests.printing.stand_in_hall import StandInHall, quietly, wait_until


@pytest.fixture
def server() -> Iterator[StandInHall]:
    server = StandInHall()
    server.come()
    yield server
    server.go()


@pytest.fixture
def kiosk(server: StandInHall, tmp_path: Path) -> Iterator[KioskMachine]:
    kiosk = KioskMachine(server, tmp_path).start()
    yield kiosk
    quietly(kiosk.stop)


def test_without_a_server_every_call_says_so_politely_in_two_languages(
    kiosk: KioskMachine, server: StandInHall
) -> None:
    server.go()
    for answer in (kiosk.get("/api/v1/hall"), kiosk.take(request_id="mine")):
        assert answer.status_code == 503
        error = answer.json()["error"]
        assert error["code"] == "server_away"
        assert error["message"].startswith("对不起")
        assert "information" in error["message_en"] or "desk" in error["message_en"]
    assert error["request_id"] == "mine"  # so that the page can ask again for the same ticket


def test_without_a_server_the_screen_stays_calm_and_tries_again(kiosk: KioskMachine, server: StandInHall) -> None:
    server.go()
    page = kiosk.get("/")
    assert page.status_code == 503
    assert "对不起，请您稍候" in page.text
    assert 'http-equiv="refresh"' in page.text
    server.come()
    assert "kiosk-page" in kiosk.get("/").text


def test_a_result_waits_for_the_server(kiosk: KioskMachine, server: StandInHall) -> None:
    server.refuse_results = True
    made = kiosk.take().json()["ticket"]
    kiosk.slip(made["number"])
    wait_until(lambda: kiosk.get("/agent/status").json()["slips"]["untold"] == 1)
    assert server.results == []
    server.refuse_results = False
    wait_until(lambda: server.results == [(made["token"], {"result": "printed"})])
    wait_until(lambda: kiosk.get("/agent/status").json()["slips"]["untold"] == 0)


def test_a_result_survives_the_kiosk_s_own_death(kiosk: KioskMachine, server: StandInHall) -> None:
    server.refuse_results = True
    made = kiosk.take().json()["ticket"]
    kiosk.slip(made["number"])
    wait_until(lambda: kiosk.get("/agent/status").json()["slips"]["last"]["state"] == "printed")
    kiosk.stop(kill=True)
    server.refuse_results = False
    kiosk.start()
    wait_until(lambda: server.results == [(made["token"], {"result": "printed"})])


def test_a_restarted_kiosk_does_not_print_a_ticket_again(kiosk: KioskMachine) -> None:
    made = kiosk.take(request_id="same").json()["ticket"]
    kiosk.slip(made["number"])
    kiosk.stop(kill=True)
    kiosk.start()
    assert kiosk.take(request_id="same").json()["ticket"]["number"] == made["number"]
    kiosk.slip(kiosk.take().json()["ticket"]["number"])
    assert f"{made['number']}-2" not in kiosk.printed()


def test_the_hall_is_remembered_on_disk(kiosk: KioskMachine, server: StandInHall) -> None:
    wait_until((kiosk.data / "hall.json").exists)
    assert json.loads((kiosk.data / "hall.json").read_text())["name"] == server.hall["name"]


def test_the_kiosk_can_start_before_the_server(tmp_path: Path) -> None:
    server = StandInHall()
    kiosk = KioskMachine(server, tmp_path).start()
    assert kiosk.get("/").status_code == 503
    server.come()
    assert kiosk.slip(kiosk.take().json()["ticket"]["number"]).width == 576
    assert kiosk.stop() == 0
    server.go()


def test_the_kiosk_stops_when_told(kiosk: KioskMachine) -> None:
    assert kiosk.stop() == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--printer", "fax:1", "--token", "t"], "打印机参数"),
        (["--printer", "virtual:x", "--server", "hall"], "服务器地址"),
        (["--printer", "virtual:x", "--token", ""], "缺少设备密钥"),
        (["--printer", "virtual:x", "--token-file", "/nowhere"], "密钥文件无法读取"),
    ],
)
def test_a_wrong_option_is_explained_in_two_languages(options: list[str], words: str, tmp_path: Path) -> None:
    done = run(["--data", str(tmp_path), *options])
    assert done.returncode == 2
    chinese, english = done.stderr.strip().split("\n")
    assert words in chinese
    assert english.split()[0] in {"Printer", "Server", "No", "The"}


def test_a_taken_port_is_explained(kiosk: KioskMachine, tmp_path: Path) -> None:
    port = kiosk.url.rpartition(":")[2]
    done = run(["--printer", "virtual:x", "--token", "t", "--port", port, "--data", str(tmp_path / "other")])
    assert done.returncode == 2
    assert f"端口 {port} 不能使用" in done.stderr


@pytest.mark.parametrize(("state", "code", "words"), [("ok", 0, "Printed"), ("out", 1, "Not printed (out)")])
def test_a_test_slip_can_be_printed_from_the_command_line(tmp_path: Path, state: str, code: int, words: str) -> None:
    (tmp_path / "state").write_text(state)
    done = run(["--printer", f"virtual:{tmp_path}?paper=58", "--test-slip"])
    assert (done.returncode, words in done.stdout) == (code, True)
    assert (tmp_path / "TEST.png").exists() == (code == 0)


def run(options: list[str]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "kiosk", *options]
    environment = {"HALL_NO_VENV": "1", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
