"""Password hashes with argon2id, computed in a thread so that the hall does not stop for them.

One hash at OWASP's smallest advised cost takes about 20 ms; on the event loop every screen would wait for it. It is one
thread, as each that ever hashed keeps its 19 MiB: when a hall signs on in the morning, ten of them would be 200.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent.threadpool import ThreadPool


class Argon2Passwords:
    """Hashes with 19 MiB and two passes."""

    def __init__(self) -> None:
        self._thread = ThreadPool(1)
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

    def hash(self, password: str) -> str:
        """The hash to keep."""
        return str(self._thread.apply(self._hasher.hash, (password,)))

    def matches(self, hashed: str, password: str) -> bool:
        """Whether `password` is the one that was hashed."""
        return bool(self._thread.apply(self._matches, (hashed, password)))

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False
