"""Questions about drugs by themselves, and about drugs for diseases and for somebody, asked of a small ward."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.answering import answerer
from graph.model import Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.view import GraphView
from qa.checking.together import reassures
from qa.evidence.kinds import SearchedEvidence, ToldEvidence
from qa.model import Answer, Question
from qa.steps import about, cautioned, genotypes, instead, named, purposes, remedies, repurposed
from qa.steps.asking import Asking
from tests.qa.drugs.page.conftest import ALL, OPEN, _fill
from tests.qa.steps.conftest import Asked

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = SqliteStore(tmp_path_factory.mktemp("ward") / "graph.db")
    _fill(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def ask(store: GraphStore, texts: Any) -> Ask:
    answers = answerer(store, texts[1])
    return lambda text, access=ALL, **more: answers.answer(Question(text, access=access, **more))


def texts_of(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "How often does warfarin cause bleeding?",
            ("Inserts 4", "Bleeding", "1-21%", "with placebo: 1%"),
        ),
        ("华法林引起出血的频率？", ("Inserts 4", "华法林的不良反应：出血", "安慰剂组：1%")),
        ("Can warfarin cause alopecia?", ("Alopecia", "rare")),
        ("华法林会引起脱发吗？", ("脱发", "罕见")),
        ("What is the target of warfarin?", ("Targets of Warfarin", "VKORC1", "Enzymes", "CYP2C9")),
        ("华法林的靶点和代谢酶有哪些？", ("靶点", "VKORC1", "CYP2C9")),
        ("By which path does warfarin help in pulmonary embolism?", ("Paths", "How Warfarin acts", "→")),
        ("华法林治疗肺栓塞的机制是什么？", ("作用机制", "→")),
        ("Is ibuprofen a treatment for pulmonary embolism?", ("No: ",)),
        ("Which class is warfarin?", ("vitamin K antagonist", "Vitamin K antagonists")),
        ("华法林属于哪一类药？", ("维生素K拮抗剂",)),
        ("Is warfarin still approved?", ("EMA", "withdrawn")),
        ("Warfarin in a CYP2C9 poor metabolizer?", ("Guidelines 2026", "Give less.")),
        ("CYP2C9 慢代谢者用华法林怎么办？", ("Guidelines 2026", "Give less.")),
        ("Can a pregnant woman take warfarin?", ("Warfarin is contraindicated", "pregnancy")),
        ("孕妇能用华法林吗？", ("华法林禁用", "妊娠")),
        ("The patient is allergic to amoxicillin. May I give Augmentin?", ("Allergy to Amoxicillin", "Augmentin")),
        ("Check: warfarin, Jantoven.", ("Duplicate", "same ingredient")),
        ("检查：华法林、Jantoven。", ("重复用药", "相同成分")),
    ],
)
def test_each_kind_is_answered_by_what_sources_state(ask: Ask, text: str, parts: tuple[str, ...]) -> None:
    answer = ask(text)
    assert [part for part in parts if part not in texts_of(answer)] == []
    assert answer.dropped == 0
    assert all(sentence.citations for sentence in answer.sentences)


def test_an_effect_that_no_source_has_is_said_to_be_not_found(ask: Ask) -> None:
    answer = ask("Does amoxicillin cause alopecia?")
    assert "Not found in" in texts_of(answer)
    assert "no proof of safety" in texts_of(answer)
    assert not any(reassures(sentence.text) for sentence in answer.sentences)


def test_a_closed_source_of_effects_is_told(ask: Ask) -> None:
    answer = ask("华法林会引起脱发吗？", OPEN)
    assert [e.source for e in answer.evidence if isinstance(e, SearchedEvidence) and e.closed] == ["sider"]
    assert "没有检索：华法林与脱发；这不能证明安全" in texts_of(answer)


def test_a_dose_that_no_source_has_is_said_to_be_not_found(ask: Ask) -> None:
    assert "a dose for eGFR 25" in texts_of(ask("What dose of warfarin may be given with an eGFR of 25?"))


def test_nothing_against_a_drug_is_no_proof(ask: Ask) -> None:
    answer = ask("Can a pregnant woman take heparin?")
    assert "Not found in" in texts_of(answer)
    assert not any(reassures(sentence.text) for sentence in answer.sentences)


def test_an_alternative_is_checked_with_what_is_taken(ask: Ask) -> None:
    answer = ask("A patient takes ibuprofen. What can be given instead of warfarin?")
    assert "Interactions with Ibuprofen are known or follow" in texts_of(answer)


def test_an_unknown_name_comes_with_the_nearest(ask: Ask) -> None:
    answer = ask("华美林和布洛芬能一起用吗？")
    assert "未知药名，未核对：华美林（最接近的药名：华法林" in texts_of(answer)


def test_names_that_sound_like_one_drug_are_read_and_told(ask: Ask) -> None:
    answer = ask("华发林和布络芬能一起用吗？")
    assert "“华发林”按华法林理解，请确认" in texts_of(answer)
    assert "“布络芬”按布洛芬理解，请确认" in texts_of(answer)


def test_misspelt_names_alone_are_told_as_unknown(ask: Ask) -> None:
    answer = ask("华美林和布来芬能一起用吗？")
    assert "未知药名，未核对：华美林、布来芬（最接近的药名：华法林" in texts_of(answer)


def test_a_verdict_that_is_denied_denies_no_circumstance(ask: Ask) -> None:
    assert "Warfarin is contraindicated" in texts_of(ask("Is warfarin not contraindicated in pregnancy?"))


def test_what_is_for_the_same_as_a_drug_that_is_taken_is_no_alternative(ask: Ask) -> None:
    answer = ask("Which blood thinner does not interact with warfarin?")
    assert "sources also name" not in texts_of(answer)
    assert not any(reassures(sentence.text) for sentence in answer.sentences)


def test_what_follows_is_not_among_what_was_not_found(ask: Ask) -> None:
    answer = ask("Which vitamin K antagonist does not interact with ibuprofen?")
    assert "known or follow" in texts_of(answer)
    assert "Ibuprofen with Warfarin" not in texts_of(answer)


def test_two_names_of_one_drug_make_no_pair_twice(ask: Ask) -> None:
    answer = ask("Can I take heparin, warfarin and Jantoven together?")
    absent = [e.absent for e in answer.evidence if isinstance(e, SearchedEvidence)]
    assert all(len(set(pairs)) == len(pairs) for pairs in absent)


@pytest.mark.parametrize(
    "text", ["What are the side effects of warfarin, and what is it used for?", "华法林有哪些不良反应和适应症？"]
)
def test_both_halves_of_a_question_are_answered(ask: Ask, text: str) -> None:
    told = texts_of(ask(text))
    assert "Bleeding" in told or "出血" in told
    assert "embol" in told or "栓塞" in told


def test_a_genotype_that_no_source_has_is_said_to_be_not_found(ask: Ask) -> None:
    answer = ask("Is amoxicillin safe for a CYP2D6 poor metabolizer?")
    assert "Amoxicillin with CYP2D6 Poor Metabolizer" in texts_of(answer)


def test_what_warns_may_not_be_left_out(ask: Ask) -> None:
    answer = ask("Can a pregnant woman take warfarin?")
    assert any(isinstance(e, ToldEvidence) and e.warns for e in answer.evidence)


def test_the_steps_give_nothing_where_nothing_is_named(asking: Asked) -> None:
    made: Asking = asking("What is it?")
    for step in (about.adverse, about.acts, about.paths, purposes.purposes, genotypes.advice, instead.instead):
        assert step(made).evidence == ()
    assert remedies.remedies(made).evidence == repurposed.proposed(made).evidence == ()
    assert cautioned.asked_for is not None


@pytest.mark.parametrize("name", ["非诺贝特", "无环鸟苷"])
def test_a_name_that_reads_as_a_denial_denies_nothing(texts: Any, tmp_path: Path, name: str) -> None:
    store = SqliteStore(tmp_path / "graph.db")
    drugs = [Entity(f"D:{n}", "Drug", f"Drug {n}", (Name(f"{name}{'甲乙丙丁戊己庚'[n]}", "zh"),)) for n in range(7)]
    gout = Entity("DOID:1", "Disease", "Gout", (Name("痛风", "zh"),))
    source = Source("book", "curated", title="The Book", licence="CC0-1.0")
    rows = [Assertion.new(drug.id, "treats", gout.id, source="book", sentence=drug.name) for drug in drugs]
    store.load(source, [*drugs, gout], rows)
    answer = answerer(store, texts[1]).answer(Question("痛风有哪些药物？", access=OPEN))
    store.close()
    assert f"{name}庚" in texts_of(answer)
    assert answer.dropped == 0


def test_words_count_in_any_order(store: GraphStore) -> None:
    assert named.in_order("Rupture of tendon") == named.in_order("Tendon rupture")
    assert named.without_glosses("Warfarin (Coumadin)", {"Warfarin": "D:1", "Coumadin": "D:1"}) == {"Warfarin": "D:1"}
    assert named.public(GraphView(store, frozenset({"public", "patient:1"}))) == GraphView(store, frozenset({"public"}))
