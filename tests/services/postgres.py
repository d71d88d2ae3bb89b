"""A PostgreSQL of the tests' own: in a temporary folder, on a Unix socket only, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self
from uuid import uuid4

import psycopg

from tests.machine import postgres_programs

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB")


class Postgres:
    """Starts on entering, stops on leaving. `database()` makes a fresh, empty database and gives its URL."""

    def __enter__(self) -> Self:
        programs = postgres_programs()
        assert programs, "PostgreSQL is not installed; python3 -m tests installs it"
        self.programs = programs
        self.user = account()
        self.folder = Path(tempfile.mkdtemp(prefix="hall-pg-"))
        shutil.chown(self.folder, self.user)
        self._run("initdb", "--pgdata", f"{self.folder}/data", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        settings = " ".join(f"-c {setting}" for setting in FAST)
        where = f"-c listen_addresses='' -c unix_socket_directories={self.folder}"
        self._run(
            "pg_ctl",
            "start",
            "--wait",
            f"--pgdata={self.folder}/data",
            "-l",
            f"{self.folder}/log",
            "-o",
            f"{where} {settings}",
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._run("pg_ctl", "stop", "--mode=immediate", f"--pgdata={self.folder}/data")
        shutil.rmtree(self.folder)

    def database(self) -> str:
        """The URL of a new database, as `HALL_DATABASE` takes it."""
        name = f"hall_{uuid4().hex[:12]}"
        with psycopg.connect(host=str(self.folder), user=self.user, dbname="postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return f"postgresql+psycopg://{self.user}@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        answer = subprocess.run(
            [str(self.programs / program), *arguments],
            user=self.user if os.geteuid() == 0 else None,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # not a pipe: the server inherits it and would keep it open
            stderr=subprocess.STDOUT,
            check=False,
        )
        log = self.folder / "log"
        told = log.read_text() if log.exists() else ""
        assert answer.returncode == 0, f"{program} {' '.join(arguments)} failed: {told}"


def account() -> str:
    """The account that runs it: ourselves, or `postgres` when we are root, which PostgreSQL refuses."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
