"""One table of texts and verdicts, and every door that asks what a text denies."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import PUBLIC, Contribution, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.asked.understand import understand
from qa.checking.checker import Checker
from qa.evidence.material import Material
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Ranking
from qa.model import Question, Sentence
from qa.plans.order import PLANS, rules
from text.context.judge import RULES
from text.context.polarity import denied
from text.names import normalise

ROWS = list(
    csv.DictReader(
        Path(__file__).with_name("verdicts.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)


def marked(text: str) -> tuple[str, tuple[int, int]]:
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), (start, end)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """A graph that knows every finding of the table."""
    store = SqliteStore(tmp_path_factory.mktemp("verdicts") / "graph.sqlite")
    names: dict[str, str] = {}
    for row in ROWS:
        text, (start, end) = marked(row["text"])
        names.setdefault(normalise(text[start:end]), text[start:end])
    findings = tuple(Entity(f"T:{n}", "Phenotype", name) for n, name in enumerate(names.values()))
    store.replace([Contribution(Source("findings", "curated"), entities=findings)])
    yield store
    store.close()


def test_the_table_is_what_it_claims() -> None:
    assert len(ROWS) >= 60
    assert len({row["text"] for row in ROWS}) == len(ROWS)
    for language in ("en", "zh"):
        verdicts = [row["polarity"] for row in ROWS if row["language"] == language]
        assert set(verdicts) == {"affirmed", "negated"}
        assert verdicts.count("affirmed") >= 5


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_a_document_is_read_so(row: dict[str, str]) -> None:
    text, span = marked(row["text"])
    assert RULES.judge(text, [span], row["language"])[0].polarity == row["polarity"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_the_checker_reads_evidence_so(row: dict[str, str], graph: SqliteStore) -> None:
    text, (start, end) = marked(row["text"])
    finding = text[start:end].lower()
    evidence = PassageEvidence(
        id="E1",
        source="PMID:1",
        title="",
        url="",
        text=text,
        start=0,
        end=len(text),
        entities=(),
        score=0.9,
        ranking=Ranking(query="q", place=1, words=1, meaning=None, reading=None, cosine=None),
    )
    checker = Checker(Material((evidence,)), GraphView(graph, PUBLIC))
    if row["language"] == "en":
        affirming, denying = f"The patient has {finding}.", f"The patient does not have {finding}."
    else:
        affirming, denying = f"患者有{finding}。", f"患者没有{finding}。"
    objections = [checker.objection(Sentence(sentence, ("E1",))) for sentence in (affirming, denying)]
    turned = [objection is not None and objection.kind == "turned" for objection in objections]
    assert all(objection is None or objection.kind == "turned" for objection in objections)
    assert turned == ([True, False] if row["polarity"] == "negated" else [False, True])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_a_question_is_understood_so(row: dict[str, str], graph: SqliteStore) -> None:
    text, (start, end) = marked(row["text"])
    question = Question(f"{text} {'What is it?' if row['language'] == 'en' else '是什么病？'}")
    asked = understand(question, GraphView(graph, PUBLIC), rules(PLANS))
    (negated,) = {e.negated for e in asked.entities if e.surface == text[start:end]}
    assert negated == (row["polarity"] == "negated")


@pytest.mark.parametrize(
    ("text", "reading", "expected"),
    [
        ("It does not treat [gout].", "document", False),
        ("It does not treat [gout].", "question", False),
        ("It does not treat [gout].", "claim", True),
        ("There is no cure for [gout].", "question", False),
        ("There is no cure for [gout].", "claim", True),
        ("它不能治疗[痛风]。", "document", False),
        ("它不能治疗[痛风]。", "claim", True),
        ("This is no treatment of [gout].", "document", False),
        ("This is no treatment of [gout].", "claim", True),
        ("No fever, [cough] and headache.", "document", True),
        ("No fever, [cough] and headache, what is it?", "question", False),
        ("无[fever], but cough", "question", True),
        ("Isn't [gout] painful?", "question", False),
        ("Doesn't colchicine treat [gout]?", "question", False),
        ("He doesn't have [gout], what is it?", "question", True),
        ("The drug should not be used in [gout].", "document", False),
        ("The drug should not be used in [gout].", "claim", True),
    ],
)
def test_what_a_text_is_read_as_counts(text: str, reading: str, expected: bool) -> None:
    plain, span = marked(text)
    assert denied(plain, [span], reading) == [expected]  # type: ignore[arg-type]  # the parameters are literals
