"""What a claim or a question denies, by the rules that documents are read by.

A sentence of an answer, the evidence that it cites and a question are short, may mix both languages, and nobody has
said in which language they are: each is read in the language, or in both, whose letters it holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from text.context.judgement import Reading
from text.context.rules import judge_by_rule
from text.names import is_chinese
from text.words import content


def denied(text: str, spans: Sequence[tuple[int, int]], reading: Reading) -> list[bool]:
    """For each (start, end) of `text`, in their order, whether the text denies it."""
    verdicts = [judgement.polarity == "negated" for judgement in judge_by_rule(text, spans, "en", reading)]
    if is_chinese(text):
        chinese = judge_by_rule(text, spans, "zh", reading)
        verdicts = [own or other.polarity == "negated" for own, other in zip(verdicts, chinese, strict=True)]
    return verdicts


def polarities(text: str) -> dict[str, set[bool]]:
    """For each content word of a claim, in the form of `text.words`, whether it stands denied (True), affirmed
    (False), or both."""
    words = content(text)
    verdicts: dict[str, set[bool]] = {}
    for word, verdict in zip(words, denied(text, [(w.start, w.end) for w in words], "claim"), strict=True):
        verdicts.setdefault(word.form, set()).add(verdict)
    return verdicts


def denies(text: str) -> bool:
    """Whether a claim denies anything."""
    return any(True in verdicts for verdicts in polarities(text).values())
