"""One number for everything a graph store holds: equal content gives equal hex, in whatever order and store it lies.

The fingerprint is a multiset hash: the sum modulo 2^256 of the SHA-256 of every row, printed as 64 hex digits. (Sums
of hashes: Bellare and Micciancio, "A new paradigm for collision-free hashing", EUROCRYPT 1997, AdHash; it finds
differences, it does not withstand someone who looks for collisions.)

A row is a JSON array, compact and in ASCII, of its kind and its fields; sets are sorted, tuples stay in their order,
confidence and score are floats. What a store adds, each row once:

    source       id, kind, title, version, licence, year, language, url, retracted, sorted access
    declaration  source id, canonical entity id, declared id, type, name, [[text, language] of the synonyms, sorted],
                 sorted xrefs, definition, sorted access
    passage      id, document, section, start, end, text, sorted access
    mention      source id, passage, entity (canonical), start, end, surface, score, polarity, certainty,
                 experiencer, tagger, reason
    assertion    id, subject, predicate, object (as read: canonical, symmetric ones in order), source, sentence,
                 polarity, certainty, experiencer, qualifiers, passage, start, end, record, extractor, confidence,
                 sorted access
    mapping      source id, other id, canonical id (as given); confidence and justification, if not 1 and empty
    relation     subject, predicate, object, affirmed, negated, sources, confidence (as an administrator reads it)

Relations are derived; they are counted so that the fingerprint also proves that what is derived was derived. Every
other row counts as written: also a mention or assertion that rests because the last declaration of an entity it names
is gone, for it returns with the next one. Duplicate synonyms and xrefs within one declaration count once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from graph.model import Assertion, Entity, Mention, Name, PassageNode, Relation, Source

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True).encode


class Fingerprint:
    """Add every row once, in any order, then ask for `hexdigest`."""

    def __init__(self) -> None:
        self._sum = 0

    def source(self, source: Source) -> None:
        self._add("source", *_fields(source))

    def declaration(self, source: str, entity: str, declared: Entity) -> None:
        """`entity` is the canonical id, `declared` the entity as the source gave it, with the id it was given."""
        self._add("declaration", source, entity, *_fields(declared))

    def passage(self, passage: PassageNode) -> None:
        self._add("passage", *_fields(passage))

    def mention(self, source: str, mention: Mention) -> None:
        self._add("mention", source, *_fields(mention))

    def assertion(self, assertion: Assertion) -> None:
        self._add("assertion", *_fields(assertion))

    def mapping(self, source: str, other: str, canonical: str, confidence: float, justification: str) -> None:
        doubts = () if (confidence, justification) == (1, "") else (float(confidence), justification)
        self._add("mapping", source, other, canonical, *doubts)

    def relation(self, relation: Relation) -> None:
        self._add("relation", *_fields(relation))

    def hexdigest(self) -> str:
        """64 hex digits; 64 zeros where nothing was added."""
        return f"{self._sum:064x}"

    def _add(self, *row: object) -> None:
        digest = hashlib.sha256(_encode(row).encode("ascii")).digest()
        self._sum = (self._sum + int.from_bytes(digest, "big")) % (1 << 256)


def _fields(thing: Source | Entity | PassageNode | Mention | Assertion | Relation) -> list[object]:
    """The values of the fields, in the order of the model."""
    values = list(_VALUES[type(thing)](thing))
    for place, alike in _ALIKE[type(thing)]:
        values[place] = alike(values[place])
    return values


def _names(names: Iterable[Name]) -> list[tuple[str, str]]:
    return sorted({(name.text, name.language) for name in names})


_SAME: dict[str, Callable[[Any], object]] = {
    "access": sorted,
    "synonyms": _names,
    "xrefs": lambda xrefs: sorted(set(xrefs)),
    "retracted": bool,
    "score": float,
    "confidence": float,
}
"""What makes two values of a field equal that are written in different ways."""
_KEPT = (Source, Entity, PassageNode, Mention, Assertion, Relation)
_VALUES = {kept: attrgetter(*(field.name for field in fields(kept))) for kept in _KEPT}
_ALIKE = {
    kept: [(place, _SAME[field.name]) for place, field in enumerate(fields(kept)) if field.name in _SAME]
    for kept in _KEPT
}
