"""A name ends where its line ends what it says.

A recognizer sees a line feed as any other blank, and takes the last word of one entry and the first of the next for one
name: what the one denies is then denied of the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.recognition.recognizer import Span
from text.sentences import sentences

_MARK = re.compile(r"(?:[^\w\s(\[]+|[(\[]?\w?[)\]]|[0-9]{1,2}[.)、)])[\s]+")
_NAMES = re.compile(r"[^\W\d_]")


def parted(text: str, spans: Sequence[Span]) -> list[Span]:
    """`spans` with those cut that run over a line feed at which a sentence ends; the mark of an entry is no name."""
    if not any("\n" in text[span.start : span.end] for span in spans):
        return list(spans)
    bounds = sentences(text)
    starts = [start for start, _ in bounds]
    cut: list[Span] = []
    for span in spans:
        if "\n" not in text[span.start : span.end]:
            cut.append(span)
            continue
        # The sentences that it runs over, and no others.
        for first, last in bounds[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]:
            start, end = max(first, span.start), min(last, span.end)
            if start > span.start and start < end and (mark := _MARK.match(text, start, end)):
                start = mark.end()
            if start < end and _NAMES.search(text, start, end):
                cut.append(replace(span, start=start, end=end))
    return cut
