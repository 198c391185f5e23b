"""What a language model may and may not write of drugs, over a server on loopback and a small ward."""

from __future__ import annotations

from typing import Any

import pytest

from api.answering import answerer
from graph.sqlite.store import SqliteStore
from qa.model import Answer, Question
from tests.qa.drugs.page.conftest import ALL, _fill
from tests.qa.writing.test_generate import Reply, serving


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = SqliteStore(tmp_path_factory.mktemp("ward") / "graph.db")
    _fill(store)
    yield store
    store.close()


def written(store: Any, texts: Any, question: str, text: str) -> tuple[Answer, str]:
    """The answer where the model writes `text`, and the prompt that it was sent."""
    prompts: list[str] = []

    def behaviour(reply: Reply) -> None:
        prompts.append(reply.prompt)
        reply.begin()
        reply.say(text)
        reply.end()

    with serving(behaviour) as model:
        answer = answerer(store, texts[1], model).answer(Question(question, access=ALL))
    return answer, prompts[0]


def test_what_speaks_against_a_drug_stands_whatever_a_model_writes(store: Any, texts: Any) -> None:
    answer, prompt = written(store, texts, "Can a pregnant woman take warfarin?", "Warfarin is safe in pregnancy [E1].")
    assert "Warfarin is contraindicated: pregnancy" in prompt
    assert answer.sentences[0].text.startswith("No: Warfarin is contraindicated in pregnancy")
    assert not any("safe in" in sentence.text for sentence in answer.sentences)
    assert answer.dropped == 1


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        ("Bleeding is an adverse effect of warfarin, at 1-21% [E1].", True),
        ("Bleeding is an adverse effect of warfarin, at 55% [E1].", False),
        ("Warfarin cures alopecia [E1].", False),
    ],
)
def test_claims_on_what_is_told_together_are_checked(store: Any, texts: Any, claim: str, kept: bool) -> None:
    answer, prompt = written(store, texts, "How often does warfarin cause bleeding?", claim)
    assert "with placebo: 1%" in prompt
    assert any(sentence.text.startswith(claim[:12]) for sentence in answer.sentences) is kept


def test_what_follows_and_what_was_not_found_is_in_the_prompt_and_the_answer(store: Any, texts: Any) -> None:
    question = "Can I take warfarin with ibuprofen?"
    answer, prompt = written(store, texts, question, "Warfarin and ibuprofen do not interact [E2].")
    assert "Derived: Warfarin with Ibuprofen: major" in prompt
    assert "Not found in" in prompt
    assert answer.sentences[0].text.startswith("Derived: Warfarin with Ibuprofen: major")
    assert not any("do not interact" in sentence.text for sentence in answer.sentences)
