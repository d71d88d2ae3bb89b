from collections.abc import Callable

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import server.app  # noqa: F401 - importing it declares every endpoint
from server.domain.errors import REFUSALS
from server.transports.errors import status_of
from server.transports.openapi import description
from tests.clients import Anybody
from tests.fuzz.callers import CALLERS, WINDOW, Fuzzed
from tests.hall_server import HallServer

StartHall = Callable[..., HallServer]

EXAMPLES = 12
SCHEMA = schemathesis.openapi.from_dict(description())
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)}
RIGHT, WRONG = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
CAN_BE_WRONG = [label for label, operation in OPERATIONS.items() if operation.body or operation.query]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def fuzzed(start_shared_hall: StartHall) -> Fuzzed:
    return Fuzzed(start_shared_hall())


def test_the_running_hall_describes_itself_as_its_code_does(fuzzed: Fuzzed) -> None:
    assert Anybody(fuzzed.hall.url).get("openapi.json").expect() == description()


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("label", OPERATIONS)
def test_what_the_description_allows_is_answered_as_described(fuzzed: Fuzzed, caller: str, label: str) -> None:
    call_often(fuzzed, caller, OPERATIONS[label].as_strategy(generation_mode=RIGHT), check)


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("label", CAN_BE_WRONG)
def test_what_the_description_forbids_is_refused_with_a_code(fuzzed: Fuzzed, caller: str, label: str) -> None:
    call_often(fuzzed, caller, OPERATIONS[label].as_strategy(generation_mode=WRONG), check_refused)


def call_often(
    fuzzed: Fuzzed,
    caller: str,
    cases: st.SearchStrategy[schemathesis.Case],
    judge: Callable[[schemathesis.Case, schemathesis.Response], None],
) -> None:
    """Make calls of these kinds, half of them about something that is there, and judge each answer."""
    client = fuzzed.client(caller)

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=cases, near=st.booleans())
    def call(case: schemathesis.Case, near: bool) -> None:
        prepare(fuzzed, caller, client, case, near=near)
        judge(case, case.call(base_url=fuzzed.hall.url, session=client.http))

    call()


def prepare(fuzzed: Fuzzed, caller: str, client: Anybody, case: schemathesis.Case, *, near: bool) -> None:
    """The call is made by its caller, and half of the time about something that is there."""
    case.cookies.clear()
    for name in ("Authorization", "X-CSRF-Token", "Cookie"):
        case.headers.pop(name, None)
    if near and "token" in case.path_parameters:
        case.path_parameters["token"] = fuzzed.waiting_ticket()["token"]
    if near and "number" in case.path_parameters:
        case.path_parameters["number"] = WINDOW
    if near and caller == "clerk" and "windows" in case.path:
        fuzzed.ready_for(case.path.rsplit("/", 1)[1], client)


def check(case: schemathesis.Case, response: schemathesis.Response) -> None:
    """As described: status, type and shape; a refusal with a code that belongs to its status and is announced."""
    case.validate_response(response, checks=CHECKS)
    if response.status_code < 400:
        return
    error = response.json()["error"]
    assert error["code"] in REFUSALS
    assert status_of(error["code"]) == response.status_code
    assert error["message"]
    assert error["message_en"]
    assert "—" not in error["message"], "the refusal lacks a fact that its sentence tells"
    announced = case.operation.definition.raw["responses"][str(response.status_code)]["description"]
    assert f"`{error['code']}`" in announced, f"{error['code']} is not announced"


def check_refused(case: schemathesis.Case, response: schemathesis.Response) -> None:
    """As described, and never accepted when the body itself was wrong."""
    check(case, response)
    assert case.meta is not None
    body = case.meta.components.get(ParameterLocation.BODY)
    if body is not None and body.mode is WRONG:
        assert response.status_code >= 400, "a wrong body was accepted"
