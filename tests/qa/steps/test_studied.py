"""Verdicts by what studies conclude, asked of a few abstracts of our own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.answering import answerer
from graph.sqlite.store import SqliteStore
from qa.evidence.bundle import Part
from qa.evidence.kinds import ToldEvidence
from qa.model import Question
from qa.steps.studied import studied, wants_verdict
from qa.verdicts.findings import Findings, opened_in
from retrieval.faiss_index import FaissIndexes
from retrieval.model import DocumentInfo, Passage, passage_id
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore
from retrieval.search import Searcher
from tests.qa.conftest import CHECKOUT, World, fill
from tests.qa.steps.conftest import Asked

STUDIES = {
    "PMID:1": (
        "Propranolol for headache: a randomized trial",
        "We studied 60 patients with frequent headache. They were randomized to propranolol or placebo for 12 weeks. "
        "Attacks fell from 8 to 3 a month on propranolol (p < 0.01). CONCLUSIONS: Propranolol significantly reduced "
        "the number of headache attacks and was well tolerated.",
    ),
    "PMID:2": (
        "Metformin in asthma",
        "Forty patients with asthma were randomized to metformin or placebo. Lung function was measured after 8 weeks. "
        "RESULTS: There was no difference between the groups (p = 0.6). CONCLUSIONS: Metformin did not improve lung "
        "function in patients with asthma.",
    ),
    "PMID:3": (
        "Aspirin and ibuprofen in fever: study protocol",
        "Patients with fever will be randomized to aspirin or ibuprofen. We will study the results after 3 days.",
    ),
    "PMID:4": (
        "Lisinopril and cough: one study",
        "Patients with hypertension were randomized to lisinopril or placebo. RESULTS: Cough was seen in 12 per cent "
        "of patients with lisinopril. CONCLUSIONS: Lisinopril increases the risk of cough.",
    ),
}


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("studies")
    encoder = OnnxEncoder(CHECKOUT / "models" / "bge-small-en-medical", threads=1)
    passages = PassageStore(home / "passages.sqlite")
    items = []
    for id, (title, body) in STUDIES.items():
        text = f"{title}\n{body}"
        passage = Passage(passage_id(id, 0, len(text), text), id, 0, "abstract", 0, len(text), text)
        items.append((DocumentInfo(id, title=title, year=2001, hash=id), [passage], encoder.encode([text])))
    passages.replace(items, encoder=encoder.name)
    graph = SqliteStore(home / "graph.sqlite")
    fill(graph)
    yield World(graph, passages, Searcher(passages, encoder, FaissIndexes(), home / "index"))
    graph.close()
    passages.close()


@pytest.fixture(scope="module")
def judge() -> Findings:
    found = opened_in(Path(CHECKOUT / "models" / "findings"))
    assert found is not None
    return found


def of(studies: World, judge: Findings | None, text: str, **question: Any) -> Part:
    return studied(replace(Asked(studies)(text, **question), findings=judge))


@pytest.mark.parametrize(
    ("text", "verdict", "source"),
    [
        ("Does propranolol reduce headache attacks?", "yes", "PMID:1"),
        ("Does metformin improve lung function in asthma?", "no", "PMID:2"),
        ("Does lisinopril increase the risk of cough in hypertension?", "yes", "PMID:4"),
    ],
)
def test_a_study_says_yes_or_no_in_its_own_words(
    studies: World, judge: Findings, text: str, verdict: str, source: str
) -> None:
    part = of(studies, judge, text)
    assert part.closes
    assert part.typed is not None
    assert (part.typed.kind, part.typed.verdict) == ("verdict", verdict)
    told = part.evidence[0]
    assert isinstance(told, ToldEvidence)
    assert told.source == source
    (quoted,) = told.texts
    assert STUDIES[source][1].endswith(quoted.text)
    assert told.said("en").startswith("Yes, by one study: “" if verdict == "yes" else "No, by one study: “")
    assert told.said("zh").startswith("是，" if verdict == "yes" else "否，")


@pytest.mark.parametrize(
    "text",
    [
        "Does aspirin lower fever better than ibuprofen?",
        "Does amlodipine cure measles?",
        "Which drugs reduce headache attacks?",
        "What does propranolol do to headache attacks?",
        "Is propranolol safe?",
        "Is lisinopril harmless?",
    ],
)
def test_no_verdict_without_a_study_that_found_it_or_where_none_is_asked(
    studies: World, judge: Findings, text: str
) -> None:
    assert of(studies, judge, text) == Part()


def test_no_verdict_without_weights_or_where_the_graph_alone_is_asked(studies: World, judge: Findings) -> None:
    text = "Does propranolol reduce headache attacks?"
    assert of(studies, None, text) == Part()
    assert of(studies, judge, text, using="graph") == Part()
    assert of(studies, judge, text, choices=("yes", "no")) == Part()


def test_an_answer_begins_with_the_verdict_and_passes_the_check(studies: World, judge: Findings) -> None:
    made = answerer(studies.graph, studies.searcher, sentences=studies.ranked, findings=lambda: judge).answer(
        Question("Does propranolol reduce headache attacks?")
    )
    assert made.typed.verdict == "yes"
    assert made.sentences[0].text.startswith("Yes, by one study: “")
    assert made.evidence[0].source == "PMID:1"
    assert made.dropped == 0


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Is A as safe as B in children?", True),
        ("Carbohydrate drinks before surgery: do they help?", True),
        ("acute mania on lithium – any gain from donepezil?", True),
        ("他汀能否降低死亡率？研究怎么说", True),
        ("阿片类药物到底有没有效？综述的结论是什么", True),
        ("Is asthma commoner in boys or girls?", False),
        ("How safe is A?", False),
        ("预后是更好还是更差？", False),
    ],
)
def test_what_asks_for_a_verdict(text: str, wanted: bool) -> None:
    assert wants_verdict(text) is wanted
