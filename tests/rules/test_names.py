from pathlib import PurePosixPath

import pytest

from tests.rules.sources import ROOT, files

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
TOP_LEVEL = {
    *("kiosk", "caller", "display", "server", "sounds", "tests", "docs"),
    *("requirements.txt", "README.md", "pyproject.toml", "LICENSE"),
}


def says_nothing(path: str) -> bool:
    """Whether a file or folder has a name under which everything and nothing may be put."""
    return any(word in EMPTY_WORDS for part in PurePosixPath(path).parts for word in part.lower().split(".")[:1])


@pytest.mark.parametrize(
    "path", ["server/domain/utils.py", "kiosk/helpers/paper.py", "display/static/common.js", "server/base.py"]
)
def test_a_planted_empty_name_is_caught(path: str) -> None:
    assert says_nothing(path)


def test_a_name_that_says_something_is_allowed() -> None:
    assert not says_nothing("server/domain/calling_order.py")


def test_every_file_and_folder_has_a_name_that_says_something() -> None:
    ours = files("server", "kiosk", "caller", "display", "tests", suffixes=(".py", ".js", ".css", ".html"))
    paths = [path.relative_to(ROOT).as_posix() for path in ours]
    assert paths
    assert [path for path in paths if says_nothing(path)] == []


def test_the_top_level_is_what_the_design_says() -> None:
    tracked = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "data"}
    assert tracked - TOP_LEVEL == set()
