"""Reading from the SQLite store: functions over one connection, inside one read transaction.

`groups` in a statement is what `sqlite_rows.visible` gives: the sets of access labels that the reader meets.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from graph.errors import UnknownEntity
from graph.fingerprint import Fingerprint
from graph.identity import merge
from graph.model import Assertion, Entity, Mention, NameMatch, PassageNode, Relation, Source, Stats
from graph.names import normalise
from graph.sqlite_rows import (
    AccessSets,
    assertion_of,
    declared_of,
    listed,
    mention_of,
    passage_of,
    source_of,
)

Access = frozenset[str] | None

SOURCES = """
SELECT id, kind, title, version, licence, year, language, url, retracted, access FROM source
WHERE (:id IS NULL OR id = :id) AND (:kind IS NULL OR kind = :kind) ORDER BY id
"""

DECLARATIONS = """
SELECT e.id, d.source, d.declared, d.type, d.name, d.synonyms, d.xrefs, d.definition, d.access
FROM json_each(:ids) ids CROSS JOIN entity e ON e.id = ids.value CROSS JOIN declaration d ON d.entity = e.key
WHERE :groups IS NULL OR d.access IN (SELECT value FROM json_each(:groups))
"""

VISIBLE_KEY = """
SELECT e.key FROM entity e WHERE e.id = :id AND EXISTS (
    SELECT 1 FROM declaration d
    WHERE d.entity = e.key AND (:groups IS NULL OR d.access IN (SELECT value FROM json_each(:groups)))
)
"""

NAMED = """
SELECT n.norm, e.id, min(b.text)
FROM json_each(:norms) norms CROSS JOIN name n ON n.norm = norms.value CROSS JOIN bearer b ON b.name = n.key
    CROSS JOIN declaration d ON d.key = b.declaration CROSS JOIN entity e ON e.key = d.entity
WHERE (:groups IS NULL OR d.access IN (SELECT value FROM json_each(:groups))) AND (:type IS NULL OR e.type = :type)
GROUP BY n.norm, e.id ORDER BY n.norm, e.id
"""

FULL_TEXT = """
SELECT n.norm, e.id, min(b.text)
FROM (SELECT rowid AS key, rank FROM name_fts WHERE name_fts MATCH :match ORDER BY rank, rowid LIMIT :most) hit
    CROSS JOIN name n ON n.key = hit.key CROSS JOIN bearer b ON b.name = n.key
    CROSS JOIN declaration d ON d.key = b.declaration CROSS JOIN entity e ON e.key = d.entity
WHERE (:groups IS NULL OR d.access IN (SELECT value FROM json_each(:groups))) AND (:type IS NULL OR e.type = :type)
GROUP BY n.norm, e.id
"""

CURATED_NAMES = """
SELECT DISTINCT b.text, b.language, e.id,
    (SELECT f.type FROM declaration f JOIN source t ON t.id = f.source
     WHERE f.entity = d.entity AND t.kind = 'curated' ORDER BY f.place, f.source, f.declared LIMIT 1) AS curated_type
FROM source s CROSS JOIN declaration d ON d.source = s.id CROSS JOIN bearer b ON b.declaration = d.key
    CROSS JOIN entity e ON e.key = d.entity
WHERE s.kind = 'curated' AND curated_type <> 'Patient' AND e.type <> 'Patient'
ORDER BY b.text, b.language, e.id
"""

ALL_NAMES = """
SELECT DISTINCT b.text, b.language, e.id, e.type
FROM bearer b CROSS JOIN declaration d ON d.key = b.declaration CROSS JOIN entity e ON e.key = d.entity
WHERE e.type <> 'Patient' ORDER BY b.text, b.language, e.id
"""

# {where} is one of the constants below it. Where a reader sees a triple through several sets of labels, one source may
# stand in more than one of them: then the sources are counted in the assertions.
_RELATIONS = """
SELECT s.id AS subject_id, p.name AS predicate_name, o.id AS object_id, sum(r.affirmed), sum(r.negated),
    CASE count(*) WHEN 1 THEN max(r.sources) ELSE (
        SELECT count(DISTINCT a.source) FROM assertion a
        WHERE a.subject = r.subject AND a.predicate = r.predicate AND a.object = r.object
            AND (:groups IS NULL OR a.access IN (SELECT value FROM json_each(:groups)))
    ) END AS stating, max(r.confidence) AS best
FROM ({where}) r CROSS JOIN entity s ON s.key = r.subject CROSS JOIN entity o ON o.key = r.object
    CROSS JOIN predicate p ON p.key = r.predicate
WHERE s.type IS NOT NULL AND o.type IS NOT NULL
    AND (:groups IS NULL OR r.access IN (SELECT value FROM json_each(:groups)))
    AND (:predicates IS NULL OR p.name IN (SELECT value FROM json_each(:predicates)))
    AND (:type IS NULL OR CASE r.subject WHEN :key THEN o.type ELSE s.type END = :type)
GROUP BY r.subject, r.predicate, r.object
ORDER BY stating DESC, best DESC, subject_id, predicate_name, object_id LIMIT :limit OFFSET :offset
"""
OF_SUBJECTS = _RELATIONS.replace(
    "{where}",
    "SELECT r.* FROM json_each(:subjects) ids CROSS JOIN entity e ON e.id = ids.value"
    " CROSS JOIN relation r ON r.subject = e.key WHERE :objects IS NULL OR r.object IN"
    " (SELECT key FROM entity WHERE id IN (SELECT value FROM json_each(:objects)))",
)
OF_OBJECTS = _RELATIONS.replace(
    "{where}",
    "SELECT r.* FROM json_each(:objects) ids CROSS JOIN entity e ON e.id = ids.value"
    " CROSS JOIN relation r ON r.object = e.key",
)
OF_NEIGHBOURS = _RELATIONS.replace(
    "{where}",
    "SELECT * FROM relation WHERE subject = :key"
    " UNION ALL SELECT * FROM relation WHERE object = :key AND subject <> :key",
)
EVERY_RELATION = _RELATIONS.replace("{where}", "SELECT * FROM relation")

_ASSERTIONS = """
SELECT a.id, s.id, p.name, o.id, c.id, a.sentence, a.polarity, a.certainty, a.experiencer, a.qualifiers,
    a.passage, a.start_at, a.end_at, a.record, a.extractor, a.confidence, a.access
FROM assertion a CROSS JOIN entity s ON s.key = a.subject CROSS JOIN entity o ON o.key = a.object
    CROSS JOIN source c ON c.key = a.source CROSS JOIN predicate p ON p.key = a.predicate
WHERE {where} AND s.type IS NOT NULL AND o.type IS NOT NULL
    AND (:groups IS NULL OR a.access IN (SELECT value FROM json_each(:groups)))
    AND (:object IS NULL OR o.id = :object) AND (:source IS NULL OR c.id = :source)
    AND (:predicate IS NULL OR p.name = :predicate)
ORDER BY a.confidence DESC, a.id, c.id LIMIT :limit OFFSET :offset
"""
STATED_OF_SUBJECT = _ASSERTIONS.replace("{where}", "a.subject = (SELECT key FROM entity WHERE id = :subject)")
STATED_OF_PAIR = _ASSERTIONS.replace(
    "{where}",
    "a.subject = (SELECT key FROM entity WHERE id = :subject) AND a.predicate IN (SELECT key FROM predicate)"
    " AND a.object = (SELECT key FROM entity WHERE id = :object)",
)
STATED_OF_OBJECT = _ASSERTIONS.replace(
    "{where}",
    "(a.subject, a.predicate, a.object) IN (SELECT subject, predicate, object FROM relation"
    " WHERE object = (SELECT key FROM entity WHERE id = :object))",
)
STATED_BY_SOURCE = _ASSERTIONS.replace("{where}", "a.source = (SELECT key FROM source WHERE id = :source)")

EVERY_ASSERTION = """
SELECT a.id, s.id, p.name, o.id, c.id, a.sentence, a.polarity, a.certainty, a.experiencer, a.qualifiers,
    a.passage, a.start_at, a.end_at, a.record, a.extractor, a.confidence, a.access
FROM assertion a CROSS JOIN entity s ON s.key = a.subject CROSS JOIN entity o ON o.key = a.object
    CROSS JOIN source c ON c.key = a.source CROSS JOIN predicate p ON p.key = a.predicate
"""

_MENTIONS = """
SELECT m.passage, e.id, m.start_at, m.end_at, m.surface, m.score, m.polarity, m.certainty, m.experiencer,
    m.tagger, m.reason
FROM mention m CROSS JOIN entity e ON e.key = m.entity
WHERE {where} AND e.type IS NOT NULL AND (:groups IS NULL OR m.access IN (SELECT value FROM json_each(:groups)))
    AND (:source IS NULL OR m.source = (SELECT key FROM source WHERE id = :source))
ORDER BY m.passage, m.start_at, m.end_at, e.id LIMIT :limit
"""
MENTIONS_OF_ENTITY = _MENTIONS.replace("{where}", "m.entity = (SELECT key FROM entity WHERE id = :entity)")
MENTIONS_BY_SOURCE = _MENTIONS.replace("{where}", "m.source = (SELECT key FROM source WHERE id = :source)")

EVERY_MENTION = """
SELECT s.id, m.passage, e.id, m.start_at, m.end_at, m.surface, m.score, m.polarity, m.certainty, m.experiencer,
    m.tagger, m.reason
FROM mention m CROSS JOIN entity e ON e.key = m.entity CROSS JOIN source s ON s.key = m.source
"""

PASSAGES = """
SELECT p.id, s.id, p.section, p.start_at, p.end_at, p.text, p.access
FROM passage p CROSS JOIN source s ON s.key = p.source
WHERE p.id = :id AND (:groups IS NULL OR p.access IN (SELECT value FROM json_each(:groups))) ORDER BY s.id LIMIT 1
"""
EVERY_PASSAGE = """
SELECT p.id, s.id, p.section, p.start_at, p.end_at, p.text, p.access
FROM passage p CROSS JOIN source s ON s.key = p.source
"""

CANDIDATES = 200
"""How many names the full-text search brings before they are compared."""


def sources(connection: sqlite3.Connection, *, id: str | None = None, kind: str | None = None) -> list[Source]:
    access = AccessSets(connection)
    return [source_of(row, access) for row in connection.execute(SOURCES, {"id": id, "kind": kind}).fetchall()]


def canonical(connection: sqlite3.Connection, id: str) -> str:
    """The canonical id of a mapped one; any other id itself."""
    row = connection.execute("SELECT canonical FROM canonical_id WHERE other = ?", (id,)).fetchone()
    return id if row is None else str(row[0])


def canonicals(connection: sqlite3.Connection, ids: Collection[str]) -> set[str]:
    """The canonical ids of mapped ones, and the other ids themselves."""
    mapped = dict(
        connection.execute(
            "SELECT other, canonical FROM canonical_id WHERE other IN (SELECT value FROM json_each(?))", (listed(ids),)
        )
    )
    return {mapped.get(id, id) for id in ids}


def visible_key(connection: sqlite3.Connection, id: str, groups: str | None) -> int:
    """The key of a canonical id that the reader may see; raises UnknownEntity."""
    row = connection.execute(VISIBLE_KEY, {"id": id, "groups": groups}).fetchone()
    if row is None:
        raise UnknownEntity(id)
    return int(row[0])


def entities(connection: sqlite3.Connection, ids: Collection[str], groups: str | None) -> dict[str, Entity]:
    """Entities by canonical id, each the merge of the declarations that the reader may see."""
    access = AccessSets(connection)
    declarations: dict[str, list[tuple[str, Entity]]] = {}
    for id, source, *columns in connection.execute(DECLARATIONS, {"ids": listed(ids), "groups": groups}).fetchall():
        declarations.setdefault(id, []).append((source, declared_of(tuple(columns), access)))
    return {id: merge(id, said) for id, said in declarations.items()}


def named(connection: sqlite3.Connection, norms: Collection[str], groups: str | None) -> dict[str, list[Entity]]:
    """See GraphStore.named."""
    rows = connection.execute(NAMED, {"norms": listed(set(norms)), "groups": groups, "type": None}).fetchall()
    known = entities(connection, {id for _, id, _ in rows}, groups)
    found: dict[str, list[Entity]] = {}
    for norm, id, _ in rows:
        found.setdefault(norm, []).append(known[id])
    return found


def find(
    connection: sqlite3.Connection, text: str, *, type: str | None, limit: int, groups: str | None
) -> list[NameMatch]:
    """See GraphStore.find_entities. A whole-name match scores 2, a full-text match the share of tokens in common."""
    norm = normalise(text)
    if not norm or limit <= 0:
        return []
    wanted = norm.split()
    rest = {"groups": groups, "type": type}
    best: dict[str, tuple[float, str]] = {}
    for _, id, name in connection.execute(NAMED, {"norms": listed([norm]), **rest}):
        best[id] = (2.0, name)
    for joint in (" ", " OR "):
        if len(best) >= limit or (joint == " OR " and len(wanted) == 1):
            break
        match = joint.join(f'"{token}"' for token in dict.fromkeys(wanted))
        for other, id, name in connection.execute(FULL_TEXT, {"match": match, "most": CANDIDATES, **rest}):
            score = _dice(wanted, other.split())
            if (-score, name) < (-best[id][0], best[id][1]) if id in best else True:
                best[id] = (score, name)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    known = entities(connection, [id for id, _ in ranked], groups)
    return [NameMatch(known[id], name, score) for id, (score, name) in ranked]


def relations(
    connection: sqlite3.Connection,
    statement: str,
    *,
    subjects: Collection[str] | None = None,
    objects: Collection[str] | None = None,
    key: int | None = None,
    type: str | None = None,
    predicates: Collection[str] | None = None,
    groups: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[Relation]:
    """Relations by one of the statements above, in the order of GraphStore.relations."""
    for row in connection.execute(
        statement,
        {
            "subjects": listed(subjects), "objects": listed(objects), "key": key, "type": type,
            "predicates": listed(predicates), "groups": groups, "limit": -1 if limit is None else limit,
            "offset": offset,
        },
    ):  # fmt: skip
        yield Relation(*row)


def steps(
    connection: sqlite3.Connection, trails: Collection[tuple[str, ...]], groups: str | None
) -> dict[frozenset[str], Relation]:
    """For each two nodes side by side in a path, the first relation between them that says more than no."""
    nodes = {id for trail in trails for id in trail}
    wanted = {frozenset(pair) for trail in trails for pair in pairwise(trail)}
    found: dict[frozenset[str], Relation] = {}
    for relation in relations(connection, OF_SUBJECTS, subjects=nodes, objects=nodes, groups=groups):
        pair = frozenset((relation.subject, relation.object))
        if relation.affirmed and pair in wanted:
            found.setdefault(pair, relation)
    return found


def assertions(connection: sqlite3.Connection, wanted: Mapping[str, object]) -> list[Assertion]:
    """See GraphStore.assertions; `wanted` are the parameters of the statements above."""
    if wanted["subject"] is not None:
        statement = STATED_OF_SUBJECT if wanted["object"] is None else STATED_OF_PAIR
    else:
        statement = STATED_BY_SOURCE if wanted["object"] is None else STATED_OF_OBJECT
    access = AccessSets(connection)
    return [assertion_of(row, access) for row in connection.execute(statement, wanted).fetchall()]


def passage(connection: sqlite3.Connection, id: str, groups: str | None) -> PassageNode | None:
    row = connection.execute(PASSAGES, {"id": id, "groups": groups}).fetchone()
    return None if row is None else passage_of(row, AccessSets(connection))


def mentions(
    connection: sqlite3.Connection, *, entity: str | None, source: str | None, groups: str | None, limit: int
) -> list[Mention]:
    """See GraphStore.mentions."""
    statement = MENTIONS_BY_SOURCE if entity is None else MENTIONS_OF_ENTITY
    wanted = {"entity": entity, "source": source, "groups": groups, "limit": limit}
    return [mention_of(row) for row in connection.execute(statement, wanted)]


def stats(connection: sqlite3.Connection) -> Stats:
    """See GraphStore.stats. What rests is not counted."""

    def count(statement: str) -> int:
        return int(connection.execute(statement).fetchone()[0])

    # The two lists of resting entities are short, and empty as a rule.
    by_predicate = dict(
        connection.execute(
            "SELECT p.name, count(*) FROM (SELECT DISTINCT subject, predicate, object FROM relation) r"
            " JOIN predicate p ON p.key = r.predicate"
            " WHERE r.subject NOT IN (SELECT key FROM entity WHERE type IS NULL)"
            " AND r.object NOT IN (SELECT key FROM entity WHERE type IS NULL) GROUP BY p.name ORDER BY p.name"
        )
    )
    by_type = dict(
        connection.execute("SELECT type, count(*) FROM entity WHERE type IS NOT NULL GROUP BY type ORDER BY type")
    )
    resting = count(
        "SELECT coalesce(sum(affirmed + negated), 0) FROM (SELECT * FROM relation WHERE subject IN"
        " (SELECT key FROM entity WHERE type IS NULL) UNION SELECT * FROM relation WHERE object IN"
        " (SELECT key FROM entity WHERE type IS NULL))"
    )
    return Stats(
        documents=count("SELECT count(*) FROM source WHERE kind = 'document'"),
        passages=count("SELECT count(*) FROM passage"),
        mentions=count("SELECT count(*) FROM mention")
        - count("SELECT count(*) FROM mention WHERE entity IN (SELECT key FROM entity WHERE type IS NULL)"),
        entities=sum(by_type.values()),
        assertions=count("SELECT count(*) FROM assertion") - resting,
        relations=sum(by_predicate.values()),
        sources=count("SELECT count(*) FROM source"),
        by_type=by_type,
        by_predicate=by_predicate,
    )


def fingerprint(connection: sqlite3.Connection) -> str:
    """See graph.fingerprint."""
    access = AccessSets(connection)
    total = Fingerprint()
    for source in sources(connection):
        total.source(source)
    for source, id, *columns in connection.execute(
        "SELECT d.source, e.id, d.declared, d.type, d.name, d.synonyms, d.xrefs, d.definition, d.access"
        " FROM declaration d CROSS JOIN entity e ON e.key = d.entity"
    ):
        total.declaration(source, id, declared_of(tuple(columns), access))
    for row in connection.execute(EVERY_PASSAGE):
        total.passage(passage_of(row, access))
    for source, *columns in connection.execute(EVERY_MENTION):
        total.mention(source, mention_of(tuple(columns)))
    for row in connection.execute(EVERY_ASSERTION):
        total.assertion(assertion_of(row, access))
    for row in connection.execute("SELECT source, other, canonical FROM mapping"):
        total.mapping(*row)
    for relation in relations(connection, EVERY_RELATION):
        total.relation(relation)
    return total.hexdigest()


def _dice(one: list[str], other: list[str]) -> float:
    """Twice the tokens in common over all tokens (Dice, 1945), counting repetitions."""
    left = list(other)
    common = 0
    for token in one:
        if token in left:
            left.remove(token)
            common += 1
    return 2 * common / (len(one) + len(other))
