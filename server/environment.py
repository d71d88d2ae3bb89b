"""Makes the project's own Python environment on a bare machine, then continues inside it.

Standard library only, and readable by any Python 3.8 or newer, so that an old one gets a sentence instead of a
traceback. Every program of the project begins with:

    from server.environment import prepare
    prepare()

What happens, in order:

1. Python older than 3.11 is refused.
2. `HALL_NO_VENV=1` (for container images and packagers), or a virtual environment of your own that holds exactly the
   pinned libraries: nothing is made, the program runs where it is.
3. Otherwise `.venv` beside this project is made, or mended if a previous attempt was interrupted, under a file lock so
   that two programs started at once do not disturb each other.
4. `requirements.txt` is installed when its hash is not the one remembered in `.venv`. A failure is never remembered.
5. The process replaces itself by the same command inside `.venv`: same process id, same arguments, same folder.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import invalidate_caches, metadata, util
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
BUSY = "busy"


class CannotPrepare(Exception):
    """The environment cannot be made; the message says why and what to do, in Chinese and English."""


def prepare(*requirements: str) -> None:
    """Return inside a Python that has the libraries of the named files (default `requirements.txt`), or end here.

    Names are relative to the project. Ends with exit code 3 and a sentence when the environment cannot be made.
    """
    files = requirements or ("requirements.txt",)
    try:
        refuse_old_python(sys.version_info[:2])
        if os.environ.get("HALL_NO_VENV") == "1":
            return
        room = Environment(ROOT)
        if room.is_running():
            room.install(files)
        elif not (in_any_venv() and holds_exactly(pins(ROOT, files))):
            room.make_and_install(files)
            room.enter()
    except CannotPrepare as problem:
        say(str(problem))
        sys.exit(3)
    except KeyboardInterrupt:
        say("已中断，下次启动会重新准备。\nInterrupted; the next start prepares again.")
        sys.exit(130)


class Environment:
    """The folder `.venv` of one project, and what is remembered about it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.lock = root / ".venv.lock"
        self.memory = self.folder / "installed.json"

    def is_running(self) -> bool:
        """Whether this very process runs inside `.venv`."""
        return Path(sys.prefix).resolve() == self.folder.resolve()

    def make_and_install(self, files: Sequence[str]) -> None:
        """Bring `.venv` to what `files` ask. Nothing is written, and no lock taken, when it already is there."""
        if self.works() and not self.missing(files):
            return
        with self.locked() as interrupted:
            if interrupted or not self.works():
                self.make()
            self._install_missing(files)

    def install(self, files: Sequence[str]) -> None:
        """As `make_and_install`, from inside `.venv`, which therefore works."""
        if self.missing(files):
            with self.locked():
                self._install_missing(files)

    def works(self) -> bool:
        """Whether its Python starts and sees a pip: not so after an interruption, or when the system's Python left."""
        if not self.python.exists():
            return False
        question = "import sys, importlib.util as u; sys.exit(u.find_spec('pip') is None)"
        return (
            subprocess.run([str(self.python), "-I", "-c", question], capture_output=True, check=False).returncode == 0
        )

    def missing(self, files: Sequence[str]) -> list[str]:
        """Those of `files` whose text is not what was last installed."""
        try:
            known = json.loads(self.memory.read_text("utf-8"))
        except (OSError, ValueError):
            known = {}
        return [name for name in files if known.get(name) != fingerprint(self.root / name)]

    def make(self) -> None:
        """Make `.venv` anew with the Python that runs now, pip included."""
        provide_ensurepip()
        say("正在建立运行环境 .venv …\nMaking the environment .venv …")
        run([sys.executable, "-m", "venv", "--clear", str(self.folder)], doing="python3 -m venv")

    def _install_missing(self, files: Sequence[str]) -> None:
        files = self.missing(files)
        if not files:  # the program we waited for has done it
            return
        say(f"正在安装 {'、'.join(files)}，首次约需一分钟…")
        say(f"Installing {', '.join(files)}; the first time takes about a minute …")
        pip = [str(self.python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
        for name in files:
            pip += ["--requirement", str(self.root / name)]
        run(pip, doing="pip install")
        self._remember(files)

    def _remember(self, files: Sequence[str]) -> None:
        known = json.loads(self.memory.read_text("utf-8")) if self.memory.exists() else {}
        known.update({name: fingerprint(self.root / name) for name in files})
        draft = self.memory.with_suffix(".new")
        draft.write_text(json.dumps(known, indent=2), "utf-8")
        draft.replace(self.memory)

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Hold the lock; yields whether the last holder died before it was done.

        While held, the lock file says `busy`: a killed holder leaves that word behind, others do not.
        """
        try:
            handle = self.lock.open("a+", encoding="utf-8")
        except OSError as problem:
            raise CannotPrepare(
                f"无法写入 {self.root}：请用有写权限的用户运行一次。\n"
                f"Cannot write to {self.root}: run once as a user who may. ({problem.strerror})"
            ) from problem
        with handle:
            wait_for(handle.fileno())
            os.set_inheritable(handle.fileno(), True)  # if we are killed, a pip still at work goes on holding the lock
            handle.seek(0)
            interrupted = handle.read() == BUSY
            handle.truncate(0)
            handle.write(BUSY)
            handle.flush()
            try:
                yield interrupted
            except Exception:
                handle.truncate(0)
                raise
            handle.truncate(0)

    def enter(self) -> NoReturn:
        """Replace this process by the same command under the Python of `.venv`."""
        if os.environ.get("_HALL_ENTERED") == str(os.getpid()):
            raise CannotPrepare(
                f"{self.python} 没有在 .venv 内启动（请检查 PYTHONHOME），或设置 HALL_NO_VENV=1。\n"
                f"{self.python} did not start inside .venv (is PYTHONHOME set?); HALL_NO_VENV=1 does without it."
            )
        os.environ["_HALL_ENTERED"] = str(os.getpid())
        if Path.cwd() != self.root:
            paths = [str(self.root), *filter(None, [os.environ.get("PYTHONPATH")])]
            os.environ["PYTHONPATH"] = os.pathsep.join(paths)
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(self.python, [str(self.python), *sys.orig_argv[1:]])  # noqa: S606 - our own Python, no shell


def refuse_old_python(version: tuple[int, ...]) -> None:
    """Raise unless `version` (major, minor) can run the program."""
    if version < OLDEST:
        need, have = (".".join(map(str, v)) for v in (OLDEST, version))
        raise CannotPrepare(
            f"需要 Python {need} 或更新版本，当前是 {have}。\nPython {need} or newer is needed; this is {have}."
        )


def provide_ensurepip() -> None:
    """Raise when this Python cannot make environments; as root on Debian, install what is missing instead."""
    if util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"缺少 python3-venv，正在用 apt-get 安装 {package} …")
        say(f"python3-venv is missing; installing {package} with apt-get …")
        run(["apt-get", "update", "-qq"], doing="apt-get update")
        quiet = ["-y", "-qq", "-o", "Dpkg::Use-Pty=0"]
        run(["apt-get", "install", *quiet, package], doing="apt-get install")
        invalidate_caches()
    if util.find_spec("ensurepip"):
        return
    raise CannotPrepare(
        "缺少 python3-venv，请先安装，例如：sudo apt install python3-venv\n"
        "python3-venv is missing; install it first, for example: sudo apt install python3-venv"
    )


def in_any_venv() -> bool:
    """Whether this Python runs in some virtual environment."""
    return sys.prefix != sys.base_prefix


def pins(root: Path, files: Sequence[str]) -> dict[str, str]:
    """Names and exact versions that the requirement files ask for."""
    text = "\n".join((root / name).read_text("utf-8") for name in files)
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;#]+)", text, re.MULTILINE))


def holds_exactly(wanted: dict[str, str]) -> bool:
    """Whether the Python that runs now has every library at its pinned version."""
    try:
        return all(metadata.version(name) == version for name, version in wanted.items())
    except metadata.PackageNotFoundError:
        return False


def fingerprint(path: Path) -> str:
    """A hash of a requirement file's text."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wait_for(descriptor: int) -> None:
    """Take the lock of an open file, telling the person when another program has it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("另一个程序正在准备运行环境，请稍候…\nAnother program is preparing the environment; waiting …")
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def run(command: Sequence[str], doing: str) -> None:
    """Run a program that inherits the lock, showing what it says on stderr; raise when it fails."""
    answer = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, close_fds=False, check=False)
    if answer.returncode != 0:
        raise CannotPrepare(
            f"{doing} 失败（代码 {answer.returncode}），原因见上。修正后重新启动即可。\n"
            f"{doing} failed (code {answer.returncode}), see above. Mend that and start again."
        )


def say(text: str) -> None:
    """Tell the person; stderr, as a program's own output may be piped elsewhere."""
    print(text, file=sys.stderr, flush=True)
