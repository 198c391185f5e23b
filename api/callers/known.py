"""Which key is whose."""

from __future__ import annotations

import hashlib

from api.callers.model import LOCAL, PUBLIC, Caller, Unauthorised
from api.settings import Settings


class Callers:
    """The accepted keys by their hash, so that comparing one tells nothing of the others by the time it takes."""

    def __init__(self, settings: Settings) -> None:
        self._by_hash = {
            _hash(key.get_secret_value()): Caller(
                f"key-{number}", f"key-{number}", labels, frozenset({"read", "write"})
            )
            for number, (key, labels) in enumerate(settings.api_keys.items(), 1)
        }
        if settings.api_key is not None:
            only = Caller("key", "key", PUBLIC, frozenset({"read"}))
            self._by_hash.setdefault(_hash(settings.api_key.get_secret_value()), only)

    def caller(self, authorization: str | None) -> Caller:
        """Whose key the header `Authorization` holds. Raises Unauthorised."""
        if not self._by_hash:
            return LOCAL
        scheme, _, key = (authorization or "").partition(" ")
        caller = self._by_hash.get(_hash(key.strip())) if scheme.lower() == "bearer" else None
        if caller is None:
            raise Unauthorised
        return caller


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
