"""Questions about drugs together, asked of a small pharmacy in each store and answered by quoting."""

from __future__ import annotations

from typing import Any

import pytest

from api.answering import answerer
from graph.store import GraphStore
from qa.asked.understand import understand
from qa.checking.together import reassures
from qa.evidence.kinds import DerivedEvidence, FactEvidence, SearchedEvidence
from qa.evidence.reasons import Interacts
from qa.model import Answer, Question
from qa.plans.order import PLANS, rules
from qa.steps.named import drugs_asked
from qa.steps.together import drugs_named, only_these
from qa.view import View
from tests.qa.drugs.conftest import ALL, OPEN, pharmacy

__all__ = ["pharmacy"]


class Counter:
    """Answers over the pharmacy; the passages are those of another world."""

    def __init__(self, graph: GraphStore, texts: Any) -> None:
        self._graph, self._searcher = graph, texts[1]

    def __call__(self, text: str, **question: Any) -> Answer:
        return answerer(self._graph, self._searcher).answer(Question(text, **{"access": OPEN, **question}))

    def understood(self, text: str) -> Any:
        question = Question(text, access=OPEN)
        return understand(question, View.of(question, self._graph, self._searcher).graph, rules(PLANS))


@pytest.fixture
def counter(pharmacy: GraphStore, texts: Any) -> Counter:
    return Counter(pharmacy, texts)


def cited(answer: Answer, place: int) -> list[Any]:
    pieces = {piece.id: piece for piece in answer.evidence}
    return [pieces[id] for id in answer.sentences[place].citations]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Is it safe to take sildenafil with nitroglycerin?", "Sildenafil with Nitroglycerin: contraindicated."),
        ("西地那非和硝酸甘油能一起吃吗？", "西地那非与硝酸甘油：禁忌。"),
    ],
)
def test_a_yes_or_no_begins_with_the_worst_and_says_who_states_it(counter: Counter, text: str, start: str) -> None:
    answer = counter(text)
    assert answer.sentences[0].text == start
    (fact,) = cited(answer, 0)
    assert isinstance(fact, FactEvidence)
    assert isinstance(fact.because, Interacts)
    assert fact.source == "book"
    assert [row.predicate for row in fact.because.members] == ["has_role", "has_role"]
    assert "The Book" in answer.sentences[1].text
    assert answer.dropped == 0


def test_what_to_do_comes_with_the_worst(counter: Counter) -> None:
    answer = counter("Can I take warfarin with aspirin?")
    assert answer.typed.verdict == "no"
    assert answer.sentences[0].text.startswith("No: ")
    assert answer.sentences[1].text == "Warfarin with Aspirin: major. What to do: Avoid."


@pytest.mark.parametrize("text", ["Can I take clopidogrel with warfarin?", "氯吡格雷加用华法林要注意什么？"])
def test_sources_that_disagree_are_both_shown(counter: Counter, text: str) -> None:
    answer = counter(text)
    (place,) = [n for n, s in enumerate(answer.sentences) if "differently" in s.text or "分级不同" in s.text]
    assert {piece.source for piece in cited(answer, place)} == {"book", "second"}


@pytest.mark.parametrize(
    ("text", "mark", "where", "unproven"),
    [
        ("Is ibuprofen okay with warfarin?", "Derived:", "Not found in", "no proof of safety"),
        ("华法林和布洛芬会不会冲突？", "推导：", "未找到", "不能证明安全"),
    ],
)
def test_what_follows_is_marked_and_what_no_source_has_is_no_proof(
    counter: Counter, text: str, mark: str, where: str, unproven: str
) -> None:
    answer = counter(text)
    assert answer.sentences[0].text.startswith(mark)
    (derived,) = cited(answer, 0)
    assert isinstance(derived, DerivedEvidence)
    assert [link.predicate for link in derived.chain] == ["has_role", "interacts_with", "has_role"]
    absent = next(n for n, s in enumerate(answer.sentences) if where in s.text)
    assert unproven in answer.sentences[absent].text
    pieces = cited(answer, absent)
    assert all(isinstance(piece, SearchedEvidence) for piece in pieces)
    assert {piece.source for piece in pieces} == {"book", "second", "medgraph-pharmacology"}


@pytest.mark.parametrize("text", ["Can I take metformin with amoxicillin?", "二甲双胍和阿莫西林能同服吗？"])
def test_silence_is_never_told_as_safety(counter: Counter, text: str) -> None:
    answer = counter(text)
    assert not answer.abstained
    assert not any(reassures(sentence.text) for sentence in answer.sentences)
    assert all(sentence.citations for sentence in answer.sentences)
    closed = [piece for piece in answer.evidence if isinstance(piece, SearchedEvidence) and piece.closed]
    assert [piece.source for piece in closed] == ["closed"]
    assert "CC-BY-NC-4.0" in answer.sentences[-1].text


def test_what_a_licence_opens_is_stated(counter: Counter) -> None:
    question = "Can I take metformin with naproxen?"
    assert "major" not in counter(question).text
    opened = counter(question, access=ALL)
    assert "Metformin with Naproxen: major." in [sentence.text for sentence in opened.sentences]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("What interacts with warfarin?", "Stated of Warfarin, major: "),
        ("与华法林有相互作用的药有哪些？", "据记载，与华法林存在相互作用，严重："),
    ],
)
def test_the_interactions_of_one_drug_are_listed_by_severity(counter: Counter, text: str, start: str) -> None:
    answer = counter(text)
    assert answer.sentences[0].text.startswith(start)
    assert len(answer.sentences[0].citations) == 2


def test_what_a_question_names_of_drugs(counter: Counter) -> None:
    two = counter.understood("Is warfarin okay with Advil?").entities
    assert list(drugs_asked(two)) == ["warfarin", "Advil"]
    assert drugs_named(two)
    assert only_these("", two)
    one = counter.understood("Is warfarin dangerous in asthma?").entities
    assert list(drugs_asked(one)) == ["warfarin"]
    assert not drugs_named(one)
    assert not only_these("", one)


@pytest.mark.parametrize(
    "text",
    [
        "Is there a problem with warfarin and ibuprofen?",
        "Can I add ibuprofen to warfarin?",
        "Can we start ibuprofen in a patient on warfarin?",
        "Is ibuprofen okay with warfarin?",
        "A patient on warfarin asks for ibuprofen. What should I know?",
        "How severe is ibuprofen with warfarin?",
        "What should be done when ibuprofen is added to warfarin?",
        "华法林和布洛芬合用有什么风险？",
        "华法林与布洛芬能同服吗？",
        "华法林和布洛芬会不会冲突？",
        "正在吃华法林，可以再吃布洛芬吗？",
        "华法林与布洛芬的严重程度如何？",
        "华法林与布洛芬：每个来源给的级别是什么？",
        "Check these: warfarin, ibuprofen.",
        "检查：华法林、布洛芬。",
    ],
)
def test_forms_of_the_question_whether_drugs_go_together(counter: Counter, text: str) -> None:
    assert counter.understood(text).intent == "interaction"


@pytest.mark.parametrize(
    "text",
    [
        "What are the side effects of warfarin?",
        "Can warfarin be used in asthma?",
        "Is there a problem with warfarin?",
        "How does warfarin work?",
        "华法林有什么副作用？",
        "哮喘患者能用布洛芬吗？",
    ],
)
def test_forms_of_other_questions(counter: Counter, text: str) -> None:
    assert counter.understood(text).intent != "interaction"
