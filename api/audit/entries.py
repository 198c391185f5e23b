"""What a line of the trail says of a request, of a command and of a job: ids, counts and keyed hashes, no words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from api.audit.chain import hidden
from api.audit.trail import Trail, now
from api.audit.visit import Visit

LISTED = 50
"""So many touched ids stand in a line; their number tells of the rest."""
_PLAIN = re.compile(r"(?!local:|sha256:)[A-Za-z][A-Za-z0-9._-]{0,40}:[A-Za-z0-9._/:-]{1,80}")
"""Ids of vocabularies, of journals and pseudonyms. What a sender made up may hold a name: it stands as a keyed hash."""


def entry(trail: Trail, visit: Visit, event: str, generations: Mapping[str, str | int], **more: Any) -> dict[str, Any]:
    """A line for what `visit` did: `event` is `asked` before a write, and `done`."""
    told = {
        "time": now(),
        "event": event,
        "door": visit.door,
        "request": visit.id,
        "caller": visit.caller.name,
        "owner": visit.caller.owner,
        "purpose": visit.purpose,
        **more,
        "question": hidden(trail.key, visit.question) if visit.question else "",
        "outcome": visit.outcome,
        "counts": dict(sorted(visit.counts.items())),
        "touched": shown_ids(trail, sorted(visit.touched)[:LISTED]),
        "of": len(visit.touched) + visit.more,
        "generations": dict(generations),
    }
    return {name: value for name, value in told.items() if value not in ("", {}, [], None)}


def shown_ids(trail: Trail, ids: Iterable[str]) -> list[str]:
    """The ids as they stand in the trail."""
    return [shown_id(trail, id) for id in ids]


def shown_id(trail: Trail, id: str) -> str:
    """An id as it stands in the trail: what a sender made up as `#` and a keyed hash, so that it can be looked for."""
    return id if _PLAIN.fullmatch(id) else f"#{hidden(trail.key, id)}"
