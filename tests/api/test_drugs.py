"""What is to be checked, joined with what a record says."""

from __future__ import annotations

from api.drugs import Request
from qa.drugs.person import Person
from qa.drugs.recorded import Recorded


def test_a_record_adds_to_what_is_asked() -> None:
    request = Request(("aspirin", "aspirin"), Person(conditions=("asthma",)), frozenset({"public"}))
    joined = request.joined(
        Recorded(("aspirin", "warfarin"), Person(conditions=("asthma", "gout"), allergies=("penicillin",)))
    )
    assert joined.drugs == ("aspirin", "aspirin", "warfarin")
    assert (joined.person.conditions, joined.person.allergies) == (("asthma", "gout"), ("penicillin",))
