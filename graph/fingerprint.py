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
    assertion    id, subject, predicate, object (as kept: canonical, symmetric ones in order), source, sentence,
                 polarity, certainty, experiencer, qualifiers, passage, start, end, record, extractor, confidence,
                 sorted access
    mapping      source id, other id, canonical id (as given)
    relation     subject, predicate, object, affirmed, negated, sources, confidence (as an administrator reads it)

Relations are derived; they are counted so that the fingerprint also proves that what is derived was derived. Every
other row counts as written: also a mention or assertion that rests because the last declaration of an entity it names
is gone, for it returns with the next one. Duplicate synonyms and xrefs within one declaration count once.
"""

from __future__ import annotations

import hashlib
import json

from graph.model import Assertion, Entity, Mention, PassageNode, Relation, Source

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True).encode


class Fingerprint:
    """Add every row once, in any order, then ask for `hexdigest`."""

    def __init__(self) -> None:
        self._sum = 0

    def source(self, source: Source) -> None:
        s = source
        self._add(
            "source", s.id, s.kind, s.title, s.version, s.licence, s.year, s.language, s.url, bool(s.retracted),
            sorted(s.access),
        )  # fmt: skip

    def declaration(self, source: str, entity: str, declared: Entity) -> None:
        """`entity` is the canonical id, `declared` the entity as the source gave it, with the id it was given."""
        d = declared
        self._add(
            "declaration", source, entity, d.id, d.type, d.name,
            sorted({(name.text, name.language) for name in d.synonyms}), sorted(set(d.xrefs)), d.definition,
            sorted(d.access),
        )  # fmt: skip

    def passage(self, passage: PassageNode) -> None:
        p = passage
        self._add("passage", p.id, p.document, p.section, p.start, p.end, p.text, sorted(p.access))

    def mention(self, source: str, mention: Mention) -> None:
        m = mention
        self._add(
            "mention", source, m.passage, m.entity, m.start, m.end, m.surface, float(m.score), m.polarity,
            m.certainty, m.experiencer, m.tagger, m.reason,
        )  # fmt: skip

    def assertion(self, assertion: Assertion) -> None:
        a = assertion
        self._add(
            "assertion", a.id, a.subject, a.predicate, a.object, a.source, a.sentence, a.polarity, a.certainty,
            a.experiencer, a.qualifiers, a.passage, a.start, a.end, a.record, a.extractor, float(a.confidence),
            sorted(a.access),
        )  # fmt: skip

    def mapping(self, source: str, other: str, canonical: str) -> None:
        self._add("mapping", source, other, canonical)

    def relation(self, relation: Relation) -> None:
        r = relation
        self._add(
            "relation", r.subject, r.predicate, r.object, r.affirmed, r.negated, r.sources, float(r.confidence)
        )  # fmt: skip

    def hexdigest(self) -> str:
        """64 hex digits; 64 zeros where nothing was added."""
        return f"{self._sum:064x}"

    def _add(self, *row: object) -> None:
        digest = hashlib.sha256(_encode(row).encode("ascii")).digest()
        self._sum = (self._sum + int.from_bytes(digest, "big")) % (1 << 256)
