"""What the sign of a window says (D3, R19): the state in words, never a person's reason."""

from __future__ import annotations

from typing import Any

from server.domain.plan import HallPlan
from server.domain.windows import CALLING, CLOSED, OPEN, PAUSED, SERVING, WindowState
from server.services.times import clock_text, local_iso_or_none

_WORDS = {
    CLOSED: ("本窗口已关闭", "Closed"),
    OPEN: ("热情为您服务", "At your service"),
    CALLING: ("请到本窗口办理", "Please come to this window"),
    SERVING: ("正在办理", "Now serving"),
    PAUSED: ("暂停服务", "Service paused"),
}

OVERDUE = ("对不起，让您久等了", "Sorry to keep you waiting")


def sign_of(plan: HallPlan, state: WindowState) -> dict[str, Any]:
    """Text in both languages, and until when it holds where that is known."""
    text, text_en = _WORDS[state.state]
    if state.closure is not None:
        until = clock_text(plan, state.closed_until)
        return {
            "text": f"暂停服务，{until} 恢复",
            "text_en": f"Closed until {until}",
            "until": local_iso_or_none(plan, state.closed_until),
        }
    if state.state != PAUSED:
        return {"text": text, "text_en": text_en, "until": None}
    if state.pause_escalated:
        text, text_en = OVERDUE
        return {"text": f"暂停服务，{text}", "text_en": text_en, "until": None}
    if state.pause_until is None:  # nobody is expected back, see `WindowSuspended`
        return {"text": text, "text_en": text_en, "until": None}
    until = clock_text(plan, state.pause_until)
    return {
        "text": f"{text}，预计 {until} 恢复",
        "text_en": f"{text_en}, back at {until}",
        "until": local_iso_or_none(plan, state.pause_until),
    }
