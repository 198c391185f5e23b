"""An evaluation: linking, relations, context and errors, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.corpora.annotated import Annotated, Mark, Pair
from evaluation.corpora.corpus import Corpus, read
from evaluation.score import MICRO, Score
from evaluation.tagging.linking import Links
from evaluation.tagging.report import Report, evaluate
from ingest.errors import MalformedFile

TEXT = "Severe aspirin toxicity, renal failure and chest pain without fever or cough."


def at(words: str, type: str = "Disease", *ids: str, said: tuple[str, str, str] | None = None) -> Mark:
    start = TEXT.index(words)
    return Mark(start, start + len(words), type, frozenset(ids), *(said or (None, None, None)))


def corpus(*marks: Mark, pairs: tuple[Pair, ...] = (), name: str = "7") -> dict[str, Annotated]:
    return {f"PMID:{name}": Annotated(name, TEXT, tuple(sorted(marks, key=lambda m: m.span)), frozenset(pairs))}


def compared(gold: dict[str, Annotated], pred: dict[str, Annotated], **options: object) -> Report:
    return evaluate(Corpus("gold", "jsonl", gold), Corpus("pred", "jsonl", pred), samples=50, **options)  # type: ignore[arg-type]  # options of evaluate, passed through


def test_links_by_hand() -> None:
    gold = corpus(
        at("aspirin", "Chemical", "D001241"), at("toxicity", "Disease", "D064420"),
        at("renal failure", "Disease", "D051437"), at("renal failure and chest pain", "Disease", "D051437", "D002637"),
        at("fever"), at("cough"), at("chest pain", "Disease", "D002637"),
    )  # fmt: skip
    pred = corpus(
        at("aspirin", "Chemical", "D001241"), at("toxicity"), at("renal failure", "Disease", "D000000"),
        at("renal failure and chest pain", "Disease", "D051437"), at("fever", "Disease", "D005334"), at("cough"),
    )  # fmt: skip
    linking = compared(gold, pred).linking
    assert linking is not None
    assert linking.on_gold["Chemical"].links == Links(1, 1, 1, 1, 0, 0, 0, 0)
    assert linking.on_gold["Disease"].links == Links(4, 3, 2, 0, 1, 0, 2, 1)
    micro = linking.on_gold[MICRO].links
    assert micro == Links(5, 4, 3, 1, 1, 0, 2, 1)
    assert (micro.accuracy, micro.coverage, micro.precision) == (1 / 4, 3 / 4, 1 / 3)
    # `fever` is linked and has no identifier; `cough` claims nothing.
    assert linking.mentions[MICRO].score == Score(tp=1, fp=3, fn=4)
    # Concepts wanted: D001241 D064420 D051437 D002637; found: D001241 D000000 D051437 D005334.
    assert linking.concepts[MICRO].score == Score(tp=2, fp=2, fn=2)


def test_ids_are_right_as_a_set() -> None:
    gold = corpus(at("renal failure and chest pain", "Disease", "D051437", "D002637"))
    pred = corpus(at("renal failure and chest pain", "Disease", "D002637", "D051437"))
    linking = compared(gold, pred).linking
    assert linking is not None
    assert linking.on_gold[MICRO].links == Links(1, 1, 1, 1, 1, 1, 0, 0)


def test_relations_by_hand() -> None:
    gold = corpus(
        at("fever"),
        pairs=(Pair("A", "B", "Association"), Pair("A", "C", "Positive_Correlation"), Pair("D", "D", "Bind")),
    )
    found = (
        Pair("A", "B", "Association"),
        Pair("A", "C", "Association"),
        Pair("D", "D", "binds"),
        Pair("B", "C", "CID"),
    )
    relations = compared(gold, corpus(at("fever"), pairs=found)).relations
    assert relations is not None
    assert relations.pairs.score == Score(tp=3, fp=0, fn=0)
    assert relations.typed[MICRO].score == Score(tp=2, fp=1, fn=1)
    assert relations.typed["Positive_Correlation"].score == Score(fn=1)
    assert relations.other == 1  # CID, which BioRED does not annotate


def test_what_the_graph_calls_causes_is_chemical_induced_disease() -> None:
    gold = corpus(pairs=(Pair("A", "B", "CID"), Pair("A", "C", "CID")))
    pred = corpus(pairs=(Pair("A", "B", "causes"), Pair("A", "C", "treats")))
    relations = compared(gold, pred).relations
    assert relations is not None
    assert relations.typed["CID"].score == relations.pairs.score == Score(tp=1, fn=1)
    assert relations.other == 1


def test_context_by_hand() -> None:
    plain = ("affirmed", "certain", "patient")
    gold = corpus(
        at("toxicity", said=plain), at("fever", said=("negated", "certain", "patient")),
        at("cough", said=("negated", "certain", "patient")), at("chest pain", said=("affirmed", "possible", "family")),
        at("renal failure", said=plain),
    )  # fmt: skip
    pred = corpus(
        at("toxicity", said=plain), at("fever", said=("negated", "certain", "patient")),
        at("cough", said=plain), at("chest pain", said=("affirmed", "certain", "family")), at("renal failure"),
    )  # fmt: skip
    said = compared(gold, pred).context
    assert said is not None
    assert (said.compared, said.unasserted) == (4, 3)
    assert said.rates == {
        "polarity": 3 / 4, "certainty": 3 / 4, "experiencer": 1.0, "all": 2 / 4, "false_affirmed": 1 / 3
    }  # fmt: skip


def test_parts_that_neither_carries_are_left_out() -> None:
    report = compared(corpus(at("fever")), corpus(at("fever")))
    assert (report.linking, report.relations, report.context) == (None, None, None)


@pytest.mark.parametrize(
    ("gold", "pred", "kind", "detail"),
    [
        ([at("aspirin toxicity")], [at("Severe aspirin toxicity")], "boundary on the left", "takes severe"),
        ([at("Severe aspirin toxicity")], [at("toxicity")], "boundary on the left", "leaves severe aspirin"),
        ([at("renal failure and")], [at("renal failure")], "boundary on the right", "leaves and"),
        ([at("aspirin toxicity")], [at("Severe aspirin")], "boundary on both sides", "takes severe, leaves toxicity"),
        ([at("aspirin", "Chemical")], [at("aspirin")], "wrong type", "aspirin as Disease"),
        ([at("renal failure")], [at("failure", "Chemical")], "wrong type and boundary", "leaves renal"),
        ([at("fever")], [], "missed", "fever"),
        ([], [at("cough")], "spurious", "cough"),
        (
            [at("renal failure and chest pain")], [at("renal failure"), at("chest pain")],
            "split", "renal failure and chest pain | renal failure + chest pain",
        ),
        (
            [at("fever"), at("cough")], [at("fever or cough")],
            "merged", "fever + cough | fever or cough",
        ),
        ([at("fever", "Disease", "D1")], [at("fever", "Disease", "D2")], "wrong id", "fever: D2 for D1"),
        ([at("fever", "Disease", "D1")], [at("fever")], "not linked", "fever: - for D1"),
        ([at("fever")], [at("fever", "Disease", "D1")], "linked, not linkable", "fever: D1 for -"),
    ],
)  # fmt: skip
def test_errors_have_names(gold: list[Mark], pred: list[Mark], kind: str, detail: str) -> None:
    right = at("toxicity", "Gene")
    types = ("Chemical", "Disease", "Gene")
    report = compared(corpus(right, *gold), corpus(right, *pred), types=types)
    assert [(one.kind, one.detail, one.count) for one in report.details] == [(kind, detail, 1)]
    assert [(one.kind, one.detail, one.count) for one in report.kinds] == [(kind, "", 1)]
    (one,) = report.details
    assert one.document == "7"
    assert "«" in one.context


def test_the_commonest_errors_come_first() -> None:
    gold = corpus(at("fever"), at("cough"), at("aspirin", "Chemical")) | corpus(at("cough"), name="8")
    pred = corpus(at("chest pain", "Chemical")) | corpus(name="8")
    report = compared(gold, pred, errors=2)
    assert [(one.kind, one.type, one.count) for one in report.kinds] == [
        ("missed", "Disease", 3), ("missed", "Chemical", 1),
    ]  # fmt: skip
    assert [(one.detail, one.count) for one in report.details] == [("cough", 2), ("aspirin", 1)]


def test_every_wrong_mention_stands_in_one_difference() -> None:
    gold = corpus(at("aspirin toxicity"), at("renal failure"), at("failure and chest pain"), at("fever"), at("cough"))
    pred = corpus(at("Severe aspirin"), at("renal failure and chest pain"), at("fever or cough"), at("and chest"))
    report = compared(gold, pred, errors=100)
    assert report.mentions[MICRO].score == Score(fp=4, fn=5)
    # Where several touch several, the two that overlap most are one difference, and the others stand alone.
    assert {(one.kind, one.detail) for one in report.details} == {
        ("boundary on both sides", "takes severe, leaves toxicity"),
        ("boundary on the left", "takes renal"),
        ("missed", "renal failure"),
        ("spurious", "and chest"),
        ("merged", "fever + cough | fever or cough"),
    }
    assert sum(one.count for one in report.kinds) == sum(one.count for one in report.details) == 5


def test_missing_documents_count_as_missed_and_others_do_not_count() -> None:
    gold = corpus(at("fever")) | corpus(at("cough"), name="8")
    pred = corpus(at("fever"), at("aspirin", "Chemical")) | corpus(at("cough"), name="9")
    report = compared(gold, pred)
    assert (report.documents, report.missing, report.extra) == (2, ("8",), 1)
    assert report.mentions[MICRO].score == Score(tp=1, fn=1)
    assert report.left_out == {"Chemical": 1}
    assert report.kinds[0].kind == "document missing"
    with pytest.raises(MalformedFile, match="none of its documents is in gold"):
        compared(gold, corpus(name="9"))


def test_intervals_hold_the_figures() -> None:
    gold: dict[str, Annotated] = {}
    pred: dict[str, Annotated] = {}
    for n in range(60):
        gold |= corpus(at("fever"), at("cough"), name=str(n))
        pred |= corpus(at("fever"), *([at("cough")] if n % 3 == 0 else []), name=str(n))
    micro = compared(gold, pred).mentions[MICRO]
    assert micro.score == Score(tp=80, fn=40)
    assert micro.recall is not None
    assert micro.recall[0] < 2 / 3 < micro.recall[1]
    assert micro.precision == (1.0, 1.0)


@pytest.mark.data
@pytest.mark.parametrize("name", ["bc5cdr", "ncbi_disease", "biored"])
def test_a_corpus_against_itself_is_without_fault(name: str, data: Path) -> None:
    gold = read(data / "ner" / name / "dev.pubtator")
    report = evaluate(gold, gold, samples=20)
    for measured in report.mentions.values():
        assert (measured.score.precision, measured.score.recall, measured.score.f1) == (1.0, 1.0, 1.0)
        assert measured.f1 == (1.0, 1.0)
    assert report.linking is not None
    assert all(linked.links.accuracy == linked.links.precision == 1.0 for linked in report.linking.on_gold.values())
    assert report.linking.mentions[MICRO].score.f1 == report.linking.concepts[MICRO].score.f1 == 1.0
    assert (report.relations is None) == (name == "ncbi_disease")
    if report.relations is not None:
        assert report.relations.pairs.score.f1 == report.relations.typed[MICRO].score.f1 == 1.0
    assert (report.kinds, report.details, report.missing, report.left_out) == ([], [], (), {})
