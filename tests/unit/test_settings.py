"""What the operator sets is taken exactly, or refused by name."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path

import pytest

from server.settings import SAMPLE_HALL, SETTINGS, Settings, SettingsError, add_options, read_settings

DOC = Path(__file__).parents[2] / "docs" / "settings.md"
LONG_SECRET = "correct-horse-battery-staple-4711"


def demo(environ: dict[str, str] | None = None, *arguments: str) -> Settings:
    return started("demo", environ or {}, *arguments)


def started(command: str, environ: dict[str, str], *arguments: str) -> Settings:
    parser = ArgumentParser()
    add_options(parser, command)
    return read_settings(command, environ, vars(parser.parse_args(arguments)))


def refused(environ: dict[str, str], *arguments: str, command: str = "demo") -> list[str]:
    with pytest.raises(SettingsError) as caught:
        started(command, environ, *arguments)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_a_demo_needs_no_setting_at_all() -> None:
    settings = demo()
    assert (settings.hall_file, settings.host, settings.port) == (SAMPLE_HALL, "127.0.0.1", 8000)
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.data == Path("data/demo")
    assert settings.database == f"sqlite:///{Path.cwd() / 'data/demo/hall.db'}"
    assert (settings.demo, settings.visitors, settings.simulated_clock) == (True, 1.0, False)


def test_a_demos_data_folder_is_looked_after_with_the_sample_hall(tmp_path: Path) -> None:
    (tmp_path / "demo-credentials.json").write_text("{}")
    assert read_settings("verify", {}, {"data": str(tmp_path)}).hall_file == SAMPLE_HALL
    assert read_settings("run", {}, {"data": str(tmp_path)}).hall_file == tmp_path / "hall.yaml"


def test_an_installation_has_a_hall_file_of_its_own_and_no_visitors() -> None:
    settings = started("run", {"HALL_DATA": "/srv/hall"})
    assert settings.hall_file == Path("/srv/hall/hall.yaml")
    assert (settings.demo, settings.visitors) == (False, 0.0)


def test_the_command_line_wins_over_the_environment() -> None:
    assert demo({"HALL_PORT": "8001"}).port == 8001
    assert demo({"HALL_PORT": "8001"}, "--port", "8002").port == 8002


def test_an_empty_variable_counts_as_not_set() -> None:
    assert demo({"HALL_PORT": "", "HALL_REDIS": " "}) == demo()


def test_a_moment_keeps_its_offset_and_makes_the_clock_a_simulated_one() -> None:
    settings = demo({}, "--now", "2026-11-23T17:10:00+08:00", "--speed", "60")
    assert settings.now == datetime.fromisoformat("2026-11-23T17:10:00+08:00")
    assert (settings.speed, settings.simulated_clock) == (60.0, True)


@pytest.mark.parametrize(
    "given", ["postgres://u:p@db/hall", "postgresql://u:p@db/hall", "postgresql+psycopg://u:p@db/hall"]
)
def test_postgresql_is_reached_by_the_installed_driver_whatever_it_is_called(given: str) -> None:
    assert demo({"HALL_DATABASE": given}).database == "postgresql+psycopg://u:p@db/hall"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HALL_PORT", "80x"),
        ("HALL_PORT", "0"),
        ("HALL_PORT", "65536"),
        ("HALL_PORT", "٨٠"),
        ("HALL_HOST", "not a host"),
        ("HALL_PUBLIC_URL", "pd.example.cn"),
        ("HALL_NOW", "2026-11-23T17:10:00"),
        ("HALL_NOW", "tomorrow"),
        ("HALL_SPEED", "0"),
        ("HALL_SPEED", "fast"),
        ("HALL_SPEED", "1e9"),
        ("HALL_VISITORS", "-1"),
        ("HALL_VISITORS", "nan"),
        ("HALL_LOG_LEVEL", "loud"),
    ],
)
def test_an_odd_value_is_refused_by_name_in_both_languages(name: str, value: str) -> None:
    (said,) = refused({name: value})
    assert said.startswith(f"{name}={value}: ")
    assert re.search("[\u4e00-\u9fff].* / [A-Z]", said)


def test_an_odd_option_is_named_as_it_was_written() -> None:
    assert refused({}, "--port", "http")[0].startswith("--port=http: ")


def test_all_mistakes_are_told_at_once() -> None:
    said = refused({"HALL_PORT": "x", "HALL_SPEED": "x", "HALL_PROT": "1"}, "--visitors", "many")
    assert [line.split("=")[0].split(":")[0] for line in said] == ["HALL_PROT", "HALL_PORT", "HALL_SPEED", "--visitors"]


def test_an_unknown_variable_is_refused_with_a_guess() -> None:
    assert refused({"HALL_DATABSE": "x"}) == [
        "HALL_DATABSE: 没有这个设置。是不是 HALL_DATABASE？ / There is no such setting. Did you mean HALL_DATABASE?"
    ]


def test_variables_of_others_and_the_one_read_earlier_are_left_alone() -> None:
    assert demo({"PATH": "/bin", "HALLWAY": "1", "HALL_NO_VENV": "1", "KIOSK_FONT": "x"}) == demo()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "hall.example.cn"])
def test_a_demo_listens_on_this_machine_only(host: str) -> None:
    assert "listens on this machine only" in refused({"HALL_HOST": host})[0]
    assert started("run", {"HALL_HOST": host}).host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_every_name_of_this_machine_is_good_for_a_demo(host: str) -> None:
    assert demo({"HALL_HOST": host}).host == host


def test_an_address_with_colons_is_bracketed_in_the_url() -> None:
    assert demo({"HALL_HOST": "::1"}).public_url == "http://[::1]:8000"


def test_visitors_are_not_let_into_a_real_hall() -> None:
    assert "demo and simulate only" in refused({"HALL_VISITORS": "1"}, command="run")[0]
    assert started("run", {"HALL_VISITORS": "0"}).visitors == 0.0


@pytest.mark.parametrize("name", ["HALL_SECRET", "HALL_DATABASE", "HALL_REDIS"])
def test_a_confidential_value_is_never_repeated(name: str) -> None:
    (said,) = refused({name: "hunter2"})
    assert said.startswith(f"{name}: ")
    assert "hunter2" not in said


def test_a_confidential_value_is_not_in_the_settings_as_printed() -> None:
    settings = demo({"HALL_SECRET": LONG_SECRET, "HALL_DATABASE": "postgresql://u:pass-word@db/h"})
    assert settings.secret == LONG_SECRET
    assert LONG_SECRET not in repr(settings)
    assert "pass-word" not in repr(settings)


def test_a_confidential_value_may_be_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{LONG_SECRET}\n")
    assert demo({"HALL_SECRET_FILE": str(file)}).secret == LONG_SECRET


def test_a_file_that_cannot_be_read_or_comes_beside_a_value_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refused({"HALL_SECRET_FILE": str(tmp_path / "none")})[0]
    assert "only one may be" in refused({"HALL_SECRET_FILE": "x", "HALL_SECRET": LONG_SECRET})[0]


def test_a_setting_that_is_not_confidential_has_no_file() -> None:
    assert "no such setting" in refused({"HALL_PORT_FILE": "x"})[0]


def test_docs_tell_every_setting_with_its_option_and_default() -> None:
    rows = re.findall(
        r"^\| `(HALL_\w+)` \| (?:`(--[\w-]+)`)? ?\| (?:`([^`]+)`)? ?\| (.+) \|$", DOC.read_text("utf-8"), re.MULTILINE
    )
    told = {name: (option or None, default or None) for name, option, default, _ in rows}
    assert told == {setting.name: (setting.option, setting.default) for setting in SETTINGS}
    assert [name for name, *_, meaning in rows if " · " not in meaning] == []
