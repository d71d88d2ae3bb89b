"""A system print queue that is not there: two scripts named `lp` and `lpstat`, for the front of the path."""

from pathlib import Path

from PIL import Image

from tests.printing.virtual_printer import Mechanism


class PrintQueue:
    """Takes raw jobs and keeps them; says of itself what it is told to say."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._script("lp", f'echo "$@" > {folder}/called\n/bin/cat >> {folder}/jobs\n')
        self._script("lpstat", f"/bin/cat {folder}/answer\n")
        self.say("printer slips is idle.")

    def say(self, answer: str) -> None:
        """What `lpstat` prints."""
        (self._folder / "answer").write_text(answer)

    def refuse(self) -> None:
        """From now on `lp` takes nothing."""
        self._script("lp", "exit 1\n")

    def called(self) -> list[str]:
        """The words after `lp` at its last call."""
        return (self._folder / "called").read_text().split()

    def slips(self) -> list[Image.Image]:
        """What a printer behind the queue would have printed."""
        mechanism = Mechanism()
        jobs = self._folder / "jobs"
        mechanism.take(jobs.read_bytes() if jobs.exists() else b"")
        return mechanism.slips

    def _script(self, name: str, text: str) -> None:
        (self._folder / name).write_text(f"#!/bin/sh\n{text}")
        (self._folder / name).chmod(0o755)
