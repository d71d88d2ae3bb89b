"""Who may talk to the agent: this machine's own page and programs, not a page of the internet that found the port."""

from collections.abc import Mapping
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_trusted(environ: Mapping[str, object]) -> bool:
    """Whether a WSGI request names this machine as its host, and comes from our own page or from no page at all.

    The host is checked as well: a foreign name that was made to point at this machine arrives with that name.
    """
    host, origin = str(environ.get("HTTP_HOST", "")), str(environ.get("HTTP_ORIGIN", ""))
    if urlsplit(f"//{host}").hostname not in LOOPBACK:
        return False
    return not origin or origin == f"http://{host}"
