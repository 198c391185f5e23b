"""What may be given instead of a drug: of a class that is asked about, else for what the drug is for.

Each is checked with what is taken besides; that nothing was found proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import Entity
from graph.view import GraphView
from qa.drugs.model import CLASSES, Check, Drug, Pair
from qa.drugs.page.alternatives import alternatives
from qa.drugs.page.indications import indications
from qa.drugs.standing import standing
from qa.evidence.bundle import Part, Piece
from qa.evidence.interacting import NO_PROOF, graded, names, search
from qa.evidence.kinds import SearchedEvidence
from qa.evidence.telling import told
from qa.evidence.wording import Words
from qa.steps.asking import Asking
from qa.steps.circumstances import person_in, without_allergens
from qa.steps.named import drugs_asked, evidence, public
from qa.steps.together import Checked, drugs_named

MOST = 16
"""So many others are looked at."""
_TAKEN = re.compile(
    r"\b(?:interact\w*|safest|safer|best|preferred|lowest|fewest)\b[^?.]*?\b(?:with|alongside|for|"
    r"on)\s*$|\b(?:with|take|takes|taking|on|receiving)\s+(?:\w+ )?$|[与和跟同]\s*$|"
    r"(?:服用|吃着|在吃|正在用|正在吃|用着)\s*$",
    re.IGNORECASE,
)
"""What stands before a drug that is taken, to which another is looked for."""
_NOT = re.compile(
    r"(?:instead of|rather than|replace[sd]?|alternatives? (?:to|for)|substitutes? (?:for|of)|"
    r"switch(?:ed)? from|(?:can(?:not|['’]t| not)|does(?: not|n['’]t)|unable to) (?:take|tolerate|have|use)|"
    r"intoleran(?:t (?:of|to)|ce (?:of|to))|不用|不吃|不能用|不能耐受|不耐受|代替|"
    r"替代|替换|停用)\s*(?:the |a )?",
    re.IGNORECASE,
)


def instead(asking: Asking) -> Part:
    """The others, first those of which no interaction with what is taken was found. Raises what the graph raises."""
    view = public(asking.view.graph)
    text = asking.question.text
    asked = without_allergens(
        drugs_asked(asking.understanding.entities), person_in(text, asking.understanding.entities)
    )
    drugs, _ = asking.drugs.resolve(view, list(asked))
    classes = [drug for drug in drugs if drug.entity.id.startswith(CLASSES)]
    plain = [drug for drug in drugs if not drug.entity.id.startswith(CLASSES)]
    left = [drug for drug in plain if _is_left(drug.asked, text)]
    if not left and not classes and len(plain) == 1 and not _is_taken(plain[0].asked, text):
        left = plain
    taken = [drug for drug in plain if drug not in left]
    others = _members(asking, classes) if classes else _for_the_same(asking, view, left)
    others = _others(others, plain)
    if not others:
        return Checked()(asking) if drugs_named(asking.understanding.entities) else Part()
    check = asking.drugs.check(view, [*(drug.entity.id for drug in taken), *(one.id for one in others)])
    return Part(tuple(_pieces(asking, check, taken, left, others)))


def _others(entities: Sequence[Entity], named: Sequence[Drug]) -> list[Entity]:
    """Those that have names of their own and are none of the drugs named."""
    own = {id for drug in named for id in drug.ids}
    return [one for one in entities if one.synonyms and one.id not in own][:MOST]


def _is_left(name: str, text: str) -> bool:
    """Whether the drug is one that is not to be given."""
    return any(text[match.end() :].startswith(name) for match in _NOT.finditer(text)) or (
        re.search(
            rf"(?:用|以)?什么(?:药)?(?:可以?)?(?:代替|替代){re.escape(name)}|{re.escape(name)}(?:的)?(?:替代|代替|换)",
            text,
        )
        is not None
    )


def _is_taken(name: str, text: str) -> bool:
    """Whether the drug is one beside which another is looked for, so that what is for the same is no answer."""
    places = (match.start() for match in re.finditer(re.escape(name), text))
    return any(_TAKEN.search(text[:place]) is not None for place in places)


def _members(asking: Asking, classes: Sequence[Drug]) -> list[Entity]:
    """The drugs of classes, those with the most names first, which are the better known."""
    ids = {id for one in classes for part in one.parts for id in part if not id.startswith(CLASSES)}
    entities = asking.records.entities(sorted(ids)).values()
    best = {one.name.casefold(): one for one in sorted(entities, key=lambda e: (len(e.synonyms), e.id))}
    return sorted(best.values(), key=lambda e: (-len(e.synonyms), e.id))


def _for_the_same(asking: Asking, view: GraphView, drugs: Sequence[Drug]) -> list[Entity]:
    """What is for the same as these, what is for most of it first."""
    counts: dict[str, int] = {}
    others: dict[str, Entity] = {}
    for drug in drugs:
        known = standing(view, [drug])
        for_it, _ = indications(view, asking.records, drug.ids)
        for one in alternatives(view, asking.records, drug, for_it, known.nodes[0]):
            entity = one.use.what
            others.setdefault(entity.name.casefold(), entity)
            counts[entity.name.casefold()] = counts.get(entity.name.casefold(), 0) + 1
    return [others[name] for name in sorted(others, key=lambda name: (-counts[name], name))]


def _pieces(
    asking: Asking, check: Check, taken: Sequence[Drug], left: Sequence[Drug], others: Sequence[Entity]
) -> list[Piece]:
    pieces: list[Piece] = _for_what_they_are(left[0], others) if left and not taken else []
    for place, drug in enumerate(check.drugs[: len(taken)]):
        pairs = [p for p in check.pairs if place in (p.a, p.b) and max(p.a, p.b) >= len(taken)]
        others_of = {id(p): check.drugs[p.b if p.a == place else p.a] for p in pairs}
        pieces += _free(check, drug, [others_of[id(p)] for p in pairs if not p.found and not p.derived])
        pieces += _bound(asking, drug, [(others_of[id(p)], p) for p in pairs if p.found or p.derived])
    return pieces


def _for_what_they_are(left: Drug, others: Sequence[Entity]) -> list[Piece]:
    listed = [names(one) for one in others]
    of = names(left.entity)
    return [
        told(
            (),
            f"For what {of.of('en')} is for, sources also name: {', '.join(n.of('en') for n in listed)}",
            f"与{of.of('zh')}用途相同、有来源记载的药物：{'、'.join(n.of('zh') for n in listed)}",
        )
    ]


def _said(pair: Pair) -> Words:
    """How grave it is, whether that is derived, and what a source says to do."""
    mark = (" (derived)", "（推导）") if not pair.found or pair.graded != pair.gravest else ("", "")
    note = next((s.management for s in pair.statements if s.management.en or s.management.zh), Words())
    return Words(
        graded(pair.gravest, "en") + mark[0] + (f"; {note.en}" if note.en else ""),
        graded(pair.gravest, "zh") + mark[1] + (f"；{note.zh}" if note.zh else ""),
    )


def _free(check: Check, drug: Drug, free: Sequence[Drug]) -> list[Piece]:
    absent = tuple((names(drug.entity), names(other.entity)) for other in free)
    if not absent:
        return []
    pieces: list[Piece] = [
        SearchedEvidence("", one.source, absent, (), False, search(one.source, absent, (), closed=False))
        for one in check.searched
    ]
    return pieces + [SearchedEvidence("", one, (), (), True, search(one, (), (), closed=True)) for one in check.closed]


def _bound(asking: Asking, drug: Drug, bound: Sequence[tuple[Drug, Pair]]) -> list[Piece]:
    if not bound:
        return []
    rows = [pair.statements[0].assertion if pair.statements else pair.derived[0].path[0] for _, pair in bound]
    x = names(drug.entity)
    english = ", ".join(f"{names(other.entity).of('en')} ({_said(pair).en})" for other, pair in bound)
    chinese = "、".join(f"{names(other.entity).of('zh')}（{_said(pair).zh}）" for other, pair in bound)
    follows = any(not pair.found for _, pair in bound)
    unstated = (
        ("; of what is derived no source states an interaction", "；标“推导”的没有来源记载") if follows else ("", "")
    )
    proof = [f"; {NO_PROOF[0]}" if follows else "", f"，{NO_PROOF[1]}" if follows else ""]
    return [
        told(
            evidence(asking.records, rows),
            f"Interactions with {x.of('en')} are known or follow, so take care: {english}{unstated[0]}{proof[0]}",
            f"与{x.of('zh')}有相互作用（记载或推导），需注意：{chinese}{unstated[1]}{proof[1]}",
        )
    ]
