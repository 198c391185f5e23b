"""What a sender may change, and what the others see of it: nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.jobs.rights import CURATED, GIVEN_NAME, TAKEN, OwnPseudonyms, Rights, own_id, salt_of
from ingest.jobs.writing import Writer
from ingest.model import Tally
from ingest.sources.fhir.deidentify import Pseudonyms
from tests.ingest.jobs.conftest import PUBLIC, SALT, Shared, label

ANNE = label("anne")
WARD, LAB = Writer("ward", PUBLIC), Writer("lab", PUBLIC)
NURSE, HEAD = Writer("ward", PUBLIC | {ANNE}), Writer("head", PUBLIC | {ANNE}, admin=True)
Json = dict[str, Any]


def about(kind: str, id: str, patient: str, **fields: Any) -> Json:
    subject = "patient" if kind in ("AllergyIntolerance", "Immunization") else "subject"
    return {"resourceType": kind, "id": id, subject: {"reference": f"Patient/{patient}"}, **fields}


def note(id: str, patient: str, text: str, **fields: Any) -> Json:
    data = base64.b64encode(text.encode()).decode()
    content = [{"attachment": {"contentType": "text/plain", "data": data}}]
    return about("DocumentReference", id, patient, status="current", content=content, **fields)


def replaces(id: str) -> list[Json]:
    return [{"code": "replaces", "target": {"reference": f"DocumentReference/{id}"}}]


def kinds(patient: str, id: str = "x") -> list[Json]:
    """A resource of each sort about a patient."""
    said = {"code": {"text": "Leukaemia"}}
    error = {"coding": [{"code": "entered-in-error"}]}
    return [
        {"resourceType": "Patient", "id": patient, "birthDate": "1950-01-02", "gender": "male"},
        about("Condition", f"c{id}", patient, **said),
        about("Condition", f"c{id}", patient, **said, verificationStatus=error),
        about("AllergyIntolerance", f"a{id}", patient, **said),
        about("Observation", f"o{id}", patient, status="final", valueString="high", **said),
        about("Immunization", f"i{id}", patient, status="completed", vaccineCode={"text": "Flu"}, occurrenceString="1"),
        about("DiagnosticReport", f"r{id}", patient, status="final", conclusion="Leukaemia.", **said),
        note(f"n{id}", patient, "He has leukaemia."),
        note(f"m{id}", patient, "No.", relatesTo=replaces(f"n{id}")),
    ]  # fmt: skip


def told(done: Tally) -> object:
    failed = [(Path(one.file).name, one.record, one.reason) for one in done.failed]
    return replace(done, failed=()), done.documents, done.labels, failed


def files_of(*resources: Json) -> dict[str, list[tuple[str, str]]]:
    """The same resources in every form in which they may be sent."""
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    urls = [f"{one['resourceType']}/{one['id']}" for one in resources]
    gone = [{"request": {"method": "DELETE", "url": url}} for url in urls]
    return {
        "lines": [("a.ndjson", "".join(json.dumps(one) + "\n" for one in resources))],
        "alone": [(f"{n}.json", json.dumps(one)) for n, one in enumerate(resources)],
        "bundle": [("a.json", json.dumps(bundle))],
        "within": [("a.json", json.dumps({**bundle, "entry": [{"resource": bundle}]}))],
        "backwards": [("a.json", json.dumps({**bundle, "type": "history", "entry": bundle["entry"][::-1]}))],
        "deletions": [("a.json", json.dumps({**bundle, "type": "transaction", "entry": gone}))],
    }


@pytest.mark.parametrize("form", list(files_of()))
def test_who_lacks_the_label_neither_writes_into_a_record_nor_learns_that_it_is_there(
    shared: Callable[..., Shared], form: str
) -> None:
    home, empty = shared("home"), shared("empty")
    home.fhir(None, *kinds("anne"), note("old", "anne", "He takes aspirin."))
    before = home.seen(frozenset({ANNE}))
    files = files_of(*kinds("anne"), about("Condition", "new", "anne", code={"text": "Gout"}))[form]
    known, unknown = home.send(WARD, *files), empty.send(WARD, *files)
    assert told(known) == told(unknown)
    assert home.seen(frozenset({ANNE})) == before
    assert home.seen(PUBLIC) == empty.seen(PUBLIC)
    own = frozenset({label("anne", "ward")})
    assert home.seen(own) == empty.seen(own)
    assert ANNE not in known.labels


def test_nobody_moves_a_resource_out_of_a_record_or_keeps_it_out(shared: Callable[..., Shared]) -> None:
    home = shared()
    late = {"lastUpdated": "2999-01-01T00:00:00Z"}
    home.fhir(WARD, {**about("Condition", "c1", "bob", code={"text": "Gout"}), "meta": late})
    home.send(WARD, files_of(about("Condition", "c2", "anne"))["deletions"][0])
    home.fhir(None, *(about("Condition", f"c{n}", "anne", code={"text": "Gout"}) for n in (1, 2)))
    whole = home.seen(frozenset({ANNE}))
    assert len(whole[1]) == 2  # type: ignore[arg-type]  # statements
    for patient in ("bob", "eve"):
        home.fhir(
            WARD, *({**about("Condition", f"c{n}", patient, code={"text": "Gout"}), "meta": late} for n in (1, 2))
        )
        home.fhir(
            NURSE, *({**about("Condition", f"c{n}", patient, code={"text": "Flu"}), "meta": late} for n in (1, 2))
        )
    assert home.seen(frozenset({ANNE})) == whole


def test_who_holds_the_label_adds_to_the_record_and_changes_nothing_of_others(shared: Callable[..., Shared]) -> None:
    home = shared()
    kept = [about("Condition", "c1", "anne", code={"text": "Gout"}), note("n1", "anne", "He takes aspirin.")]
    person = {"resourceType": "Patient", "id": "anne", "birthDate": "1950-01-02"}
    born = about("Condition", "c3", "anne", code={"text": "Flu"}, onsetDateTime="1950-01-02")
    home.fhir(None, *kept, person, born)
    before = home.fingerprint()
    assert home.fhir(NURSE, *kept, born, person).failures == 0
    assert home.fingerprint() == before
    changed = [
        {**kept[0], "code": {"text": "Scurvy"}},
        note("n1", "anne", "He takes nothing."),
        {**person, "gender": "male"},
    ]
    for one in changed:
        done = home.fhir(NURSE, one)
        assert [(one.record, one.reason) for one in done.failed] == [(f"line 1 ({one['resourceType']})", TAKEN)]
    newer = note("n2", "anne", "x", relatesTo=replaces("n1"))
    assert [one.reason for one in home.fhir(NURSE, newer).failed] == [TAKEN]
    assert home.send(NURSE, *files_of(*kept)["deletions"]).deleted == 0
    wrong = {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}}
    assert home.fhir(NURSE, {**kept[0], **wrong}).failures == 2  # it is in error, and it is another's
    more = home.fhir(NURSE, about("Condition", "c2", "anne", code={"text": "Asthma"}))
    assert (more.updated, more.labels) == (1, ())
    text = home.passages.text(f"fhir:Patient/{ANNE[8:]}", access=frozenset({ANNE}))
    assert "Gout" in text
    assert "Asthma" in text
    assert home.send(NURSE, *files_of(about("Condition", "c2", "anne"))["deletions"]).deleted == 1
    # Whoever administers corrects what others wrote, where the label is held.
    assert home.fhir(HEAD, *changed[:1]).updated == 1
    assert home.send(HEAD, *files_of(kept[1])["deletions"]).deleted == 1


def test_a_stranger_is_not_added_to_a_record_of_the_same_id(shared: Callable[..., Shared]) -> None:
    home = shared()
    home.fhir(None, {"resourceType": "Patient", "id": "anne", "birthDate": "1950-01-02"})
    before = home.fingerprint()
    other = {"resourceType": "Patient", "id": "anne", "birthDate": "1990-01-02"}
    assert home.fhir(NURSE, other, about("Condition", "c1", "anne", code={"text": "Gout"})).added == 0
    assert home.fingerprint() == before


def test_a_sender_corrects_and_withdraws_its_own_patient(shared: Callable[..., Shared]) -> None:
    home = shared()
    gout = about("Condition", "c1", "anne", code={"text": "Gout"})
    done = home.fhir(WARD, gout, note("n1", "anne", "He has gout."))
    own = label("anne", "ward")
    assert (done.added, done.labels) == (2, (own,))
    record = f"fhir:Patient/{own[8:]}"
    assert record in done.documents
    newer = {**gout, "code": {"text": "Scurvy"}}
    assert home.fhir(WARD, newer).updated == 1
    assert home.passages.text(record, access=frozenset({own})).endswith("Scurvy")
    assert home.fhir(LAB, newer).labels == (label("anne", "lab"),)
    assert home.fhir(WARD, newer).documents == (record,)  # told again, whoever asks again
    gone = home.send(WARD, *files_of(note("n1", "anne", ""))["deletions"])
    assert (gone.deleted, gone.labels) == (1, ())
    error = {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}}
    assert [one.reason for one in home.fhir(WARD, {**newer, **error}).failed] == ["entered in error"]
    assert home.passages.document(record, access=None) is None
    assert [s.access for s in home.graph.sources(kind="document")] == [{label("anne", "lab")}]


def test_documents_are_changed_by_whoever_wrote_them(shared: Callable[..., Shared]) -> None:
    home = shared()
    rows: list[Json] = [{"pmid": n, "text": f"Gout {n}."} for n in range(1, 4)]
    home.jsonl(None, rows[0])
    home.jsonl(WARD, rows[1])
    hidden = {**rows[2], "access": "ward:7"}
    home.jsonl(Writer("other", frozenset({"ward:7"})), hidden)
    before = home.fingerprint()
    assert home.jsonl(LAB, *rows[:2]).unchanged == 2
    forged = [{**row, "text": "Forged.", "retracted": True} for row in rows]
    done = home.jsonl(LAB, *forged[:2])
    assert [(one.record, one.reason) for one in done.failed] == [(f"PMID:{n}", TAKEN) for n in (1, 2)]
    # What is hidden is neither changed nor in the way.
    for writer in (LAB, Writer("x", PUBLIC, admin=True)):
        done = home.jsonl(writer, forged[2])
        assert (done.added, done.failures, done.documents) == (1, 0, (own_id(writer.owner, "PMID:3"),))
        assert home.jsonl(writer, rows[2]).documents == done.documents
        assert home.delete(*done.documents) == 1
    assert home.fingerprint() == before
    assert home.jsonl(WARD, *forged[:2]).updated == 1
    # What the operator, or whoever administers, says, too, is no longer its first sender's.
    assert home.jsonl(None, forged[1]).unchanged == 1
    assert home.jsonl(WARD, rows[1]).failures == 1
    assert home.jsonl(Writer("x", PUBLIC, admin=True), *rows[:2]).updated == 1
    assert home.delete("PMID:1") == 1
    assert home.jsonl(LAB, rows[0]).added == 1
    assert home.ledger.owners(["PMID:1", "PMID:2"]) == {"PMID:1": "lab", "PMID:2": "x"}


def test_withdrawals_of_a_source_take_what_their_sender_may_change(shared: Callable[..., Shared]) -> None:
    home = shared()
    for writer, pmid in ((None, 1), (WARD, 2), (LAB, 3)):
        home.jsonl(writer, {"pmid": pmid, "text": "Gout."})
    pmids = "".join(f"<PMID>{n}</PMID>" for n in range(1, 5))
    sent = ("a.xml", f"<PubmedArticleSet><DeleteCitation>{pmids}</DeleteCitation></PubmedArticleSet>")
    done = home.send(WARD, sent)
    assert (done.deleted, done.unchanged, [f.record for f in done.failed]) == (1, 1, ["PMID:1", "PMID:3"])
    assert home.send(Writer("x", PUBLIC, admin=True), sent).deleted == 2


@pytest.mark.parametrize("writer", [WARD, Writer("x", PUBLIC, admin=True), None])
def test_a_document_does_not_take_the_place_of_a_curated_source(
    shared: Callable[..., Shared], writer: Writer | None
) -> None:
    home = shared()
    for id in ("own:drugs", "PMID:9"):
        home.load(f"{id[-1]}.tsv", f"# source: {id}\n# title: t\n# version: 1\nid\ttype\tname\n{id}1\tDrug\tAspirin\n")
    before = home.fingerprint()
    rows: list[Json] = [
        {"id": "own:drugs", "text": "Nothing."},
        {"pmid": 9, "text": "Gout."},
        {"id": "d", "text": "Gout."},
    ]
    done = home.jsonl(writer, *rows)
    assert [(one.record, one.reason) for one in done.failed] == [("own:drugs", CURATED), ("PMID:9", CURATED)]
    assert done.added == 1
    withdrawn = "<PubmedArticleSet><DeleteCitation><PMID>9</PMID></DeleteCitation></PubmedArticleSet>"
    assert [one.record for one in home.send(writer, ("a.xml", withdrawn)).failed] == ["PMID:9"]
    home.delete(*done.documents)
    assert home.fingerprint() == before


def test_labels_are_changed_by_whoever_holds_them_all(shared: Callable[..., Shared]) -> None:
    home = shared()
    both = {"pmid": 4, "text": "Gout.", "access": ["public", "patient:42"]}
    full = Writer("ward", PUBLIC | {"patient:42"})
    home.jsonl(full, both)
    before = home.fingerprint()
    for writer in (WARD, Writer("x", PUBLIC, admin=True)):
        assert [one.reason for one in home.jsonl(writer, {"pmid": 4, "text": "Gout."}).failed] == [TAKEN]
    assert home.fingerprint() == before
    assert home.jsonl(full, {"pmid": 4, "text": "Gout."}).updated == 1
    wide = {"pmid": 5, "text": "Gout.", "access": ["public", "ward:7"]}
    home.jsonl(Writer("ward", PUBLIC | {"ward:7"}), wide)
    assert home.jsonl(WARD, {**wide, "access": ["public"]}).failures == 1


def test_what_a_killed_job_left_is_its_senders(shared: Callable[..., Shared]) -> None:
    home = shared()
    home.jsonl(WARD, {"pmid": 4, "text": "Gout."})
    home.ledger.forget(["PMID:4"])  # as it stands before a document is written, and until it is gone
    assert home.jsonl(LAB, {"pmid": 4, "text": "Forged."}).failures == 1
    assert home.jsonl(WARD, {"pmid": 4, "text": "Gout."}).failures == 0


def test_pseudonyms_of_two_owners_never_meet(shared: Callable[..., Shared]) -> None:
    home = shared()
    mine = OwnPseudonyms(SALT, WARD, home.ledger)
    assert mine.patient("Patient/anne") == label("anne", "ward")[8:] != label("anne", "lab")[8:]
    assert mine.salt(mine.patient("Patient/anne")) == salt_of("ward", SALT)
    assert mine.record("Condition", "Condition/1", "here") != Pseudonyms(SALT).record("Condition", "Condition/1", "")
    assert OwnPseudonyms(SALT, NURSE, home.ledger).patient("Patient/anne") == ANNE[8:]
    rights = Rights(NURSE, home.ledger, home.passages)
    assert rights.labels == frozenset()


@pytest.mark.parametrize("id", ["letter:1", "a letter", "x:" + "y" * 400])
def test_an_id_of_a_senders_making_is_its_own(shared: Callable[..., Shared], id: str) -> None:
    home, empty = shared("home"), shared("empty")
    for one in (home, empty):
        one.jsonl(None, {"pmid": 1, "text": "Gout is common."})
    home.jsonl(None, {"id": id, "text": "Anne has gout.", "access": "ward:7"})
    sent: list[Json] = [{"id": id, "text": "Gout."}, {"id": id, "text": "Gout."}, {"id": id, "text": "More gout."}]
    for row in sent:
        assert told(home.jsonl(WARD, row)) == told(empty.jsonl(WARD, row))
    assert home.seen(PUBLIC) == empty.seen(PUBLIC)
    # Nor is it taken from others: each has one, the operator too, and withdraws no other.
    (mine,), (lab,) = home.jsonl(WARD, sent[-1]).documents, home.jsonl(LAB, sent[0]).documents
    assert home.jsonl(None, {"id": id, "text": "Anne has gout.", "access": "ward:7"}).unchanged == 1
    assert home.jsonl(None, {"id": id, "text": "For all."}).updated == 1
    assert home.jsonl(WARD, sent[0]).documents == (mine,)
    assert [one.reason for one in home.jsonl(Writer("new", PUBLIC), sent[0]).failed] == [TAKEN]
    assert home.ledger.owners([mine, lab]) == {mine: "ward", lab: "lab"}


def test_a_text_without_an_id_does_not_tell_that_another_has_written_the_same(shared: Callable[..., Shared]) -> None:
    home, empty = shared("home"), shared("empty")
    files = ("a.txt", "Anne has gout."), ("b.jsonl", '{"title": "Anne", "text": "Anne has gout."}\n')
    forged = "sha256:" + "0" * 32
    for one in (home, empty):
        one.send(None, ("c.txt", "Gout is common."))
    home.send(None, *files, access=frozenset({"ward:7"}))
    home.send(Writer("other", frozenset({"ward:7"})), *files, access=frozenset({"ward:7"}))
    home.jsonl(None, {"id": forged, "text": "Hidden.", "access": "ward:7"})
    for sent in (files, [("c.txt", "Gout is common.")], [("d.jsonl", f'{{"id": "{forged}", "text": "x"}}\n')]):
        assert told(home.send(WARD, *sent)) == told(empty.send(WARD, *sent))
    assert home.seen(PUBLIC) == empty.seen(PUBLIC)
    # What is seen is not written twice; and one's own is found again, under the id that was told.
    assert home.send(LAB, ("c.txt", "Gout is common.")).unchanged == 1
    (own,) = home.send(WARD, files[0]).documents
    assert home.jsonl(WARD, {"id": own, "text": "Anne has no gout."}).documents == (own,)
    told_apart = [("Disease", "MESH:D2"), ("Chemical", "MESH:D1")]
    mentions = "".join(f"{forged}\t0\t4\tGout\t{type}\t{id}\n" for type, id in told_apart)
    lines = f"{forged}|t|Gout\n{forged}|a|x\n{mentions}{forged}\tCID\tMESH:D1\tMESH:D2\n\n"
    assert [one.reason for one in home.send(WARD, ("a.pubtator", lines)).failed] == [GIVEN_NAME]
