"""When two ids are the same, and what an entity is that several sources declare. Pure functions; both stores use them.

Mappings are pairs (other id, canonical id) from exact matches: SSSOM files, ontology cross-references. They are
followed as pointers, never united as sets: where one id is matched to two canonical ids, the better match is taken (of
equals that to the smaller id) and the two stay apart, because a single wrong match would otherwise merge two diseases
that their ontology tells apart. For the same reason no match is followed that would join two ids which one curated
source declares side by side. Whatever is not followed is told with its reason. What is followed depends on all matches
and declarations, never on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from graph.model import KINDS, Assertion, Entity, KeptMatch, Kind, Match, Name
from graph.schema import PREDICATES, check_predicate
from text.names import is_chinese


def resolve(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Every mapped id with its canonical id; ids that stand for themselves are not among the keys.

    Chains are followed to their end. An id with several canonical ids follows the smallest. A cycle, and all that
    leads into it, goes to the smallest id of the cycle. The order of `pairs` and repetitions do not matter.
    """
    target: dict[str, str] = {}
    for other, canonical in pairs:
        if other != canonical and canonical < target.get(other, "\U0010ffff"):
            target[other] = canonical
    final: dict[str, str] = {}
    for start in target:
        trail: list[str] = []
        seen: dict[str, int] = {}
        here = start
        while here in target and here not in final and here not in seen:
            seen[here] = len(trail)
            trail.append(here)
            here = target[here]
        end = min(trail[seen[here] :]) if here in seen else final.get(here, here)
        final.update((id, end) for id in trail)
    return {id: end for id, end in final.items() if id != end}


SPECIFIC = (
    "UnspecifiedMatching",
    "SemanticSimilarityThresholdMatching",
    "LexicalSimilarityThresholdMatching",
    "LexicalMatching",
    "CompositeMatching",
    "BackgroundKnowledgeBasedMatching",
    "InstanceBasedMatching",
    "LogicalReasoning",
    "MappingReview",
    "ManualMappingCuration",
)
"""How a match may be justified (https://mapping-commons.github.io/semantic-mapping-vocabulary/), the weakest first."""
_RANKS = {word: rank for rank, word in enumerate(SPECIFIC)}


def strength(match: Match | KeptMatch) -> tuple[float, int, str]:
    """What is compared to find the weaker of two matches: confidence, then how specific its justification is."""
    word = match.justification
    return match.confidence, _RANKS.get(word.rpartition(":")[2].rpartition("/")[2], 0), word


@dataclass(frozen=True, slots=True)
class Followed:
    """What all matches come to."""

    canonical: dict[str, str]
    """Every mapped id with its canonical id, as `resolve` gives it."""
    refused: dict[tuple[str, str], str]
    """The pairs of ids that are not followed, each with the reason."""


def follow(matches: Iterable[Match], live: Iterable[tuple[str, str]]) -> Followed:
    """Which matches are followed, and where they lead; `live` are pairs (curated source, id that it declares).

    The strongest match counts first, of equals that of the smaller ids. One that would join two ids of one source and
    prefix is refused, so of all matches between the two it is the weakest that is left out; and so is one that would
    close a circle. An id follows the first of its matches that is not refused; the others are refused where they lead
    elsewhere. The order of the arguments and repetitions do not matter. Linear but for the sort.
    """
    best: dict[tuple[str, str], Match] = {}
    for match in matches:
        pair = match.other, match.canonical
        if match.other != match.canonical and (pair not in best or strength(best[pair]) < strength(match)):
            best[pair] = match
    concepts = _Concepts(live)
    target: dict[str, str] = {}
    weaker: list[tuple[str, str]] = []
    refused: dict[tuple[str, str], str] = {}
    of_smaller_ids = sorted(best, key=lambda pair: (pair[1], pair[0]))
    for pair in sorted(of_smaller_ids, key=lambda pair: strength(best[pair]), reverse=True):
        other, canonical = pair
        if other in target:
            weaker.append(pair)
        elif concepts.together(other, canonical):
            # What has no target yet is where all that it stands with leads.
            refused[pair] = f"would close a circle: {canonical} already leads to {other}"
        elif clash := concepts.join(other, canonical):
            refused[pair] = f"would join {clash[0]} and {clash[1]}, which {clash[2]} tells apart"
        else:
            target[other] = canonical
    for other, canonical in weaker:
        if not concepts.together(other, canonical):
            first = target[other]
            how = "as well" if strength(best[other, first]) == strength(best[other, canonical]) else "better"
            refused[other, canonical] = f"{other}{_OUTDONE}{how} to {first}"
    return Followed(resolve(target.items()), refused)


_OUTDONE = " is matched "


def outdone(match: KeptMatch) -> bool:
    """Whether another match of the same id is all that keeps this one from being followed."""
    return match.refused.startswith(match.other + _OUTDONE)


class _Concepts:
    """Sets of ids that have been joined, with the ids that each source and prefix has among them."""

    def __init__(self, live: Iterable[tuple[str, str]]) -> None:
        self._parent: dict[str, str] = {}
        self._held: dict[str, dict[tuple[str, str], str]] = {}
        for source, id in live:
            self._held.setdefault(id, {})[source, id.partition(":")[0]] = id

    def together(self, one: str, other: str) -> bool:
        """Whether two ids have been joined."""
        return self._root(one) == self._root(other)

    def join(self, one: str, other: str) -> tuple[str, str, str] | None:
        """Join two sets of ids; or say which two ids of which source that would join, and leave them apart."""
        large, small = self._root(one), self._root(other)
        held, more = self._held.get(large, {}), self._held.get(small, {})
        if len(held) < len(more):
            large, small, held, more = small, large, more, held
        clashes = [
            (min(held[key], id), max(held[key], id), key[0]) for key, id in more.items() if held.get(key, id) != id
        ]
        if clashes:
            return min(clashes)
        self._parent[small] = large
        if more:
            held.update(more)
            self._held[large] = held
            del self._held[small]
        return None

    def _root(self, id: str) -> str:
        trail = []
        while (above := self._parent.get(id)) is not None:
            trail.append(id)
            id = above
        self._parent.update((below, id) for below in trail)
        return id


def canonical(assertion: Assertion, mapped: Mapping[str, str]) -> Assertion:
    """The assertion as it is kept: mapped ids replaced, and the smaller id first where the predicate is symmetric.

    Its id stays. Raises SchemaViolation for an unknown predicate.
    """
    subject, object = ends(assertion, mapped)
    if subject == assertion.subject and object == assertion.object:
        return assertion
    return replace(assertion, subject=subject, object=object)


def ends(assertion: Assertion, mapped: Mapping[str, str]) -> tuple[str, str]:
    """Subject and object as `canonical` has them. Raises SchemaViolation for an unknown predicate."""
    subject, object = stated_ends(assertion, mapped)
    return mapped.get(subject, subject), mapped.get(object, object)


def as_stated(assertion: Assertion, mapped: Mapping[str, str]) -> Assertion:
    """The assertion with its ends as `stated_ends` orders them."""
    subject, object = stated_ends(assertion, mapped)
    return assertion if subject == assertion.subject else replace(assertion, subject=subject, object=object)


def stated_ends(assertion: Assertion, mapped: Mapping[str, str]) -> tuple[str, str]:
    """Subject and object as stated, in the order of `ends`; where both became one concept, by the ids as stated."""
    one, other = assertion.subject, assertion.object
    if PREDICATES[check_predicate(assertion.predicate)].symmetric and (
        (mapped.get(other, other), other) < (mapped.get(one, one), one)
    ):
        return other, one
    return one, other


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one source says an entity is: `entity` as declared, with the id that it was given there."""

    source: str
    kind: Kind
    entity: Entity


def merge(id: str, declarations: Sequence[Declaration]) -> Entity:
    """The entity `id` as its declarations make it; at least one is needed.

    Curated sources count before documents, then in the order of (source id, declared id): the first gives the type. For
    name and definition (the first that is not empty) those count before others that declare `id` itself: a concept goes
    by its name in the vocabulary of its id. Synonyms, xrefs and access are the union, synonyms in this order and that
    of each declaration: the first in a language is the preferred one where a source has one. So that no name is lost, a
    preferred name that did not become the name is a synonym, and a declared id that was mapped to `id` is an xref. A
    reader is shown the merge of the declarations that he may see.
    """
    if len(declarations) > 1:
        declarations = sorted(declarations, key=_place)
    ordered = [declaration.entity for declaration in declarations]
    type = ordered[0].type
    ordered = [declaration.entity for declaration in sorted(declarations, key=partial(_precedence, id))]
    first = ordered[0]
    if len(ordered) == 1 and first.id == id:
        return replace(first, synonyms=tuple(dict.fromkeys(first.synonyms)), xrefs=tuple(sorted(set(first.xrefs))))
    synonyms: dict[Name, None] = {}
    xrefs: set[str] = set()
    access: set[str] = set()
    for entity in ordered:
        if entity.name != first.name:
            synonyms.setdefault(preferred(entity))
        synonyms.update(dict.fromkeys(entity.synonyms))
        xrefs.update(entity.xrefs)
        xrefs.add(entity.id)
        access.update(entity.access)
    return Entity(
        id=id,
        type=type,
        name=first.name,
        synonyms=tuple(synonyms),
        xrefs=tuple(sorted(xrefs - {id})),
        definition=next((entity.definition for entity in ordered if entity.definition), ""),
        access=frozenset(access),
    )


def _place(declaration: Declaration) -> tuple[int, str, str]:
    return KINDS.index(declaration.kind), declaration.source, declaration.entity.id


def _precedence(id: str, declaration: Declaration) -> tuple[int, bool, str, str]:
    """Where a declaration stands among those of `id` where the name is looked for."""
    kind, source, declared = _place(declaration)
    return kind, declared != id, source, declared


def preferred(entity: Entity) -> Name:
    """The preferred name. A declaration does not say its language: Chinese by its characters, else English."""
    return Name(entity.name, "zh" if is_chinese(entity.name) else "en")


def borne(entity: Entity) -> list[Name]:
    """The names that a declaration gives its entity, sorted, without duplicates and blanks.

    The preferred name counts once: in the language of a synonym of the same text where there is one.
    """
    names = set(entity.synonyms)
    if all(name.text != entity.name for name in names):
        names.add(preferred(entity))
    return sorted(name for name in names if name.text.strip())
