"""When two ids are the same, and what an entity is that several sources declare. Pure functions; both stores use them.

Mappings are pairs (other id, canonical id) from exact matches: SSSOM files, ontology cross-references. They are
followed as pointers, never united as sets: where one id is matched to two canonical ids, the smaller one is taken and
the two stay apart, because a single wrong match would otherwise merge two diseases that their ontology tells apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import KINDS, Assertion, Entity, Kind, Name
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
    subject = mapped.get(assertion.subject, assertion.subject)
    object = mapped.get(assertion.object, assertion.object)
    if PREDICATES[check_predicate(assertion.predicate)].symmetric and object < subject:
        return object, subject
    return subject, object


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one source says an entity is: `entity` as declared, with the id that it was given there."""

    source: str
    kind: Kind
    entity: Entity


def merge(id: str, declarations: Sequence[Declaration]) -> Entity:
    """The entity `id` as its declarations make it; at least one is needed.

    Curated sources count before documents, then in the order of (source id, declared id): the first gives type, name
    and definition (the first that is not empty); synonyms, xrefs and access are the union. So that no name is lost, a
    preferred name that did not become the name is a synonym, and a declared id that was mapped to `id` is an xref. A
    reader is shown the merge of the declarations that he may see.
    """
    if len(declarations) > 1:
        declarations = sorted(declarations, key=_place)
    ordered = [declaration.entity for declaration in declarations]
    first = ordered[0]
    if len(ordered) == 1 and first.id == id:
        return replace(first, synonyms=tuple(sorted(set(first.synonyms))), xrefs=tuple(sorted(set(first.xrefs))))
    synonyms: set[Name] = set()
    xrefs: set[str] = set()
    access: set[str] = set()
    for entity in ordered:
        synonyms.update(entity.synonyms)
        if entity.name != first.name:
            synonyms.add(preferred(entity))
        xrefs.update(entity.xrefs)
        xrefs.add(entity.id)
        access.update(entity.access)
    return Entity(
        id=id,
        type=first.type,
        name=first.name,
        synonyms=tuple(sorted(synonyms)),
        xrefs=tuple(sorted(xrefs - {id})),
        definition=next((entity.definition for entity in ordered if entity.definition), ""),
        access=frozenset(access),
    )


def _place(declaration: Declaration) -> tuple[int, str, str]:
    return KINDS.index(declaration.kind), declaration.source, declaration.entity.id


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
