"""One request: its id, who sends it and for what, and what it touched."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from api.callers.model import Caller

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_PURPOSE = re.compile(r"[A-Za-z0-9._:-]{1,64}")


@dataclass(slots=True)
class Visit:
    """What the doorkeeper knows of a request before its body is read, and what a route adds to it."""

    id: str
    """The client's `X-Request-ID` where it is a plain word, else a random one."""
    caller: Caller
    purpose: str
    """The client's `X-Purpose-Of-Use` where it is a plain word, else empty."""
    question: str = ""
    """The question's hash, where one is asked."""
    touched: set[str] = field(default_factory=set)
    """The ids of documents, entities and patients that the answer used."""

    def touch(self, ids: Iterable[str]) -> None:
        """Note what was used."""
        self.touched.update(ids)


def request_id(sent: str) -> str:
    """What a request is called in the response, the log and the trail."""
    return sent if _ID.fullmatch(sent) else secrets.token_hex(8)


def purpose(sent: str) -> str:
    """What the client says that it asks for."""
    return sent if _PURPOSE.fullmatch(sent) else ""


def _visit(request: Request) -> Visit:
    visit: Visit = request.scope["state"]["visit"]
    return visit


Visited = Annotated[Visit, Depends(_visit)]
"""The request as the doorkeeper knows it."""
