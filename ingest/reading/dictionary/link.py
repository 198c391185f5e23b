"""From a name to an entity, with the reason.

A name may belong to several entities: the same disease under two identifiers that nobody has mapped, or homonyms of
different types. The choice must depend on nothing but the names themselves, so that a text is always read the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Which vocabulary is preferred where a name is equally good in several: the broader and the better mapped first.
_VOCABULARIES = ("MONDO", "MESH", "DOID", "HP", "DRUGBANK", "OMIM", "ORPHA", "SYMP", "NCBIGene", "UBERON")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that bears a name. `name` is the name as its source writes it, `preferred` whether it is the entity's
    preferred name in its language."""

    entity: str
    type: str
    name: str
    preferred: bool


_FITTING = {"Disease": ("Disease", "Phenotype"), "Phenotype": ("Phenotype", "Disease")}
"""What a recognizer may take for what: corpora call a sign a disease, the graph a phenotype."""


def named(candidates: Sequence[Candidate], surface: str, type: str) -> tuple[str, str, str] | None:
    """Of entities that bear the name `surface` the one that may be of `type` (`Concept`: of any), its type and the
    reason; None if there is none."""
    fitting = _FITTING.get(type, (type,))
    possible = [c for c in candidates if type == "Concept" or c.type in fitting]
    if not possible:
        return None
    best, reason = choose(possible, surface)
    return best.entity, best.type, reason


def unambiguous(candidates: Sequence[Candidate], name: str, type: str) -> tuple[str, str] | None:
    """Of entities that bear `name` the one that alone may be meant by a record of `type`, and the reason; None if there
    is none, or more than one.

    A preferred name wins over a synonym. Two vocabularies that prefer the same name for entities of one type mean one
    thing; two entities of one vocabulary, and two that bear a name as a synonym, are two meanings.
    """
    for fitting in _FITTING.get(type, (type,)):
        possible = [c for c in candidates if c.type == fitting]
        best = [c for c in possible if c.preferred] or possible
        if best:
            entities = {c.entity for c in best}
            vocabularies = {id.partition(":")[0] for id in entities}
            if len(entities) > 1 and not (best[0].preferred and len(vocabularies) == len(entities)):
                return None
            one, reason = choose(best, name)
            return one.entity, reason
    return None


def choose(candidates: Sequence[Candidate], surface: str) -> tuple[Candidate, str]:
    """The candidate that `surface` most likely means, and the reason in words.

    An exact spelling wins over a normalised one, a preferred name over a synonym, then the order of vocabularies, then
    the id. `candidates` is not empty.
    """
    best = min(candidates, key=lambda c: _rank(c, surface))
    kind = "preferred name" if best.preferred else "synonym"
    spelling = "written as" if best.name == surface else "normalised from"
    reason = f"{kind}, {spelling} {best.name!r}"
    others = sorted({c.entity for c in candidates} - {best.entity})
    if others:
        reason += f"; also a name of {', '.join(others[:3])}" + (" and others" if len(others) > 3 else "")
    return best, reason


def _rank(candidate: Candidate, surface: str) -> tuple[bool, bool, int, str]:
    prefix = candidate.entity.partition(":")[0]
    order = _VOCABULARIES.index(prefix) if prefix in _VOCABULARIES else len(_VOCABULARIES)
    return (not candidate.preferred, candidate.name.casefold() != surface.casefold(), order, candidate.entity)
