"""Which state of a resource is the newer, and which states take back what an earlier one said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from ingest.model import Part
from ingest.sources.fhir.resource import Resource
from ingest.sources.fhir.standing import in_error

UNKNOWN = (0, 0)

_ETAG = re.compile(r"(?:W/)?\"?(\d{1,17})\"?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_GONE: dict[str, dict[str, tuple[str, ...]]] = {
    "Observation": {"status": ("cancelled",)},
    "DiagnosticReport": {"status": ("cancelled",)},
    "DocumentReference": {"status": ("superseded",), "docStatus": ("cancelled", "deprecated")},
}
"""The words, beside `entered-in-error`, by which a resource says that it is not to be used."""


def revision(resource: Resource, entry: Mapping[str, Any], version: int = 0) -> tuple[int, int]:
    """When a state was made and its version, as the resource or its entry in a history tells; 0 for what is unknown."""
    meta = _object(resource.get("meta"))
    response = _object(entry.get("response"))
    moment = _moment(meta.get("lastUpdated")) or _moment(response.get("lastModified"))
    return moment, _version(meta.get("versionId")) or _version(response.get("etag")) or version


def withdrawn(resource: Resource) -> str:
    """Why a resource is not to be used any more, in its own words; empty where it may be."""
    if in_error(resource):
        return "entered in error"
    for field, words in _GONE.get(str(resource.get("resourceType")), {}).items():
        if resource.get(field) in words:
            return str(resource[field])
    return ""


def joined(old: Part | None, new: Part) -> Part | None:
    """The state that stands after `old` when `new` comes; None where it is `old`.

    Where nothing tells which is the newer, it is what comes last; but what is taken back does not come back by the very
    state that was taken back.
    """
    if old is None:
        return new
    order = _order(new.revision, old.revision)
    if order < 0 or (order == 0 and not old.body and new.body):
        return None
    moment, version = (n or o for n, o in zip(new.revision, old.revision, strict=True))
    return Part(new.key, new.document or old.document, (moment, version), new.body)


def newest(states: Iterable[Part], *, history: bool) -> Part:
    """What stands of the states, one or more, of one resource in one file; a history is told from its end."""
    ordered = list(states)
    if history:
        told = [state.revision for state in ordered if state.revision != UNKNOWN]
        # The newest comes first where none tells; but only what was there can be deleted, so that stands last.
        if _order(told[0], told[-1]) > 0 if len(told) > 1 else ordered[-1].body:
            ordered.reverse()
    stands = ordered[0]
    for state in ordered[1:]:
        stands = joined(stands, state) or stands
    return stands


def successive(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two states tell that one follows the other on one server.

    Of moments and versions, each that both tell is later. Two servers that count from 1 each may tell the same version
    at two moments.
    """
    signs = {(a > b) - (a < b) for a, b in zip(one, other, strict=True) if a and b}
    return len(signs) == 1 and 0 not in signs


def _order(one: tuple[int, int], other: tuple[int, int]) -> int | float:
    """Below 0 where the first is older, 0 where they are the same state, above 0 where it is newer or nothing tells."""
    if all((one[0], other[0])) and one[0] != other[0]:
        return one[0] - other[0]
    if all((one[1], other[1])):
        return one[1] - other[1]
    return 0 if one[0] and one[0] == other[0] else 1


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _moment(value: object) -> int:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return 0
    if at is None:
        return 0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0, int((at - _EPOCH).total_seconds() * 1_000_000))


def _version(value: object) -> int:
    match = _ETAG.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) if match else 0
