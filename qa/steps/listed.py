"""The step that answers a question for a list or a number with all that the graph has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.asked.whether import asks_whether
from qa.drugs.page.indications import LABELS, USES
from qa.evidence.bundle import Part
from qa.evidence.interacting import names
from qa.evidence.typed import AnswerType
from qa.evidence.wording import Words
from qa.steps.asking import Asking
from qa.steps.members import Beside, told
from qa.steps.named import public
from qa.steps.purposes import purposes
from qa.ways.asked import Wanted, wanted
from qa.ways.combined import Combined, Side, combine
from qa.ways.words import clause, head, number, thing

_ALL = re.compile(
    r"\b(?:list|enumerate|every)\b|\ball (?:of )?(?:the )?(?:known )?(?:\w+ ){0,2}(?:drugs|medic\w+|diseases|disorders|"
    r"conditions|genes|proteins|targets|effects|reactions|contraindications|interactions|symptoms|signs|findings|uses|"
    r"indications|classes|enzymes|tests|causes|kinds|types)\b|列出|列举|所有|全部|完整|一共|总共",
    re.IGNORECASE,
)
_OWN = frozenset(
    ("effects", "contraindications", "cautions", "interacts", "targets", "classes", "enzymes", "caused_by", "causes",
     "populations", "diagnosed_by", "course", "associated", "parents", "response_genes", "drugs_by_genotype",
     "antidotes", "antidote_to", "monitored_by")
)  # fmt: skip
"""Ways whose questions a plan of their own answers, unless all or a number is asked for."""
_NOT_OURS = frozenset(
    ("code", "dose", "study", "prognosis", "advice", "patient", "out_of_scope", "monitoring", "antidote")
)
"""Intents that no list answers."""
_OF_SOMEBODY = re.compile(
    r"\b(?:(?:can|should|do|may|am) i|i (?:have|am|take)|i['’]m|my|me|year[- ]old|years old|pregnan\w+|breast-?feed\w*|"
    r"lactat\w+|child(?:ren)?|infants?|neonat\w+|pa?ediatric|elderly|older (?:adults|people)|"
    r"renal (?:impairment|failure)|proportion|percent(?:age)?|how (?:often|common|long|much)|first[- ]line|"
    r"second[- ]line|best|safest|dose|dosage|compare[ds]?|versus|vs|difference|icd|codes?)\b"
    r"|我|岁|孕|妊娠|哺乳|儿童|小儿|婴|老年|肾功能|比例|百分|多常见|一线|二线|首选|最好|剂量|比较|区别|不同|差异|对比|编码",
    re.IGNORECASE,
)
"""Words of what a list does not answer: for whom, how much, which is best, what is different."""
_DISEASES = re.compile(r"\b(?:diseases|disorders|conditions|syndromes)\b|哪些(?:疾?病|综合征)", re.IGNORECASE)
_HARMS = ("interacts", "contraindicated_drugs", "cautioned_drugs", "cross_reacts", "drugs_with_effect")
_SELDOM_TOLD = ("drugs_with_effect",)
"""Of these so few are stated that what is not among them says nothing: no list is made of the rest."""
_UNSTATED = Words(
    "Those that no source states to be so are in the list: that is no proof of safety",
    "列表中包括没有来源记载此事的项目：这不能证明安全",
)
_NO_HEAD = (Words(), Words())
_SHOWN = 12
"""So many are named of what is told beside a list, at most."""


def listed(asking: Asking) -> Part:
    """All that is asked for, its number first; nothing where no list is asked for, or none can be given."""
    text = asking.question.text
    # A list without a name that nothing bears would be one of something else.
    not_list = asking.patient or asking.understanding.unknown or asks_whether(text)
    asked = None if not_list else wanted(text, asking.understanding.entities)
    if asked is None or not _is_ours(text, asking.understanding.intent, asked):
        return Part()
    if any(branch.negated and branch.way.name in _SELDOM_TOLD for branch in asked.branches):
        # Insulins would stand among what does not lower the sugar too far.
        return Part(closes=True)
    found = combine(public(asking.view.graph), asking.records, asked)
    if asked.joining == "each":
        return _each(asking, found)
    kind: AnswerType = "count" if asked.counted else "list"
    if not found.members:
        return _nothing(asking, asked, found, kind)
    found, unchecked = _checked(found)
    part = told(
        asking.records,
        head(asked, found, asking.entities),
        found.members,
        found.total,
        denied=found.denied if not asked.composed else (),
        kind=kind,
        beside=(*_kinds(asking, asked, found), *_no_proof(asking, found), *unchecked),
    )
    if [branch.way.name for branch in asked.branches] == ["treats"] and asked.behind is None:
        approved = (piece for piece in purposes(asking).evidence if piece.source in LABELS)
        return replace(part, evidence=(*part.evidence, *approved))
    return part


def _checked(found: Combined) -> tuple[Combined, list[Beside]]:
    """Without what machines read in package inserts and nobody checked, where that is not all; and what it was."""
    uses = any(set(side.branch.way.predicates) & {*USES} for side in found.sides)
    mined = [one for one in found.members if one.basis == "mined"] if uses else []
    if not mined or len(mined) == len(found.members):
        return found, []
    kept = tuple(one for one in found.members if one.basis != "mined")
    some, more = [names(one.entity) for one in mined[:_SHOWN]], len(mined[_SHOWN:])
    words = Words(
        "Not counted, because package inserts name it, as read by machine, and nobody checked that it is a use: "
        + ", ".join(name.of("en") for name in some) + (f" and {more} more" if more else ""),
        "未计入以下各项，因为仅由机器摘自说明书，未核对是否为适应症："
        + "、".join(name.of("zh") for name in some) + (f"等，另有{more}项" if more else ""),
    )  # fmt: skip
    rows = [one.best for one in mined[:_SHOWN]]
    return replace(found, members=kept, total=found.total - len(mined)), [(words, rows)]


def _is_ours(text: str, intent: str, asked: Wanted) -> bool:
    if intent in _NOT_OURS or _OF_SOMEBODY.search(text):
        return False
    if asked.counted or _ALL.search(text):
        return True
    ways = {branch.way.name for branch in asked.branches}
    if intent == "cause" and ways == {"inheritance"}:
        # Which inherited conditions lead to it is not how it is inherited itself.
        return False
    if ways == {"found_in"} and (len(asked.branches) > 1 or (intent == "diagnosis" and not _DISEASES.search(text))):
        # What someone has who has all of this is asked of the differential.
        return False
    if ways <= {"class_members", "interacts"}:
        # Which of a class does not interact, the drug engine knows better: it derives, too.
        return False
    if asked.composed:
        return True
    if ways & _OWN:
        return False
    if ways <= {"treated_by", "prevented_by", "relieved_by"} and "Drug" not in asked.head:
        return False
    return asked.said or asked.meant


def _kinds(asking: Asking, asked: Wanted, found: Combined) -> list[Beside]:
    """Which members are stated for kinds of a disease alone."""
    if asked.composed or asked.branches[0].way.opens != "kinds":
        return []
    some = [one for one in found.members if not one.direct]
    if not some or len(some) == len(found.members):
        return []
    shown, more = some[:_SHOWN], len(some[_SHOWN:])
    kinds = asking.records.entities(end for one in shown for end in (one.best.subject, one.best.object))
    pairs = [
        (names(one.entity), names(kinds[end]))
        for one in shown
        for end in (one.best.subject, one.best.object)
        if end in kinds and end not in one.ids
    ]
    x = thing(asked.branches[0], asking.entities)
    english = ", ".join(f"{name.of('en')} ({kind.of('en')})" for name, kind in pairs)
    chinese = "、".join(f"{name.of('zh')}（{kind.of('zh')}）" for name, kind in pairs)
    words = Words(
        f"{len(some)} of them only for kinds of {x.of('en')}: {english}" + (f" and {more} more" if more else ""),
        f"其中{len(some)}项仅针对{x.of('zh')}的某些类型：{chinese}" + (f"等，另有{more}项" if more else ""),
    )
    return [(words, [one.best for one in shown])]


def _no_proof(asking: Asking, found: Combined) -> list[Beside]:
    """That what no source states may be so all the same, where a list is of what does not interact."""
    sides = [s for s in found.sides if s.branch.negated and s.branch.way.name in _HARMS and s.reached.members]
    rows = [one.best for side in sides for one in side.reached.members[:1]]
    return [(Words(_UNSTATED.en, _UNSTATED.zh), rows)] if rows else []


def _each(asking: Asking, found: Combined) -> Part:
    """Several lists, one behind the other, and which of them nothing is stated of."""
    parts = [
        told(asking.records, clause(side, asking.entities), side.reached.members, side.reached.total)
        for side in found.sides
        if side.reached.members
    ]
    if not parts:
        return Part()
    empty = [side for side in found.sides if not side.reached.members]
    pieces = [piece for part in parts for piece in part.evidence]
    if empty:
        some = next(side for side in found.sides if side.reached.members)
        words, _ = _lacking(asking, empty, [])
        pieces += told(asking.records, _NO_HEAD, (), 0, beside=[(words, [some.reached.members[0].best])]).evidence
    return Part(tuple(pieces), typed=parts[0].typed, closes=True)


def _nothing(asking: Asking, asked: Wanted, found: Combined, kind: AnswerType) -> Part:
    """That nothing is of all clauses, with how much each has; nothing at all where no clause has any."""
    some = [side for side in found.sides if side.reached.members]
    if not asked.composed or not some:
        return Part()
    if not asked.counted and all(side.branch.way.name == "class_members" for side in some):
        # All drugs of a class are no answer to which of them are for what nothing is stated to be for.
        return Part()
    empty = [side for side in found.sides if not side.reached.members and not side.branch.negated]
    if empty:
        part = told(asking.records, _NO_HEAD, (), 0, kind=kind, beside=[_lacking(asking, empty, some)])
        # A text may tell what no statement does.
        of_drugs = any(side.branch.way.name == "treated_by" for side in empty)
        return replace(part, typed=None, closes=False) if of_drugs and not asked.counted else part
    _, many = head(asked, found, asking.entities)
    sizes = [number(side.reached.total, clause(side, asking.entities)) for side in found.sides]
    words = Words(
        f"0 {many.en} are stated here: {'; '.join(size.en for size in sizes)}",
        f"没有记载任何一项{many.zh}：{'；'.join(size.zh for size in sizes)}",
    )
    rows = [one.best for side in some for one in side.reached.members[:3]]
    return told(asking.records, _NO_HEAD, (), 0, kind=kind, beside=[(words, rows)])


def _lacking(asking: Asking, empty: Sequence[Side], some: Sequence[Side]) -> Beside:
    """Which clause nothing is stated for, and what the others have."""
    lacking = [clause(side, asking.entities)[1] for side in empty]
    english = f"No source here states any {', nor any '.join(words.en for words in lacking)}"
    chinese = f"这里没有来源记载{'，也没有'.join(words.zh for words in lacking)}"
    for place, side in enumerate(some):
        size = number(side.reached.total, clause(side, asking.entities))
        listed = [names(one.entity) for one in side.reached.members[:_SHOWN]]
        begun = ("; stated are ", "；有记载的是") if place == 0 else ("; ", "；")
        english += f"{begun[0]}{size.en}: {', '.join(name.of('en') for name in listed)}"
        chinese += f"{begun[1]}{size.zh}：{'、'.join(name.of('zh') for name in listed)}"
    return Words(english, chinese), [one.best for side in some for one in side.reached.members[:_SHOWN]]
