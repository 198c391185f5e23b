"""The step that says yes or no to what a question or a statement claims, where the graph does."""

from __future__ import annotations

import re

from qa.drugs.model import CLASSES
from qa.evidence.bundle import Part
from qa.evidence.typed import Typed
from qa.evidence.wording import Words
from qa.steps.asking import Asking
from qa.steps.evident import NO, UNSTATED, YES, behind, called, said
from qa.steps.named import public
from qa.verdicts.claim import asks_leave, claim_in, denies, form_of, is_of_somebody, permits, plain, relevant
from qa.verdicts.stem import stem_of
from qa.verdicts.thing import things_in
from qa.verdicts.whether import Found, of_codes, whether

_ELSEWHERE = re.compile(
    r"\b(?:did|was|were|versus|vs|better|worse|superior|inferior|compared?|than|trials?|stud(?:y|ies)|"
    r"randomi[sz]ed|meta-?analys\w+|"
    r"percent\w*|survival|mortality)\b|%|[?？].*[?？]\s*$|研究|试验|随访|比较|相比|优于|更好|更有效|存活|死亡率",
    re.IGNORECASE,
)
"""Words of what studies found, how much, or which is better: no statement of the graph answers that."""


def decided(asking: Asking) -> Part:
    """A verdict with what it rests on; nothing where none is asked for, or the graph has nothing to say."""
    text = asking.understanding.read_as or asking.question.text
    if asking.patient or stem_of(asking.question.text, asking.question.choices) is not None:
        return Part()
    view = public(asking.view.graph)
    things = things_in(plain(text), view)
    form = form_of(text, things)
    if form is None or not things or (form == "question" and _ELSEWHERE.search(text)):
        return Part()
    found = of_codes(text, things, view, denies(text))
    if found is None:
        claim = claim_in(text, things, form)
        if claim is None or not relevant(claim):
            return Part()
        if form == "question" and is_of_somebody(text) and not asks_leave(text):
            # What somebody has or needs no statement decides.
            return Part()
        found = whether(claim, view)
        if found is not None and form == "question" and permits(claim, found.relation):
            found = _forbidden(asking, found)
    return Part() if found is None else _told(asking, found, form == "question")


def _forbidden(asking: Asking, found: Found) -> Found | None:
    """Whether something may be taken: no, where it is forbidden; a caution alone is for the plan to tell."""
    if any(predicate == "contraindicated_in" for _, predicate, _ in found.edges):
        return found
    if found.relation is None or found.relation.name != "interaction":
        return None
    ends = [end for edge in found.edges for end in (edge[0], edge[2])]
    drugs = [one.id for one in asking.understanding.entities if one.type == "Drug"] or ends
    check = asking.drugs.check(public(asking.view.graph), list(dict.fromkeys(drugs))[:4])
    grave = any(pair.gravest in ("contraindicated", "major") for pair in check.pairs)
    return found if grave else None


def _named(found: Found) -> bool:
    """Whether the statement names the two drugs themselves, and no class of theirs."""
    return not any(end.startswith(CLASSES) for end in (*found.edges[0][::2],)) if found.edges else False


def _told(asking: Asking, found: Found, question: bool) -> Part:
    if question and found.relation is not None and found.relation.name == "interaction" and not _named(found):
        # What follows from classes is told as what follows, by the plan.
        return Part(typed=Typed("verdict", verdict=found.verdict))
    edges = found.edges
    if question and found.relation is not None and found.relation.name == "interaction":
        edges = tuple(edge for edge in edges if not any(end.startswith(CLASSES) for end in edge[::2]))
    facts = behind(asking, edges)
    head = YES if found.verdict == "yes" else NO
    of = called(found.of, asking.records)
    middle = Words("", "")
    if found.codes:
        codes = ", ".join(found.codes)
        middle = Words(f"the ICD-10-CM code of {of.of('en')} is {codes}", f"{of.of('zh')}的ICD-10-CM编码为{codes}")
    elif not found.stated:
        middle = UNSTATED
        if facts:
            middle = Words(
                f"{UNSTATED.en}; what is stated instead of {of.of('en')}", f"{UNSTATED.zh}；关于{of.of('zh')}有记载的是"
            )
    elif not facts:
        return Part()
    closes = not question or found.relation is None or not (found.relation.safety or found.denied)
    piece = said(head, middle, facts, stands=found.stated, first=not closes)
    return Part((piece,), typed=Typed("verdict", verdict=found.verdict), closes=closes)
