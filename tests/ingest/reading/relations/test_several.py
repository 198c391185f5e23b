from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.jobs.relate import relate
from ingest.jobs.split import split
from ingest.model import Document, Mention, Section
from ingest.reading.relations.model import Finding
from ingest.reading.relations.several import Several

FOUND = Finding("MESH:C2", "MESH:C1", "associated_with", "Association", "affirmed", "certain", 0.9, 0, 10)


@dataclass(frozen=True)
class Listed:
    """Finds what it was given."""

    findings: tuple[Finding, ...]
    version: str = "listed/1"

    def find(
        self,
        text: str,
        mentions: Sequence[Mention],
        language: str,
        *,
        facts: bool = False,
        topic: Mention | None = None,
    ) -> list[Finding]:
        return list(self.findings)


def test_what_the_first_is_sure_of_stands_and_the_rest_is_added() -> None:
    sure = replace(FOUND, predicate="causes", start=12, end=20)
    unsure = replace(FOUND, predicate="treats", firm=False)
    again = replace(sure, confidence=0.5, start=0)
    other = replace(FOUND, predicate="treats", confidence=0.6, start=5)
    nameless = replace(FOUND, predicate="", label="Cotreatment", start=30)
    both = Several(Listed((sure, unsure)), Listed((again, other, nameless), "listed/2"))
    assert both.find("", [], "en") == [unsure, other, sure, nameless]
    assert both.version == "listed/1+listed/2"


def test_what_only_tells_is_never_firm_and_makes_no_fact() -> None:
    near = replace(FOUND, predicate="has_adverse_effect", start=30)
    both = Several(Listed((replace(FOUND, predicate="treats"),)), telling=(Listed((near,), "listed/2"),))
    assert [(f.predicate, f.firm) for f in both.find("", [], "en")] == [("treats", True), ("has_adverse_effect", False)]
    assert [f.predicate for f in both.find("", [], "en", facts=True)] == ["treats"]
    assert both.version == "listed/1+listed/2"


def test_beside_a_fact_nothing_else_is_told_of_its_two_entities_in_its_place() -> None:
    fact = replace(FOUND, predicate="contraindicated_in")
    turned = replace(FOUND, predicate="treats", subject=FOUND.object, object=FOUND.subject, start=4)
    elsewhere, another = replace(turned, start=10, end=20), replace(turned, object="MESH:C3")
    telling = (Listed((turned, elsewhere, another), "listed/2"),)
    assert Several(Listed((fact,)), telling=telling).find("", [], "en") == [
        fact, replace(another, firm=False), replace(elsewhere, firm=False),
    ]  # fmt: skip
    doubtful = replace(fact, firm=False)
    assert replace(turned, firm=False) in Several(Listed((doubtful,)), telling=telling).find("", [], "en")


def test_what_is_near_to_a_fact_of_an_earlier_one_is_left_out() -> None:
    sure = replace(FOUND, predicate="causes")
    assert Several(Listed((sure,)), Listed((replace(sure, predicate="contributes_to"),))).find("", [], "en") == [sure]


def asserted(*findings: Finding) -> list[tuple[str, str, str, tuple[tuple[str, str], ...]]]:
    document = Document("PMID:1", "", (Section("abstract", "One thing. Another."),))
    stated = relate(document, [], split(document), Listed(findings))
    assert all(a.sentence == document.text[a.start : a.end] for a in stated)
    return [(a.subject, a.predicate, a.object, a.qualifiers) for a in stated]


def test_only_what_is_firm_and_has_a_predicate_becomes_a_fact() -> None:
    assert asserted(replace(FOUND, firm=False), replace(FOUND, predicate="", label="Comparison")) == []


def test_a_symmetric_fact_is_stored_one_way_with_the_kind_of_the_corpus() -> None:
    expected = ("MESH:C1", "associated_with", "MESH:C2", (("relation", "Association"),))
    assert asserted(FOUND, replace(FOUND, subject="MESH:C1", object="MESH:C2")) == [expected]
    assert asserted(replace(FOUND, predicate="causes", label="CID")) == [("MESH:C2", "causes", "MESH:C1", ())]
