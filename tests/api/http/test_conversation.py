"""A conversation through both doors that answer."""

from __future__ import annotations

import httpx

EARLIER = "What is metformin?"
LATER = "And what are its adverse effects?"


def test_a_turn_takes_what_it_leaves_out_from_before(client: httpx.Client) -> None:
    got = client.post("/v1/answers", json={"question": LATER, "conversation": [EARLIER]}).json()
    alone = client.post("/v1/answers", json={"question": "What are metformin's adverse effects?"}).json()
    assert got["read_as"] == "what are metformin's adverse effects?"
    assert got["answer"] == alone["answer"]
    assert not got["abstained"]


def test_what_leans_on_nothing_is_asked_back(client: httpx.Client) -> None:
    got = client.post("/v1/answers", json={"question": LATER}).json()
    assert (got["abstained"], got["reason"]) == (True, "unclear")


def test_a_chat_reads_what_the_user_said_and_never_an_answer(client: httpx.Client) -> None:
    def asked(*turns: tuple[str, str]) -> dict[str, object]:
        messages = [{"role": role, "content": content} for role, content in turns]
        body = client.post("/v1/chat/completions", json={"model": "medgraph", "messages": messages}).json()
        return dict(body["medgraph"])

    said = asked(("user", EARLIER), ("assistant", "A drug."), ("user", LATER))
    assert "metformin" in str(said["read_as"])
    never = asked(("assistant", "Metformin is a drug."), ("user", LATER))
    assert never["reason"] == "unclear"


def test_two_hundred_turns_are_read(client: httpx.Client) -> None:
    body = {"question": LATER, "conversation": ["hello"] * 199 + [EARLIER]}
    assert "metformin" in client.post("/v1/answers", json=body).json()["read_as"]
