"""Whether the graph bears out a claim: yes, no, or nothing that it can say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Relation as Edge
from graph.view import GraphView
from qa.evidence.typed import Verdict
from qa.verdicts.claim import Claim
from qa.verdicts.codes import codes_in, codes_of, is_of
from qa.verdicts.relation import RELATIONS, Relation
from qa.verdicts.thing import Thing
from qa.verdicts.ties import ENOUGH, NONE, Pair, Tie, Ties

_CLOSED = frozenset((
    "inheritance", "class", "gene", "finding", "treatment", "metabolism", "induction", "action", "place",
))  # fmt: skip
"""Relations of which a source lists all there is of a thing that it lists: what is not there is not so."""
_REVERSED = re.compile(r"\binclud\w+|\bsuch as\b|包括|包含|涵盖", re.IGNORECASE)
_PARTS = 0.5
"""So many of the things claimed of one at least must hold."""


@dataclass(frozen=True, slots=True)
class Found:
    """The verdict on a claim, and what it rests on."""

    verdict: Verdict
    relation: Relation | None
    edges: tuple[Pair, ...]
    """The statements that bear it out or speak against it."""
    stated: bool
    """Whether anything is stated of it; else the verdict is that no source states it."""
    of: Thing | None = None
    """Of which thing was looked."""
    codes: tuple[str, ...] = ()
    denied: bool = False
    """Whether a source says in so many words that it is not so."""


@dataclass(frozen=True, slots=True)
class _Held:
    relation: Relation
    share: float
    worth: float
    edges: tuple[Pair, ...]
    hub: Thing
    denied: bool


def whether(claim: Claim, view: GraphView) -> Found | None:
    """The verdict on a claim; None where the graph has nothing to say. Raises what the graph raises."""
    ties = Ties(view)
    told = claim.relations[: claim.told] or claim.relations
    held: list[_Held] = []
    for relation in told:
        for one in _held(claim, relation, ties):
            held.append(one)
            if one.share >= _PARTS and one.worth >= ENOUGH:
                verdict: Verdict = "yes" if claim.sense(relation) else "no"
                return Found(verdict, relation, one.edges, stated=True, of=one.hub)
        if found := _against(claim, relation, ties):
            return found
    return _unstated(claim, told, held, ties)


def of_codes(text: str, things: Sequence[Thing], view: GraphView, denied: bool) -> Found | None:
    """The verdict on a claim that a disease has a code; None where none is claimed, or no code of it is known."""
    claimed = codes_in(text)
    ill = [thing for thing in things if "ill" in thing.kinds]
    if not claimed or not ill:
        return None
    codes = codes_of(view, ill[0].ids(("ill",)))
    if not codes:
        return None
    so = all(is_of(code, codes) for code in claimed)
    return Found("yes" if so != denied else "no", None, (), stated=True, of=ill[0], codes=tuple(codes))


def sides(claim: Claim, relation: Relation) -> tuple[list[Thing], list[Thing]]:
    """The things that may be a relation's subjects, and those that may be its objects; both where they may be both."""
    subjects = [thing for thing in claim.things if thing.kinds & {*relation.subjects}]
    objects = [thing for thing in claim.things if thing.kinds & {*relation.objects}]
    if not set(relation.subjects) & set(relation.objects):
        objects = [thing for thing in objects if thing not in subjects or len(subjects) > 1]
        both = [thing for thing in objects if thing in subjects]
        # A gene may bear the name of a disease: it is taken for what the other is not.
        if both and len(objects) > len(both):
            objects = [thing for thing in objects if thing not in both]
        elif both and len(subjects) > len(both):
            subjects = [thing for thing in subjects if thing not in both]
    return subjects, objects


def _held(claim: Claim, relation: Relation, ties: Ties) -> list[_Held]:
    """How much of what is claimed holds by a relation: of that thing of which most does."""
    subjects, objects = sides(claim, relation)
    if not subjects or not objects:
        return []
    if relation.name in ("kind", "class"):
        subjects, objects = _upwards(claim, relation, subjects, objects)
        if not objects:
            return []
    table = ties.between(relation, subjects, objects)
    if {*relation.subjects} & {*relation.objects} and relation.name not in ("kind", "class"):
        rows = [_row(relation, one, objects, row) for one, row in zip(subjects, table, strict=True)]
    else:
        # What any of the subjects has counts: one thing may stand there under two names.
        columns = [max((row[place] for row in table), key=lambda tie: tie.worth) for place in range(len(objects))]
        rows = [_row(relation, subjects[0], objects, columns)]
    rows = [row for row in rows if row is not None]
    return sorted((row for row in rows if row), key=lambda row: (-row.share, -row.worth))[:1]


def _upwards(
    claim: Claim, relation: Relation, subjects: Sequence[Thing], objects: Sequence[Thing]
) -> tuple[list[Thing], list[Thing]]:
    """Of what is claimed to be a kind of what: the one that is named first, but for `Y includes X` and classes."""
    ordered = list(reversed(claim.things)) if _REVERSED.search(claim.text) else list(claim.things)
    if relation.name == "class":
        ordered = sorted(ordered, key=lambda thing: "class" in thing.kinds)
    first = [thing for thing in ordered if thing in subjects][:1]
    return first, [thing for thing in ordered if thing in objects and thing not in first]


def _row(relation: Relation, hub: Thing, objects: Sequence[Thing], ties: Sequence[Tie]) -> _Held | None:
    others = [(thing, tie) for thing, tie in zip(objects, ties, strict=True) if not {*thing.ids()} & {*hub.ids()}]
    if not others:
        return None
    good = [tie for _, tie in others if tie.worth >= ENOUGH]
    edges = tuple(dict.fromkeys(edge for tie in good or [tie for _, tie in others] for edge in tie.edges))
    denied = any(tie.denied for _, tie in others) and not good
    return _Held(relation, len(good) / len(others), max((tie.worth for tie in good), default=0.0), edges, hub, denied)


def _against(claim: Claim, relation: Relation, ties: Ties) -> Found | None:
    """What sources deny, or what speaks against it: a drug is no treatment of what forbids it."""
    subjects, objects = sides(claim, relation)
    table = ties.between(relation, subjects, objects) if relation.name not in ("kind", "class") else []
    contrary: Verdict = "no" if claim.sense(relation) else "yes"
    for row in table:
        for tie in row:
            if tie.denied and not relation.safety:
                return Found(contrary, relation, tie.edges, stated=True, of=subjects[0], denied=True)
    if relation.contrary:
        against = _by(relation.contrary)
        for row in ties.between(against, subjects, objects):
            best = max(row, key=lambda tie: tie.worth, default=NONE)
            if best.worth >= ENOUGH:
                return Found(contrary, against, best.edges, stated=True, of=subjects[0])
    return None


def _by(predicates: tuple[str, ...]) -> Relation:
    return next(one for one in RELATIONS if one.predicates[0] == predicates[0])


def _side_by_side(relation: Relation, objects: Sequence[Thing]) -> bool:
    """Whether two drugs stand beside each other, which claims of neither that it is the other."""
    return relation.name == "class" and not any("class" in thing.kinds for thing in objects)


def _unstated(claim: Claim, told: Sequence[Relation], held: Sequence[_Held], ties: Ties) -> Found | None:
    """That no source states it, where a source lists what there is of one of the things. Of what is a matter of safety
    that is no verdict on a question: what nobody states may be dangerous all the same."""
    for relation in told:
        subjects, objects = sides(claim, relation)
        if not subjects or not objects or _side_by_side(relation, objects):
            continue
        question = claim.form == "question"
        if question and (relation.safety or relation.name not in _CLOSED or not claim.sense(relation)):
            return None
        hub = next((one.hub for one in held if one.relation is relation), subjects[0])
        edges: list[Edge] = []
        for one in (hub, *(thing for thing in subjects if thing is not hub)):
            hub = one
            if edges := ties.knows(relation, hub):
                break
        edges = edges or ties.known_of(relation, objects[-1])
        if not edges:
            continue
        edges.sort(key=lambda edge: relation.predicates.index(edge.predicate))
        verdict: Verdict = "no" if claim.sense(relation) else "yes"
        shown = tuple((edge.subject, edge.predicate, edge.object) for edge in edges if edge.affirmed)
        return Found(verdict, relation, shown[:6], stated=False, of=hub)
    return None
