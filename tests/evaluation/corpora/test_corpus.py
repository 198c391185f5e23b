"""Annotations of every format, in one form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.corpora.annotated import Mark, Pair
from evaluation.corpora.corpus import FORMATS, detect, read
from ingest.errors import MalformedFile, UnreadableSource
from ingest.sources.documents import jsonl

PUBTATOR = """\
7|t|Aspirin and bleeding.
7|a|Renal and heart failure after aspirin.
7\t0\t7\tAspirin\tChemicalEntity\tD001241
7\t12\t20\tbleeding\tDiseaseOrPhenotypicFeature\t-1
7\t22\t45\tRenal and heart failure\tCompositeMention\tD051437|D006333\tRenal failure|heart failure
7\t52\t59\taspirin\tChemical\tMESH:D001241
7\tCID\tD001241\tD051437
7\tAssociation\tD001241\tD006333\tNovel

8|t|No abstract
8|a|
"""
MARKS = (
    Mark(0, 7, "Chemical", frozenset({"D001241"})),
    Mark(12, 20, "Disease"),
    Mark(22, 45, "Disease", frozenset({"D051437", "D006333"})),
    Mark(52, 59, "Chemical", frozenset({"D001241"})),
)
BIOC = {
    "documents": [
        {
            "id": "PMID:7",
            "passages": [
                {
                    "offset": 0,
                    "text": "Aspirin and bleeding.",
                    "annotations": [
                        {
                            "id": "1",
                            "infons": {"type": "Drug", "identifier": "MESH:D001241"},
                            "text": "Aspirin",
                            "locations": [{"offset": 0, "length": 7}],
                        },
                        {
                            "id": "2",
                            "infons": {"type": "Disease"},
                            "text": "bleeding",
                            "locations": [{"offset": 12, "length": 8}],
                        },
                    ],
                },
                {
                    "offset": 100,
                    "text": "Renal and heart failure after aspirin.",
                    "annotations": [
                        {
                            "id": "3",
                            "infons": {"type": "Disease", "MESH": "D051437|D006333"},
                            "locations": [{"offset": 100, "length": 5}, {"offset": 116, "length": 7}],
                        },
                        {
                            "id": "4",
                            "infons": {"type": "Chemical", "identifier": "D001241"},
                            "text": "aspirin",
                            "locations": [{"offset": 130, "length": 7}],
                        },
                    ],
                },
            ],
            "relations": [
                {"infons": {"relation": "CID", "Chemical": "D001241", "Disease": "D051437"}},
                {
                    "infons": {"type": "Association", "entity1": "D001241", "entity2": "D006333"},
                },
                {"infons": {"type": "Negated_Bind", "entity1": "1", "entity2": "2", "polarity": "negated"}},
            ],
        }
    ]
}
BIOC_XML = """\
<?xml version="1.0"?><collection><source/><date/><key/><document><id>7</id>
<passage><infon key="type">title</infon><offset>0</offset><text>Aspirin &amp; blood.</text>
<annotation id="a"><infon key="type">Chemical</infon><infon key="identifier">D001241</infon>
<location offset="0" length="7"/><text>Aspirin</text></annotation></passage>
<passage><infon key="type">ref</infon><offset>17</offset><text>Left out.</text></passage>
<passage><offset>27</offset><sentence><offset>27</offset><text>One.</text></sentence>
<sentence><offset>32</offset><text>Bleeding.</text><annotation id="b"><infon key="type">Disease</infon>
<infon key="MESH">D006470</infon><location offset="32" length="8"/><text>Bleeding</text></annotation>
</sentence></passage>
<relation id="r"><infon key="relation">CID</infon><node refid="a" role=""/><node refid="b" role=""/></relation>
</document></collection>
"""


def written(folder: Path, text: str, name: str = "file") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_pubtator(tmp_path: Path) -> None:
    corpus = read(written(tmp_path, PUBTATOR))
    assert corpus.format == "pubtator"
    assert list(corpus.documents) == ["PMID:7", "PMID:8"]
    one = corpus.documents["PMID:7"]
    assert one.name == "7"
    assert one.text == "Aspirin and bleeding.\nRenal and heart failure after aspirin."
    assert one.marks == MARKS
    assert one.pairs == {Pair("D001241", "D051437", "CID"), Pair("D001241", "D006333", "Association")}
    assert corpus.documents["PMID:8"].marks == ()
    assert corpus.types() == ("Chemical", "Disease")


def test_pubtator_without_text(tmp_path: Path) -> None:
    corpus = read(written(tmp_path, "7\t0\t7\tAspirin\tChemical\tD001241\n8\t1\t2\tx\tDisease\n"))
    assert [(d.name, d.text, len(d.marks)) for d in corpus.documents.values()] == [("7", "", 1), ("8", "", 1)]


def test_bioc_json_counts_offsets_as_the_text_of_its_passages(tmp_path: Path) -> None:
    corpus = read(written(tmp_path, json.dumps(BIOC)))
    assert corpus.format == "bioc"
    one = corpus.documents["PMID:7"]
    assert one.text == "Aspirin and bleeding.\nRenal and heart failure after aspirin."
    assert one.marks == MARKS
    assert one.pairs == {Pair("D001241", "D051437", "CID"), Pair("D001241", "D006333", "Association")}
    a_line_each = "\n".join(json.dumps(document) for document in BIOC["documents"])
    assert read(written(tmp_path, a_line_each)).documents == corpus.documents


def test_bioc_xml(tmp_path: Path) -> None:
    one = read(written(tmp_path, BIOC_XML)).documents["PMID:7"]
    assert one.text == "Aspirin & blood.\nOne. Bleeding."
    assert [one.text[mark.start : mark.end] for mark in one.marks] == ["Aspirin", "Bleeding"]
    assert one.pairs == {Pair("D001241", "D006470", "CID")}


def test_parts_of_a_composite_mention_in_bioc_are_no_mentions_of_their_own(tmp_path: Path) -> None:
    part = '<annotation id="p"><infon key="CompositeRole">IndividualMention</infon><infon key="type">Disease</infon>'
    part += '<location offset="32" length="5"/><text>Bleed</text></annotation>'
    assert BIOC_XML.count("</sentence></passage>") == 1
    with_part = read(written(tmp_path, BIOC_XML.replace("</sentence></passage>", f"{part}</sentence></passage>"), "b"))
    assert with_part.documents == read(written(tmp_path, BIOC_XML)).documents


def test_json_lines_as_medgraph_writes_them(tmp_path: Path) -> None:
    said = {"polarity": "negated", "certainty": "certain", "experiencer": "patient"}
    line = {
        "id": 7,
        "mentions": [
            {"start": 0, "end": 7, "text": "Aspirin", "type": "Chemical", "id": "D001241", "score": 1.0, **said},
            {"start": 12, "end": 20, "text": "bleeding", "type": "Disease", "id": None},
            {"start": 22, "end": 45, "type": "Disease", "id": "D051437|D006333"},
        ],
        "relations": [
            {"subject": "D001241", "predicate": "causes", "object": "D051437", "polarity": "affirmed"},
            {"subject": "D001241", "predicate": "causes", "object": "D006333", "polarity": "negated"},
        ],
    }
    one = read(written(tmp_path, json.dumps(line) + "\n\n")).documents["PMID:7"]
    assert one.marks[0] == Mark(0, 7, "Chemical", frozenset({"D001241"}), "negated", "certain", "patient")
    assert one.marks[1:] == MARKS[1:3]
    assert one.pairs == {Pair("D001241", "D051437", "causes")}


def test_chinese_json_lines_and_bio_are_the_same_document(tmp_path: Path) -> None:
    text = "患者头痛三天，服用阿司匹林"
    line = {
        "text": text,
        "mention_data": [
            {"mention": "头痛", "type": "symptom", "offset": "2"},
            {"mention": "阿司匹林", "label": "drug", "offset": 9},
        ],
    }
    labels = ["O"] * len(text)
    labels[2:4] = ["B_symptom", "I_symptom"]
    labels[9:13] = ["B_drug", *["I_drug"] * 3]
    rows = "\n".join(f"{token} {label}" for token, label in zip(text, labels, strict=True))
    lines, bio = read(written(tmp_path, json.dumps(line))), read(written(tmp_path, rows + "\n\n", "bio"))
    assert (lines.format, bio.format) == ("jsonl", "bio")
    assert lines.documents == bio.documents
    marks = next(iter(bio.documents.values())).marks
    assert marks == (Mark(2, 4, "symptom"), Mark(9, 13, "drug"))


def test_a_document_without_id_is_named_as_its_reader_names_it(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps({"text": "患者头痛", "mention_data": []}), "a.jsonl")
    record = next(jsonl.read(path))
    assert list(read(path).documents) == [getattr(record, "id", None)]


def test_bio_of_words(tmp_path: Path) -> None:
    rows = "Acute NN B-Disease\nrenal JJ I-Disease\nfailure NN E-Disease\nand CC O\n"
    rows += "X1 NN S-Gene\nin I-Gene\nmen I-Species\n"
    (one,) = read(written(tmp_path, rows)).documents.values()
    assert one.text == "Acute renal failure and X1 in men"
    assert [(one.text[m.start : m.end], m.type) for m in one.marks] == [
        ("Acute renal failure", "Disease"), ("X1", "Gene"), ("in", "Gene"), ("men", "Species"),
    ]  # fmt: skip


def test_a_mention_given_twice_is_one_with_the_ids_of_both(tmp_path: Path) -> None:
    rows = "7\t0\t7\tAspirin\tChemical\tD1\n7\t0\t7\tAspirin\tDrug\tD2\n"
    (one,) = read(written(tmp_path, rows)).documents.values()
    assert one.marks == (Mark(0, 7, "Chemical", frozenset({"D1", "D2"})),)


def test_blanks_at_the_ends_do_not_belong_to_a_mention(tmp_path: Path) -> None:
    rows = "7|t|A cold day\n7|a|\n7\t1\t7\t cold \tDisease\t D003139 \n"
    (one,) = read(written(tmp_path, rows)).documents.values()
    assert one.marks == (Mark(2, 6, "Disease", frozenset({"D003139"})),)


def test_a_document_given_twice_stays_two(tmp_path: Path) -> None:
    rows = "7|t|A cold\n7\t2\t6\tcold\tDisease\n\n7|t|A cold\n\n"
    corpus = read(written(tmp_path, rows))
    assert {id: len(document.marks) for id, document in corpus.documents.items()} == {"PMID:7": 1, "PMID:7 (2)": 0}


def test_other_words_than_stand_at_the_offsets_are_told(tmp_path: Path) -> None:
    corpus = read(written(tmp_path, "7|t|A cold day\n7|a|\n7\t2\t6\tfever\tDisease\t-\n"))
    assert corpus.misplaced == ("7",)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("7|t|A\n7|a|B\n7\t0\t9\tA\tDisease\n", "line 3: a mention whose offsets lie outside the text"),
        ("7|t|A\n7|a|B\n7\t0\n", "line 3: neither text, mention nor relation"),
        ("7|t|A\n7|a|B\n7\t0\t1\tA\n", "line 3: neither text, mention nor relation"),
        ("7|t|A\n7|t|B\n", "line 2: a second text of one document"),
        ('{"id": 1, "mentions": [{"start": 0, "end": 1, "type": "Disease"}]}\nbroken {\n', "line 2: not JSON"),
        ('{"id": 1, "text": "secret"}\n', "line 1: neither mentions nor mention_data"),
        ('{"id": 1, "mentions": [{"start": 0, "type": "Disease"}]}\n', "line 1: a mention without offsets"),
        ('{"id": 1, "mentions": [{"start": 2, "end": 2, "type": "Disease"}]}\n', "line 1: a mention whose offsets"),
        ('{"id": 1, "mentions": [{"start": 0, "end": 2}]}\n', "line 1: a mention whose type"),
        ('{"mentions": []}\n', "line 1: a document with neither id nor text"),
        ("[1]\n", "line 1: not a JSON object"),
        ("a O\nb B-Disease\nsecret\n", "line 3: no token with a BIO label"),
        ('{"documents": [{"id": "7", "passages": [{"text": "A", "annotations": [{"id": "1"}]}]}]}', "entry 1"),
        ('{"documents": [{"passages": []}]}', "entry 1: a document without an id"),
        ('{"documents": [', "the JSON is broken or cut off"),
        ("<collection><document><id>7</id>", "file"),
        ("  \n", "empty file"),
        ('{"documents": []}', "no document in it"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_without_its_text(text: str, where: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedFile) as caught:
        read(written(tmp_path, text))
    assert where in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_file_without_annotations_or_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="known: pubtator, bioc, jsonl, bio"):
        detect(written(tmp_path, "Just some words.\n"))
    with pytest.raises(UnreadableSource, match="unknown format 'xml'"):
        read(written(tmp_path, PUBTATOR), "xml")
    with pytest.raises(UnreadableSource):
        read(tmp_path / "missing")
    assert FORMATS == ("pubtator", "bioc", "jsonl", "bio")


@pytest.mark.data
def test_the_corpora_are_read_whole(data: Path) -> None:
    expected = {
        "bc5cdr/dev.pubtator": (489, 9334, 992), "ncbi_disease/dev.pubtator": (100, 787, 0),
        "biored/dev.pubtator": (84, 2907, 981), "cMedQANER/dev.json": (175, 1035, 0),
        "cMedQANER/dev.txt": (175, 1024, 0), "cEHRNER/dev.json": (44, 749, 0), "cEHRNER/dev.txt": (44, 749, 0),
    }  # fmt: skip
    for name, counts in expected.items():
        documents = read(data / "ner" / name).documents.values()
        assert (len(documents), sum(len(d.marks) for d in documents), sum(len(d.pairs) for d in documents)) == counts
    same = [read(data / "ner" / "cEHRNER" / name).documents for name in ("dev.json", "dev.txt")]
    assert same[0] == same[1]
