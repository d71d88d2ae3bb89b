"""A path → the plan of a hall, or every mistake in the file at once."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from server.domain.plan import HallPlan
from server.hall_file.consistency import consistency_mistakes
from server.hall_file.explain import explain
from server.hall_file.make_plan import make_plan
from server.hall_file.mistakes import HallFileError, Mistake
from server.hall_file.references import reference_mistakes
from server.hall_file.schema import HallFile
from server.hall_file.yaml_source import Source, parse


def read(path: Path | str) -> HallPlan:
    """The plan in the hall file at `path`. Raises HallFileError, which names every mistake with its line."""
    return read_text(_text(Path(path)), str(path))


def read_text(text: str, file: str) -> HallPlan:
    """The plan in `text`; `file` is the name that mistakes are told with. Raises HallFileError."""
    source = parse(text, file)
    mistakes = source.mistakes
    if mistakes and source.value is None:
        raise HallFileError(mistakes)
    hall_file, invalid = _validated(source)
    mistakes += [*invalid, *reference_mistakes(source), *consistency_mistakes(source)]
    if mistakes or hall_file is None:
        raise HallFileError(mistakes)
    return make_plan(hall_file)


def _validated(source: Source) -> tuple[HallFile | None, list[Mistake]]:
    try:
        return HallFile.model_validate(source.value), []
    except ValidationError as error:
        return None, explain(source, error)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        said = error.strerror or str(error)
        raise HallFileError(
            [Mistake(str(path), 0, "", f"打不开文件：{said}", f"Cannot open the file: {said}")]
        ) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise HallFileError(
            [
                Mistake(
                    str(path),
                    line,
                    "",
                    "文件不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8。",
                    "Not UTF-8; save it as UTF-8.",
                )
            ]
        ) from None
