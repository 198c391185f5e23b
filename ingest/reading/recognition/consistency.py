"""An abbreviation that a text defines is what its long form is.

A recognizer looks at each place by itself. Here a long form that is recognised lends its type to the abbreviation that
the text defines for it, wherever the text has that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.recognition.recognizer import Span
from text import abbreviations

_WORD = re.compile(r"\w")


def consistent(text: str, spans: Sequence[Span]) -> list[Span]:
    """`spans` with those added that the text's own abbreviations ask for; what is there stays, nothing overlaps."""
    extended = list(spans)
    at = {(span.start, span.end): span for span in spans}
    wanted: dict[str, Span] = {}
    for definition in abbreviations.find(text):
        long = at.get((definition.start, definition.end))
        if long is not None:
            wanted.update(dict.fromkeys(abbreviations.forms(definition.short), long))
    if not wanted:
        return extended
    index = behind = 0
    for start, end, name in abbreviations.places(text, wanted):
        if start < behind or _WORD.match(text[start - 1 : start]) or _WORD.match(text[end : end + 1]):
            continue
        behind = end
        while index < len(spans) and spans[index].end <= start:
            index += 1
        if index == len(spans) or end <= spans[index].start:
            long = wanted[name]
            extended.append(Span(start, end, long.label, long.score))
    return sorted(extended, key=lambda span: span.start)
