"""Answers as JSON that a server holds the model to: each sentence an object with the evidence that it rests on.

OpenAI-compatible servers take a JSON schema as `response_format` (OpenAI, Structured Outputs;
vLLM and llama.cpp decode under it). Sentences are read as soon as their object is closed, so that they still stream.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from qa.model import Sentence

MOST = 6
"""Sentences of one answer."""
_DECODER = json.JSONDecoder()


def response_format(ids: Sequence[str]) -> dict[str, Any]:
    """The option that demands an answer whose sentences cite at least one of these pieces of evidence each."""
    sentence = {
        "type": "object",
        "properties": {
            "text": {"type": "string"},
            "citations": {"type": "array", "items": {"type": "string", "enum": list(ids)}, "minItems": 1},
        },
        "required": ["text", "citations"],
        "additionalProperties": False,
    }
    schema = {
        "type": "object",
        "properties": {"sentences": {"type": "array", "items": sentence, "maxItems": MOST}},
        "required": ["sentences"],
        "additionalProperties": False,
    }
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}


def is_structured(text: str) -> bool | None:
    """Whether an answer that begins so is JSON; None while nothing is told yet. Servers that know no schema write
    text."""
    begun = text.lstrip()
    return begun.startswith("{") if begun else None


class Objects:
    """The sentences in a JSON text that comes in pieces."""

    def __init__(self) -> None:
        self._text, self._at = "", -1

    def more(self, piece: str) -> Iterator[Sentence]:
        """The sentences that are whole with this piece, in order."""
        self._text += piece
        if self._at < 0:
            opened = self._text.find("[")
            if opened < 0:
                return
            self._at = opened + 1
        while (begin := self._text.find("{", self._at)) >= 0:
            try:
                row, self._at = _DECODER.raw_decode(self._text, begin)
            except ValueError:
                return  # the object is not closed yet
            if isinstance(row, dict) and isinstance(row.get("text"), str):
                ids = row.get("citations")
                cited = [str(id).strip("[] ") for id in ids] if isinstance(ids, list) else []
                yield Sentence(row["text"].strip(), tuple(dict.fromkeys(cited)))
