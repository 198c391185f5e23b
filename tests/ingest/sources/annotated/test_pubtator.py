"""PubTator text: annotations and relations as given, in the words of the graph."""

from __future__ import annotations

import gzip
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Entity
from graph.schema import check_type
from ingest.model import Annotation, Document, Failure
from ingest.sources.annotated.pubtator import read
from ingest.sources.detect import documents

Write = Callable[..., Path]

TEXT = "7|t|Cough after lisinopril.\n7|a|We saw angioedema. Lisinopril was stopped. The cough went.\n"
#       0     6     12               24     31          43         54
MENTIONS = (
    "7\t0\t5\tCough\tDisease\tD003371\n"
    "7\t12\t22\tlisinopril\tChemical\tD017706\n"
    "7\t31\t41\tangioedema\tDisease\tD000799|OMIM:106100\tangio|edema\n"
    "7\t43\t53\tLisinopril\tChemical\tD017706\n"
    "7\t71\t76\tcough\tDisease\tD003371\n"
)


@pytest.fixture
def one(write: Write) -> Callable[[str], Document]:
    def make(content: str) -> Document:
        (document,) = read(write("one.pubtator", content))
        assert isinstance(document, Document), document
        return document

    return make


def test_a_document_has_its_annotations_as_given(one: Callable[[str], Document]) -> None:
    document = one(TEXT + MENTIONS)
    assert document.id == "PMID:7"
    assert document.title == "Cough after lisinopril."
    assert document.text == "Cough after lisinopril.\nWe saw angioedema. Lisinopril was stopped. The cough went."
    assert document.annotations == (
        Annotation(0, 5, "Cough", "Disease", "MESH:D003371"),
        Annotation(12, 22, "lisinopril", "Drug", "MESH:D017706"),
        Annotation(31, 41, "angioedema", "Disease", "MESH:D000799"),
        Annotation(31, 41, "angioedema", "Disease", "OMIM:106100"),
        Annotation(43, 53, "Lisinopril", "Drug", "MESH:D017706"),
        Annotation(71, 76, "cough", "Disease", "MESH:D003371"),
    )
    assert document.entities == (
        Entity("MESH:D000799", "Disease", "angioedema"),
        Entity("MESH:D003371", "Disease", "Cough"),
        Entity("MESH:D017706", "Drug", "Lisinopril"),
        Entity("OMIM:106100", "Disease", "angioedema"),
    )


def test_a_relation_quotes_the_first_sentence_that_names_both_sides(one: Callable[[str], Document]) -> None:
    document = one(TEXT + MENTIONS + "7\tCID\tD017706\tD003371\n7\tCID\tD017706\tD000799\n")
    said = [(s.subject, s.predicate, s.object, s.sentence, s.record) for s in document.statements]
    assert said == [
        ("MESH:D017706", "causes", "MESH:D003371", "Cough after lisinopril.", "line 8"),
        ("MESH:D017706", "causes", "MESH:D000799", "We saw angioedema. Lisinopril was stopped.", "line 9"),
    ]
    for statement in document.statements:
        assert document.text[statement.start : statement.end] == statement.sentence
        assert statement.source == document.id
        assert statement.extractor == "pubtator/2"


def test_a_relation_whose_sides_stand_far_apart_quotes_the_title(one: Callable[[str], Document]) -> None:
    content = "7|t|A case.\n7|a|Cough. One. Two. Three. Four. Lisinopril.\n"
    content += "7\t8\t13\tCough\tDisease\tD003371\n7\t38\t48\tLisinopril\tChemical\tD017706\n7\tCID\tD017706\tD003371\n"
    (statement,) = one(content).statements
    assert (statement.sentence, statement.start) == ("A case.", 0)


def test_nothing_is_stated_of_a_thing_and_itself(one: Callable[[str], Document]) -> None:
    assert one(TEXT + MENTIONS + "7\tAssociation\tD017706\tD017706\tNo\n").statements == ()


def test_relations_of_other_kinds(one: Callable[[str], Document]) -> None:
    document = one(
        TEXT
        + MENTIONS
        + "7\tPositive_Correlation\tD017706\tD003371\tNovel\n7\tCotreatment\tD017706\tD003371\tNo\n"
        + "7\tDrug_Interaction\tD017706\tD003371\tNo\n7\tCID\tD017706\tD099999\n"
    )
    assert [(s.predicate, s.qualifiers) for s in document.statements] == [
        ("causes", (("relation", "Positive_Correlation"),)),
        ("interacts_with", ()),
    ]
    # An interaction holds both ways, and is stored with the smaller id first.
    assert [(s.subject, s.object) for s in document.statements] == [
        ("MESH:D017706", "MESH:D003371"),
        ("MESH:D003371", "MESH:D017706"),
    ]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("7\t1\t6\tCough\tDisease\tD003371\n", "line 3: the mention does not stand"),
        ("7\t90\t95\tCough\tDisease\tD003371\n", "line 3: the mention does not stand"),
        ("7\t5\t5\t\tDisease\tD003371\n", "line 3: the mention does not stand"),
        ("8\t0\t5\tCough\tDisease\tD003371\n", "line 3: of another document"),
        ("7\t0\t5\tCough\n", "line 3: neither text"),
        ("7\tCID\tD1\n", "line 3: neither text"),
        ("7|a|A second abstract.\n", "line 3: a second text"),
        ("words\n", "line 3: of another document"),
    ],
)
def test_a_wrong_line_makes_its_document_a_failure_and_the_next_is_read(write: Write, wrong: str, reason: str) -> None:
    path = write("a.pubtator", TEXT + wrong + "\n" + TEXT.replace("7|", "8|") + "\n")
    failure, document = read(path)
    assert isinstance(failure, Failure)
    assert (failure.record, failure.reason.startswith(reason)) == ("PMID:7", True)
    assert isinstance(document, Document)
    assert document.id == "PMID:8"


def test_documents_need_no_blank_line_between_them_and_may_have_several(write: Write) -> None:
    content = f"\n\n{TEXT}{MENTIONS}{TEXT.replace('7|', '8|')}\n\n\n9|t|Only a title\n10|t|\n10|a|\n"
    found = list(read(write("a.pubtator", content)))
    assert [record.id for record in found if isinstance(record, Document)] == ["PMID:7", "PMID:8", "PMID:9"]
    assert [record.record for record in found if isinstance(record, Failure)] == ["PMID:10"]


def test_an_empty_title_keeps_the_offsets_of_the_abstract(one: Callable[[str], Document]) -> None:
    document = one("7|t|\n7|a|Cough.\n7\t1\t6\tCough\tDisease\tD003371\n")
    assert document.text == "\nCough."
    assert document.annotations[0].surface == "Cough"


def test_blanks_at_the_ends_of_a_surface_do_not_count(one: Callable[[str], Document]) -> None:
    document = one("7|t|A cough\n7\t1\t7\tcough  \tDisease\tD003371\n")
    assert document.annotations == (Annotation(2, 7, "cough", "Disease", "MESH:D003371"),)


def test_a_line_that_is_no_text_fails_its_document(write: Write) -> None:
    path = write(
        "a.pubtator", TEXT.encode() + b"7\t0\t5\tCoug\xff\tDisease\tD1\n\n" + TEXT.replace("7|", "8|").encode()
    )
    failure, document = read(path)
    assert isinstance(failure, Failure)
    assert failure.record == "PMID:7"
    assert "not UTF-8" in failure.reason
    assert isinstance(document, Document)


def test_stray_lines_are_reported_by_their_number(write: Write) -> None:
    path = write("a.pubtator", f"words\n\n{TEXT}")
    failure, document = read(path)
    assert failure == Failure(str(path), "line 1", "neither text, mention nor relation")
    assert isinstance(document, Document)


def test_a_file_cut_off_reports_the_document_within_which_it_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "a.pubtator.gz"
    content = "".join(f"{n}|t|Title {n} {n * 7919}\n{n}|a|Text {n * 104729}.\n\n" for n in range(1, 20_000))
    path.write_bytes(gzip.compress(content.encode())[:-20_000])
    *found, broken, last = read(path)
    assert all(isinstance(record, Document) for record in found)
    assert isinstance(broken, Failure)
    assert isinstance(last, Failure)
    assert "breaks off" in broken.reason or isinstance(found[-1], Document)
    assert "cut off" in last.reason


_WORD = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zs", "Zl", "Zp"), blacklist_characters="|"), min_size=1, max_size=6
)


@given(st.lists(_WORD, min_size=1, max_size=6), st.lists(_WORD, max_size=12), st.data())
def test_every_mention_written_is_read_where_it_stands(
    title: list[str], abstract: list[str], data: st.DataObject
) -> None:
    text = " ".join(title) + "\n" + " ".join(abstract)
    lines = [f"7|t|{' '.join(title)}", f"7|a|{' '.join(abstract)}"]
    expected = []
    start = 0
    for word in [*title, *abstract]:
        if data.draw(st.booleans()):
            lines.append(f"7\t{start}\t{start + len(word)}\t{word}\tDisease\tD000001")
            expected.append(Annotation(start, start + len(word), word, "Disease", "MESH:D000001"))
        start += len(word) + 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pubtator"
        path.write_text("\n".join(lines), encoding="utf-8")
        (document,) = read(path)
    assert isinstance(document, Document), document
    assert document.annotations == tuple(expected)
    assert document.text == text.rstrip("\n") or not abstract


BIORED_TRAIN = {
    "gene_associated_with": 1538,
    "associated_with": 1261,
    "causes": 292,
    "treats": 206,
    "downregulates": 172,
    "upregulates": 117,
    "binds": 59,
    "interacts_with": 8,
}
BIORED_DEV = {
    "gene_associated_with": 468,
    "associated_with": 289,
    "causes": 61,
    "treats": 51,
    "upregulates": 51,
    "downregulates": 39,
    "binds": 18,
}


@pytest.mark.data
@pytest.mark.parametrize(
    ("corpus", "count", "mentions", "relations"),
    [
        ("bc5cdr/train", 490, 9137, {"causes": 1022}),
        ("bc5cdr/dev", 489, 9334, {"causes": 992}),
        ("biored/train", 346, 11413, BIORED_TRAIN),
        ("biored/dev", 84, 2907, BIORED_DEV),
        ("ncbi_disease/train", 591, 5122, {}),
        ("ncbi_disease/dev", 100, 787, {}),
    ],
)
def test_every_real_document_is_read(
    data: Path, corpus: str, count: int, mentions: int, relations: dict[str, int]
) -> None:
    found = list(documents(data / "ner" / f"{corpus}.pubtator"))
    assert len(found) == count
    read_ = [record for record in found if isinstance(record, Document)]
    assert len(read_) == count
    assert sum(len({(a.start, a.end, a.type) for a in d.annotations}) for d in read_) >= mentions * 0.999
    assert Counter(s.predicate for d in read_ for s in d.statements) == relations
    for document in read_:
        declared = {entity.id for entity in document.entities}
        for annotation in document.annotations:
            assert document.text[annotation.start : annotation.end] == annotation.surface
            assert annotation.id in declared or not annotation.id
            check_type(annotation.type)
        for statement in document.statements:
            assert document.text[statement.start : statement.end] == statement.sentence != ""
            assert {statement.subject, statement.object} <= declared
