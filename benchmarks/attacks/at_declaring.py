"""Point 5: who may declare a patient."""

from __future__ import annotations

from typing import Any

from attacks import corpus
from attacks.registry import Seen, attack
from attacks.stage import Stage, Victim, marker, told, tried


def _declared(stage: Stage, make: Any, name: str, kind: str = "") -> Seen:
    """A public document that declares a patient: nobody sees the pseudonym, and its reader the old name."""
    v = stage.victim()
    sender = stage.main.client("alice")
    before, word = stage.view(v), marker()
    job = sender.send([(name, make(v).replace(b"Mallory", word.encode()))], kind=kind)
    shown = sender.get(f"/v1/entities/{v.label}").status
    found = f'"{word}"' in sender.get("/v1/entities", [("name", word), ("type", "Patient")]).text
    change = stage.change(v, before)
    held = shown == 404 and not found and not change and tried(job)
    return Seen(held, f"{told(job)}; shown {shown}, found {found}, {change or 'as it was'}")


def _pubtator(identifier: str, kind: str, number: str, relation: str = "") -> bytes:
    return (
        f"{number}|t|Mallory\n{number}|a|Mallory takes aspirin.\n{number}\t0\t7\tMallory\t{kind}\t{identifier}\n"
        f"{number}\t22\t29\taspirin\tChemical\tMESH:D001241\n{relation}\n"
    ).encode()


@attack("5-pubtator-disease-of-patient-id", 5)
def pubtator_disease(stage: Stage) -> Seen:
    return _declared(stage, lambda v: _pubtator(v.label, "Disease", "78100002"), "a.pubtator")


@attack("5-pubtator-lower-case", 5)
def pubtator_lower(stage: Stage) -> Seen:
    return _declared(stage, lambda v: _pubtator(v.label, "patient", "78100003"), "a.pubtator")


@attack("5-bioc-xml-patient", 5)
def bioc_xml(stage: Stage) -> Seen:
    def made(v: Victim) -> bytes:
        mention = (
            f'<annotation id="1"><infon key="type">Patient</infon><infon key="identifier">{v.label}</infon>'
            '<location offset="0" length="7"/><text>Mallory</text></annotation>'
        )
        return (
            '<?xml version="1.0"?><!DOCTYPE collection SYSTEM "BioC.dtd"><collection><source>x</source><date/>'
            "<key/><document><id>78100008</id><passage><offset>0</offset><text>Mallory takes aspirin.</text>"
            f"{mention}</passage></document></collection>"
        ).encode()

    return _declared(stage, made, "a.xml")


@attack("5-jsonl-mention", 5)
def jsonl_mention(stage: Stage) -> Seen:
    def made(v: Victim) -> bytes:
        mention = {"start": 0, "end": 7, "text": "Mallory", "type": "Patient", "id": v.label}
        entity = {"id": v.label, "name": "Mallory", "type": "Patient"}
        one = {"id": "decl1", "text": "Mallory takes aspirin.", "mentions": [mention], "entities": [entity]}
        return corpus.jsonl([one])

    return _declared(stage, made, "a.jsonl")


@attack("5-front-matter", 5)
def front_matter(stage: Stage) -> Seen:
    def made(v: Victim) -> bytes:
        return f"---\ntitle: Mallory\nid: {v.label}\ntype: Patient\naccess: [{v.label}]\n---\n\nMallory.\n".encode()

    return _declared(stage, made, "a.md")


@attack("5-mesh-of-patient-id", 5)
def mesh_heading(stage: Stage) -> Seen:
    def made(v: Victim) -> bytes:
        heading = f"<MeshHeadingList><MeshHeading><DescriptorName UI='{v.label}'>Mallory</DescriptorName>"
        return corpus.medline("78100010", "x", "Mallory.", heading + "</MeshHeading></MeshHeadingList>")

    return _declared(stage, made, "a.xml")
