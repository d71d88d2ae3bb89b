"""The addresses of the desk and its forms. Who sits there and what waits is asked of `/api/v1` by the pages."""

from flask import Blueprint, abort, render_template

from caller.forms import FAULTS, FORMS

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


@blueprint.get("/caller/form/<letter>")
def form(letter: str) -> str:
    """Form E, F or G (C12) to be printed; `?ticket=ID` fills it from the ticket, on the page and nowhere else."""
    found = FORMS.get(letter)
    if found is None:
        abort(404)
    return render_template("form.html", form=found, faults=FAULTS)
