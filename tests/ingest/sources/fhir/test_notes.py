"""Narratives of resources."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from ingest.model import Section
from ingest.sources.fhir.notes import notes
from ingest.sources.fhir.standing import Refused


def attached(type: str, text: str) -> dict[str, Any]:
    return {"attachment": {"contentType": type, "data": base64.b64encode(text.encode()).decode()}}


def test_the_plainest_form_is_taken() -> None:
    content = [attached("text/html", "<p>Fever</p>"), attached("text/plain; charset=utf-8", "Fever.")]
    assert notes({"resourceType": "DocumentReference", "content": content}) == [Section("note", "Fever.")]
    with pytest.raises(Refused):
        notes({"resourceType": "DocumentReference", "content": [attached("image/png", "x")]})


def test_a_report_may_have_a_conclusion_and_no_note() -> None:
    assert notes({"resourceType": "DiagnosticReport", "conclusion": "Normal."}) == [Section("conclusion", "Normal.")]
    assert notes({"resourceType": "DiagnosticReport"}) == []


def test_a_page_is_its_lines_without_scripts() -> None:
    page = "<head><title>Note</title><body><script>x</script><h2>Now</h2><p>No  fever.</p>"
    page += "<ul><li>Cough<li>10<sup>6</sup>/mL</ul>"
    resource = {"resourceType": "DocumentReference", "content": [attached("text/html", page)]}
    assert notes(resource) == [Section("note", "Now\n\nNo fever.\n\n- Cough\n- 10⁶/mL")]
    only = {"resourceType": "DocumentReference", "content": [attached("text/html", "Fever &amp; cough")]}
    assert notes(only) == [Section("note", "Fever & cough")]


@pytest.mark.parametrize(
    ("type", "data", "reason"),
    [
        ("text/plain", "\ufffe", "not base64"),
        ("text/plain", "YQ", "not base64"),
        ("text/plain", "/w==", "not utf-8"),
        ("text/plain; charset=of-mars", "YQ==", "unknown character set"),
        ("text/plain; charset=undefined", "YQ==", "not what its character set says"),
        (
            "text/plain; charset=unicode_escape",
            base64.b64encode(b"a \\ud800").decode(),
            "not what its character set says",
        ),
    ],
)
def test_what_cannot_be_decoded_is_refused_with_the_reason(type: str, data: str, reason: str) -> None:
    content = [{"attachment": {"contentType": type, "data": data}}]
    with pytest.raises(Refused, match=reason):
        notes({"resourceType": "DocumentReference", "content": content})
