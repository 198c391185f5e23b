"""Which state of a resource stands."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.model import Part
from ingest.sources.fhir.revisions import joined, newest, revision, successive, withdrawn


def part(body: str, *at: int) -> Part:
    return Part("k", "d", (at[0], at[1]) if at else (0, 0), body)


def test_a_revision_is_told_by_the_resource_or_its_entry() -> None:
    assert revision({"meta": {"lastUpdated": "1970-01-01T01:00:01+01:00", "versionId": "4"}}, {}) == (1_000_000, 4)
    assert revision({}, {"response": {"lastModified": "1970-01-01T00:00:01Z", "etag": 'W/"3"'}}) == (1_000_000, 3)
    assert revision({"meta": {"lastUpdated": "soon", "versionId": "abc"}}, {}, 2) == (0, 2)


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        ({"status": "entered-in-error"}, "entered in error"),
        ({"verificationStatus": {"coding": [{"code": "x"}, {"code": "entered-in-error"}]}}, "entered in error"),
        ({"resourceType": "DocumentReference", "docStatus": "entered-in-error"}, "entered in error"),
        ({"resourceType": "DocumentReference", "status": "superseded"}, "superseded"),
        ({"resourceType": "DiagnosticReport", "status": "cancelled"}, "cancelled"),
        ({"resourceType": "DocumentReference", "status": "current", "docStatus": "amended"}, ""),
        ({"resourceType": "DiagnosticReport", "status": "corrected"}, ""),
        ({"resourceType": "MedicationRequest", "status": "cancelled"}, ""),
    ],
)
def test_what_is_not_to_be_used_says_so(resource: dict[str, Any], reason: str) -> None:
    assert withdrawn(resource) == reason


def test_the_newer_state_stands_and_what_was_taken_back_does_not_return() -> None:
    old, new = part("old", 1, 1), part("new", 2, 2)
    assert joined(None, old) == old
    assert joined(old, new) == new
    assert joined(new, old) is None
    gone = joined(new, part(""))
    assert gone == part("", 2, 2)
    assert joined(gone, new) is None
    assert joined(gone, part("newer", 3, 3)) == part("newer", 3, 3)


@pytest.mark.parametrize("back", [False, True])
def test_a_history_is_told_in_either_direction(back: bool) -> None:
    states = [part("3", 0, 3), part(""), part("1", 0, 1)]
    assert newest(states[::-1] if back else states, history=True).body == "3"
    states = [part(""), part("1", 0, 1)]
    assert newest(states[::-1] if back else states, history=True).body == ""


@pytest.mark.parametrize(
    ("one", "other", "follows"),
    [
        ((1, 1), (2, 2), True),
        ((0, 1), (0, 2), True),
        ((2, 0), (1, 3), True),
        ((0, 0), (0, 0), False),
        ((1, 0), (0, 1), False),
        ((1, 1), (2, 1), False),
        ((1, 2), (2, 1), False),
        ((1, 1), (1, 1), False),
    ],
)
def test_one_state_follows_another(one: tuple[int, int], other: tuple[int, int], follows: bool) -> None:
    assert successive(one, other) is successive(other, one) is follows


def test_a_history_that_tells_no_versions_begins_with_the_newest() -> None:
    assert newest([part("new"), part("old")], history=True).body == "new"
    assert newest([part("again"), part(""), part("old")], history=True).body == "again"
    assert newest([part(""), part("old")], history=True).body == ""
