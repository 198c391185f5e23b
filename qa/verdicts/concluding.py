"""Where a text concludes: behind its last label "Conclusions", else its last sentences. Pure functions."""

from __future__ import annotations

import re

from text.sentences import sentences

LONGEST = 600
"""Characters behind the label that are read."""
LAST = 2
"""Sentences that are read where there is no label."""
_LABEL = re.compile(
    r"\b(?:CONCLUSIONS?(?:/\w+)?(?: AND [A-Z ]+)?|Conclusions?|INTERPRETATION|AUTHORS' CONCLUSIONS|Interpretation)"
    r"\s*[:.\n]\s*|(?<=[.)%] )(?:CONCLUSIONS?|Conclusions?)\s+(?=[A-Z])|结论\s*[:：】\]]\s*"
)
BOILERPLATE = re.compile(
    r"\b(?:trial registrations?|registered (?:on|as|in|\d)|was registered|electronic supplementary|supplementary "
    r"material|copyright|©|abstract truncated|funding|see (?:later|related)|doi:|NCT\d{6}|clinicaltrials\.gov|"
    r"authors? declare)|^\W*[A-Z][\w .]{2,40}\d{4}[;:]|^\W*\d+:\d+",
    re.IGNORECASE,
)
"""What stands at the end of a text without concluding anything."""
_SHORTEST = 20


def concluding(text: str) -> list[tuple[int, int]]:
    """From where to where each sentence goes by which a text concludes, in order."""
    labels = [match for match in _LABEL.finditer(text) if match.end() > len(text) * 0.4]
    start = labels[-1].end() if labels else 0
    kept = [
        (start + begin, start + end)
        for begin, end in sentences(text[start : start + LONGEST] if labels else text)
        if end - begin >= _SHORTEST and not BOILERPLATE.search(text[start + begin : start + end])
    ]
    if kept and labels and start + LONGEST < len(text) and len(kept) > 1 and kept[-1][1] >= start + LONGEST - 1:
        kept.pop()  # cut off in the middle
    return kept if labels and kept else (kept or _whole(text))[-LAST:]


def _whole(text: str) -> list[tuple[int, int]]:
    return [span for span in sentences(text) if span[1] - span[0] >= _SHORTEST]
