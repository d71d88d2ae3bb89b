import ast

import pytest

from tests.rules.arrows import ARROWS, complaints
from tests.rules.sources import PROGRAM, modules

PLANTED = [
    ("server.domain.tickets", "import flask"),
    ("server.domain.tickets", "import numpy as np"),
    ("server.domain.tickets", "from server.services import ports"),
    ("server.domain.tickets", "from server import services"),
    ("server.domain.tickets", "def f():\n    from server.adapters.clock import SystemClock"),
    ("server.domain.tickets", "from importlib import import_module\nimport_module('server.services.ports')"),
    ("server.estimates.walk", "import sqlalchemy"),
    ("server.estimates.walk", "from server.services import ports"),
    ("server.hall_file.read", "from server.services import ports"),
    ("server.hall_file.read", "import flask"),
    ("server.services.calling", "from server.adapters.storage import SqlStorage"),
    ("server.services.calling", "from server.transports import auth"),
    ("server.services.calling", "import sqlalchemy"),
    ("server.services.calling", "from flask import request"),
    ("server.simulation.visitors", "from server.transports import auth"),
    ("server.adapters.storage", "from server.services.calling import call_next"),
    ("server.adapters.storage", "from server.services import calling"),
    ("server.transports.api_windows", "from server.adapters import storage"),
    ("server.transports.api_windows", "from server import bootstrap"),
    ("server.app", "from server.adapters import storage"),
    ("server.app", "from server import domain"),
    ("server.settings", "from server.services import ports"),
    ("server.__main__", "from server.adapters.storage import SqlStorage"),
    ("server.environment", "import yaml"),
    ("server.environment", "from server import settings"),
    ("server", "import flask"),
    ("kiosk.agent", "from server.domain import hours"),
    ("kiosk.agent", "import server"),
    ("kiosk.agent", "from display import blueprint"),
    ("caller.pad", "from server.settings import read"),
    ("display.loudspeaker", "import server.domain.events"),
    ("display.loudspeaker", "import kiosk"),
    ("server.services.calling", "from tests import clients"),
]

ALLOWED = [
    ("server.domain.tickets", "from server.domain import events, hours\nimport dataclasses"),
    ("server.estimates.walk", "import numpy as np\nfrom server.domain.tickets import Ticket"),
    ("server.hall_file.read", "import yaml, pydantic\nfrom server.domain import plan"),
    ("server.services.calling", "from server.domain import tickets\nfrom server.estimates import walk"),
    ("server.simulation.visitors", "from server.services.calling import call_next"),
    ("server.adapters.storage", "import sqlalchemy\nfrom server.services.ports import Storage"),
    ("server.transports.api_windows", "import flask\nfrom server.services import calling"),
    ("server.app", "from server.transports import auth\nfrom kiosk.blueprint import blueprint"),
    ("server.bootstrap", "from server.adapters.storage import SqlStorage"),
    ("server.__main__", "from server.bootstrap import build\nfrom server.environment import prepare"),
    ("kiosk.__main__", "from server.environment import prepare\nimport flask\nfrom kiosk import slip"),
]


@pytest.mark.parametrize(("module", "source"), PLANTED)
def test_a_planted_violation_is_caught(module: str, source: str) -> None:
    assert complaints(module, ast.parse(source))


@pytest.mark.parametrize(("module", "source"), ALLOWED)
def test_what_the_design_allows_is_not_complained_about(module: str, source: str) -> None:
    assert complaints(module, ast.parse(source)) == []


def test_every_import_follows_an_arrow_of_the_design() -> None:
    found = [line for name, tree in modules(*PROGRAM).items() for line in complaints(name, tree)]
    assert found == []


def test_every_part_of_the_server_has_its_own_arrow() -> None:
    parts = {".".join(name.split(".")[:2]) for name in modules("server")}
    assert parts - set(ARROWS) == set()
