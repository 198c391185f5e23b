"""The Cypher statements that read. `layout` draws what they read."""

from __future__ import annotations

from collections.abc import Collection

from graph.neo4j.layout import NAMES_INDEX, edge_types, seen, type_labels
from graph.schema import ENTITY_TYPES, PREDICATES

SOURCES = "MATCH (s:Source) WHERE $kind IS NULL OR s.kind = $kind RETURN properties(s) ORDER BY s.id"
SOURCE = "MATCH (s:Source {id: $id}) RETURN properties(s)"

# Where all declarations have the same labels (`mixed` is not set), who may see one may see their merge.
_ENTITY = f"""
WITH *, e.mixed IS NOT NULL AND $access IS NOT NULL AS part
CALL (e, part) {{
  WITH * WHERE part
  MATCH (s:Source)-[d:DECLARES]->(e)
  WHERE {seen("d")}
  RETURN collect([s.id, s.kind, properties(d)]) AS declared
}}
"""
_LIVING = f"NOT e:Resting AND {seen('e')}"

ENTITIES = f"""
UNWIND $ids AS id
MATCH (e:Entity {{id: id}})
WHERE {_LIVING}
{_ENTITY}
RETURN properties(e), part, declared
"""
VISIBLE = f"MATCH (e:Entity {{id: $id}}) WHERE {_LIVING} RETURN e.id"
NAMED = f"""
UNWIND $names AS norm
MATCH (:Name {{norm: norm}})-[:NAMES]->(e:Entity)
WHERE {_LIVING}
{_ENTITY}
RETURN norm, properties(e), part, declared
"""
SEARCH = f"""
CALL db.index.fulltext.queryNodes('{NAMES_INDEX}', $text) YIELD node AS e, score
WHERE {_LIVING} AND ($type IS NULL OR e.type = $type)
WITH e, score ORDER BY score DESC, e.id LIMIT $limit
{_ENTITY}
RETURN score, properties(e), part, declared
"""
NAMES = """
MATCH (s:Source)-[d:DECLARES]->(e:Entity)
WHERE ($curated_only = false OR s.kind = 'curated') AND e.type <> 'Patient'
  AND ($curated_only = false OR coalesce(e.curated_type, '') <> 'Patient')
UNWIND range(0, size(d.names) - 1) AS i
RETURN DISTINCT d.names[i] AS text, d.name_languages[i] AS language, e.id AS id,
  CASE WHEN $curated_only THEN coalesce(e.curated_type, e.type) ELSE e.type END AS type
ORDER BY text, language, id, type
"""

# A reader's relation is the sum over the edges he may see. Where assertions of one triple differ in their labels
# (`split`), one source may count in several edges: then the sources are counted again from the assertions.
_RELATION = f"""
WITH s, o, type(r) AS edge, head(collect(r.triple)) AS triple, sum(r.affirmed) AS affirmed, sum(r.negated) AS negated,
  sum(r.sources) AS summed, max(r.confidence) AS confidence, count(r) AS parts
CALL (s, o, edge, triple, parts) {{
  WITH * WHERE parts > 1
  MATCH (a:Assertion {{triple: triple}})
  WHERE a.subject = s.id AND a.object = o.id AND toUpper(a.predicate) = edge AND NOT a:Resting AND {seen("a")}
    AND (s <> o OR coalesce(a.stated_subject, a.subject) = coalesce(a.stated_object, a.object))
  RETURN count(DISTINCT a.source) AS counted
}}
RETURN s.id AS subject, toLower(edge) AS predicate, o.id AS object, affirmed, negated,
  CASE WHEN parts > 1 THEN counted ELSE summed END AS sources, confidence
"""
_BEST_FIRST = "ORDER BY sources DESC, confidence DESC, affirmed DESC, subject, predicate, object"


def relations(predicates: Collection[str] | None, *, subjects: bool, objects: bool) -> str:
    """Relations of the given `$subjects` and `$objects`, best first."""
    end, ids = ("s", "$subjects") if subjects else ("o", "$objects")
    # With both ends given the edges of the subjects are read: every pair of a subject and an object would be worse.
    other = " AND o.id IN $objects" if subjects and objects else ""
    return (
        f"UNWIND {ids} AS id MATCH ({end}:Entity {{id: id}})\nMATCH (s)-[r:{edge_types(predicates)}]->(o:Entity)\n"
        f"WHERE {seen('r')}{other}\n{_RELATION}{_BEST_FIRST}\nSKIP $offset LIMIT $limit"
    )


def neighbours(predicates: Collection[str] | None) -> str:
    """Relations of `$id` in both directions, best first; an edge from an entity to itself counts once."""
    return f"""
MATCH (e:Entity {{id: $id}})-[r:{edge_types(predicates)}]-(other:Entity)
WHERE {seen("r")} AND ($type IS NULL OR other.type = $type)
WITH DISTINCT r
WITH startNode(r) AS s, endNode(r) AS o, r
{_RELATION}{_BEST_FIRST}
SKIP $offset LIMIT $limit
"""


_A_PAGE = """
WITH a ORDER BY a.confidence DESC, a.id SKIP $offset LIMIT $limit
RETURN properties(a) AS stated
"""


def assertions(*, subject: bool, object: bool, predicate: bool) -> str:
    """Assertions that match what is given, most confident first.

    With both entities the triple's index finds them; else the edges of the one entity, or of the source.
    """
    if subject and object:
        start = "UNWIND $triples AS triple MATCH (a:Assertion {triple: triple})"
    elif subject or object:
        start = f"MATCH (:Entity {{id: $entity}})<-[:{'SUBJECT' if subject else 'OBJECT'}]-(a:Assertion)"
    else:
        start = "MATCH (:Source {id: $source})<-[:STATED_IN]-(a:Assertion)"
    wanted = ["NOT a:Resting", seen("a"), "($source IS NULL OR a.source = $source)"]
    wanted += ["a.subject = $subject"] * subject + ["a.object = $object"] * object
    wanted += ["a.predicate = $predicate"] * predicate
    return f"{start}\nWHERE {' AND '.join(wanted)}{_A_PAGE}"


def statements(predicates: Collection[str]) -> str:
    """Assertions of `$subjects` to `$objects`, found by their edges."""
    return f"""
UNWIND $subjects AS id
MATCH (:Entity {{id: id}})-[r:{edge_types(predicates)}]->(o:Entity)
WHERE {seen("r")} AND ($objects IS NULL OR o.id IN $objects)
WITH DISTINCT r.triple AS triple
MATCH (a:Assertion {{triple: triple}})
WHERE NOT a:Resting AND {seen("a")}
RETURN properties(a) AS stated ORDER BY a.subject, a.predicate, a.object, a.confidence DESC, a.id
"""


STATED_BY = f"""
MATCH (a:Assertion) WHERE a.predicate IN $predicates AND NOT a:Resting AND {seen("a")}
RETURN properties(a) AS stated
"""
STARS = f"""
MATCH (source:Source {{kind: 'curated'}})<-[:STATED_IN]-(a:Assertion)
WHERE a.predicate IN $predicates AND a.polarity = 'affirmed' AND NOT a:Resting AND a.subject <> a.object AND {seen("a")}
WITH a.subject AS subject, a.predicate AS predicate, collect(DISTINCT a.object) AS objects
MATCH (s:Entity {{id: subject}})
UNWIND objects AS object
MATCH (o:Entity {{id: object}})
WITH subject, s.type AS type, predicate, o.type AS object_type, object ORDER BY object
RETURN subject, type, predicate, object_type, collect(object) AS objects ORDER BY subject, predicate, object_type
"""


def counting(statement: str) -> str:
    """How many rows one of these statements gives; `$limit` and `$offset` are to let all through."""
    if statement.endswith(_A_PAGE):  # neither in order nor with their texts
        return f"{statement.removesuffix(_A_PAGE)}\nRETURN count(*)"
    return f"CALL () {{\n{statement}\n}}\nRETURN count(*)"


PASSAGE = f"MATCH (p:Passage {{id: $id}}) WHERE {seen('p')} RETURN properties(p)"


def mentions(*, entity: bool, source: bool) -> str:
    """Mentions of an entity, in a document, or both; of what was stated at one place of one entity the first."""
    document = "(:Source {id: $source})-[:HAS_PASSAGE]->" if source else ""
    return f"""
MATCH {document}(p:Passage)-[m:MENTIONS]->(e:Entity{" {id: $entity}" if entity else ""})
WHERE NOT e:Resting AND {seen("p")} AND (m.stated IS NULL OR NOT EXISTS {{
  MATCH (p)-[n:MENTIONS]->(e)
  WHERE n.start = m.start AND n.end = m.end AND (n.stated IS NULL OR n.stated < m.stated)
}})
WITH p.id AS passage, e.id AS entity, m ORDER BY passage, m.start, m.end, entity LIMIT $limit
RETURN passage, entity, properties(m)
"""


MERGED = """
MATCH (m:Mapping {end: $id}) RETURN properties(m) ORDER BY m.other, m.canonical, m.source
"""
MATCHES = "MATCH (m:Mapping) RETURN properties(m) ORDER BY m.other, m.canonical, m.source"
REFUSED = """
MATCH (m:Mapping) WHERE m.refused IS NOT NULL RETURN properties(m) ORDER BY m.other, m.canonical, m.source
"""
WAITING = "MATCH (:Assertion&Resting) RETURN count(*)"
WAITED_FOR = """
MATCH (e:Entity&Resting) WHERE EXISTS { MATCH (e)<-[:SUBJECT|OBJECT]-(:Assertion) }
RETURN e.id ORDER BY e.id LIMIT $limit
"""

COUNTS = """
CALL () { MATCH (:Document) RETURN count(*) AS documents }
CALL () { MATCH (:Source) RETURN count(*) AS sources }
CALL () { MATCH (:Passage) RETURN count(*) AS passages }
CALL () { MATCH ()-[m:MENTIONS]->() RETURN count(*) AS mentions }
CALL () { MATCH ()-[m:MENTIONS]->(:Resting) RETURN count(*) AS resting_mentions }
CALL () { MATCH (:Assertion) RETURN count(*) AS assertions }
CALL () { MATCH (:Assertion&Resting) RETURN count(*) AS resting_assertions }
RETURN documents, sources, passages, mentions - resting_mentions AS mentions,
  assertions - resting_assertions AS assertions
"""
STATED_COUNTS = """
MATCH (s:Dataset)
CALL (s) {
  MATCH (s)<-[:STATED_IN]-(a:Assertion)
  WHERE NOT a:Resting
  RETURN a.predicate AS predicate, count(*) AS number
}
RETURN s.id, predicate, number ORDER BY s.id, predicate
"""
COUNT_TYPES = " UNION ALL ".join(
    f"MATCH (n:{type_labels([name])}) RETURN '{name}' AS name, count(n) AS number" for name in ENTITY_TYPES
)
COUNT_EDGES = " UNION ALL ".join(
    f"MATCH ()-[r:{edge_types([name])}]->() RETURN '{name}' AS name, count(r) AS number" for name in PREDICATES
)
"""Counts that Neo4j keeps, so nothing is read for them."""
COUNT_SPLIT = f"""
MATCH (s:Entity)-[r:{edge_types()}]->(o:Entity)
WHERE r.split
WITH s, o, type(r) AS edge, count(r) AS parts
RETURN toLower(edge), sum(parts - 1)
"""


def steps(predicates: Collection[str] | None) -> str:
    """What lies beside each of `$ids`."""
    return f"""
UNWIND $ids AS id
MATCH (e:Entity {{id: id}})-[r:{edge_types(predicates)}]-(other:Entity)
WHERE r.affirmed > 0 AND {seen("r")}
RETURN id, collect(DISTINCT other.id)
"""


DEGREES = f"""
UNWIND $ids AS id
MATCH (e:Entity {{id: id}})
RETURN id, COUNT {{ MATCH (e)-[r:{edge_types()}]-(other) WHERE other <> e AND r.affirmed > 0 AND {seen("r")} }}
"""
CLOSED = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE e:Patient OR e.type = 'Patient' OR ($types IS NOT NULL AND NOT e.type IN $types) OR e.id IN $avoiding
RETURN e.id
"""
"""Nodes that no path passes: patients, and what the reader keeps out."""


def leap(predicates: Collection[str] | None) -> str:
    """How long the shortest path is."""
    return f"""
MATCH (s:Entity {{id: $start}}) MATCH (e:Entity {{id: $end}})
MATCH path = shortestPath((s)-[:{edge_types(predicates)}*..15]-(e))
WHERE all(r IN relationships(path) WHERE r.affirmed > 0 AND {seen("r")})
RETURN length(path)
"""


# what the fingerprint reads: everything, in no order

ALL_SOURCES = "MATCH (s:Source) RETURN properties(s)"
ALL_DECLARATIONS = "MATCH (s:Source)-[d:DECLARES]->(e:Entity) RETURN s.id, e.id, properties(d)"
ALL_PASSAGES = "MATCH (p:Passage) RETURN properties(p)"
ALL_MENTIONS = "MATCH (p:Passage)-[m:MENTIONS]->(e:Entity) RETURN p.document, p.id, e.id, properties(m)"
ALL_ASSERTIONS = "MATCH (a:Assertion) RETURN properties(a)"
ALL_RELATIONS = f"""
MATCH (s:Entity)
CALL (s) {{
  MATCH (s)-[r:{edge_types()}]->(o:Entity)
  {_RELATION}
}}
RETURN subject, predicate, object, affirmed, negated, sources, confidence
"""
ALL_MAPPINGS = "MATCH (m:Mapping) RETURN m.source, m.other, m.canonical, m.confidence, m.justification"
