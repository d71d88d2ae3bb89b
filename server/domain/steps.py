"""The last step at each window, as long as it may be taken back (C9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.domain import events
from server.domain.tickets import Ticket

UNDOABLE = (
    events.ServiceStarted,
    events.TicketFinished,
    events.OpinionGiven,
    events.TicketMissed,
    events.TicketHeld,
    events.TicketGivenBack,
    events.TicketTransferred,
)
"""Steps that a clerk takes with a visit. A call cannot be taken back: people have heard it."""


@dataclass(frozen=True)
class LastStep:
    """What was done last with a visit at a window: the ticket before it and after it."""

    step: str
    before: Ticket
    after: Ticket
    at: datetime
