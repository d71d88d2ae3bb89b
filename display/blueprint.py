"""The addresses of the screens. Every fact on a page comes from `/api/v1`; here only the page is chosen."""

from typing import Any

from flask import Blueprint, abort, current_app, render_template

blueprint = Blueprint(
    "display",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/display/static",
)


def _hall() -> dict[str, Any]:
    """The hall answer that the app injects into every page."""
    context: dict[str, Any] = {}
    current_app.update_template_context(context)
    hall: dict[str, Any] = context["hall"]
    return hall


@blueprint.get("/display/main/<screen>")
def main_screen(screen: str) -> str:
    """The screen of a zone, by its id in the hall file; landscape or portrait by its real size."""
    hall = _hall()
    row = next((row for row in hall["screens"] if row["id"] == screen), None)
    zone = next((zone for zone in hall["zones"] if row and zone["id"] == row["zone"]), None)
    if zone is None:
        abort(404)
    return render_template("main.html", screen=screen, zone=zone)


@blueprint.get("/display/window/<int:number>")
def window_screen(number: int) -> str:
    """The sign over one window."""
    window = next((window for window in _hall()["windows"] if window["number"] == number), None)
    if window is None:
        abort(404)
    return render_template("window.html", window=window)


@blueprint.get("/display/manager")
def manager_board() -> str:
    """The manager's board: the page asks for a sign-in by itself."""
    return render_template("manager.html")


@blueprint.get("/display/ledgers")
def ledgers() -> str:
    """The ledgers, to read, print or take away; the page asks for a sign-in by itself."""
    return render_template("ledgers.html")


@blueprint.get("/display/accounts")
def accounts() -> str:
    """Who may come in, for the roles that guard it; the page asks for a sign-in by itself."""
    return render_template("accounts.html")


@blueprint.get("/t/<token>")
def phone(token: str) -> str:
    """The page behind the QR code of a slip; an unknown token is told by the page, not by its address."""
    return render_template("phone.html", token=token)
