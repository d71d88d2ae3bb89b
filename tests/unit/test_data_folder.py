"""The data folder: one place wherever the program stands, private, and for one server at a time."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from server.adapters.data_folder import DataFolder
from server.domain.errors import Refused


def test_a_folder_named_from_here_is_the_same_folder_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are served relative to the program, not to where it was started."""
    monkeypatch.chdir(tmp_path)
    folder = DataFolder(Path("data/demo"))
    assert folder.path == tmp_path / "data" / "demo"
    assert folder.speech.is_absolute()


def test_its_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = DataFolder(tmp_path / "hall").key("journal", None)
    assert DataFolder(tmp_path / "hall").key("journal", None) == first
    assert DataFolder(tmp_path / "hall").key("identity", None) != first
    assert stat.S_IMODE((tmp_path / "hall" / "secret.key").stat().st_mode) == 0o600


def test_the_operators_own_secret_goes_before_it(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert folder.key("journal", "x" * 40) != folder.key("journal", None)


def test_a_second_server_is_refused_while_the_first_has_it(tmp_path: Path) -> None:
    with DataFolder(tmp_path).locked(), pytest.raises(Refused) as refused, DataFolder(tmp_path).locked():
        pass
    assert refused.value.code == "server_running"
    with DataFolder(tmp_path).locked():
        pass
