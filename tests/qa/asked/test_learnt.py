"""The router that was trained, by the weights that are shipped, over names of a small graph and of none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.view import GraphView
from qa.asked.learnt import Learnt, opened, opened_in
from qa.asked.understand import understand
from qa.errors import ModelUnavailable
from qa.model import AskedEntity, Question
from qa.plans.order import PLANS, rules
from retrieval.opening import encoder_of

SHIPPED = Path(__file__).resolve().parents[3] / "models" / "questions"
KNOWN = frozenset(plan.intent for plan in PLANS)


@pytest.fixture(scope="module")
def router() -> Learnt:
    encoder = encoder_of(SHIPPED.parent, "bge-small-en-medical")
    weights = opened_in(SHIPPED, encoder.name)
    assert weights is not None
    return Learnt(weights, encoder, rules(PLANS), KNOWN)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what do you give somebody for hypertension", "treatment"),
        ("mechanism of aspirin", "mechanism"),
        ("why does aspirin thin the blood", "mechanism"),
        ("side efects of aspirin", "adverse_effect"),
        ("my wrists hurt since I started aspirin, could the pill do that?", "adverse_effect"),
        ("may a nursing mother take aspirin", "contraindication"),
        ("warfarin with ibuprofen, is that fine", "interaction"),
        ("阿司匹林有啥坏处", "adverse_effect"),
        ("哮喘该吃点什么药", "treatment"),
        ("阿司匹林跟华法林一块吃行不行", "interaction"),
        ("阿司匹林治啥的", "indication"),
        ("Write a poem about asthma", "out_of_scope"),
        ("How much are aspirin shares today?", "out_of_scope"),
        ("写一首关于哮喘的诗", "out_of_scope"),
        ("I feel awful", "vague"),
        ("我不舒服", "vague"),
    ],
)
def test_a_question_goes_to_its_topic(public: GraphView, router: Learnt, text: str, intent: str) -> None:
    assert understand(Question(text), public, router).intent == intent


def test_a_topic_without_a_plan_is_left_to_the_rules(public: GraphView, router: Learnt) -> None:
    less = Learnt(router.weights, router.encoder, router.rules, frozenset({"general"}))
    text = "What are the side effects of aspirin?"
    assert understand(Question(text), public, less).intent == rules(PLANS).intent(text, ())


def test_a_question_that_names_something_is_declined_only_where_that_is_sure(router: Learnt) -> None:
    gout = AskedEntity("X:1", "Disease", "gout", "gout", False, "")
    assert router.intents("gout", [gout])[0] not in ("vague", "out_of_scope")
    assert router.intents("symptoms of phenylketoneuria", [])[0] not in ("vague", "out_of_scope")


def test_the_second_reading_is_told_where_it_is_close(router: Learnt) -> None:
    drug = AskedEntity("X:1", "Drug", "aspirin", "aspirin", False, "")
    assert len(router.intents("What are the side effects of aspirin?", [drug])) == 1
    for text in ("", "aspirin", "?" * 50, "aspirin dose side effects mechanism"):
        read = router.intents(text, [drug])
        assert 1 <= len(read) <= 2
        assert set(read) <= KNOWN
        assert read == router.intents(text, [drug])


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    assert opened_in(tmp_path, "any") is None
    assert opened_in(SHIPPED, "another/1") is None
    np.savez(tmp_path / "weights.npz", other=np.zeros(3))
    with pytest.raises(ValueError, match="lacks"):
        opened(tmp_path / "weights.npz")
    with pytest.raises(ModelUnavailable):
        opened_in(tmp_path, "any")
