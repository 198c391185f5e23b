"""What is asked of a drug for a patient whose record is stored: drugs taken, allergies and conditions are joined."""

from __future__ import annotations

from typing import Any

import pytest

from api.answering import answerer
from graph.model import Assertion, Contribution, Entity, PassageNode, Source
from graph.sqlite.store import SqliteStore
from qa.evidence.kinds import DerivedEvidence
from qa.model import Answer, Question
from qa.steps.together import Checked
from tests.qa.drugs.page.conftest import AF, ALL, AMOX, W, _fill

LABEL = "patient:7"
OWN = frozenset({LABEL})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = SqliteStore(tmp_path_factory.mktemp("ward") / "graph.db")
    _fill(store)
    source = Source("fhir:7", "document", title="Record", access=OWN)
    lines = (("takes", W, "Takes warfarin."), ("allergic_to", AMOX, "Allergic."), ("has_condition", AF, "Has it."))
    text = " ".join(line for _, _, line in lines)
    passage = PassageNode("fhir:7#0", source.id, "record", 0, len(text), text, access=OWN)
    rows = [
        Assertion.new(
            LABEL, predicate, object, source=source.id, sentence=line, passage=passage.id,
            start=text.index(line), end=text.index(line) + len(line), access=OWN,
        )
        for predicate, object, line in lines
    ]  # fmt: skip
    patient = Entity(LABEL, "Patient", "Patient 7", access=OWN)
    store.replace([Contribution(source, (patient,), (passage,), (), tuple(rows))])
    yield store
    store.close()


def ask(store: Any, texts: Any, text: str, patient: str | None = LABEL) -> Answer:
    question = Question(text, access=ALL | OWN, patient=patient)
    return answerer(store, texts[1]).answer(question)


@pytest.mark.parametrize(
    "text",
    ["Can the patient take ibuprofen?", "Can she take ibuprofen?", "Would ibuprofen be a good idea?", "布洛芬？"],
)
def test_a_drug_is_checked_with_those_that_the_patient_takes(store: Any, texts: Any, text: str) -> None:
    pairs = [e.drugs for e in ask(store, texts, text).evidence if isinstance(e, DerivedEvidence)]
    assert [{drug.en for drug in pair} for pair in pairs][:1] == [{"Warfarin", "Ibuprofen"}]
    assert not any(isinstance(e, DerivedEvidence) for e in ask(store, texts, text, patient=None).evidence)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Can the patient take Augmentin?", "Allergy to Amoxicillin: Augmentin"),
        ("患者能用奥格门汀吗？", "对阿莫西林过敏"),
    ],
)
def test_an_allergy_of_the_record_warns(store: Any, texts: Any, text: str, part: str) -> None:
    assert part in ask(store, texts, text).text


def test_without_the_patient_nothing_of_the_record_is_told(store: Any, texts: Any) -> None:
    assert "Allergy" not in ask(store, texts, "Can the patient take Augmentin?", patient=None).text
    assert Checked().lists is False


@pytest.mark.parametrize("text", ["Are her medicines safe together?", "她的药一起吃安全吗？"])
def test_what_the_patient_takes_is_checked_where_no_drug_is_named(store: Any, texts: Any, text: str) -> None:
    understanding = ask(store, texts, text).understanding
    assert understanding is not None
    assert understanding.intent == "interaction"
