"""Opens the accounts of a demo hall in an empty data folder, as its first start does, and nothing more.

    python -m tests.first_access FOLDER

Sixty slow password hashes are most of a demo's first start; tests start many halls and copy one such folder.
"""

from __future__ import annotations

import sys

from server.bootstrap import build, open_folder
from server.commands.demo import first_access
from server.settings import read_settings


def main(folder: str) -> None:
    """Make the folder."""
    settings = read_settings("demo", {}, {"data": folder})
    built = build(settings, open_folder(settings))
    try:
        first_access(built)
    finally:
        built.close()


if __name__ == "__main__":
    main(sys.argv[1])
