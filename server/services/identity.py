"""Identity for the duplicate check only: a keyed hash that cannot be turned back, gone the next day (K3, PIPL 6)."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

from server.domain import hours
from server.services.hall import Hall


def keyed_hash(hall: Hall, identity: str | None) -> str | None:
    """The hash of what a reader or a hand gave, the same for the same person today; None for nobody."""
    if identity is None:
        return None
    tidy = "".join(unicodedata.normalize("NFKC", identity).upper().split())
    today = hours.business_date(hall.plan, hall.clock.now()).isoformat()
    return hmac.new(hall.identity_key, f"{today} {tidy}".encode(), hashlib.sha256).hexdigest()
