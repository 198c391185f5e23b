"""What a text calls by a name in one place it calls so in another.

A recognizer looks at each place by itself. Here a long form that is recognised lends its type to the abbreviation that
the text defines for it, and a name that was recognised with certainty is recognised wherever else the text has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import abbreviations
from ingest.recognizer import Span

_SURE = 0.9
"""The least score of a span that others are made after."""
_SHORTEST = 3


def consistent(text: str, spans: Sequence[Span]) -> list[Span]:
    """`spans` with those added that the text itself asks for; what is there stays, and nothing overlaps."""
    found = list(spans)
    wanted: dict[str, tuple[str, float]] = {}
    at = {(span.start, span.end): span for span in spans}
    for definition in abbreviations.find(text):
        long = at.get((definition.start, definition.end))
        if long is not None:
            wanted[definition.short] = (long.label, long.score)
    for span in sorted(spans, key=lambda span: span.score):
        surface = text[span.start : span.end]
        if span.score >= _SURE and len(surface) >= _SHORTEST:
            wanted[surface] = (span.label, span.score)
    if not wanted:
        return found
    either = "|".join(re.escape(name) for name in sorted(wanted, key=len, reverse=True))
    taken = sorted((span.start, span.end) for span in found)
    index = 0
    for match in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text):
        start, end = match.span()
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        if index == len(taken) or end <= taken[index][0]:
            label, score = wanted[match.group()]
            found.append(Span(start, end, label, score))
    return sorted(found, key=lambda span: span.start)
