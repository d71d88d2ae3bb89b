"""Pages and their files travel compressed: a phone's first look at its number costs a third of the bytes.

Only what is the same for everybody is kept compressed (scripts, style sheets, icons). Answers of the API are small and
change all the time; compressing them would cost the hub more than it saves the network.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request

KINDS = frozenset({"text/javascript", "text/css", "image/svg+xml"})
WORTH_BYTES = 512
"""A smaller file fits into one packet anyway."""


def register(app: Flask) -> None:
    """Compress the files of pages for browsers that take gzip."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.status_code != 200 or response.mimetype not in KINDS or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") <= 0:
        return response
    response.direct_passthrough = False
    whole = response.get_data()
    if len(whole) >= WORTH_BYTES:
        response.set_data(_squeezed(whole))
        response.headers["Content-Encoding"] = "gzip"
        _weaken(response)
    return response


@lru_cache(maxsize=128)
def _squeezed(whole: bytes) -> bytes:
    return gzip.compress(whole, compresslevel=9, mtime=0)


def _weaken(response: Response) -> None:
    """The tag names the content, not these bytes: a weak one still answers 304 to a browser that has it."""
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
