"""The Cypher statements that write, and what they read on the way. `layout` draws what they write."""

from __future__ import annotations

from graph.neo4j.layout import edge_types, placed, type_labels
from graph.schema import ENTITY_TYPES

# sources

PUT_SOURCES = """
UNWIND $rows AS row
MERGE (s:Source {id: row.id})
WITH s, row, s.kind AS before
SET s = row
REMOVE s:Document:Dataset
FOREACH (x IN CASE row.kind WHEN 'document' THEN [1] ELSE [] END | SET s:Document)
FOREACH (x IN CASE row.kind WHEN 'curated' THEN [1] ELSE [] END | SET s:Dataset)
RETURN row.id, before
"""
LOCK_SOURCES = "UNWIND $ids AS id MATCH (s:Source {id: id}) SET s.id = id RETURN s.id, s.kind"
DELETE_SOURCES = "UNWIND $ids AS id MATCH (s:Source {id: id}) DETACH DELETE s"

# What a source said: read first, so that all entities it touches can be locked in order before anything changes.
SAID_ASSERTIONS = """
UNWIND $ids AS id
MATCH (:Source {id: id})<-[:STATED_IN]-(a:Assertion)
RETURN DISTINCT a.triple, a.subject, a.predicate, a.object
"""
# A part of them, where they are more than one transaction can hold.
SAID_PART = """
MATCH (:Source {id: $source})<-[:STATED_IN]-(a:Assertion)
WITH a LIMIT $limit
RETURN a.id, elementId(a), a.triple, a.subject, a.predicate, a.object
"""
SAID_MENTIONS = """
UNWIND $ids AS id
MATCH (:Source {id: id})-[:HAS_PASSAGE]->(:Passage)-[:MENTIONS]->(e:Entity)
RETURN DISTINCT e.id
"""
SAID_DECLARATIONS = """
UNWIND $ids AS id
MATCH (s:Source {id: id})-[d:DECLARES]->(e:Entity)
RETURN e.id, s.id, s.kind, properties(d)
"""
DELETE_SAID = (
    "UNWIND $ids AS id MATCH (:Source {id: id})<-[:STATED_IN]-(a:Assertion) DETACH DELETE a",
    "UNWIND $ids AS id MATCH (:Source {id: id})-[:HAS_PASSAGE]->(p:Passage) DETACH DELETE p",
)
DELETE_MAPPINGS = "MATCH (m:Mapping) WHERE m.source IN $ids DELETE m RETURN count(*)"

# entities

# A write that changes nothing, for the sake of its lock: until the transaction ends no other writer derives anything
# of these entities. Ids come sorted, so two writers meet in the same order and wait instead of deadlocking.
LOCK_ENTITIES = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
SET e:Entity
RETURN e.id, NOT e:Resting
"""
# What nobody declares yet, but something names.
MAKE_RESTING = """
UNWIND $ids AS id
MERGE (e:Entity {id: id})
ON CREATE SET e.name = id, e:Resting
RETURN e.id, NOT e:Resting
"""
MAKE_ENTITIES = "UNWIND $ids AS id MERGE (e:Entity {id: id}) SET e:Entity"
DECLARATIONS = """
UNWIND $ids AS id
MATCH (s:Source)-[d:DECLARES]->(:Entity {id: id})
RETURN id, s.id, s.kind, properties(d)
"""
# Rows [entity, document, declaration]: those that a document with a smaller id makes too. A common entity is declared
# by most documents there are; the search ends with the first found, which is one of the first few looked at.
TWINS = """
UNWIND range(0, size($rows) - 1) AS place
WITH place, $rows[place] AS row
MATCH (e:Entity {id: row[0]})
WHERE EXISTS {
  MATCH (e)<-[d:DECLARES]-(s:Document)
  WHERE s.id < row[1] AND properties(d) = row[2] AND NOT s.id IN $gone
}
RETURN place
"""
UNDECLARE = """
UNWIND $rows AS row
MATCH (e:Entity {id: row[0]})<-[d:DECLARES {declared: row[2]}]-(s:Source {id: row[1]})
DELETE d
"""
DECLARE = """
UNWIND $rows AS row
MATCH (e:Entity {id: row[0]}) MATCH (s:Source {id: row[1]})
CREATE (s)-[d:DECLARES]->(e) SET d = row[2]
"""


def shape_entities(type: str, *, changed: bool) -> str:
    """Write entities of one type as their declarations make them; `changed`: they may bear another type's label."""
    others = [name for name in ENTITY_TYPES if name != type]
    relabel = f"REMOVE e:Resting:{type_labels(others)}\n" if changed else ""
    return f"UNWIND $rows AS row\nMATCH (e:Entity {{id: row.id}})\nSET e = row\n{relabel}SET e:{type_labels([type])}"


REST_ENTITIES = f"""
UNWIND $ids AS id
MATCH (e:Entity {{id: id}})
SET e = {{id: id, name: id}}
SET e:Resting
REMOVE e:{type_labels(ENTITY_TYPES)}
WITH e
CALL (e) {{ MATCH (e)-[r:{edge_types()}]-() DELETE r }}
"""
REST_ASSERTIONS = """
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[:SUBJECT|OBJECT]-(a:Assertion)
SET a:Resting
"""
WAKE_ASSERTIONS = """
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[:SUBJECT|OBJECT]-(a:Assertion)
MATCH (a)-[:SUBJECT]->(s) MATCH (a)-[:OBJECT]->(o)
WHERE NOT s:Resting AND NOT o:Resting
REMOVE a:Resting
RETURN DISTINCT a.triple, a.subject, a.predicate, a.object
"""
RECAPTION = """
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[:SUBJECT|OBJECT]-(a:Assertion)
WITH DISTINCT a
MATCH (a)-[:SUBJECT]->(s) MATCH (a)-[:OBJECT]->(o)
SET a.caption = s.name + $phrases[a.predicate] + o.name + $suffixes[a.polarity]
"""
# What nothing will name any more once the sources `$gone` and the assertions `$outdated` are away. The element ids are
# kept, for the nodes are deleted last and without an index: after a node is deleted, every look-up in any index within
# the same transaction copies the set of all deleted nodes, so deleting first made the rest quadratic.
FORGOTTEN_ENTITIES = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE e:Resting
  AND NOT EXISTS {
    MATCH (e)<-[:SUBJECT|OBJECT]-(a:Assertion) WHERE NOT a.source IN $gone AND NOT a.id IN $outdated
  }
  AND NOT EXISTS { MATCH (e)<-[:MENTIONS]-(p:Passage) WHERE NOT p.document IN $gone }
RETURN elementId(e)
"""
PREDICATES_OF = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})<-[:SUBJECT|OBJECT]-(a:Assertion)
RETURN DISTINCT a.predicate
"""
DELETE_NODES = "UNWIND $nodes AS node MATCH (n) WHERE elementId(n) = node DETACH DELETE n"

# names

ADD_NAMES = """
UNWIND $rows AS row
MERGE (n:Name {norm: row[0]})
WITH n, row
UNWIND row[1] AS id
MATCH (e:Entity {id: id})
CREATE (n)-[:NAMES]->(e)
"""
DROP_NAMES = "UNWIND $rows AS row MATCH (:Name {norm: row[0]})-[r:NAMES]->(:Entity {id: row[1]}) DELETE r"
FORGOTTEN_NAMES = """
UNWIND $norms AS norm
MATCH (n:Name {norm: norm})
SET n:Name
WITH n WHERE NOT (n)-[:NAMES]->()
RETURN elementId(n)
"""
LOCK_GRAPH = "MATCH (g:Graph {id: 'medgraph'}) SET g.id = 'medgraph' RETURN g.names"
SET_NAMES_VERSION = "MATCH (g:Graph {id: 'medgraph'}) SET g.names = $names"
NAMES_VERSION = "MATCH (g:Graph {id: 'medgraph'}) RETURN g.names"

# passages, mentions, assertions

PUT_PASSAGES = """
UNWIND $rows AS row
MATCH (d:Source {id: row.document})
CREATE (d)-[:HAS_PASSAGE]->(p:Passage)
SET p = row
"""
PUT_MENTIONS = """
UNWIND $rows AS row
MATCH (p:Passage {id: row[0]}) MATCH (e:Entity {id: row[1]})
CREATE (p)-[m:MENTIONS]->(e) SET m = row[2]
"""
KNOWN_ASSERTIONS = "UNWIND $ids AS id MATCH (a:Assertion {id: id}) RETURN elementId(a), properties(a)"
KNOWN_TRIPLES = "UNWIND $triples AS t WITH t WHERE EXISTS { MATCH (:Assertion {triple: t}) } RETURN t"


def put_assertions(*, in_passage: bool, resting: bool) -> str:
    """Create assertions that are not there yet; `resting`: an entity that they name is not declared.

    What made this quick: each distinct entity is looked up once and rows then name it by its place in `es`, which
    doubled the speed of a look-up by id for every row; and what many rows share (source, predicate, access …) is
    sent once, in `words` and `accesses`, and named by its place too.
    """
    carried = ("ss", "ps") if in_passage else ("ss",)
    return f"""
{placed("Source", "$sources")}WITH collect(n) AS ss
{placed("Passage", "$passages", "ss") + "WITH ss, collect(n) AS ps" if in_passage else ""}
{placed("Entity", "$entities", *carried)}WITH {", ".join(carried)}, collect(n) AS es
UNWIND $rows AS r
WITH ss[r[0]] AS source, es[r[1]] AS s, es[r[2]] AS o, r{", ps[r[19]] AS p" if in_passage else ""}
CREATE (a:Assertion{":Resting" if resting else ""} {{
  id: r[3], triple: r[4], subject: s.id, object: o.id, source: source.id, predicate: $words[r[5]],
  polarity: $words[r[6]], certainty: $words[r[7]], experiencer: $words[r[8]], extractor: $words[r[9]],
  caption: s.name + $words[r[10]] + o.name + $words[r[11]], access: $accesses[r[12]], confidence: r[13],
  sentence: r[14], record: r[15], qualifiers: r[16], start: r[17], end: r[18],
  passage: {"p.id" if in_passage else "r[19]"}, stated_subject: r[20], stated_object: r[21]
}})
CREATE (a)-[:SUBJECT]->(s)
CREATE (a)-[:OBJECT]->(o)
CREATE (a)-[:STATED_IN]->(source)
{"CREATE (a)-[:STATED_IN]->(p)" if in_passage else ""}
"""


# derived edges

AGGREGATE = """
UNWIND $triples AS t
MATCH (a:Assertion {triple: t[0]})
WHERE a.subject = t[1] AND a.predicate = t[2] AND a.object = t[3] AND NOT a:Resting
  AND NOT a.source IN $gone AND NOT a.id IN $outdated
  AND (a.subject <> a.object OR coalesce(a.stated_subject, a.subject) = coalesce(a.stated_object, a.object))
WITH t, a.access AS access, collect(DISTINCT a.source) AS sources, max(a.confidence) AS confidence,
  sum(CASE a.polarity WHEN 'affirmed' THEN 1 ELSE 0 END) AS affirmed,
  sum(CASE a.polarity WHEN 'negated' THEN 1 ELSE 0 END) AS negated
RETURN t, collect([
  affirmed, negated, size([source IN sources WHERE NOT source IN $writing]), confidence, access,
  [source IN sources WHERE source IN $writing]
])
"""


def drop_edges(predicate: str) -> str:
    """Delete the derived edges of these (subject, object)."""
    return (
        "UNWIND $rows AS row MATCH (s:Entity {id: row[0]}) MATCH (o:Entity {id: row[1]})"
        f" MATCH (s)-[r:{edge_types([predicate])}]->(o) DELETE r"
    )


def put_edges(predicate: str) -> str:
    """Create derived edges: rows of place of subject, place of object, triple, one list for each set of labels."""
    return f"""
{placed("Entity", "$entities")}WITH collect(n) AS es
UNWIND $rows AS r
WITH es[r[0]] AS s, es[r[1]] AS o, r
UNWIND r[3] AS g
CREATE (s)-[:{edge_types([predicate])} {{
  affirmed: g[0], negated: g[1], sources: g[2], confidence: g[3], access: $accesses[g[4]],
  triple: r[2], split: CASE WHEN size(r[3]) > 1 THEN true END
}}]->(o)
"""


# mappings

PUT_MAPPINGS = """
UNWIND $rows AS row
MERGE (m:Mapping {other: row[0], canonical: row[1], source: $source})
ON CREATE SET m.name = row[0] + ' = ' + row[1]
SET m.confidence = row[2], m.justification = row[3]
"""
KNOWN_MAPPINGS = """
UNWIND $others AS other
MATCH (m:Mapping {other: other})
RETURN properties(m)
"""
ENDS = "MATCH (m:Mapping) WHERE m.end IS NOT NULL RETURN DISTINCT m.other, m.end"
MAPPINGS_VERSION = "MATCH (g:Graph {id: 'medgraph'}) RETURN g.mappings"
SET_MAPPINGS_VERSION = "MATCH (g:Graph {id: 'medgraph'}) SET g.mappings = randomUUID() RETURN g.mappings"
SAID_MAPPINGS = "MATCH (m:Mapping) WHERE m.source IN $ids RETURN m.other, m.canonical"
SAID_MAPPINGS_PART = "MATCH (m:Mapping {source: $source}) RETURN m.other, m.canonical LIMIT $limit"
DELETE_MAPPINGS = "MATCH (m:Mapping) WHERE m.source IN $ids DELETE m"
DELETE_MAPPINGS_PART = """
UNWIND $rows AS row
MATCH (m:Mapping {source: $source, other: row[0], canonical: row[1]})
DELETE m
"""
# Those of these ids that some mapping names.
LINKED = """
UNWIND $ids AS id
WITH id WHERE EXISTS { MATCH (m:Mapping) WHERE m.other = id } OR EXISTS { MATCH (m:Mapping) WHERE m.canonical = id }
RETURN id
"""
REFUSED_IDS = "MATCH (m:Mapping) WHERE m.refused IS NOT NULL RETURN DISTINCT m.other"
NEAR_MAPPINGS = """
UNWIND $ids AS id
CALL (id) {
  MATCH (m:Mapping) WHERE m.other = id RETURN m
  UNION
  MATCH (m:Mapping) WHERE m.canonical = id RETURN m
}
RETURN DISTINCT elementId(m), properties(m)
"""
# Of rows [source, entity, ids]: whether the source declares this entity by another id of one of their prefixes.
BESIDE = """
UNWIND range(0, size($rows) - 1) AS place
WITH place, $rows[place] AS row
MATCH (:Source {id: row[0]})-[d:DECLARES]->(:Entity {id: row[1]})
WHERE NOT d.declared IN row[2] AND any(id IN row[2] WHERE split(id, ':')[0] = split(d.declared, ':')[0])
RETURN DISTINCT place
"""
LIVE = """
UNWIND $ids AS id
MATCH (s:Dataset)-[d:DECLARES]->(:Entity) WHERE d.declared = id
RETURN s.id, id
"""
SET_ENDS = """
UNWIND $rows AS row
MATCH (m:Mapping) WHERE elementId(m) = row[0]
SET m.end = row[1], m.refused = row[2]
"""
# What was stated with these ids, which stand for another entity from now on: rows [former entity, ids].
MOVING_ASSERTIONS = """
UNWIND $rows AS row
MATCH (:Entity {id: row[0]})<-[r:SUBJECT|OBJECT]-(a:Assertion)
WHERE NOT a.source IN $gone AND CASE type(r)
    WHEN 'SUBJECT' THEN coalesce(a.stated_subject, a.subject) ELSE coalesce(a.stated_object, a.object)
  END IN row[1]
WITH DISTINCT a
RETURN elementId(a), properties(a), EXISTS { MATCH (a)-[:STATED_IN]->(:Passage) }
"""
MOVING_DECLARATIONS = """
UNWIND $ids AS id
MATCH (s:Source)-[d:DECLARES]->(e:Entity)
WHERE d.declared = id AND NOT s.id IN $gone
RETURN e.id, s.id, s.kind, properties(d)
"""
# Rows [former entity, present entity, ids that stood for the one and stand for the other].
MOVE_MENTIONS = """
UNWIND $rows AS row
MATCH (e:Entity {id: row[0]})<-[m:MENTIONS]-(p:Passage)
WITH row, m, p, coalesce(m.stated, row[0]) AS stated
WHERE stated IN row[2] AND NOT p.document IN $gone
MATCH (n:Entity {id: row[1]})
CREATE (p)-[o:MENTIONS]->(n)
SET o = properties(m), o.stated = CASE stated WHEN row[1] THEN null ELSE stated END
DELETE m
"""
