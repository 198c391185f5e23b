"""Between the words of the graph and the columns of the SQLite store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from typing import Any, get_args

from graph.model import KINDS, Assertion, Entity, Mention, Name, PassageNode, Source
from text.context.judgement import Certainty, Experiencer, Polarity

Row = tuple[Any, ...]

POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
EXPERIENCERS: tuple[Experiencer, ...] = get_args(Experiencer)
_POLARITY = {word: code for code, word in enumerate(POLARITIES)}
_CERTAINTY = {word: code for code, word in enumerate(CERTAINTIES)}
_EXPERIENCER = {word: code for code, word in enumerate(EXPERIENCERS)}


def listed(values: Iterable[object] | None) -> str | None:
    """A JSON array for `json_each`, so that a statement takes any number of values as one parameter."""
    return None if values is None else json.dumps(list(values))


class AccessSets:
    """The integer keys of sets of access labels, as one transaction sees them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._keys: dict[frozenset[str], int] = {}
        self._labels: dict[int, frozenset[str]] = {}

    def key(self, labels: frozenset[str]) -> int:
        """The key of a set, made where there is none yet."""
        found = self._keys.get(labels)
        if found is None:
            text = json.dumps(sorted(labels))
            row = self._connection.execute("SELECT key FROM access_set WHERE labels = ?", (text,)).fetchone()
            if row is None:
                row = (self._connection.execute("INSERT INTO access_set (labels) VALUES (?)", (text,)).lastrowid,)
                self._connection.executemany(
                    "INSERT INTO access_label (label, access) VALUES (?, ?)", [(label, row[0]) for label in labels]
                )
            found = self._keys[labels] = int(row[0])
        return found

    def labels(self, key: int) -> frozenset[str]:
        """The labels of a key."""
        found = self._labels.get(key)
        if found is None:
            (text,) = self._connection.execute("SELECT labels FROM access_set WHERE key = ?", (key,)).fetchone()
            found = self._labels[key] = frozenset(json.loads(text))
        return found


def visible(connection: sqlite3.Connection, access: Collection[str] | None) -> str | None:
    """The sets of labels that hold one of the reader's, as a JSON array of keys; None where he may see everything."""
    if access is None:
        return None
    return listed(
        key
        for (key,) in connection.execute(
            "SELECT DISTINCT access FROM access_label WHERE label IN (SELECT value FROM json_each(?)) ORDER BY access",
            (listed(access),),
        )
    )


def source_row(source: Source, access: AccessSets) -> Row:
    s = source
    return (
        s.id, s.kind, s.title, s.version, s.licence, s.year, s.language, s.url, int(s.retracted), access.key(s.access)
    )  # fmt: skip


def source_of(row: Row, access: AccessSets) -> Source:
    id, kind, title, version, licence, year, language, url, retracted, key = row
    return Source(id, kind, title, version, licence, year, language, url, bool(retracted), access.labels(key))


def declaration_row(entity: int, source: Source, declared: Entity, access: AccessSets) -> Row:
    d = declared
    synonyms = json.dumps(sorted({(name.text, name.language) for name in d.synonyms}))
    xrefs = json.dumps(sorted(set(d.xrefs)))
    return (
        entity,
        KINDS.index(source.kind),
        source.id,
        d.id,
        d.type,
        d.name,
        synonyms,
        xrefs,
        d.definition,
        access.key(d.access),
    )


def declared_of(row: Row, access: AccessSets) -> Entity:
    """The entity as declared, from (declared id, type, name, synonyms, xrefs, definition, access)."""
    id, type, name, synonyms, xrefs, definition, key = row
    names = () if synonyms == "[]" else tuple(Name(text, language) for text, language in json.loads(synonyms))
    others = () if xrefs == "[]" else tuple(json.loads(xrefs))
    return Entity(id, type, name, names, others, definition, access.labels(key))


def passage_row(passage: PassageNode, source: int, access: AccessSets) -> Row:
    p = passage
    return (p.id, source, p.section, p.start, p.end, p.text, access.key(p.access))


def passage_of(row: Row, access: AccessSets) -> PassageNode:
    id, document, section, start, end, text, key = row
    return PassageNode(id, document, section, start, end, text, access.labels(key))


def mention_row(mention: Mention, source: int, entity: int, access: int) -> Row:
    m = mention
    return (
        source, m.passage, m.start, m.end, entity, m.surface, m.score, _POLARITY[m.polarity],
        _CERTAINTY[m.certainty], _EXPERIENCER[m.experiencer], m.tagger, m.reason, access,
    )  # fmt: skip


def mention_of(row: Row) -> Mention:
    passage, entity, start, end, surface, score, polarity, certainty, experiencer, tagger, reason = row
    return Mention(
        passage, entity, start, end, surface, score,
        POLARITIES[polarity], CERTAINTIES[certainty], EXPERIENCERS[experiencer], tagger, reason,
    )  # fmt: skip


def assertion_row(assertion: Assertion, source: int, triple: tuple[int, int, int], access: int) -> Row:
    a = assertion
    return (
        source, a.id, *triple, _POLARITY[a.polarity], _CERTAINTY[a.certainty], _EXPERIENCER[a.experiencer],
        a.confidence, access, a.sentence, json.dumps(a.qualifiers) if a.qualifiers else "", a.passage,
        a.start, a.end, a.record, a.extractor,
    )  # fmt: skip


def assertion_of(row: Row, access: AccessSets) -> Assertion:
    (
        id, subject, predicate, object, source, sentence, polarity, certainty, experiencer, qualifiers,
        passage, start, end, record, extractor, confidence, key,
    ) = row  # fmt: skip
    pairs = tuple((name, value) for name, value in json.loads(qualifiers)) if qualifiers else ()
    return Assertion(
        id, subject, predicate, object, source, sentence,
        POLARITIES[polarity], CERTAINTIES[certainty], EXPERIENCERS[experiencer], pairs,
        passage, start, end, record, extractor, confidence, access.labels(key),
    )  # fmt: skip
