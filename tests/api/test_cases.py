"""Cases out of files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api import cases
from ingest.errors import UnreadableSource


def test_a_phenopacket_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    packet = {
        "subject": {"sex": "FEMALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P1Y6M"}}},
        "phenotypicFeatures": [{"type": {"id": "HP:1"}}, {"type": {"id": "HP:2"}, "excluded": True}],
        "diseases": [{"onset": {"age": {"iso8601duration": "P2Y"}}}],
        "metaData": {"externalReferences": [{"id": "PMID:7"}]},
    }
    path.write_text(json.dumps(packet), encoding="utf-8")
    told = cases.of_phenopacket(path)
    assert (told.observed, told.excluded, told.sex, told.onset) == (("HP:1",), ("HP:2",), "female", 2)
    assert told.age == 2  # nobody falls ill after being seen
    assert cases.references(path) == {"PMID:7"}


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "{}", '{"phenotypicFeatures": {}}', '{"phenotypicFeatures": [1]}', '{"phenotypicFeatures": [{}]}'],
)
def test_what_is_none_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableSource, match=r"b\.json"):
        cases.of_phenopacket(path)
