"""What a document says about a mention: negated, how certain, and whose.

Trigger phrases with scopes, English and Chinese (`text.context.rules`); with the weights of the words around a mention
a phrase that misleads is undone (`text.context.weighed`); in a Chinese dialogue a small trained model decides whether a
symptom is there, is not, or remains open (`text.context.dialogue`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from text.context import dialogue
from text.context.dialogue import STATUSES, Status, Weights
from text.context.judgement import Judgement
from text.context.rules import judge_by_rule, judged_by_rule
from text.context.scanned import Scanned
from text.context.weighed import weighed


@dataclass(frozen=True, slots=True)
class Context:
    """Judges mentions: by rule, with `weights` the symptoms of a Chinese dialogue and with `around` all else by a
    trained model too."""

    weights: Weights | None = None
    around: Weights | None = None

    @property
    def version(self) -> str:
        """Changes with the verdicts on documents."""
        digests = [weights.digest if weights else "rules" for weights in (self.weights, self.around)]
        return "context/6-" + "-".join(digests)

    def judge(self, text: str, spans: Sequence[tuple[int, int]], language: str) -> list[Judgement]:
        """One Judgement for each (start, end) of `text`, in their order; `language` is ISO 639-1.

        Depends on the text and the places alone. An empty span is affirmed.
        """
        if not spans:
            return []
        scanned = Scanned(text, language)
        ruled = judged_by_rule(scanned, spans)
        turns = dialogue.turns(text) if language == "zh" and self.weights is not None else []
        if self.weights is None or not turns:
            return ruled if self.around is None else weighed(scanned, spans, ruled, self.around)
        statuses = _statuses(text, turns, spans, ruled, self.weights)
        return [dialogue.as_judgement(status, judgement) for status, judgement in zip(statuses, ruled, strict=True)]

    def statuses(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Status]:
        """Whether each symptom of a Chinese text, a line a turn (`医生：…`), is present, absent or uncertain."""
        ruled = judge_by_rule(text, spans, "zh")
        turns = dialogue.turns(text)
        if self.weights is None or not turns or not spans:
            return [dialogue.by_rule(judgement) for judgement in ruled]
        return _statuses(text, turns, spans, ruled, self.weights)


RULES = Context()
"""The rules alone."""


def _statuses(
    text: str,
    turns: Sequence[dialogue.Turn],
    spans: Sequence[tuple[int, int]],
    ruled: Sequence[Judgement],
    weights: Weights,
) -> list[Status]:
    best = dialogue.scores(dialogue.features(text, turns, spans, ruled), weights.table).argmax(axis=1)
    return [STATUSES[index] for index in best]
