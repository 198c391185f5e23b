from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graph.model import Assertion, Entity, Source
from ingest.model import Failure, Mapping
from ingest.sources.curated import guidelines
from ingest.sources.detect import detect

CHEMICAL = {"id": "PA900001", "name": "etanercept"}
GUIDELINE: dict[str, Any] = {
    "guideline": {
        "id": "PA166900001", "source": "CPIC", "relatedChemicals": [CHEMICAL],
        "relatedGenes": [{"id": "PA900002", "name": "blue gene", "symbol": "BLU1"}],
    },
    "recommendations": [
        {
            "id": "PA166900002", "population": "general", "classification": {"term": "Strong"},
            "relatedChemicals": [CHEMICAL], "text": {"html": "<p>Give it\non <b>Sundays</b> &quot;only&quot;.</p>\n"},
            "implications": ["BLU1: bluer"], "lookupKey": {"BLU1": "Blue Metabolizer"},
        }
    ],
    "version": "2031-02-03-16-13",
}  # fmt: skip


def test_a_guideline(write: Callable[..., Path]) -> None:
    path = write("one.json", json.dumps(GUIDELINE))
    assert detect(path) == "guidelines"
    source, *records = guidelines.read(path)
    assert isinstance(source, Source)
    assert (source.id, source.licence) == ("cpic", "CC-BY-SA-4.0")
    assert [e.id for e in records if isinstance(e, Entity)] == ["PHARMGKB:PA900002", "PHARMGKB:PA900001"]
    assert Mapping("PHARMGKB:PA900001", "DRUGBANK:DB00005") in records
    (fact,) = [a for a in records if isinstance(a, Assertion)]
    assert (fact.subject, fact.predicate, fact.object) == (
        "PHARMGKB:PA900002", "affects_response_to", "PHARMGKB:PA900001",
    )  # fmt: skip
    assert dict(fact.qualifiers) == {
        "date": "2031-02-03", "genotype": "BLU1 Blue Metabolizer", "strength": "Strong", "population": "general",
        "implication": "BLU1: bluer", "recommendation": 'Give it on Sundays "only".',
    }  # fmt: skip
    assert fact.record == "PA166900001 PA166900002"


def test_what_is_no_guideline_is_a_failure(write: Callable[..., Path]) -> None:
    for text in ('{"guideline": 1}', '{"guideline": {"source": "OTHER"}}', "{"):
        (failure,) = guidelines.read(write("one.json", text))
        assert isinstance(failure, Failure)
        assert failure.record == "one.json"
