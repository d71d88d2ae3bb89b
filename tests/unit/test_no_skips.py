"""The runner must not believe a test that did not run; the plugin is tried on a small pytest of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFTEST = "from tests.no_skips import pytest_make_collect_report, pytest_runtest_makereport\n"
WAYS_TO_SKIP = {
    "by a mark": "@pytest.mark.{}('later')\ndef test_it():\n    pass\n",
    "inside the test": "def test_it():\n    pytest.{}('later')\n",
    "in a fixture": "@pytest.fixture\ndef f():\n    pytest.{}('later')\ndef test_it(f):\n    pass\n",
    "the whole file": "pytest.{}('later', allow_module_level=True)\ndef test_it():\n    pass\n",
}


def closing_line(folder: Path, source: str) -> str:
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_it.py").write_text("import pytest\n" + source)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()[-1]


@pytest.mark.parametrize("way", WAYS_TO_SKIP)
def test_a_skipped_test_is_a_failure(tmp_path: Path, way: str) -> None:
    line = closing_line(tmp_path, WAYS_TO_SKIP[way].format("skip"))
    assert "skipped" not in line
    assert "1 failed" in line or "1 error" in line


def test_a_test_that_ran_is_left_alone(tmp_path: Path) -> None:
    assert closing_line(tmp_path, "def test_it():\n    pass\n").startswith("1 passed")
