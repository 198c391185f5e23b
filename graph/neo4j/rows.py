"""Between the words of the graph and the properties of Neo4j's nodes and edges."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from graph.identity import Declaration, borne, merge
from graph.model import Assertion, Entity, KeptMatch, Kind, Match, Mention, Name, PassageNode, Relation, Source
from graph.schema import PREDICATES
from text.names import normalise

Properties = dict[str, Any]
Triple = tuple[int, str, str, str]
"""The hash of subject, predicate and object, and they themselves."""

PHRASES = {name: f" {predicate.phrase} " for name, predicate in PREDICATES.items()}
SUFFIXES = {"affirmed": "", "negated": " (negated)"}


def triple(subject: str, predicate: str, object: str) -> Triple:
    digest = hashlib.blake2b(f"{subject}\x1f{predicate}\x1f{object}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True), subject, predicate, object


@lru_cache(maxsize=10_000)
def labels(access: frozenset[str]) -> list[str]:
    """A set of access labels as Neo4j keeps it: equal sets are equal lists. Not to be changed by who gets it."""
    return sorted(access)


def source_properties(source: Source) -> Properties:
    s = source
    return {
        "id": s.id,
        "name": s.title or s.id,
        "kind": s.kind,
        "title": s.title,
        "version": s.version,
        "licence": s.licence,
        "year": s.year,
        "language": s.language,
        "url": s.url,
        "retracted": s.retracted,
        "access": labels(s.access),
    }


def source_of(p: Mapping[str, Any]) -> Source:
    return Source(
        id=p["id"],
        kind=p["kind"],
        title=p["title"],
        version=p["version"],
        licence=p["licence"],
        year=p.get("year"),
        language=p["language"],
        url=p["url"],
        retracted=p["retracted"],
        access=frozenset(p["access"]),
    )


def declaration_properties(declared: Entity) -> Properties:
    """What the edge DECLARES holds: the entity as the source gave it, and the names that it thereby bears."""
    d = declared
    synonyms = list(dict.fromkeys(d.synonyms))
    names = borne(d)
    return {
        "declared": d.id,
        "type": d.type,
        "name": d.name,
        "synonyms": [name.text for name in synonyms],
        "languages": [name.language for name in synonyms],
        "xrefs": sorted(set(d.xrefs)),
        "definition": d.definition,
        "access": labels(d.access),
        "names": [name.text for name in names],
        "name_languages": [name.language for name in names],
    }


def declared_of(p: Mapping[str, Any]) -> Entity:
    return _entity(p["declared"], p)


def entity_properties(entity: Entity, *, mixed: bool, curated_type: str | None) -> Properties:
    """`mixed`: its declarations differ in their labels; `curated_type`: that of curated sources, if it differs."""
    e = entity
    return {
        "id": e.id,
        "type": e.type,
        "name": e.name,
        "synonyms": [name.text for name in e.synonyms],
        "languages": [name.language for name in e.synonyms],
        "xrefs": list(e.xrefs),
        "definition": e.definition,
        "access": labels(e.access),
        "norms": sorted(norms(e)),
        "mixed": mixed or None,
        "curated_type": curated_type,
    }


def entity_of(p: Mapping[str, Any], part: bool, declared: Iterable[tuple[str, Kind, Mapping[str, Any]]]) -> Entity:
    """An entity as a reader may see it; `part`: as the declarations that he may see make it."""
    if part:
        return merge(p["id"], [Declaration(source, kind, declared_of(own)) for source, kind, own in declared])
    return _entity(p["id"], p)


def _entity(id: str, p: Mapping[str, Any]) -> Entity:
    synonyms = tuple(Name(text, language) for text, language in zip(p["synonyms"], p["languages"], strict=True))
    return Entity(
        id=id,
        type=p["type"],
        name=p["name"],
        synonyms=synonyms,
        xrefs=tuple(p["xrefs"]),
        definition=p["definition"],
        access=frozenset(p["access"]),
    )


def norms(entity: Entity) -> dict[str, str]:
    """The normalised names an entity bears, each with the first of the names as written that are so compared."""
    written: dict[str, str] = {}
    for name in borne(entity):
        norm = normalise(name.text)
        if norm:
            written.setdefault(norm, name.text)
    return written


def passage_properties(passage: PassageNode) -> Properties:
    p = passage
    beginning = " ".join(p.text[:200].split()[:8])
    return {
        "id": p.id,
        "name": f"{p.section}: {beginning}" if p.section else beginning,
        "document": p.document,
        "section": p.section,
        "start": p.start,
        "end": p.end,
        "text": p.text,
        "access": labels(p.access),
    }


def passage_of(p: Mapping[str, Any]) -> PassageNode:
    return PassageNode(
        id=p["id"],
        document=p["document"],
        section=p["section"],
        start=p["start"],
        end=p["end"],
        text=p["text"],
        access=frozenset(p["access"]),
    )


def mention_properties(mention: Mention) -> Properties:
    m = mention
    return {
        "start": m.start,
        "end": m.end,
        "surface": m.surface,
        "score": float(m.score),
        "polarity": m.polarity,
        "certainty": m.certainty,
        "experiencer": m.experiencer,
        "tagger": m.tagger,
        "reason": m.reason,
    }


def mention_of(passage: str, entity: str, p: Mapping[str, Any]) -> Mention:
    return Mention(
        passage=passage,
        entity=entity,
        start=p["start"],
        end=p["end"],
        surface=p["surface"],
        score=p["score"],
        polarity=p["polarity"],
        certainty=p["certainty"],
        experiencer=p["experiencer"],
        tagger=p["tagger"],
        reason=p["reason"],
    )


def qualifier_list(assertion: Assertion) -> list[str] | None:
    """Qualifiers as `name=value`, to be read by people; an equals sign within a name is escaped."""
    return [f"{name.replace('%', '%25').replace('=', '%3D')}={value}" for name, value in assertion.qualifiers] or None


def assertion_of(p: Mapping[str, Any]) -> Assertion:
    """What is absent from the node has the model's default: most assertions have no qualifiers, record or passage."""
    pairs = (text.partition("=") for text in p.get("qualifiers", ()))
    return Assertion(
        id=p["id"],
        subject=p["subject"],
        predicate=p["predicate"],
        object=p["object"],
        source=p["source"],
        sentence=p["sentence"],
        polarity=p["polarity"],
        certainty=p["certainty"],
        experiencer=p["experiencer"],
        qualifiers=tuple((name.replace("%3D", "=").replace("%25", "%"), value) for name, _, value in pairs),
        passage=p.get("passage", ""),
        start=p.get("start", -1),
        end=p.get("end", -1),
        record=p.get("record", ""),
        extractor=p.get("extractor", ""),
        confidence=p["confidence"],
        access=frozenset(p["access"]),
    )


def stated_of(p: Mapping[str, Any]) -> Assertion:
    """The assertion as it was stated, in the order in which it is kept."""
    return replace(
        assertion_of(p),
        subject=p.get("stated_subject", p["subject"]),
        object=p.get("stated_object", p["object"]),
    )


def match_of(p: Mapping[str, Any]) -> Match:
    return Match(p["other"], p["canonical"], p["confidence"], p["justification"])


def kept_match_of(p: Mapping[str, Any]) -> KeptMatch:
    return KeptMatch(
        p["other"], p["canonical"], p["source"], p["confidence"], p["justification"], p.get("refused", "")
    )  # fmt: skip


def relation_of(row: Iterable[Any]) -> Relation:
    return Relation(*row)
