"""What every part of a hall file has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from server.hall_file.values import Sentence


class Part(BaseModel):
    """A mapping of the hall file. Unknown keys are refused; `note` may stand anywhere and is for people only."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True)

    note: Sentence | None = None
