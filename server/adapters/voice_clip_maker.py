"""Makes the sounds of `sounds/` that are not there: `python3 -m server.adapters.voice_clip_maker [FOLDER]`.

Every piece named in `FOLDER/*/index.json` is spoken by the built-in engine, trimmed and brought to one loudness; the
chime is computed. Files that exist are left alone, so a recorded voice is never overwritten: delete a file to have it
made again.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from server.adapters import voice_wav
from server.adapters.voice_chime import chime
from server.adapters.voice_levels import levelled, trimmed
from server.adapters.voice_process import WorkerVoice
from server.domain.sentences import Phrase

SOUNDS = Path(__file__).resolve().parents[2] / "sounds"
CLIP_RATE = 16_000
"""All that speech needs, and a repository a quarter smaller; recorded clips may have any rate."""

_log = logging.getLogger(__name__)


def make(folder: Path) -> int:
    """Make what is missing and return how many files that was. Raises EngineError without the built-in engine."""
    made = 0
    if not (folder / "chime.wav").exists():
        voice_wav.write(folder / "chime.wav", chime())
        made += 1
    engine = WorkerVoice()
    try:
        for index in sorted(folder.glob("*/index.json")):
            made += _make_language(engine, index)
    finally:
        engine.close()
    return made


def _make_language(engine: WorkerVoice, index: Path) -> int:
    made = 0
    for words, name in json.loads(index.read_text(encoding="utf-8")).items():
        path = index.parent / name
        if path.parent == index.parent and not path.exists():
            phrase = Phrase(index.parent.name, words, words)
            voice_wav.write(path, levelled(trimmed(engine.say(phrase))), CLIP_RATE)
            made += 1
    return made


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SOUNDS
    _log.info("%d sounds made in %s", make(folder), folder)


if __name__ == "__main__":
    main()
