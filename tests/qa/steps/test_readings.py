"""How the names of drugs in a question were read, and what is told of a drug that is none."""

from __future__ import annotations

from typing import Any

import pytest

from qa.evidence.kinds import ToldEvidence
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Ranking
from qa.model import AskedEntity, Question, Understanding
from qa.steps.readings import about, misread, only_strangers, read_as, readings, strangers
from tests.qa.steps.conftest import Asked


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Is Zentravil effective for hypertension?", ("Zentravil", "nearest", "no proof")),
        ("Does morformen work against type 2 diabetes mellitus?", ("morformen",)),
        ("健压灵胶囊对高血压有效吗？", ("健压灵胶囊", "未知药名", "不能证明")),
    ],
)
def test_what_is_known_of_a_disease_is_no_answer_on_an_unknown_drug(
    world: Any, text: str, names: tuple[str, ...]
) -> None:
    answer = world.answerer().answer(Question(text))
    assert (answer.abstained, answer.reason, answer.evidence) == (True, "unknown_name", ())
    assert all(name in answer.message for name in names if name != "nearest")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Does metforman treat type 2 diabetes mellitus?", "“metforman” is read as metformin: please confirm"),
        ("二甲双瓜能治2型糖尿病吗？", "“二甲双瓜”按二甲双胍理解，请确认"),
    ],
)
def test_a_misspelt_name_is_answered_for_the_one_that_is_meant_and_told_first(world: Any, text: str, told: str) -> None:
    answer = world.answerer().answer(Question(text))
    assert answer.sentences[0].text.startswith(told)
    assert len(answer.sentences) > 1
    assert answer.understanding.read_as


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("What is zyopia?", "did you mean Myopia?"),
        ("氨氯地贝治什么", "您是想说氨氯地平吗"),
    ],
)
def test_what_may_be_meant_is_asked_for(world: Any, text: str, told: str) -> None:
    answer = world.answerer().answer(Question(text))
    assert (answer.reason, answer.evidence) == ("unknown_name", ())
    assert told in answer.message


def test_a_known_drug_is_answered_and_the_unknown_one_beside_it_told(world: Any) -> None:
    answer = world.answerer().answer(Question("Is Zentravil effective for hypertension, or is amlodipine?"))
    assert "Unknown name, not checked: Zentravil" in answer.text
    assert "Amlodipine treats Hypertension" in answer.text


def test_a_drug_that_was_read_is_told_as_read(asking: Asked) -> None:
    plain = asking("What does amlodipine treat?")
    assert readings(plain) == ()
    (own,) = plain.understanding.entities
    read = AskedEntity(own.id, own.type, own.name, "amlodipin3", False, "'amlodipin3' is read as Amlodipine: near")
    object.__setattr__(plain.understanding, "entities", (read,))
    (piece,) = readings(plain)
    assert isinstance(piece, ToldEvidence)
    assert piece.warns
    assert piece.clauses == (
        "“amlodipin3” is read as Amlodipine: please confirm",
        "“amlodipin3”按氨氯地平理解，请确认",
    )


def test_only_what_stands_for_a_drug_is_a_stranger() -> None:
    asked = Understanding("en", "treatment", (), ("Zentravil", "Foo syndrome"), ("Zentravil",))
    assert strangers("Is Zentravil effective?", asked) == ("Zentravil",)
    assert only_strangers("Is Zentravil effective?", asked)
    assert not only_strangers("", Understanding("en", "interaction", (), ("Zentravil",), ("Zentravil",)))


def test_passages_that_name_the_stranger_stay() -> None:
    ranking = Ranking(query="q", place=1, words=1, meaning=None, reading=None, cosine=None)
    passages = [
        PassageEvidence("", source, "", "", text, 0, len(text), (), 0.5, ranking)
        for source, text in (("PMID:1", "Zentravil halved attacks."), ("PMID:2", "Migraine is common."))
    ]
    assert about(passages, ("zentravil",)) == (passages[0],)


def test_a_drug_that_was_read_is_told_where_nothing_answers(asking: Asked) -> None:
    asked = asking("What does amlodipine treat?")
    (own,) = asked.understanding.entities
    read = AskedEntity(own.id, own.type, own.name, "amlodipin3", False, "")
    (surface, name), *more = misread(Understanding("en", "general", (read,)), asked.entities).items()
    assert (read_as(surface, name, "en"), more) == ("“amlodipin3” is read as Amlodipine: please confirm", [])
