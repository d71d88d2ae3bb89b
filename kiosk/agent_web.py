"""The agent's door on this machine: the kiosk page and its calls pass through here, and tickets leave paper behind."""

from typing import Any
from urllib.parse import quote
from uuid import uuid4

from flask import Flask, Response, jsonify, request

from kiosk import __version__
from kiosk.agent_away import AWAY_PAGE, AWAY_POLICY
from kiosk.agent_beats import Beats
from kiosk.agent_desk import PrintDesk
from kiosk.agent_ledger import PrintLedger, Slip
from kiosk.agent_refusals import FOREIGN, SERVER_AWAY, body_of
from kiosk.agent_trust import is_trusted
from kiosk.relay import ANSWER_SECONDS, Reply, Server, ServerAway

LONG_POLL_SECONDS = 60.0
PAGES = ("kiosk", "static", "audio")  # what the page is made of; the hall's other pages are not for a kiosk
ANY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def create_app(kiosk_id: str, server: Server, desk: PrintDesk, beats: Beats, ledger: PrintLedger) -> Flask:
    """The WSGI application; it holds no state of its own."""
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.before_request(_refuse_strangers)
    app.register_error_handler(ServerAway, lambda _away: (jsonify(body_of(SERVER_AWAY)), 503))
    _add_pages(app, kiosk_id, server)
    _add_calls(app, server, desk, beats)
    _add_status(app, kiosk_id, desk, beats, ledger)
    return app


def _refuse_strangers() -> tuple[Response, int] | None:
    return None if is_trusted(request.environ) else (jsonify(body_of(FOREIGN)), 403)


def _add_pages(app: Flask, kiosk_id: str, server: Server) -> None:
    @app.get("/")
    def page() -> Response:
        try:
            return _answer(server.pass_on("GET", f"/kiosk/{quote(kiosk_id)}", headers=dict(request.headers)))
        except ServerAway:
            return Response(AWAY_PAGE, 503, {"Content-Security-Policy": AWAY_POLICY, "Cache-Control": "no-store"})

    @app.get(f"/<any({','.join(PAGES)}):_folder>/<path:_path>")
    def part_of_page(_folder: str, _path: str) -> Response:
        return _pass_on(server)

    @app.route("/socket.io/", methods=["GET", "POST"])
    def long_poll() -> Response:
        return _pass_on(server, answer_seconds=LONG_POLL_SECONDS)


def _add_calls(app: Flask, server: Server, desk: PrintDesk, beats: Beats) -> None:
    @app.route("/api/v1/<path:_path>", methods=ANY_METHOD)
    def call(_path: str) -> Response:
        return _pass_on(server)

    @app.post("/api/v1/tickets")
    def take_ticket() -> Response | tuple[Response, int]:
        wish = request.get_json(silent=True)
        if not isinstance(wish, dict):
            return _pass_on(server)  # the server knows how to refuse that
        wish.setdefault("request_id", uuid4().hex)
        wish.setdefault("print", "printer")
        try:
            reply = _twice(server, wish)
        except ServerAway:
            return jsonify(body_of(SERVER_AWAY, request_id=wish["request_id"])), 503
        ticket = reply.json().get("ticket") or {}
        if reply.status == 201 and _wants_paper(wish, ticket):
            desk.take(ticket, language=str(wish.get("language") or "zh"))
        return _answer(reply)

    @app.post("/api/v1/tickets/<token>/reprint")
    def reprint(token: str) -> Response:
        reply = server.call("POST", f"tickets/{quote(token)}/reprint", request.get_json(silent=True) or {})
        ticket = reply.json().get("ticket")
        if reply.status in {200, 201} and ticket:
            desk.take(ticket, reprint=True)
        return _answer(reply)

    @app.get("/api/v1/device")
    def device() -> Response:
        """What the server knows of this kiosk, with the printer as it is now."""
        reply = server.call("GET", "device")
        if reply.status != 200:
            return _answer(reply)
        return jsonify({**reply.json(), "printer": {"state": beats.printer_state}})


def _add_status(app: Flask, kiosk_id: str, desk: PrintDesk, beats: Beats, ledger: PrintLedger) -> None:
    @app.get("/agent/status")
    def status() -> Response:
        return jsonify(
            {
                "id": kiosk_id,
                "version": __version__,
                "printer": {"state": beats.printer_state},
                "server": {"away": beats.server_away, "refused": beats.refused},
                "slips": {"waiting": desk.waiting(), "untold": len(ledger.untold()), "last": _row(ledger.last())},
            }
        )


def _row(slip: Slip | None) -> dict[str, Any] | None:
    if slip is None:
        return None
    state, problem = (slip.result.state, slip.result.problem) if slip.result else ("printing", "")
    row = {"ticket": slip.ticket, "number": slip.number, "reprint": slip.reprint}
    return row | {"state": state, "problem": problem}


def _wants_paper(wish: dict[str, Any], ticket: dict[str, Any]) -> bool:
    """A number that waits for its slip; not one kept on the phone, printed before, or given up at once."""
    return wish["print"] != "none" and ticket.get("print") == "pending" and ticket.get("state") == "waiting"


def _twice(server: Server, wish: dict[str, Any]) -> Reply:
    """A second try after a lost reply: with the same request id it cannot become a second ticket."""
    try:
        return server.call("POST", "tickets", wish)
    except ServerAway:
        return server.call("POST", "tickets", wish)


def _pass_on(server: Server, *, answer_seconds: float = ANSWER_SECONDS) -> Response:
    path = quote(request.path, safe="/:@!$&'()*+,;=~")
    if ".." in request.path.split("/"):
        return Response(status=404)
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    reply = server.pass_on(
        request.method,
        path + query,
        headers=dict(request.headers),
        body=request.get_data(),
        answer_seconds=answer_seconds,
    )
    return _answer(reply)


def _answer(reply: Reply) -> Response:
    response = Response(reply.body, reply.status)
    del response.headers["Content-Type"]
    response.headers.extend(reply.headers)
    return response
