"""BioC, written by the reference library (bioc) in XML and JSON, and read by us in a stream."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bioc
import pytest
from bioc import biocjson, biocxml
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Annotation, Document, Failure, Section
from ingest.sources.annotated.bioc import document as parsed
from ingest.sources.annotated.bioc import read
from ingest.sources.detect import documents
from ingest.sources.files import nesting

Write = Callable[..., Path]


def passage(offset: int, text: str, *annotations: Any, **infons: str) -> Any:
    made = bioc.BioCPassage.of_text(text, offset)
    made.infons = infons
    for annotation in annotations:
        made.add_annotation(annotation)
    return made


def annotation(id: str, text: str, *spans: tuple[int, int], **infons: str) -> Any:
    made = bioc.BioCAnnotation()
    made.id, made.text, made.infons = id, text, infons
    for start, end in spans:
        made.add_location(bioc.BioCLocation(start, end - start))
    return made


def relation(id: str, *nodes: str, **infons: str) -> Any:
    made = bioc.BioCRelation()
    made.id, made.infons = id, infons
    for node in nodes:
        made.add_node(bioc.BioCNode(node, "argument"))
    return made


def collection(*made: Any) -> Any:
    whole = bioc.BioCCollection()
    whole.source, whole.date, whole.key = "tests", "2025", "tests.key"
    for one in made:
        whole.add_document(one)
    return whole


def document(id: str, *passages: Any, relations: tuple[Any, ...] = ()) -> Any:
    made = bioc.BioCDocument()
    made.id = id
    for one in passages:
        made.add_passage(one)
    for one in relations:
        made.add_relation(one)
    return made


def written(form: str, whole: Any) -> str:
    return str(biocxml.dumps(whole) if form == "xml" else biocjson.dumps(whole))


FORMS = pytest.mark.parametrize("form", ["xml", "json"])


@FORMS
def test_passages_become_sections_and_offsets_those_of_the_text(write: Write, form: str) -> None:
    # The abstract begins two characters further on than it does here.
    whole = collection(
        document(
            "7",
            passage(
                0, "Cough & <fever>", annotation("T1", "Cough", (0, 5), type="Disease", MESH="D003371"), type="title"
            ),
            passage(
                18,
                "Lisinopril\ncaused cough.",
                annotation("T2", "Lisinopril", (18, 28), type="Chemical", identifier="MESH:D017706"),
                annotation("T3", "cough", (36, 41), type="Disease", identifier="-"),
                type="abstract",
            ),
            relations=(relation("R1", "T2", "T1", relation="CID"),),
        )
    )
    (found,) = documents(write(f"a.{form}.gz", written(form, whole)))
    assert isinstance(found, Document)
    assert found.id == "PMID:7"
    assert found.title == "Cough & <fever>"
    assert found.sections == (Section("title", "Cough & <fever>"), Section("abstract", "Lisinopril\ncaused cough."))
    assert found.annotations == (
        Annotation(0, 5, "Cough", "Disease", "MESH:D003371"),
        Annotation(16, 26, "Lisinopril", "Drug", "MESH:D017706"),
        Annotation(34, 39, "cough", "Disease", ""),
    )
    (statement,) = found.statements
    assert (statement.subject, statement.predicate, statement.object) == ("MESH:D017706", "causes", "MESH:D003371")
    assert {entity.id for entity in found.entities} == {"MESH:D003371", "MESH:D017706"}


@FORMS
def test_full_text_has_its_sections_and_no_references(write: Write, form: str) -> None:
    whole = collection(
        document(
            "PMC12",
            passage(0, "Fever", section_type="TITLE", type="front", license="CC BY", year="2019"),
            passage(6, "", section_type="INTRO", type="title_1"),
            passage(7, "Why.", section_type="INTRO", type="paragraph"),
            passage(12, "Fig 1", section_type="FIG", type="fig_caption"),
            passage(18, "Other work", section_type="REF", type="ref"),
        )
    )
    whole.documents[0].passages[0].infons["license"] = "http://creativecommons.org/licenses/by/4.0/"
    (found,) = read(write(f"a.{form}", written(form, whole)))
    assert isinstance(found, Document)
    assert (found.id, found.source, found.year, found.licence) == ("PMCID:PMC12", "pmc", 2019, "CC BY 4.0")
    assert found.sections == (Section("title", "Fever"), Section("introduction", "Why."), Section("figure", "Fig 1"))


@FORMS
def test_passages_of_sentences_are_joined(write: Write, form: str) -> None:
    made = bioc.BioCPassage()
    made.offset = 100
    for offset, text in ((100, "Fever."), (109, "Cough.")):
        sentence = bioc.BioCSentence.of_text(text, offset)
        sentence.add_annotation(annotation("T", text[:5], (offset, offset + 5), type="Phenotype"))
        made.add_sentence(sentence)
    (found,) = read(write(f"a.{form}", written(form, collection(document("x y", made)))))
    assert isinstance(found, Document)
    assert found.id == "local:x%20y"
    assert found.text == "Fever. Cough."
    assert [(a.start, a.surface, a.type) for a in found.annotations] == [
        (0, "Fever", "Phenotype"),
        (7, "Cough", "Phenotype"),
    ]


@FORMS
def test_a_mention_in_pieces_reaches_from_first_to_last(write: Write, form: str) -> None:
    made = passage(0, "lung and breast cancer", annotation("T", "lung cancer", (0, 4), (16, 22), type="Disease"))
    (found,) = read(write(f"a.{form}", written(form, collection(document("1", made)))))
    assert isinstance(found, Document)
    assert found.annotations == (Annotation(0, 22, "lung and breast cancer", "Disease", ""),)


@FORMS
def test_a_malformed_document_is_reported_and_the_next_read(write: Write, form: str) -> None:
    good = document("2", passage(0, "Fever"))
    bad = [
        document("1", passage(0, "Fever", annotation("T", "Cough", (0, 5), type="Disease"))),
        document("1", passage(0, "Fever", annotation("T", "Fever", (3, 8), type="Disease"))),
        document("1", passage(0, "Fever", annotation("T", "Fever", type="Disease"))),
        document("1", passage(0, "")),
        document(" ", passage(0, "Fever")),
    ]
    path = write(f"a.{form}", written(form, collection(*bad, good)))
    *failures, found = read(path)
    assert isinstance(found, Document)
    assert [(f.record, f.reason) for f in failures if isinstance(f, Failure)] == [
        ("PMID:1", "annotation 1 of a passage does not stand at its location"),
        ("PMID:1", "annotation 1 of a passage does not stand at its location"),
        ("PMID:1", "annotation 1 of a passage has no location"),
        ("PMID:1", "no text"),
        ("entry 5", "a document without an id"),
    ]


@FORMS
def test_a_file_cut_off_gives_its_documents_and_one_failure(write: Write, form: str) -> None:
    content = written(form, collection(*(document(str(n), passage(0, "Fever " * 50)) for n in range(1, 1001))))
    *found, last = read(write(f"a.{form}", content[: len(content) // 2]))
    assert len(found) > 300
    assert all(isinstance(record, Document) for record in found)
    assert isinstance(last, Failure)
    assert last.record == f"after entry {len(found)}"
    assert "cut off" in last.reason


ONE = {"id": "1", "infons": {}, "passages": [{"offset": 0, "infons": {"type": "title"}, "text": "Fever"}]}
TWO = {**ONE, "id": 2}


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"source": "", "documents": [ONE, TWO]}),
        json.dumps([{"source": "", "documents": [ONE]}, {"documents": [TWO]}]),
        json.dumps([ONE, TWO], indent=2),
        json.dumps(ONE) + "\n" + json.dumps(TWO) + "\n",
        "\ufeff" + json.dumps({"PubTator3": [ONE, TWO]}),
    ],
    ids=["collection", "collections", "array", "lines", "PubTator3"],
)
def test_json_comes_in_many_forms(write: Write, content: str) -> None:
    found = list(documents(write("a.json", content), "bioc"))
    assert [record.id for record in found if isinstance(record, Document)] == ["PMID:1", "PMID:2"]


def test_relations_of_pubtator3_and_biored(write: Write) -> None:
    places = {"infons": {"type": "Chemical", "identifier": "MESH:D017706"}, "locations": [{"offset": 0, "length": 4}]}
    other = {"infons": {"type": "Disease", "identifier": "MESH:D003371"}, "locations": [{"offset": 5, "length": 5}]}
    made = {
        "id": "1",
        "passages": [{"offset": 0, "infons": {}, "text": "Drug cough", "annotations": [places, other]}],
        "relations": [
            {
                "infons": {
                    "type": "Association",
                    "role1": {"identifier": "MESH:D017706"},
                    "role2": {"identifier": "MESH:D003371"},
                }
            },
            {"infons": {"type": "Bind", "entity1": "D017706", "entity2": "D003371"}},
            {"infons": {"type": "CID", "Chemical": "D017706", "Disease": "D003371"}},
            {"infons": {"type": "CID"}},
        ],
    }
    (found,) = read(write("a.json", json.dumps({"documents": [made]})))
    assert isinstance(found, Document)
    assert [s.predicate for s in found.statements] == ["associated_with", "binds", "causes"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (5, "expected"),
        ({"id": True}, "without an id"),
        ({"id": "1", "passages": 5}, "passages is no list"),
        ({"id": "1", "passages": [5]}, "expected"),
        ({"id": "1", "passages": [{"text": 5}]}, "no string"),
        (
            {"id": "1", "passages": [{"text": "a", "annotations": [{"locations": [{"offset": 0, "length": 1}]}]}]},
            "offset",
        ),
        ({"id": "1", "infons": [], "passages": [{"text": "a", "infons": "x"}]}, "expected"),
    ],
)
def test_json_of_another_shape_is_reported(write: Write, value: Any, reason: str) -> None:
    found, good = read(write("a.json", json.dumps({"documents": [value, ONE]})))
    assert isinstance(found, Failure)
    assert reason in found.reason
    assert isinstance(good, Document)


def test_half_of_a_surrogate_pair_is_reported() -> None:
    # The C parser makes a question mark of it, the one in Python does not.
    found = parsed({"id": "1", "passages": [{"text": "\ud800"}]}, "a.json", 1)
    assert isinstance(found, Failure)
    assert "surrogate" in found.reason


def test_a_document_without_end_is_given_up(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nesting, "RECORD", 1 << 20)
    path = write("a.json", json.dumps({"documents": [ONE, {**ONE, "passages": [{"text": "x" * (3 << 20)}]}]}))
    found, failure = read(path)
    assert isinstance(found, Document)
    assert isinstance(failure, Failure)
    assert "a record of more than" in failure.reason


def test_entities_are_refused(write: Write) -> None:
    entities = '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">'
    content = f"<!DOCTYPE c [{entities}]><collection><document><id>&b;</id></document></collection>"
    (failure,) = read(write("a.xml", content))
    assert isinstance(failure, Failure)
    assert "entities" in failure.reason


_TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=20).filter(str.strip)


@given(
    st.lists(st.tuples(_TEXT, st.integers(0, 9)), min_size=1, max_size=5), st.sampled_from(["xml", "json"]), st.data()
)
def test_every_span_is_found_again(parts: list[tuple[str, int]], form: str, data: st.DataObject) -> None:
    offset = 0
    made = []
    surfaces = []
    for text, gap in parts:
        offset += gap
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        if not text[start:end].strip():
            start, end = 0, len(text)
        surfaces.append(text[start:end].strip())
        made.append(
            passage(offset, text, annotation("T", text[start:end], (offset + start, offset + end), type="Gene"))
        )
        offset += len(text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{form}"
        path.write_text(written(form, collection(document("1", *made))), encoding="utf-8")
        (found,) = read(path)
    assert isinstance(found, Document), found
    assert found.text == "\n".join(text for text, _ in parts)
    assert [a.surface for a in found.annotations] == surfaces
    assert all(found.text[a.start : a.end] == a.surface for a in found.annotations)


def test_memory_does_not_grow_with_the_file(write: Write) -> None:
    program = """
import sys
from pathlib import Path
from ingest.sources.annotated.bioc import document as parsed
from ingest.sources.annotated.bioc import read
count = sum(1 for _ in read(Path(sys.argv[1])))
print(count, Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""
    seen = {}
    for count in (200, 6000):
        text = [
            {**ONE, "id": n, "passages": [{"offset": 0, "infons": {}, "text": "Fever " * 300}]} for n in range(count)
        ]
        path = write(f"{count}.json", json.dumps({"documents": text}))
        done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
        assert done.stdout.split()[0] == str(count)
        seen[count] = int(done.stdout.split()[1])
    assert seen[6000] - seen[200] < 6 << 10
