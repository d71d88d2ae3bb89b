"""The one place where concrete things meet: settings and plan in, a hall that can be served out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask_socketio import SocketIO
from gevent import Greenlet
from sqlalchemy.engine import make_url

from server import hall_file
from server.adapters import backup, qr, rebuild
from server.adapters.access_store import SqlAccessStore
from server.adapters.clock import HallClock, open_clock
from server.adapters.data_folder import DataFolder
from server.adapters.migrations import migrate
from server.adapters.passwords import Argon2Passwords
from server.adapters.storage import SqlStorage, connect
from server.adapters.voice import Voice, open_voice
from server.app import create_app, create_socketio
from server.domain import hours
from server.domain.errors import Refused
from server.domain.plan import HallPlan
from server.services.access import Access
from server.services.announcing import Announcer
from server.services.beats import Beats
from server.services.board import Board
from server.services.estimating import Estimates
from server.services.hall import Hall
from server.services.reactions import Reactions
from server.settings import Settings
from server.transports.endpoint import House
from server.transports.sockets import SocketWire

SOUNDS = Path(__file__).resolve().parent.parent / "sounds"


@dataclass
class Built:
    """A hall with everything around it, ready to be served."""

    settings: Settings
    folder: DataFolder
    plan: HallPlan
    clock: HallClock
    storage: SqlStorage
    voice: Voice
    house: House
    app: Flask
    socketio: SocketIO
    background: list[Greenlet] = field(default_factory=list)
    """What lives beside the server, and is ended with it."""

    def close(self) -> None:
        """End the voice and the database connections."""
        self.voice.close()
        self.storage.close()


def open_storage(settings: Settings, plan: HallPlan, folder: DataFolder) -> SqlStorage:
    """The database of the hall, brought to the shape that this version of the program needs."""
    engine = connect(settings.database)
    migrate(engine)
    storage = SqlStorage(engine, plan.code, folder.key("journal", settings.secret))
    storage.open()
    return storage


def open_folder(settings: Settings) -> DataFolder:
    """The data folder of these settings, made when it is missing."""
    return DataFolder(settings.data)


def build(settings: Settings, folder: DataFolder) -> Built:
    """Everything of one hall, wired. The hall's clock starts here."""
    plan = hall_file.read(settings.hall_file)
    storage = open_storage(settings, plan, folder)
    voice = open_voice(folder.speech, SOUNDS, rate=plan.voice.rate, order=settings.voice_order)
    socketio = create_socketio()
    clock = open_clock(folder.clock, settings.now, settings.speed, _start(settings, plan))
    hall = _hall(settings, plan, folder, storage, clock, voice, socketio)
    access = Access(SqlAccessStore(storage.engine, plan.code), Argon2Passwords(), clock)
    reactions = Reactions(hall, SocketWire(socketio))
    hall.followers.append(reactions)
    house = House(hall, access, reactions, qr.svg)
    return Built(settings, folder, plan, clock, storage, voice, house, create_app(house, voice, socketio), socketio)


def _hall(
    settings: Settings,
    plan: HallPlan,
    folder: DataFolder,
    storage: SqlStorage,
    clock: HallClock,
    voice: Voice,
    socketio: SocketIO,
) -> Hall:
    estimates = Estimates(plan)
    board = Board(plan, storage.floor, estimates)
    board.paint(clock.now())
    announcer = Announcer(plan, clock, storage, voice, SocketWire(socketio))
    return Hall(
        plan=plan,
        clock=clock,
        storage=storage,
        estimates=estimates,
        board=board,
        announcer=announcer,
        beats=Beats(plan, clock),
        public_url=settings.public_url,
        identity_key=folder.key("identity", settings.secret),
        demo=settings.demo,
    )


def _start(settings: Settings, plan: HallPlan) -> datetime | None:
    """A demo outside opening hours begins at the next opening, so that there is something to see."""
    now = HallClock().now()
    if not settings.demo or hours.issuing_open(plan, now):
        return None
    return hours.next_opening(plan, now)


def faults(settings: Settings) -> list[str]:
    """Everything that is wrong with the journal and the tables made from it."""
    plan = hall_file.read(settings.hall_file)
    storage = open_storage(settings, plan, open_folder(settings))
    try:
        return rebuild.faults(storage)
    finally:
        storage.close()


def rebuild_tables(settings: Settings) -> int:
    """Make the folded tables again from the journal; refused while a server runs."""
    plan = hall_file.read(settings.hall_file)
    folder = open_folder(settings)
    with folder.locked():
        storage = open_storage(settings, plan, folder)
        try:
            return rebuild.rebuild(storage)
        finally:
            storage.close()


def back_up(settings: Settings, target: Path) -> int:
    """Write a backup while the server may run; gives its size in bytes."""
    folder = open_folder(settings)
    return backup.back_up(_database_file(settings), folder.path, settings.hall_file, target)


def restore(settings: Settings, source: Path) -> None:
    """Put a backup into an empty data folder; refused while a server runs there."""
    _database_file(settings)
    folder = open_folder(settings)
    with folder.locked():
        backup.restore(source, folder.path)


def _database_file(settings: Settings) -> Path:
    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Refused("sqlite_only")
    return Path(url.database)
