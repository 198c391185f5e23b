"""What reverses a drug, what is watched with it, and which tests make a diagnosis, as lists of what is stated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from qa.drugs.model import CLASSES
from qa.evidence.bundle import Part
from qa.evidence.interacting import names
from qa.evidence.typed import Typed
from qa.evidence.wording import Words
from qa.model import AskedEntity
from qa.steps.asking import Asking
from qa.steps.members import told
from qa.steps.named import findings_asked, public
from qa.ways.known import WAYS
from qa.ways.reach import reach
from qa.ways.way import Member, Way
from qa.ways.words import filled

_ROLES = {
    "confirms": (
        Words("test that confirms {x}", "确诊{x}的检查"),
        Words("tests that confirm {x}", "确诊{x}的检查"),
    ),
    "first": (
        Words("test made first for {x}", "{x}首先要做的检查"),
        Words("tests made first for {x}", "{x}首先要做的检查"),
    ),
    "supports": (
        Words("further test for {x}", "{x}的其他检查"),
        Words("further tests for {x}", "{x}的其他检查"),
    ),
}
"""What a test is to a diagnosis, in the order in which it is told."""
_POISONING = re.compile(
    r"poison|overdose|intoxicat|toxicity|over-anticoagulation|bites?\b|中毒|过量|抗凝过度|咬伤", re.IGNORECASE
)


def antidotes(asking: Asking) -> Part:
    """What reverses each drug or poison named, and what is for each poisoning; of antidotes alone, what they reverse.

    Nothing where none is stated. Raises what the graph raises.
    """
    if asking.patient:
        return Part()
    drugs, ill = _drugs(asking), findings_asked(asking.understanding.entities)
    found = [(WAYS["antidotes"], x, some) for x, some in _reached(asking, drugs, WAYS["antidotes"])]
    found += [(WAYS["treated_by"], x, some) for x, some in _reached(asking, ill, WAYS["treated_by"]) if _poisoned(x)]
    if not found:
        found = [(WAYS["antidote_to"], x, some) for x, some in _reached(asking, drugs, WAYS["antidote_to"])]
    return _joined([_told(asking, *one) for one in found], closes=True)


def watched(asking: Asking) -> Part:
    """What is to be watched with each drug named. Raises what the graph raises."""
    if asking.patient:
        return Part()
    way = WAYS["monitored_by"]
    return _joined([_told(asking, way, x, some) for x, some in _reached(asking, _drugs(asking), way)], closes=True)


def examined(asking: Asking) -> Part:
    """The tests for each disease named: what confirms it, what is done first, what else helps. Raises what the graph
    raises."""
    if asking.patient:
        return Part()
    ill = findings_asked(asking.understanding.entities)
    parts = []
    for x, members in _reached(asking, ill, WAYS["diagnosed_by"]):
        for role, (one, many) in _ROLES.items():
            some = [member for member in members if _role(member) == role]
            if some:
                parts.append(told(asking.records, (filled(one, x), filled(many, x)), some, len(some)))
    # What texts tell of the disease may say more of when each test is made.
    return _joined(parts, closes=False)


def _told(asking: Asking, way: Way, x: Words, members: Sequence[Member]) -> Part:
    return told(asking.records, (filled(way.one, x), filled(way.many, x)), members, len(members))


def _joined(parts: Sequence[Part], *, closes: bool) -> Part:
    """Several lists as one, with every member of each."""
    if not parts:
        return Part()
    pieces = tuple(piece for part in parts for piece in part.evidence)
    items = {item.entity: item for part in parts if part.typed for item in part.typed.items}
    return Part(pieces, typed=Typed("list", items=tuple(items.values()), total=len(items)), closes=closes)


def _reached(
    asking: Asking, named: Mapping[str, Sequence[AskedEntity]], way: Way
) -> Iterable[tuple[Words, Sequence[Member]]]:
    """Where a way leads from each thing named: what is stated of itself, else, of a drug, of what it is or holds."""
    view, seen = public(asking.view.graph), set[frozenset[str]]()
    for asked in named.values():
        ids = frozenset(one.id for one in asked)
        entity = next((asking.entities[one.id] for one in asked if one.id in asking.entities), None)
        if entity is None or ids in seen:
            continue
        seen.add(ids)
        found = reach(view, way, ids, opened=False, records=asking.records).members
        if not found and "Drug" in way.given:
            found = reach(view, way, ids, records=asking.records).members
        # One sentence of one paper is no list.
        found = tuple(member for member in found if member.basis in ("labelled", "listed"))
        if found:
            yield names(entity), found


def _drugs(asking: Asking) -> Mapping[str, Sequence[AskedEntity]]:
    """The drugs, poisons and classes of drugs that a question names, by its words."""
    named: dict[str, list[AskedEntity]] = {}
    for entity in asking.understanding.entities:
        if entity.type == "Drug" or entity.id.startswith(CLASSES):
            named.setdefault(entity.surface, []).append(entity)
    return named


def _poisoned(x: Words) -> bool:
    return _POISONING.search(f"{x.en} {x.zh}") is not None


def _role(member: Member) -> str:
    return dict(member.best.qualifiers).get("role", "supports")
