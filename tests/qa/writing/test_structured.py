"""Answers as JSON under a schema: read as they come, from servers that take one and servers that do not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qa.model import Question
from qa.writing.structured import Objects, is_structured, response_format
from tests.qa.writing.test_generate import HYPERTENSION, Reply, answer, serving

if TYPE_CHECKING:
    from tests.qa.conftest import World

TEXT = json.dumps(
    {
        "sentences": [
            {"text": "Lisinopril treats hypertension.", "citations": ["E2"]},
            {"text": "Amlodipine treats “hypertension” [sic] {2}.", "citations": ["[E1]", "E1"]},
            {"text": "氨氯地平用于治疗高血压。", "citations": []},
        ]
    },
    ensure_ascii=False,
)


@pytest.mark.parametrize("size", [1, 3, 11, 1000])
def test_sentences_are_read_however_the_stream_is_cut(size: int) -> None:
    objects = Objects()
    sentences = [one for at in range(0, len(TEXT), size) for one in objects.more(TEXT[at : at + size])]
    assert [(one.text, one.citations) for one in sentences] == [
        ("Lisinopril treats hypertension.", ("E2",)),
        ("Amlodipine treats “hypertension” [sic] {2}.", ("E1",)),
        ("氨氯地平用于治疗高血压。", ()),
    ]


def test_what_is_cut_off_is_left_out() -> None:
    assert [one.citations for one in Objects().more(TEXT[: TEXT.index("Amlodipine") + 4])] == [("E2",)]


@pytest.mark.parametrize(("text", "json"), [("", None), ("  \n", None), (' {"sen', True), ("Lisinopril", False)])
def test_text_is_told_from_json(text: str, json: bool | None) -> None:
    assert is_structured(text) is json


def test_the_schema_demands_a_citation_of_what_is_there() -> None:
    schema = response_format(["E1", "E2"])["json_schema"]["schema"]
    citations = schema["properties"]["sentences"]["items"]["properties"]["citations"]
    assert (citations["minItems"], citations["items"]["enum"]) == (1, ["E1", "E2"])


def test_json_is_streamed_checked_and_kept(world: World) -> None:
    asked: list[str] = []

    def structured(reply: Reply) -> None:
        asked.append(reply.format)
        reply.begin()
        reply.say(TEXT)
        reply.end()

    given = answer(world, structured, HYPERTENSION)
    assert next(s.citations for s in given.sentences) == ("E2",)
    # A sentence without a citation is not said, whatever the model was held to.
    assert all(s.citations for s in given.sentences)
    assert given.dropped == 2
    assert '"enum": ["E1"' in asked[0]


def test_a_server_that_refuses_a_schema_is_asked_for_text(world: World) -> None:
    asked: list[bool] = []

    def old(reply: Reply) -> None:
        asked.append(bool(reply.format))
        if reply.format:
            reply.fail(400)
            return
        reply.begin()
        reply.say("Lisinopril treats hypertension [E2].")
        reply.end()

    with serving(old) as model:
        answerer = world.answerer(model)
        first, second = (answerer.answer(Question(HYPERTENSION.text)) for _ in range(2))
    assert [s.citations for s in first.sentences] == [s.citations for s in second.sentences] == [("E2",)]
    assert asked == [True, False, False]
