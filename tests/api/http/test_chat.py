"""The OpenAI door, through the real OpenAI client."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

openai = pytest.importorskip("openai", reason="the extra `llm` is not installed")

QUESTION = "What are the adverse effects of metformin?"


@pytest.fixture
def chat(client: httpx.Client) -> Any:
    return openai.OpenAI(base_url=f"{client.base_url}/v1", api_key="none", max_retries=0)


def test_an_openai_client_gets_a_cited_answer(chat: Any, client: httpx.Client) -> None:
    with chat:
        assert [model.id for model in chat.models.list()] == ["medgraph"]
        messages = [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Who won the football cup?"},
            {"role": "assistant", "content": "I do not know."},
            {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
        ]
        reply = chat.chat.completions.create(model="medgraph", messages=messages, temperature=0.2)
        whole = client.post("/v1/answers", json={"question": QUESTION}).json()
        text = reply.choices[0].message.content
        assert text.startswith(whole["answer"])
        assert f"[E1] {whole['evidence'][0]['source']}" in text
        assert whole["evidence"][0]["text"] in text
        pieces = chat.chat.completions.create(model="medgraph", messages=messages, stream=True)
        assert "".join(piece.choices[0].delta.content or "" for piece in pieces) == text


def test_abstaining_is_said(chat: Any) -> None:
    with chat:
        messages = [{"role": "user", "content": "Who won the football cup?"}]
        reply = chat.chat.completions.create(model="medgraph", messages=messages)
        assert reply.choices[0].message.content
        assert reply.model_extra["medgraph"]["abstained"] is True
        pieces = list(chat.chat.completions.create(model="medgraph", messages=messages, stream=True))
        assert "".join(p.choices[0].delta.content or "" for p in pieces) == reply.choices[0].message.content
        assert pieces[-1].choices[0].finish_reason == "stop"


def test_no_message_is_an_invalid_request(chat: Any) -> None:
    with chat, pytest.raises(openai.UnprocessableEntityError) as raised:
        chat.chat.completions.create(model="medgraph", messages=[])
    assert raised.value.response.headers["content-type"] == "application/problem+json"


def test_a_key_is_needed_where_there_are_keys(keyed: httpx.Client) -> None:
    with openai.OpenAI(base_url=f"{keyed.base_url}/v1", api_key="wrong-key-0123456789", max_retries=0) as chat:
        with pytest.raises(openai.AuthenticationError):
            chat.models.list()
        with pytest.raises(openai.AuthenticationError):
            chat.chat.completions.create(model="medgraph", messages=[{"role": "user", "content": QUESTION}])
