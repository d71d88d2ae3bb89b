"""The hall's own facts (name, slip, hotline) as last heard, kept on disk so that slips need no server."""

import json
from pathlib import Path
from typing import Any

from kiosk.relay import Server, ServerAway


class HallMemory:
    """The newest answer of `GET hall`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "hall.json"
        self.answer: dict[str, Any] = self._load()

    def refresh(self, server: Server) -> bool:
        """Asks the server; keeps the old answer when it is away or unwell. Returns whether there is a new one."""
        try:
            reply = server.call("GET", "hall")
        except ServerAway:
            return False
        if reply.status != 200 or not reply.json():
            return False
        self.answer = reply.json()
        half = self._file.with_suffix(".part")
        half.write_text(json.dumps(self.answer, ensure_ascii=False), encoding="utf-8")
        half.replace(self._file)
        return True

    def _load(self) -> dict[str, Any]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # the first start, or a file that was cut off: the server will tell
            return {}
        return found if isinstance(found, dict) else {}
