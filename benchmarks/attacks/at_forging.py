"""Point 1: writing into a patient's record without its label, and learning that the patient exists."""

from __future__ import annotations

import gzip
import io
import zipfile

from attacks import corpus, fhir
from attacks.registry import Seen, attack
from attacks.stage import Stage, counts, told, tried


@attack("1-lone-condition-of-noted", 1)
def lone_condition_noted(stage: Stage) -> Seen:
    v = stage.victim("notes")
    return stage.unchanged(v, ("a.json", fhir.lone(fhir.condition(v.number, "Leukaemia"))))


@attack("1-line-allergy-of-noted", 1)
def line_allergy_noted(stage: Stage) -> Seen:
    v = stage.victim("notes")
    return stage.unchanged(v, ("a.ndjson", fhir.lines(fhir.allergy(v.number, "Latex"))))


@attack("1-line-note", 1)
def line_note(stage: Stage) -> Seen:
    v = stage.victim("lines")
    return stage.unchanged(v, ("a.ndjson", fhir.lines(fhir.note(v.number, "Patient has leukemia."))))


@attack("1-lone-note-chinese", 1)
def lone_note_chinese(stage: Stage) -> Seen:
    v = stage.victim("lines")
    return stage.unchanged(v, ("病历.json", fhir.lone(fhir.note(v.number, "患者患有白血病，对青霉素过敏。"))))


@attack("1-bundle-note", 1)
def bundle_note(stage: Stage) -> Seen:
    v = stage.victim()
    return stage.unchanged(v, ("a.json", fhir.bundle(fhir.person(v.number), fhir.note(v.number, "Has leukemia."))))


@attack("1-note-replaced", 1)
def note_replaced(stage: Stage) -> Seen:
    v = stage.victim("lines")
    forged = fhir.newer(fhir.note(v.number, "Patient has leukemia.", f"n{v.number}"))
    return stage.unchanged(v, ("a.ndjson", fhir.lines(forged)))


@attack("1-note-of-two-patients", 1)
def note_of_two(stage: Stage) -> Seen:
    v = stage.victim("lines")
    forged = fhir.note("alices", "Patient has leukemia.", f"n{v.number}")
    return stage.unchanged(v, ("a.ndjson", fhir.lines(fhir.person("alices"), fhir.newer(forged))))


@attack("1-bundle-searchset", 1)
def bundle_searchset(stage: Stage) -> Seen:
    v = stage.victim()
    return stage.unchanged(v, ("a.json", fhir.bundle(fhir.person(v.number), fhir.allergy(v.number, "Latex"))))


@attack("1-bundle-without-person", 1)
def bundle_without_person(stage: Stage) -> Seen:
    v = stage.victim()
    forged = fhir.newer(fhir.condition(v.number, "Leukaemia"))
    return stage.unchanged(v, ("a.json", fhir.bundle(forged, kind="collection")))


@attack("1-note-deleted", 1)
def note_deleted(stage: Stage) -> Seen:
    v = stage.victim()
    one = f"DocumentReference/n{v.number}"
    entry = {"fullUrl": f"{fhir.SERVER}/{one}", "request": {"method": "DELETE", "url": one}}
    return stage.unchanged(v, ("a.json", fhir.bundled(entry, kind="batch")))


@attack("1-note-withdrawn", 1)
def note_withdrawn(stage: Stage) -> Seen:
    v = stage.victim("lines")
    forged = fhir.newer(fhir.note(v.number, "x", f"n{v.number}")) | {"status": "entered-in-error"}
    return stage.unchanged(v, ("a.ndjson", fhir.lines(forged)))


@attack("1-bundle-in-bundle", 1)
def bundle_in_bundle(stage: Stage) -> Seen:
    v = stage.victim()
    entries = [fhir.entry(fhir.person(v.number)), fhir.entry(fhir.note(v.number, "Has leukemia."))]
    inner = {"resourceType": "Bundle", "id": "in", "type": "collection", "entry": entries}
    return stage.unchanged(v, ("a.json", fhir.bundled({"resource": inner}, kind="collection")))


@attack("1-absolute-reference", 1)
def absolute_reference(stage: Stage) -> Seen:
    v = stage.victim()
    to = {"reference": f"{fhir.SERVER}/Patient/{v.number}"}
    return stage.unchanged(v, ("a.ndjson", fhir.lines(fhir.note(v.number, "Has leukemia.") | {"subject": to})))


@attack("1-versioned-reference", 1)
def versioned_reference(stage: Stage) -> Seen:
    v = stage.victim()
    to = {"reference": f"{fhir.SERVER}/Patient/{v.number}/_history/2"}
    sent = fhir.lone(fhir.note(v.number, "Has leukemia.") | {"subject": to})
    return stage.unchanged(v, ("a.json", sent))


@attack("1-gzip-lines", 1)
def gzip_lines(stage: Stage) -> Seen:
    v = stage.victim("lines")
    sent = gzip.compress(fhir.lines(fhir.note(v.number, "Patient has leukemia."), fhir.allergy(v.number, "Latex")))
    return stage.unchanged(v, ("a.ndjson.gz", sent))


@attack("1-labelled-public", 1)
def labelled_public(stage: Stage) -> Seen:
    v = stage.victim("lines")
    sent = ("a.ndjson", fhir.lines(fhir.note(v.number, "Patient has leukemia.")))
    return stage.unchanged(v, sent, access=["public"])


@attack("1-label-of-the-patient-asked", 1)
def label_asked(stage: Stage) -> Seen:
    v = stage.victim()
    sent = ("a.jsonl", corpus.jsonl([{"id": "forged1", "text": "Patient has leukemia."}]))
    return stage.unchanged(v, sent, access=[v.label])


@attack("1-jsonl-of-the-record", 1)
def jsonl_of_the_record(stage: Stage) -> Seen:
    v = stage.victim()
    sent = corpus.jsonl([{"id": f"fhir:Patient/{v.name}", "text": "Allergy: Latex", "access": ["public"]}])
    return stage.unchanged(v, ("a.jsonl", sent))


@attack("1-pubtator-about-the-patient", 1)
def pubtator_about(stage: Stage) -> Seen:
    v = stage.victim()
    sent = f"78000001|t|Mallory\n78000001|a|Mallory has leukemia.\n78000001\t0\t7\tMallory\tChemical\t{v.label}\n"
    sent += f"78000001\t20\t28\tleukemia\tDisease\tMESH:D007938\n78000001\tCID\t{v.label}\tMESH:D007938\n"
    return stage.unchanged(v, ("a.pubtator", sent.encode()))


@attack("1-second-after-first", 1)
def second_after_first(stage: Stage) -> Seen:
    v = stage.victim("notes")
    first = fhir.lines(fhir.person(v.number), fhir.condition(v.number, "Leukaemia"))
    one = stage.unchanged(v, ("a.ndjson", first))
    two = stage.unchanged(v, ("b.ndjson", fhir.lines(fhir.newer(fhir.allergy(v.number, "Latex")))))
    return Seen(one.held and two.held, f"{one.what}; {two.what}")


def _same(stage: Stage, known: bytes, unknown: bytes, name: str, by: str = "alice") -> Seen:
    client = stage.main.client(by)
    one, other = client.send([(name, known)]), client.send([(name, unknown)])
    reasons = [len(job.get("failed") or []) for job in (one, other)]
    same = counts(one) == counts(other) and reasons[0] == reasons[1] and tried(one)
    return Seen(same, f"known: {told(one)}; unknown: {told(other)}")


@attack("1-same-reply-own-text-again", 1)
def same_own_text(stage: Stage) -> Seen:
    known, unknown = (fhir.lines(*corpus.victim(n)) for n in (stage.victim("lines").number, "zz03"))
    return _same(stage, known, unknown, "a.ndjson")


@attack("1-same-reply-delete", 1)
def same_delete(stage: Stage) -> Seen:
    def sent(number: str) -> bytes:
        one = f"Condition/c{number}"
        entry = {"fullUrl": f"{fhir.SERVER}/{one}", "request": {"method": "DELETE", "url": one}}
        return fhir.bundled(entry, kind="transaction")

    return _same(stage, sent(stage.victim().number), sent("zz04"), "a.json")


@attack("1-same-reply-label-of-upload", 1)
def same_label_of_upload(stage: Stage) -> Seen:
    client = stage.main.client("alice")
    sent = [("a.jsonl", corpus.jsonl([{"id": "w", "text": "Gout."}]))]
    known = client.upload(sent, [stage.victim().label])
    unknown = client.upload(sent, ["patient:" + "0" * 32])
    return Seen(
        known.status == unknown.status == 403 and known.body == unknown.body, f"{known.status} {unknown.status}"
    )


@attack("1-same-reply-label-of-drugs", 1)
def same_label_of_drugs(stage: Stage) -> Seen:
    client = stage.main.client("alice")
    known, unknown = (
        client.post("/v1/drugs/check", {"drugs": ["Warfarin", "Metformin"], "patient": label})
        for label in (stage.victim().label, "patient:" + "0" * 32)
    )
    return Seen(
        known.status == unknown.status != 200 and known.body == unknown.body, f"{known.status} {unknown.status}"
    )


@attack("1-docx-of-a-record", 1)
def docx_of_a_record(stage: Stage) -> Seen:
    v = stage.victim("lines")
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("export.ndjson", fhir.lines(fhir.note(v.number, "Patient has leukemia.")))
    return stage.unchanged(v, ("a.zip", kept.getvalue()))
