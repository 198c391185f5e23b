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
from text.context.forms import Form
from text.context.headings import headings
from text.context.judgement import Certainty, Judgement, Polarity, Reading
from text.context.scanned import Scanned


def judge_by_rule(
    text: str, spans: Sequence[tuple[int, int]], language: str, reading: Reading = "document"
) -> list[Judgement]:
    """One Judgement a span, in order. Depends on the text alone; a span outside it is an affirmed one."""
    return judged_by_rule(Scanned(text, language, reading), spans) if spans else []


def judged_by_rule(scanned: Scanned, spans: Sequence[tuple[int, int]]) -> list[Judgement]:
    """`judge_by_rule` of a text that is read already."""
    text, bounds = scanned.text, scanned.bounds
    form = Form(scanned.laid_out)
    sections = headings(scanned.laid_out, text)
    places = [place for place, _ in sections]
    lines: dict[int, int] = {}  # where the line of a heading ends
    judged = []
    for start, end in spans:
        index = scanned.index(start)
        if index < 0:
            judged.append(Judgement())
            continue
        sentence = scanned.sentence(index)
        under = bisect_right(places, start) - 1
        place, heading = sections[under] if under >= 0 else (0, "")
        verdict = sentence.judge(start - sentence.first, end - sentence.first, heading)
        if place not in lines:
            lines[place] = text.find("\n", place)
        if heading == "hist" and 0 <= lines[place] < sentence.first:
            verdict = replace(verdict, settled=True)  # a list under its heading
        if scanned.reading != "claim":
            answer = bounds[index + 1] if index + 1 < len(bounds) else None
            if mark := form.marked(start, end):
                verdict = _settled(verdict, mark, "marked")
            elif reply := answered(scanned.folded, bounds[index], answer, family=verdict.experiencer == "family"):
                verdict = _settled(verdict, reply, "answered")
        judged.append(verdict)
    return judged


def _settled(verdict: Judgement, polarity: Polarity, reason: str) -> Judgement:
    """The verdict of the layout: whose it is remains what the words say."""
    certainty: Certainty = "historical" if verdict.certainty == "historical" else "certain"
    return Judgement(polarity, certainty, verdict.experiencer, reason, settled=True)
