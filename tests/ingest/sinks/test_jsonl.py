"""JSON Lines as they are written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from ingest.model import Document, Mention, Section
from ingest.sinks.ids import Ids
from ingest.sinks.jsonl import JsonLines
from ingest.sinks.model import Tagged


def test_a_line_holds_mentions_and_relations(tagged: Tagged) -> None:
    line = JsonLines(Ids("mesh")).document(tagged, first=True)
    assert line.endswith("\n")
    made = json.loads(line)
    assert set(made) == {"id", "mentions", "relations"}
    assert made["id"] == "7"
    assert made["mentions"][1] == {
        "start": 50, "end": 73, "text": "cardiac & renal failure", "type": "Disease", "id": "D006333|D051437",
        "score": 0.8765, "polarity": "affirmed", "certainty": "certain", "experiencer": "patient",
    }  # fmt: skip
    assert [(m["text"], m["type"], m["id"]) for m in made["mentions"][2:]] == [
        ("men\twith gout", "Disease", None),
        ("Gout", "Disease", "D006073"),
        ("lithium", "Chemical", "D008094"),
        ("liver", "Anatomy", "UBERON:0002107"),
    ]
    assert made["relations"][2] == {
        "subject": "D008094", "predicate": "causes", "object": "D006073", "label": "CID", "polarity": "negated",
        "certainty": "possible", "confidence": 0.7124, "firm": True, "start": 92,
        "end": 123,
    }  # fmt: skip


def test_chinese_types_are_those_of_the_corpus(mention: Callable[..., Mention]) -> None:
    text = "患者有高血压。"
    document = Document("local:a", "", (Section("text", text),))
    one = Tagged(3, document, (mention(text, "高血压", "Disease", "MESH:D006973", "疾病和诊断"),), ())
    line = JsonLines(Ids("mesh")).document(one, first=True)
    assert "高血压" in line
    made = json.loads(line)
    assert (made["id"], made["mentions"][0]["type"]) == (3, "疾病和诊断")


def test_no_text_breaks_a_line(mention: Callable[..., Mention], tagged: Tagged) -> None:
    for character in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\t\x00\x7f":
        text = f"gout{character}attack"
        document = Document("local:a", "", (Section("text", text),))
        line = JsonLines(Ids("mesh")).document(
            replace(tagged, document=document, mentions=(mention(text, text, "Disease"),)), first=True
        )
        assert len(line.splitlines()) == 1
        assert json.loads(line)["mentions"][0]["text"] == text
