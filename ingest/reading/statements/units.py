"""What is read at once: a sentence, with the one before it where it speaks of something that only that one names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.model import Mention
from ingest.reading.statements.labels import TYPES
from text.sentences import sentences

# It speaks of what was named before, by a pronoun or by a noun that wants an owner: "Symptoms include fever".
_LEANS = re.compile(
    r"[\W\d]{0,6}(?:(?:it|its|they|their|this|these|that|those|both|such|the (?:drug|medicine|medication|agent|"
    r"compound|product|substance|disease|disorder|condition|syndrome|illness|infection|treatment|therapy|latter|former|same|"
    r"most common|main|first)|(?:other |common |typical |usual |serious |frequent |early |late |initial )?(?:symptoms?|"
    r"signs?|complications?|(?:side|adverse) (?:effects?|reactions?|events?)|contraindications?|treatments?|diagnosis|"
    r"indications?|risk factors?|patients (?:may|often|usually|present|typically)))\b"
    r"|[该本此其它]|上述|两者|二者|后者|前者|(?:主要|常见|典型|早期|临床|严重|其他)*(?:症状|表现|体征|并发症|不良反应|"
    r"副作用|禁忌|治疗|诊断|适应证|适应症|病因|患者(?:可|常|多|会)))",
    re.IGNORECASE,
)
_REACH = 400
"""Characters of a sentence before, at most, for it to be read along."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text; `own` is where the sentence begins that it is read for, `start` where the one before it does.

    `groups` are its mentions in order, those of one place together; no two groups overlap.
    """

    start: int
    own: int
    end: int
    groups: tuple[tuple[Mention, ...], ...]

    def linked(self) -> set[str]:
        """The entities that it mentions."""
        return {m.entity for group in self.groups for m in group if m.entity is not None}


def units(text: str, mentions: Sequence[Mention]) -> Iterator[Unit]:
    """The sentences of `text` that mention anything, in order; `mentions` come in order of `start`."""
    marked = [m for m in mentions if m.type in TYPES]
    starts = [m.start for m in marked]
    before: tuple[int, int] | None = None
    for start, end in sentences(text):
        first = start
        if before is not None and before[1] - before[0] <= _REACH and _LEANS.match(text, start, end):
            first = before[0]
        low, high = bisect_left(starts, first), bisect_left(starts, end)
        if high > low and marked[high - 1].start >= start:
            yield Unit(first, start, end, _groups(marked[low:high], end))
        before = (start, end)


def _groups(mentions: Sequence[Mention], end: int) -> tuple[tuple[Mention, ...], ...]:
    groups: list[list[Mention]] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.end > end:
            continue
        if groups and (mention.start, mention.end) == (groups[-1][0].start, groups[-1][0].end):
            groups[-1].append(mention)
        elif not groups or mention.start >= groups[-1][0].end:
            groups.append([mention])
    return tuple(tuple(group) for group in groups)
