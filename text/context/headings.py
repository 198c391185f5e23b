"""The headings of a note, by which what stands below is of the past or of the family."""

from __future__ import annotations

import re

HEADING = re.compile(
    r"^[ \t]*(?:(?P<fam>family (?:medical )?history|family hx|fh|fhx|家族史)|"
    r"(?P<hist>(?:past )?(?:medical|surgical) history|past history|pmh|psh|既往史|过去史)|"
    r"(?P<none>[^\n:：]{2,45}))[ \t]*[:：]?[ \t]*$",
    re.MULTILINE,
)


def headings(folded: str, text: str) -> list[tuple[int, str]]:
    """Where sections of a note begin that are about the past or the family, and where other ones begin."""
    if "\n" not in text:
        return []
    lines = []
    at = 0
    for line in text.split("\n"):
        if 2 <= len(line) <= 60 and (match := HEADING.match(folded[at : at + len(line)])):
            kind = match.lastgroup or "none"
            if kind != "none" or line.rstrip().endswith((":", "：")) or line.strip().isupper():
                lines.append((at + len(line), "" if kind == "none" else kind))
        at += len(line) + 1
    return lines if any(kind for _, kind in lines) else []
