"""The address of the desk. Who sits there, at which window and what waits is asked of `/api/v1` by the page itself."""

from flask import Blueprint, render_template

blueprint = Blueprint(
    "caller",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/caller/static",
)


@blueprint.get("/caller")
def desk() -> str:
    """The desk of a window; `?window=3` proposes window 3, the clerk decides."""
    return render_template("desk.html")
