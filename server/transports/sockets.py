"""News outward, beats and acknowledgements inward (DESIGN §7). Nothing here changes the hall.

Who connects is decided once, in `connect`; the rooms follow from it. Rooms: `public` and `staff` for news,
`ticket:ID` for one phone page, and every connection's own id.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_socketio import ConnectionRefusedError as Refusal
from flask_socketio import Namespace, SocketIO, join_room

from server.domain.errors import Refused
from server.services import equipment, queries
from server.services.board import AUDIENCE_OF_VIEW
from server.transports import auth
from server.transports.endpoint import House
from server.transports.errors import envelope

log = logging.getLogger(__name__)

NAMESPACE = "/news"
_ROLES = {"caller": auth.STAFF, "manager": auth.WATCHERS, "kiosk": auth.ISSUERS}


class SocketWire:
    """Sends through Socket.IO; each message is encoded once, however many listen."""

    def __init__(self, socketio: SocketIO) -> None:
        self._socketio = socketio

    def send(self, event: str, message: Any, room: str) -> None:
        """Send to everybody in a room, without waiting."""
        self._socketio.emit(event, message, namespace=NAMESPACE, to=room)


@dataclass
class _Connection:
    """What one connected page is."""

    ticket: str | None = None
    zone: str | None = None
    screen: str | None = None
    staff: str | None = None


class NewsNamespace(Namespace):
    """The namespace `/news`. An unknown event is ignored by the library, so each has a test."""

    def __init__(self, house: House) -> None:
        super().__init__(NAMESPACE)
        self._house = house
        self._connections: dict[str, _Connection] = {}

    def on_connect(self, sent: Any = None) -> None:
        """Let a page in, or refuse with a code."""
        asked = sent if isinstance(sent, dict) else {}
        try:
            connection = self._admit(asked)
        except Refused as refused:
            raise Refusal(refused.code, envelope(refused)["error"]) from refused
        self._connections[_sid()] = connection

    def _admit(self, asked: dict[str, Any]) -> _Connection:
        if asked.get("ticket"):
            return self._admit_phone(str(asked["ticket"]))
        view = asked.get("view", "public")
        if not isinstance(view, str) or view not in AUDIENCE_OF_VIEW:
            raise Refused("invalid", field="view", reason="没有这种页面", reason_en="there is no such view")
        staff = self._require(view, str(asked.get("token") or ""))
        join_room(AUDIENCE_OF_VIEW[view])
        connection = _Connection(screen=_screen(asked), staff=staff)
        if asked.get("audio") and view == "display":
            connection.zone = self._join_zone(connection.screen)
        return connection

    def _admit_phone(self, token: str) -> _Connection:
        hall = self._house.hall
        ticket = queries.find_ticket(hall, token, hall.clock.now())
        join_room(f"ticket:{ticket.id}")
        self._house.reactions.follow(ticket.id)
        return _Connection(ticket=ticket.id)

    def _require(self, view: str, token: str) -> str | None:
        """Staff by their session, devices by their key, from the page or from a header; gives the staff number."""
        who = _ROLES.get(view)
        if who is None:
            return None
        if token and who.devices:
            auth.device_of(self._house.access, token, who)
            return None
        actor = auth.identify(self._house.access, self._house.hall.plan, who, writes=False)
        return actor.id if actor.kind == "staff" else None

    def cut_off(self, staff: str) -> None:
        """Disconnect every page of somebody whose access has ended; they are told why (3.2.5)."""
        for sid, connection in list(self._connections.items()):
            if connection.staff == staff:
                self.emit("signed-out", {"code": "session_expired"}, room=sid)
                self.disconnect(sid)

    def _join_zone(self, screen: str | None) -> str | None:
        """A main screen is the loudspeaker of its zone's circuit."""
        plan = self._house.hall.plan
        place = plan.screen_by_id.get(screen or "")
        zone = plan.zone_by_id[place.zone].audio if place else None
        if zone is not None:
            self._house.hall.announcer.join(zone, _sid())
        return zone

    def on_disconnect(self, *_: Any) -> None:
        """A page is gone."""
        connection = self._connections.pop(_sid(), None)
        if connection is None:
            return
        if connection.ticket:
            self._house.reactions.unfollow(connection.ticket)
        if connection.zone:
            self._house.hall.announcer.leave(connection.zone, _sid())

    def on_beat(self, told: Any = None) -> dict[str, Any]:
        """A page tells that it lives, and whether its sound is allowed; it gets the hall's time."""
        connection = self._connections.get(_sid())
        heard = told if isinstance(told, dict) else {}
        if connection and connection.screen:
            ready = heard.get("audio_ready")
            self._house.hall.beats.note(connection.screen, audio_ready=ready if isinstance(ready, bool) else None)
        hall = self._house.hall
        now = hall.clock.now().astimezone(hall.plan.zone_info)
        return {"now": now.isoformat(), "speed": hall.clock.speed}

    def on_announced(self, told: Any = None) -> None:
        """The master of a zone tells that an announcement has been heard, or could not be played."""
        connection = self._connections.get(_sid())
        if connection and connection.zone and isinstance(told, dict) and isinstance(told.get("id"), int):
            self._house.hall.announcer.heard(connection.zone, told["id"], _sid(), ok=told.get("ok") is not False)


def _screen(asked: dict[str, Any]) -> str | None:
    """The screen that connects: by its id in the hall file, or the one above a window by the window's number."""
    window = asked.get("window")
    if window is not None and asked.get("view") == "display":
        return equipment.screen_of(window) if isinstance(window, int) else None
    return str(asked.get("screen") or "") or None


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]
    return sid
