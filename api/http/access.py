"""Who asks, and what they may see: an API key holds access labels, nobody can give themselves one.

A client sends `Authorization: Bearer KEY`. Where the settings name no key (loopback alone), everybody reads what is
public. A document may be labelled, and a patient asked about, only with labels that the key holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.errors import Forbidden
from api.settings import Settings
from graph.licences import readable

PUBLIC = frozenset({"public"})


class Unauthorised(Exception):
    """No key, or one that the settings do not name."""


class Keys:
    """The accepted keys by their hash, so that comparing one tells nothing of the others by the time it takes."""

    def __init__(self, settings: Settings) -> None:
        self._labels = {_hash(key): labels for key, labels in settings.keys.items()}

    def labels(self, key: str | None) -> frozenset[str]:
        """The labels that `key` holds. Raises Unauthorised."""
        if not self._labels:
            return PUBLIC
        if key is None or _hash(key) not in self._labels:
            raise Unauthorised
        return self._labels[_hash(key)]


def held(wanted: Collection[str] | None, reader: frozenset[str]) -> frozenset[str]:
    """`wanted` labels, or all that the reader holds where none are named. Raises Forbidden for one not held."""
    if not wanted:
        return reader
    if not set(wanted) <= reader:
        raise Forbidden("a label was asked for that the key does not hold")
    return frozenset(wanted)


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


_bearer = HTTPBearer(auto_error=False, description="An API key of this server; it holds access labels.")


def _reader(request: Request, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> frozenset[str]:
    keys: Keys = request.app.state.keys
    return readable(keys.labels(sent.credentials if sent else None), open_only=False)


Reader = Annotated[frozenset[str], Depends(_reader)]
"""The labels of whoever asks; who may see what is public may also see sources under restricted licences."""
