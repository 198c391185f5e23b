"""What a text says about a mention: negated, how certain, and whose.

Trigger phrases with scopes, English and Chinese (`text.context.rules`); in a Chinese dialogue a small trained model
decides whether a symptom is there, is not, or remains open (`text.context.dialogue`).
"""

from __future__ import annotations

from collections.abc import Sequence

from text.context import dialogue
from text.context.dialogue import STATUSES, Status
from text.context.judgement import Judgement
from text.context.rules import judge_by_rule

VERSION = f"context/4-{dialogue.digest()}"

__all__ = ["VERSION", "judge", "statuses"]


def judge(text: str, spans: Sequence[tuple[int, int]], language: str) -> list[Judgement]:
    """One Judgement for each (start, end) of `text`, in their order; `language` is ISO 639-1.

    Depends on the text and the places alone. An empty span is affirmed.
    """
    ruled = judge_by_rule(text, spans, language)
    if language != "zh" or not spans or dialogue.weights() is None or not (said := dialogue.turns(text)):
        return ruled
    return [
        dialogue.as_judgement(status, judgement)
        for status, judgement in zip(_statuses(text, said, spans, ruled), ruled, strict=True)
    ]


def statuses(text: str, spans: Sequence[tuple[int, int]]) -> list[Status]:
    """Whether each symptom of a Chinese text, a line a turn (`医生：…`), is present, absent or uncertain."""
    ruled = judge_by_rule(text, spans, "zh")
    return _statuses(text, dialogue.turns(text), spans, ruled)


def _statuses(
    text: str, said: Sequence[dialogue.Turn], spans: Sequence[tuple[int, int]], ruled: Sequence[Judgement]
) -> list[Status]:
    table = dialogue.weights()
    if table is None or not said:
        return [dialogue.by_rule(judgement) for judgement in ruled]
    best = dialogue.scores(dialogue.features(text, said, spans, ruled), table).argmax(axis=1)
    return [STATUSES[index] for index in best]
