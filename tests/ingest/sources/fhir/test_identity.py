"""Which resource an address or a reference means."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.sources.fhir.identity import Name, Scope, contained, name_of, replaced_by, server_of, subject_of
from ingest.sources.fhir.standing import Refused


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("Patient/1", Name("Patient/1")),
        ("http://a.example/fhir/Patient/1/_history/3", Name("Patient/1", "a.example/fhir", 3)),
        ("https://A.example:443/fhir//Patient/1", Name("Patient/1", "a.example/fhir")),
        ("urn:uuid:0a", Name("urn:uuid:0a")),
        ("#p", None),
        ("somebody", None),
        (None, None),
    ],
)
def test_an_address_names_a_resource_of_a_server(address: object, name: Name | None) -> None:
    assert name_of(address) == name


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "?_getpages=7",
        "/Condition?patient=1",
        "/Patient/1/$everything",
        "/Patient/1/_history",
        "/Patient/_search",
    ],
)
def test_a_link_names_the_server_that_it_is_below(address: str) -> None:
    assert server_of(f"http://a.example/FHIR/R4{address}") == "a.example/FHIR/R4"
    assert server_of(f"a.example{address}") == ""


def test_a_reference_resolves_where_it_stands() -> None:
    scope = Scope("a.example", {"urn:uuid:0a": "b.example/Patient/7"})
    assert scope.key("Patient/1", "Patient", None) == "a.example/Patient/1"
    assert scope.key("Patient/1", "Patient", "c.example") == "c.example/Patient/1"
    assert scope.key("urn:uuid:0a", "Patient", None) == "b.example/Patient/7"
    assert scope.key("urn:uuid:0b", "Patient", None) == "Patient/0b"
    assert scope.key("#p", "Patient", None, "a.example/Condition/c") == "a.example/Condition/c#p"


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ({"display": "x"}, "no reference"),
        ({"reference": "Group/1"}, "other than a patient"),
        ({"reference": "#g"}, "other than a patient"),
    ],
)
def test_what_is_about_no_patient_is_refused(subject: dict[str, Any], reason: str) -> None:
    resource = {"subject": subject, "contained": [{"resourceType": "Group", "id": "g"}]}
    with pytest.raises(Refused, match=reason):
        subject_of(resource)
    assert contained(resource, "#none") == {}


def test_what_a_document_replaces() -> None:
    related = [
        {"code": "replaces", "target": {"reference": "DocumentReference/1"}},
        {"code": "appends", "target": {"reference": "DocumentReference/2"}},
        {"code": "replaces", "target": {"identifier": {"value": "x"}}},
    ]
    assert replaced_by({"relatesTo": related}) == ("DocumentReference/1", "")
    assert replaced_by({"relatesTo": "DocumentReference/1"}) == replaced_by({}) == ()
