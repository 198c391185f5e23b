"""What `medgraph tag` writes, in any form, is read back as what was found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation.corpora.annotated import Pair
from evaluation.corpora.corpus import Corpus, read
from evaluation.score import MICRO, Score
from evaluation.tagging.report import evaluate
from ingest.model import Document, Mention, Section
from ingest.reading.relations.model import Finding
from ingest.sinks.bioc import BiocJson, BiocXml
from ingest.sinks.ids import Ids
from ingest.sinks.jsonl import JsonLines
from ingest.sinks.model import Sink, Tagged
from ingest.sinks.pubtator import PubTator
from ingest.sources.annotated import pubtator

SINKS: list[Callable[[Ids], Sink]] = [PubTator, JsonLines, BiocXml, BiocJson]


def back(sink: Sink, tagged: list[Tagged], folder: Path) -> Corpus:
    path = folder / "written"
    parts = [sink.document(one, first=not at) for at, one in enumerate(tagged)]
    path.write_text("".join((sink.opening(), *parts, sink.closing())), encoding="utf-8")
    return read(path)


def found(label: str, subject: str, object: str, polarity: str) -> Finding:
    predicate = "causes" if label == "CID" else "associated_with"
    return Finding(subject, object, predicate, label, polarity, "certain", 0.9, 0, 20)  # type: ignore[arg-type]  # one of the two words


@pytest.mark.parametrize("sink", SINKS)
@pytest.mark.parametrize("vocabulary", ["mesh", "canonical"])
def test_mentions_and_relations_come_back(sink: Callable[[Ids], Sink], vocabulary: str, tmp_path: Path) -> None:
    title, abstract = "Aspirin and p.R140Q", "Renal and heart failure, not pain, in man."
    text = f"{title}\n{abstract}"

    def mention(surface: str, type: str, entity: str | None, label: str) -> Mention:
        start = text.index(surface)
        return Mention(start, start + len(surface), surface, type, entity, 0.8, label=label)

    mentions = (
        mention("Aspirin", "Drug", "MESH:D001241", "Chemical"),
        mention("p.R140Q", "Variant", "tmVar:p%7CSUB%7CR%7C140%7CQ", "Variant"),
        mention("Renal and heart failure", "Disease", "MESH:D051437", "Disease"),
        mention("Renal and heart failure", "Disease", "OMIM:123", "Disease"),
        mention("pain", "Disease", None, "Disease"),
        mention("man", "Organism", "NCBITaxon:9606", "Species"),
    )
    findings = (
        found("CID", "MESH:D001241", "MESH:D051437", "affirmed"),
        found("CID", "MESH:D001241", "OMIM:123", "negated"),
        found("Positive_Correlation", "tmVar:p%7CSUB%7CR%7C140%7CQ", "MESH:D051437", "affirmed"),
    )
    document = Document("PMID:7", title, (Section("title", title), Section("abstract", abstract)))
    corpus = back(sink(Ids(vocabulary)), [Tagged("7", document, mentions, findings)], tmp_path)  # type: ignore[arg-type]  # one of the vocabularies
    (one,) = corpus.documents.values()
    assert [(text[m.start : m.end], m.type, set(m.ids)) for m in one.marks] == [
        ("Aspirin", "Chemical", {"D001241"}),
        ("p.R140Q", "Variant", {"p|SUB|R|140|Q"}),
        ("Renal and heart failure", "Disease", {"D051437", "OMIM:123"}),
        ("pain", "Disease", set()),
        ("man", "Species", {"9606"}),
    ]
    assert one.pairs == {
        Pair("D001241", "D051437", "CID"), Pair("D051437", "p|SUB|R|140|Q", "Positive_Correlation")
    }  # fmt: skip
    if corpus.format != "pubtator":
        assert {(m.polarity, m.certainty, m.experiencer) for m in one.marks} == {("affirmed", "certain", "patient")}


@pytest.mark.parametrize("sink", [JsonLines, BiocXml, BiocJson])
def test_chinese_types_come_back(sink: Callable[[Ids], Sink], tmp_path: Path) -> None:
    text = "患者头痛，服用阿司匹林"
    document = Document("local:a", "", (Section("text", text),), language="zh")
    mentions = (
        Mention(2, 4, "头痛", "Phenotype", None, 0.9, label="症状"),
        Mention(7, 11, "阿司匹林", "Drug", None, 0.9, label="drug"),
    )
    (one,) = back(sink(Ids("mesh")), [Tagged("a", document, mentions, ())], tmp_path).documents.values()
    assert [mark.span for mark in one.marks] == [(2, 4, "症状"), (7, 11, "drug")]


@pytest.mark.data
@pytest.mark.parametrize("name", ["bc5cdr", "ncbi_disease", "biored"])
@pytest.mark.parametrize("sink", SINKS)
def test_gold_annotations_written_are_without_fault(
    name: str, sink: Callable[[Ids], Sink], data: Path, tmp_path: Path
) -> None:
    path = data / "ner" / name / "dev.pubtator"
    tagged = []
    for document in pubtator.read(path):
        assert isinstance(document, Document)
        mentions = (Mention(a.start, a.end, a.surface, a.type, a.id or None, 1.0) for a in document.annotations)
        tagged.append(Tagged(document.id.removeprefix("PMID:"), document, tuple(mentions), ()))
    gold = read(path)
    report = evaluate(gold, back(sink(Ids("mesh")), tagged, tmp_path), samples=5)
    marks = [mark for document in gold.documents.values() for mark in document.marks]
    assert report.mentions[MICRO].score == Score(tp=len(marks))
    assert report.linking is not None
    assert report.linking.mentions[MICRO].score == Score(tp=sum(bool(mark.ids) for mark in marks))
    assert (report.kinds, report.misplaced) == ([], {"gold": 0, "pred": 0})
