"""Parts that join those that the ledger keeps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest.jobs.ledger import Done, Ledger
from ingest.jobs.parts import LENGTH, Changes, join, of_strangers, touched
from ingest.model import Document, Part
from ingest.sources.fhir.compose import facts_body
from ingest.sources.fhir.fact import Fact

SALT = b"a salt of the tests, long enough"
ONE, TWO = "fhir:Patient/" + "a" * 32, "fhir:Patient/" + "b" * 32


def part(key: str, text: str, document: str = ONE) -> Part:
    return Part(key, document, body=facts_body([Fact("conditions", text)], {}, document[13:], SALT))


def test_parts_add_up_move_and_are_taken_back(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    first = join(ledger, [part("a", "Gout"), part("b", "Scurvy")])
    assert {id: document.text for id, document in first.documents.items()} == {ONE: "Gout\nScurvy"}
    ledger.put([Done(ONE, "h", "v")], parts=first.parts)
    assert touched(ledger, [part("a", "Gout", TWO)]) == {"a": {ONE, TWO}}

    moved = join(ledger, [part("a", "Gout", TWO)])
    assert {id: document.text for id, document in moved.documents.items()} == {ONE: "Scurvy", TWO: "Gout"}

    back = join(ledger, [replace(part("a", ""), body="", document=""), Part("b", ONE), Part("c", "")])
    assert (back.gone, back.documents, back.taken_back) == ({ONE}, {}, {"a", "b"})
    ledger.put([], parts=back.parts, gone=back.gone)
    assert {(p.key, p.document, p.body) for p in ledger.parts(keys="abc")} == {
        ("a", ONE, ""), ("b", ONE, ""), ("c", "", ""),
    }  # fmt: skip
    assert ledger.get([ONE]) == {}
    ledger.remove([ONE])
    assert [p.key for p in ledger.parts(keys="abc")] == ["c"]
    ledger.close()


def test_what_comes_of_another_person_is_told_apart_in_later_batches_too(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")

    def person(born: str) -> Part:
        body = facts_body([], {"birthDate": born}, ONE[13:], SALT, serverless=True)
        return Part("Patient/p", ONE, body=body)

    ledger.put([Done(ONE, "h", "v")], parts=[person("1970-01-01")])
    strangers: set[str] = set()
    assert of_strangers(ledger, [person("1970-01-01"), part("a", "Gout")], strangers) == []
    theirs = [person("1980-01-01"), part("a", "Scurvy")]
    assert of_strangers(ledger, [*theirs, part("b", "Fever", TWO)], strangers) == theirs
    assert of_strangers(ledger, [part("c", "Cough")], strangers) == [part("c", "Cough")]
    again = [person("1970-01-01"), part("a", "Gout")]
    assert of_strangers(ledger, again, strangers) == []
    ledger.close()


def test_parts_are_joined_before_they_are_many_or_long() -> None:
    changes = Changes()
    document = Document("fhir:Patient/1", "", (), parts=(part("Patient/1", "x" * (LENGTH // 2)),))
    assert changes.take(document)
    assert not changes.full(replace(document, id="fhir:Patient/2"), 128)
    assert changes.take(replace(document, id="fhir:Patient/2"))
    assert changes.full(replace(document, id="fhir:Patient/3"), 128)
