"""The page of a citizen's machine: the same from the hall's server (paperless) and from a kiosk's own agent."""

from flask import Blueprint, render_template

blueprint = Blueprint(
    "kiosk",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/kiosk/static",
)


@blueprint.get("/kiosk/<kiosk>")
def page(kiosk: str) -> str:
    """The page of one kiosk, by its id in the hall file; who it may speak for is decided by its device token."""
    return render_template("kiosk.html", kiosk=kiosk)
