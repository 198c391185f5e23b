"""The labels of whoever asks: a document may be labelled, and a patient asked about, only with labels that are held."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPBearer

from api.errors import Forbidden
from api.http.visit import Visited
from graph.licences import readable


def held(wanted: Collection[str] | None, reader: frozenset[str]) -> frozenset[str]:
    """`wanted` labels, or all that the reader holds where none are named. Raises Forbidden for one not held."""
    if not wanted:
        return reader
    if not set(wanted) <= reader:
        raise Forbidden("a label was asked for that the key does not hold")
    return frozenset(wanted)


_bearer = HTTPBearer(auto_error=False, description="A key of this server; it holds access labels and scopes.")


def _reader(visit: Visited, sent: Annotated[object, Security(_bearer)]) -> frozenset[str]:
    # The doorkeeper has asked for the key; `sent` tells the OpenAPI document of it.
    return readable(visit.caller.labels, open_only=False)


Reader = Annotated[frozenset[str], Depends(_reader)]
"""The labels of whoever asks; who may see what is public may also see sources under restricted licences."""
