"""Announcements: one queue per loudspeaker zone, kept in the database, said by one master, in order (V3).

The call and its announcement are one transaction; what is said next is the pure rule of `domain/announcements`.
A zone is busy until its master tells that the sound has ended, or until it should have.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime

from server.domain.announcements import Announcement, Kind, next_turn
from server.domain.plan import HallPlan
from server.domain.sentences import Call, Sentence, call_sentence, free_sentence, notice_sentence
from server.domain.tickets import CALLED, Ticket
from server.services.ports import Clock, Storage, Voice, Wire

log = logging.getLogger(__name__)

NOT_YET = 0
"""The storage numbers announcements as they come."""

GRACE_SECONDS = 3.0
"""How long after its sound should have ended a master is given up, so that a dead page cannot silence a zone."""


def call_announcement(plan: HallPlan, ticket: Ticket, kind: Kind, real_at: datetime) -> Announcement | None:
    """What the zone of this call says; None in a zone without a loudspeaker. `real_at` is the machine's time."""
    zone = plan.zone_by_id[plan.window_by_number[ticket.window or 0].zone].audio
    if zone is None:
        return None
    text = call_speech(plan, ticket.number, ticket.window or 0, recall=kind is Kind.RECALL).text
    return Announcement(NOT_YET, zone, kind, real_at, text, ticket.id, ticket.number, ticket.window)


def evacuation_announcements(plan: HallPlan, real_at: datetime) -> list[Announcement]:
    """What every zone says when people must leave (H.7)."""
    text = notice_sentence("evacuate", plan.voice).text
    return [Announcement(NOT_YET, zone.id, Kind.EMERGENCY, real_at, text) for zone in plan.audio_zones]


def call_speech(plan: HallPlan, number: str, window: int, *, recall: bool) -> Sentence:
    """The sentence of a call, with the floor where one circuit is heard on several."""
    counter = plan.window_by_number[window]
    zone = plan.zone_by_id[counter.zone]
    heard_on = {other.floor for other in plan.zones if other.audio == zone.audio}
    floor = plan.floor_by_id[zone.floor] if len(heard_on) > 1 else None
    return call_sentence(Call(number, window, place=counter.spoken_name, floor=floor, recall=recall), plan.voice)


@dataclass
class _Zone:
    """One loudspeaker circuit: who may play, and what is playing."""

    screens: list[str] = field(default_factory=list)
    """Connected loudspeakers in the order they came; the first is the master."""
    playing: Announcement | None = None
    until: float = float("inf")
    idle: bool = False
    """Nothing was left to say when it was last looked at."""


class Announcer:
    """The loudspeakers of a hall. All times here are the real clock's: sound does not run faster in a simulation."""

    def __init__(self, plan: HallPlan, clock: Clock, storage: Storage, voice: Voice, wire: Wire) -> None:
        self._plan = plan
        self._clock = clock
        self._storage = storage
        self._voice = voice
        self._wire = wire
        self._zones = {zone.id: _Zone() for zone in plan.audio_zones}

    def wake(self) -> None:
        """Something was added to a zone's queue."""
        for state in self._zones.values():
            state.idle = False

    # loudspeakers

    def join(self, zone: str, screen: str) -> bool:
        """A loudspeaker connects; True when it is the master of its zone."""
        screens = self._zones[zone].screens
        screens.append(screen)
        self.wake()
        self._tell_roles(zone)
        return screens[0] == screen

    def leave(self, zone: str, screen: str) -> None:
        """A loudspeaker is gone; what it was playing is taken up by the next."""
        state = self._zones[zone]
        was_master = bool(state.screens) and state.screens[0] == screen
        if screen in state.screens:
            state.screens.remove(screen)
        if was_master:
            state.playing = None
            self.wake()
            self._tell_roles(zone)

    def has_master(self, zone: str | None) -> bool:
        """Whether anybody listens for this zone."""
        return zone in self._zones and bool(self._zones[zone].screens)

    def _tell_roles(self, zone: str) -> None:
        for place, screen in enumerate(self._zones[zone].screens):
            self._wire.send("audio-role", {"zone": zone, "master": place == 0}, screen)

    # saying

    @property
    def zones(self) -> tuple[str, ...]:
        """The loudspeaker zones of the hall."""
        return tuple(self._zones)

    def say_next(self) -> None:
        """Give every zone its turn."""
        for zone in self._zones:
            self.say_in(zone)

    def say_in(self, zone: str) -> None:
        """Give a silent zone that has a master its next sentence. Called often; does little.

        Each zone has its own loop, so that a voice that hangs for one does not hold the others.
        """
        state = self._zones[zone]
        if state.playing is not None and self._clock.real() > state.until:
            log.warning("zone %s: no word that announcement %s was heard", zone, state.playing.id)
            self._done(zone, "unheard")
        if state.idle or state.playing is not None or not state.screens:
            return
        state.idle = True
        self._take_turn(zone, [one for one in self._storage.pending_announcements() if one.zone == zone])

    def heard(self, zone: str, announcement_id: int, screen: str, *, ok: bool) -> None:
        """The master tells that the sound has ended."""
        state = self._zones.get(zone)
        if state and state.playing and state.playing.id == announcement_id and screen == state.screens[0]:
            self._done(zone, "said" if ok else "failed")

    def _take_turn(self, zone: str, pending: list[Announcement]) -> None:
        if not pending:
            return
        floor = self._storage.floor
        called = {one.ticket_id for one in pending if one.ticket_id and _is_called(floor.ticket(one.ticket_id))}
        turn = next_turn(pending, self._wall(), self._plan.voice, called=called)
        for dropped in turn.dropped:
            self._storage.update_announcement(
                dropped.announcement.id, state="dropped", drop_reason=dropped.reason.value
            )
        if turn.next is not None:
            self._play(zone, turn.next, turn.times)

    def _play(self, zone: str, one: Announcement, times: int) -> None:
        state = self._zones[zone]
        state.playing, state.until = one, float("inf")
        try:
            speech = self._voice.render(self._sentence(one), times)
        except Exception:  # whatever it is: a zone that waits for it would be silent for good
            log.exception("zone %s: announcement %s cannot be spoken", zone, one.id)
            self._done(zone, "failed")
            return
        if state.playing is not one or not state.screens:
            return  # its master left meanwhile; whoever takes over says it
        state.until = self._clock.real() + speech.duration_seconds + GRACE_SECONDS
        master = state.screens[0]
        self._storage.update_announcement(one.id, times=times, started_at=self._wall(), screen=master[:32])
        message = {
            "id": one.id,
            "zone": zone,
            "url": f"/audio/{speech.digest}.wav",
            "duration_seconds": round(speech.duration_seconds, 2),
            "text": one.text,
            "number": one.number,
            "window": one.window,
            "times": times,
        }
        self._wire.send("announce", message, master)

    def _sentence(self, one: Announcement) -> Sentence:
        if one.calls and one.number and one.window:
            return call_speech(self._plan, one.number, one.window, recall=one.kind is Kind.RECALL)
        return free_sentence(one.text, self._plan.voice)

    def _done(self, zone: str, state: str) -> None:
        playing, self._zones[zone].playing = self._zones[zone].playing, None
        self.wake()
        if playing is not None:
            self._storage.update_announcement(playing.id, state=state, ended_at=self._wall())

    def _wall(self) -> datetime:
        return datetime.fromtimestamp(self._clock.wall(), UTC)

    # ahead of the press

    def prepare(self, calls: list[tuple[str, int]]) -> None:
        """Have the sentences of these (number, window) ready before anybody presses (V4)."""
        heard = [
            call_speech(self._plan, number, window, recall=False)
            for number, window in calls
            if self.has_master(self._plan.zone_by_id[self._plan.window_by_number[window].zone].audio)
        ]
        if heard:
            self._voice.prepare(heard)


def _is_called(ticket: Ticket | None) -> bool:
    return ticket is not None and ticket.state == CALLED
