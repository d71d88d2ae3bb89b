"""What every page gets from the server: the hall's names, addresses of its files, the import map, a nonce.

The pages themselves belong to `kiosk`, `caller` and `display`.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, g, render_template, request

from server.services import queries
from server.transports.endpoint import house

blueprint = Blueprint("pages", __name__)

KEEP_SECONDS = 31_536_000
DEMO_DEVICE_TOKENS = "DEMO_DEVICE_TOKENS"
"""Where the demo keeps its devices' keys: its kiosk page opens without being enrolled. Never set by a real hall."""


@blueprint.get("/")
def index() -> str:
    """Where to go: one link for each kind of user."""
    return render_template("index.html")


def register(app: Flask) -> None:
    """Give templates what they need, and every response its security headers."""
    app.context_processor(lambda: _context(app))
    app.after_request(_protect)


def _context(app: Flask) -> dict[str, Any]:
    hall = house().hall

    def asset(path: str) -> str:
        file = _file_of(app, path)
        return path if file is None else f"{path}?v={_content_hash(str(file), file.stat().st_mtime_ns)}"

    return {
        "csp_nonce": _nonce(),
        "hall": queries.hall_answer(hall),
        "import_map": json.dumps({"imports": _imports(app, asset)}),
        "asset": asset,
        "demo": hall.demo,
        "device_tokens": app.config.get(DEMO_DEVICE_TOKENS) if hall.demo else None,
        "page_lang": "en" if request.args.get("lang") == "en" else "zh-CN",
    }


def _imports(app: Flask, asset: Any) -> dict[str, str]:
    """Each shared module by name, with its content in the address, so that an upgrade is seen at once."""
    found = {}
    for folder in ("shared", "vendor"):
        for file in sorted((Path(app.static_folder or "") / folder).glob("*.js")):
            found[f"{folder}/{file.name}"] = asset(f"/static/{folder}/{file.name}")
    return found


def _file_of(app: Flask, path: str) -> Path | None:
    folders = [(app.static_url_path or "/static", Path(app.static_folder or ""))]
    folders += [
        ((part.url_prefix or "") + (part.static_url_path or ""), Path(part.static_folder))
        for part in app.blueprints.values()
        if part.static_folder
    ]
    for prefix, folder in folders:
        if path.startswith(f"{prefix}/") and (file := folder / path.removeprefix(f"{prefix}/")).is_file():
            return file
    return None


@lru_cache(maxsize=1024)
def _content_hash(file: str, changed: int) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:12]


def _nonce() -> str:
    if not hasattr(g, "csp_nonce"):
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def _protect(response: Response) -> Response:
    """Strict headers for pages; files with their content in the address may be kept."""
    headers = response.headers
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    if response.mimetype == "text/html":
        nonce = _nonce()
        headers["Content-Security-Policy"] = (
            f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
            "img-src 'self' data:; connect-src 'self' ws: wss:; media-src 'self' blob:; object-src 'none'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        headers["Cache-Control"] = "no-store"
    elif request.args.get("v") and response.status_code == 200:
        headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}, immutable"
    return response
