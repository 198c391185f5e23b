"""What a question asks: its language, its intent, the entities it names, and which findings it denies.

Names are looked up in the graph, so the question's vocabulary is the graph's. Where English words are left over, a
reader may say which entity of the graph they mean. Every entity says why it was taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from graph.model import Entity
from graph.view import GraphView
from qa.asked.names import BREAK, Span, names_in, with_namesakes
from qa.asked.read import joined, left_over, read_spans, unknown_names
from qa.asked.reader import Reader
from qa.asked.router import Router
from qa.model import AskedEntity, Question, Understanding
from text.names import Token, normalise, tokens
from text.question_language import language_of, words

REACH = 200
"""Characters before a name in which its negation is looked for."""

_CUE = re.compile(
    r"\b(?:no(?:t (?:have|having|had|show|showing|present with))?|without|den(?:y|ies|ied|ying)|"
    r"absen(?:ce of|t)|lack(?:s|ing)?"
    r"(?: of)?|negative for|free of|never had|neither|nor|rul(?:es?|ed|ing) out|n['’]t (?:have|had)|excluded)\b"
    r"|没有|没|并?无|否认|未见|未诉|未发现|未出现|不伴有?|排除|不",
    re.IGNORECASE,
)
_NO_CUE = re.compile(r"有没有|是不是|能不能|会不会|不仅|不但|没有?关系|不良|不适|不同|无论|不论")
_AFTER = re.compile(
    r"\s*(?:(?:is|are|was|were|has been|have been) (?:absent|negative|excluded|ruled out|not present|"
    r"denied)\b|[:：]\s*(?:no|none|无|阴性)\b"
    r"|阴性|已排除|被排除)",
    re.IGNORECASE,
)
# What may stand between a negation and what it denies.
_CARRIED = words(
    "a an any the of or nor sign signs evidence history symptom symptoms significant obvious known recent "
    "prior current "
    "associated accompanying documented clear further ever been 明 显 出 现 任 何 过 伴 有 和 或 及 以 者 的 症 状 等"
)


def understand(
    question: Question, view: GraphView, router: Router, reader: Callable[[], Reader] | None = None
) -> Understanding:
    """The question read against the graph and, where its names leave words over, by what `reader` gives: only then is
    it called, for opening models takes a second. Raises what the graph and `reader` raise.
    """
    text = question.text
    language = question.language or language_of(text) or "en"
    written = tokens(text)
    spans = names_in(text, written, view)
    unknown: tuple[str, ...] = ()
    if reader is not None and left_over(written, spans):
        mentions = reader().tag([text], "en")[0]
        spans = joined(spans, read_spans(text, written, mentions, view))
        unknown = unknown_names(text, mentions, spans)
    spans = with_namesakes(spans, view)
    asked = tuple(_asked(text, written, spans))
    return Understanding(language, router.intent(text, asked), asked, unknown)


def _asked(text: str, found: Sequence[Token], named: Sequence[Span]) -> list[AskedEntity]:
    inside = {index for span in named for index in range(span.first, span.last + 1)}
    asked: dict[tuple[str, bool], AskedEntity] = {}
    for span in named:
        surface = text[span.start : span.end]
        denied = _denied(text, found, inside, span)
        for entity in span.entities:
            negated = denied and entity.type in ("Phenotype", "Disease", "Measurement")
            reason = _reason(surface, entity, span)
            asked.setdefault(
                (entity.id, negated), AskedEntity(entity.id, entity.type, entity.name, surface, negated, reason)
            )
    return list(asked.values())


def _reason(surface: str, entity: Entity, span: Span) -> str:
    name = span.via or normalise(surface)
    if span.read:
        reason = f"'{surface}' is read as {entity.name} ({entity.id}): {span.read}"
    elif span.via:
        reason = f"'{surface}' is an everyday word for '{span.via}', a name of {entity.name} ({entity.id})"
    elif normalise(entity.name) == name:
        reason = f"'{surface}' is the preferred name of {entity.name} ({entity.id})"
    elif all(normalise(synonym.text) != name for synonym in entity.synonyms):
        reason = f"'{surface}' is a name of another {entity.name}, whose preferred name {entity.id} shares"
    else:
        reason = f"'{surface}' is a synonym of {entity.name} ({entity.id})"
    others = [f"{other.name} ({other.type}, {other.id})" for other in span.entities if other.id != entity.id]
    return f"{reason}; ambiguous, also {'; '.join(others)}" if others else reason


def _denied(text: str, found: Sequence[Token], inside: set[int], span: Span) -> bool:
    """Whether the question denies what the span names: a cue before it with nothing between but other findings of the
    same list and words such as `any`, or a verdict right after it."""
    if _AFTER.match(text, span.end):
        return True
    earliest = max(0, span.start - REACH)
    begin = max((m.end() for m in BREAK.finditer(text, earliest, span.start) if m.group() != "、"), default=earliest)
    harmless = [match.span() for match in _NO_CUE.finditer(text, begin, span.end)]
    for cue in reversed(list(_CUE.finditer(text, begin, span.start))):
        if any(start <= cue.start() < end for start, end in harmless):
            continue
        if cue.group() == "不" and cue.end() != span.start:
            continue
        first = bisect_left(found, cue.end(), key=lambda token: token.start)
        between = range(first, span.first)
        if any(index not in inside and found[index].norm not in _CARRIED for index in between):
            continue
        gap = text[cue.end() : span.start]
        if "," in gap:
            # "no fever, rash or cough" denies three things, "no fever, rash" one: the list must be closed by `or`.
            clause = re.split(r"[.;?!]|\bbut\b|\band\b|\bwith\b", text[cue.end() :], maxsplit=1, flags=re.IGNORECASE)[0]
            return re.search(r"\b(?:or|nor)\b", clause, re.IGNORECASE) is not None
        return True
    return False
