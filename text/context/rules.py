"""What a text says of its mentions, by rule: the marks of forms, answers, headings, and trigger phrases with scopes.

The method is that of NegEx (Chapman 2001, doi:10.1006/jbin.2001.1029) and ConText (Harkema 2009,
doi:10.1016/j.jbi.2009.05.002): a phrase opens a scope to its right or left, which another phrase, or the end of the
clause, closes (`scopes`). Added here: a comma is told apart as one of a list or one between clauses, post-negations
reach back over a list or a relative clause but not into a prepositional phrase, and questions assert nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from text.context.answers import answered
from text.context.forms import marked
from text.context.headings import headings
from text.context.judgement import Certainty, Judgement, Polarity, Reading
from text.context.scopes import Sentence
from text.context.triggers import Trigger, triggers
from text.scripts import simplified_each
from text.sentences import sentences

_FOLD = str.maketrans({chr(c): chr(c + 32) for c in range(65, 91)} | {"’": "'", "‘": "'", "\xa0": " "})


def judge_by_rule(
    text: str, spans: Sequence[tuple[int, int]], language: str, reading: Reading = "document"
) -> list[Judgement]:
    """One Judgement a span, in order. Depends on the text alone; a span outside it is an affirmed one."""
    if not spans:
        return []
    laid_out = _folded(text, language)
    folded = laid_out.replace("\n", " ").replace("\t", " ")
    phrases = triggers(language)
    bounds = sentences(text)
    starts = [start for start, _ in bounds]
    sections = headings(laid_out, text)
    places = [place for place, _ in sections]
    lines: dict[int, int] = {}  # where the line of a heading ends
    scanned: dict[int, Sentence] = {}
    judged = []
    for start, end in spans:
        index = bisect_right(starts, start) - 1
        if index < 0:
            judged.append(Judgement())
            continue
        if index not in scanned:
            scanned[index] = Sentence(folded, text, phrases, bounds[index], language, reading)
        sentence = scanned[index]
        under = bisect_right(places, start) - 1
        place, heading = sections[under] if under >= 0 else (0, "")
        verdict = sentence.judge(start - sentence.first, end - sentence.first, heading)
        if place not in lines:
            lines[place] = text.find("\n", place)
        if heading == "hist" and 0 <= lines[place] < sentence.first:
            verdict = replace(verdict, settled=True)  # a list under its heading
        if reading != "claim":
            answer = bounds[index + 1] if index + 1 < len(bounds) else None
            if mark := marked(laid_out, start, end):
                verdict = _settled(verdict, mark, "marked")
            elif reply := answered(folded, bounds[index], answer, family=verdict.experiencer == "family"):
                verdict = _settled(verdict, reply, "answered")
        judged.append(verdict)
    return judged


def _settled(verdict: Judgement, polarity: Polarity, reason: str) -> Judgement:
    """The verdict of the layout: whose it is remains what the words say."""
    certainty: Certainty = "historical" if verdict.certainty == "historical" else "certain"
    return Judgement(polarity, certainty, verdict.experiencer, reason, settled=True)


def _folded(text: str, language: str) -> str:
    """Small letters, plain quotes and, of Chinese, simplified characters; every offset stays."""
    folded = text.translate(_FOLD)
    return simplified_each(folded) if language == "zh" else folded


def phrases_of(folded: str, written: str, place: tuple[int, int], language: str) -> list[Trigger]:
    """The triggers of the sentence at `place`, counted from its start, as the rules see them; they may overlap."""
    return Sentence(folded, written, triggers(language), place, language, "document").all
