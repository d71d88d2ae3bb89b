import ast
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import pytest

from server import environment
from server.environment import BUSY, CannotPrepare, Environment, holds_exactly, pins, refuse_old_python


class Machine:
    """Stands for the programs that the environment starts: `python -m venv` makes a Python, pip succeeds or fails."""

    def __init__(self, room: Environment) -> None:
        self.room = room
        self.did: list[str] = []
        self.pip_fails = False

    def run(self, command: Sequence[str], doing: str) -> None:
        self.did.append(doing)
        if doing == "python3 -m venv":
            self.room.folder.mkdir(exist_ok=True)
            self.room.memory.unlink(missing_ok=True)
        elif self.pip_fails:
            raise CannotPrepare("pip install failed")


@pytest.fixture
def room(tmp_path: Path) -> Environment:
    (tmp_path / "requirements.txt").write_text("flask==3\n")
    return Environment(tmp_path)


@pytest.fixture
def machine(room: Environment, monkeypatch: pytest.MonkeyPatch) -> Machine:
    fake = Machine(room)
    monkeypatch.setattr(environment, "run", fake.run)
    monkeypatch.setattr(Environment, "works", lambda self: self.folder.exists())
    return fake


FILES = ["requirements.txt"]


def test_an_old_python_is_refused_in_both_languages() -> None:
    with pytest.raises(CannotPrepare, match=r"需要 Python 3\.11[\s\S]*Python 3\.11 or newer") as refusal:
        refuse_old_python((3, 10))
    assert "3.10" in str(refusal.value)


def test_the_oldest_supported_python_is_accepted() -> None:
    refuse_old_python((3, 11))


def test_a_bare_machine_gets_an_environment_and_the_libraries(room: Environment, machine: Machine) -> None:
    room.make_and_install(FILES)
    assert machine.did == ["python3 -m venv", "pip install"]


def test_nothing_is_done_twice(room: Environment, machine: Machine) -> None:
    room.make_and_install(FILES)
    machine.did.clear()
    room.make_and_install(FILES)
    assert machine.did == []


def test_a_prepared_environment_needs_no_right_to_write(room: Environment, machine: Machine) -> None:
    room.make_and_install(FILES)
    room.lock.unlink()
    room.make_and_install(FILES)
    assert not room.lock.exists()


def test_changed_requirements_are_installed_into_the_same_environment(room: Environment, machine: Machine) -> None:
    room.make_and_install(FILES)
    machine.did.clear()
    (room.root / "requirements.txt").write_text("flask==4\n")
    room.make_and_install(FILES)
    assert machine.did == ["pip install"]


def test_a_second_requirements_file_does_not_repeat_the_first(room: Environment, machine: Machine) -> None:
    room.make_and_install(FILES)
    (room.root / "more.txt").write_text("pytest==9\n")
    assert room.missing(["requirements.txt", "more.txt"]) == ["more.txt"]


def test_a_failed_installation_is_not_remembered(room: Environment, machine: Machine) -> None:
    machine.pip_fails = True
    with pytest.raises(CannotPrepare):
        room.make_and_install(FILES)
    assert room.missing(FILES) == FILES


def test_a_failed_installation_does_not_condemn_the_environment(room: Environment, machine: Machine) -> None:
    machine.pip_fails = True
    with pytest.raises(CannotPrepare):
        room.make_and_install(FILES)
    machine.pip_fails = False
    machine.did.clear()
    room.make_and_install(FILES)
    assert machine.did == ["pip install"]


def test_after_a_killed_preparation_the_environment_is_made_anew(room: Environment, machine: Machine) -> None:
    room.folder.mkdir()
    room.lock.write_text(BUSY)  # what a killed holder leaves behind
    room.make_and_install(FILES)
    assert machine.did == ["python3 -m venv", "pip install"]


def test_who_waited_for_the_lock_does_not_install_again(room: Environment, machine: Machine) -> None:
    room.make_and_install(FILES)
    machine.did.clear()
    with room.locked():
        room._install_missing(FILES)
    assert machine.did == []


def test_a_broken_memory_means_installing_again(room: Environment, machine: Machine) -> None:
    room.make_and_install(FILES)
    room.memory.write_text("{ half a wor")
    assert room.missing(FILES) == FILES


def test_pins_are_read_with_extras_and_without_comments(room: Environment) -> None:
    (room.root / "requirements.txt").write_text("# why\nFlask==3.1.3  # pages\npsycopg[binary]==3.3.9\n-r other.txt\n")
    assert pins(room.root, FILES) == {"Flask": "3.1.3", "psycopg": "3.3.9"}


def test_a_library_at_another_version_is_not_what_was_pinned() -> None:
    assert holds_exactly({"pytest": metadata.version("pytest")})
    assert not holds_exactly({"pytest": "0.0.1"})
    assert not holds_exactly({"a-library-nobody-wrote": "1"})


def test_missing_ensurepip_names_the_debian_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.util, "find_spec", lambda name: None)
    monkeypatch.setattr(environment.os, "geteuid", lambda: 1000)
    with pytest.raises(CannotPrepare, match=r"缺少 python3-venv[\s\S]*sudo apt install python3-venv"):
        environment.provide_ensurepip()


def test_root_on_debian_gets_the_missing_package_installed(monkeypatch: pytest.MonkeyPatch, machine: Machine) -> None:
    answers = iter([None, "found"])
    monkeypatch.setattr(environment.util, "find_spec", lambda name: next(answers))
    monkeypatch.setattr(environment.os, "geteuid", lambda: 0)
    monkeypatch.setattr(environment.shutil, "which", lambda name: "/usr/bin/apt-get")
    environment.provide_ensurepip()
    assert machine.did == ["apt-get update", "apt-get install"]


def test_a_failing_program_is_named_in_both_languages() -> None:
    with pytest.raises(CannotPrepare, match=r"pip install 失败（代码 7）[\s\S]*pip install failed \(code 7\)"):
        environment.run(["/bin/sh", "-c", "exit 7"], doing="pip install")


def test_an_environment_whose_python_does_not_start_does_not_work(room: Environment) -> None:
    room.python.parent.mkdir(parents=True)
    assert not room.works()
    room.python.write_text("#!/bin/false\n")
    room.python.chmod(0o755)
    assert not room.works()


def test_entering_twice_in_vain_is_refused_instead_of_looping(
    room: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_HALL_ENTERED", str(environment.os.getpid()))
    with pytest.raises(CannotPrepare, match="did not start inside"):
        room.enter()


def test_the_file_is_readable_by_python_3_8() -> None:
    source = Path(environment.__file__).read_text("utf-8")
    ast.parse(source, feature_version=(3, 8))
    with pytest.raises(SyntaxError):  # the check means something
        ast.parse("match 1:\n    case _: pass\n", feature_version=(3, 8))
