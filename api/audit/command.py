"""What the trail tells of a command."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

from api.audit.recorder import Recorder
from api.audit.visit import Visit, request_id, working_for
from api.callers.model import PUBLIC, SCOPES, Caller
from api.wiring import Parts

WRITING = frozenset(
    {"ingest", "load", "unload", "delete", "reindex", "jobs cancel", "keys add", "keys revoke", "keys grants"}
)
"""The commands that change what is stored: each is put down before it is done."""
UNRECORDED = frozenset({"check", "tag"})
"""What looks at a home that may be damaged, and what needs none."""


@contextmanager
def recorded(parts: Parts, command: str) -> Iterator[Visit]:
    """Have what runs inside be told of in the trail, as done by the user of this machine. Raises what the trail raises:
    before it, where `command` writes; then it must not be done."""
    user = _user()
    visit = Visit(request_id(""), Caller(user, user, PUBLIC, SCOPES), door="cli")
    recorder = Recorder(None if command in UNRECORDED else parts.trail, parts.generations)
    writes = command in WRITING
    recorder.before(visit, writes=writes, command=command)
    error = ""
    try:
        with working_for(visit):
            yield visit
    except BaseException as raised:
        error = type(raised).__name__
        raise
    finally:
        recorder.after(visit, writes=writes, command=command, error=error)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user of no name, as in a container
        return "operator"
