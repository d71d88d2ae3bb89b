"""The real thing on a bare Python: no network is needed, as this copy of the project requires no library."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from server import environment

PROGRAM = """
from server.environment import prepare
prepare()
import os, sys
print(os.getpid(), sys.prefix, sys.argv[1:], os.getcwd(), sep="|")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "a hall"
    (root / "server").mkdir(parents=True)
    shutil.copy(environment.__file__, root / "server")
    (root / "server" / "__main__.py").write_text(PROGRAM)
    (root / "requirements.txt").write_text("# nothing\n")
    return root


def start(project: Path, *arguments: str, cwd: Path | None = None, **extra: str) -> subprocess.Popen[str]:
    bare = os.path.realpath(sys.executable)  # the Python that environments are made from
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HALL_", "PYTHON", "VIRTUAL_"))}
    return subprocess.Popen(
        [bare, "-m", "server", *arguments],
        cwd=cwd or project,
        env=clean | extra,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_continues_inside_its_environment_as_the_same_process(project: Path) -> None:
    process = start(project, "demo", "--name", "two words")
    out, err = process.communicate(timeout=120)
    assert out.strip() == f"{process.pid}|{project / '.venv'}|['demo', '--name', 'two words']|{project}"
    assert "正在建立运行环境" in err


def test_the_second_start_is_silent_and_works_from_any_folder(project: Path, tmp_path: Path) -> None:
    start(project).communicate(timeout=120)
    out, err = start(project, cwd=tmp_path, PYTHONPATH=str(project)).communicate(timeout=120)
    assert out.strip().split("|")[1:] == [str(project / ".venv"), "[]", str(tmp_path)]
    assert err == ""


def test_two_starts_at_once_prepare_once(project: Path) -> None:
    both = [start(project), start(project)]
    answers = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("Making the environment" in err for _, err in answers) == 1


def test_a_killed_preparation_is_mended_by_the_next_start(project: Path) -> None:
    killed = start(project)
    while not (project / ".venv").exists():
        assert killed.poll() is None
    killed.kill()
    killed.wait()
    out, err = start(project).communicate(timeout=120)
    killed.communicate()
    assert "Another program is preparing" in err, "what the killed start had begun is still at work and holds the lock"
    assert "Making the environment" in err
    assert str(project / ".venv") in out


def test_an_impossible_requirement_is_shown_and_tried_again(project: Path) -> None:
    (project / "requirements.txt").write_text("./there-is-no-such-folder\n")
    for _ in range(2):
        process = start(project)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 3
        assert "there-is-no-such-folder" in err
        assert "pip install 失败" in err
        assert out == ""


def test_hall_no_venv_makes_nothing(project: Path) -> None:
    out, err = start(project, HALL_NO_VENV="1").communicate(timeout=120)
    assert err == ""
    assert out.strip()
    assert not (project / ".venv").exists()
