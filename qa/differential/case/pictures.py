"""Findings that patients picture in words that stand apart: `the whole room spins when I roll over in bed`.

A phrase of the table of phrases is one run of words; what is told in a picture has others between them, as many as the
teller likes. The patterns are those of `pictures.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from graph.view import GraphView
from qa.asked.names import Span
from text.names import Token, is_chinese

_GAP = r"(?:(?!\b(?:no|not|without|but|nor)\b|n['’]t\b)[^.;!?\n]){{0,{}}}"


def pictured(view: GraphView, text: str, words: Sequence[Token]) -> list[Span]:
    """The stretches of `text`, whose tokens are `words`, that picture a finding; they may overlap. Raises what the
    graph raises."""
    if is_chinese(text):
        return []
    places = [(match.span(), id) for id, pattern in _patterns() for match in pattern.finditer(text)]
    held = view.entities(sorted({id for _, id in places})) if places else {}
    spans = []
    for (start, end), id in places:
        covered = [at for at, word in enumerate(words) if start <= word.start and word.end <= end]
        if covered and id in held:
            spans.append(Span(covered[0], covered[-1], start, end, (held[id],)))
    return spans


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Ids with how they are pictured. Read when first asked for."""
    lines = Path(__file__).with_name("pictures.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return tuple(
        (id, re.compile(re.sub(r"~(\d+)", lambda gap: _GAP.format(gap[1]), pattern), re.IGNORECASE))
        for id, _, pattern in rows
    )
