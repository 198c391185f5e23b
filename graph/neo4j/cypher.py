"""Every Cypher statement of the project.

Values are parameters, always. Neo4j takes no parameter where a label or a relationship type stands, so these few come
from the closed lists of `schema`, and from nowhere else (`_edges`, `_types`).

    (:Source:Document | :Source:Dataset)-[:DECLARES]->(:Entity:<Type>)     what one source says an entity is
    (:Document)-[:HAS_PASSAGE]->(:Passage)-[:MENTIONS]->(:Entity)
    (:Assertion)-[:SUBJECT|OBJECT]->(:Entity)
    (:Assertion)-[:STATED_IN]->(:Source), and where it was read in a text also -[:STATED_IN]->(:Passage)
    (:Entity)-[:<PREDICATE> {affirmed, negated, sources, confidence, access}]->(:Entity)   derived, one for each access
    (:Name {norm})-[:NAMES]->(:Entity)                                     derived, what `named` looks up
    (:Mapping {source, other, canonical})  (:Graph)                        bookkeeping

What bears the label `Resting` is unseen: an entity that no source declares any more but statements still name, and
those assertions; they have no derived edge, and wake when the entity is declared again. `triple` is a hash of (subject,
predicate, object): a number of 64 bits is a smaller and quicker index key than three strings, and every use of it
compares the three as well.
"""

from __future__ import annotations

from collections.abc import Collection

from graph.schema import ENTITY_TYPES, PREDICATES, check_predicate, check_type

LAYOUT = 2
"""Kept in the Graph node; another number means that another version wrote the database."""

NAMES_INDEX = "entity_names"

LAY_OUT = (
    "CREATE CONSTRAINT graph_id IF NOT EXISTS FOR (n:Graph) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT passage_id IF NOT EXISTS FOR (n:Passage) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT assertion_id IF NOT EXISTS FOR (n:Assertion) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT name_norm IF NOT EXISTS FOR (n:Name) REQUIRE n.norm IS UNIQUE",
    "CREATE CONSTRAINT mapping_key IF NOT EXISTS FOR (n:Mapping) REQUIRE (n.other, n.canonical, n.source) IS UNIQUE",
    "CREATE INDEX mapping_source IF NOT EXISTS FOR (n:Mapping) ON (n.source)",
    "CREATE INDEX assertion_triple IF NOT EXISTS FOR (n:Assertion) ON (n.triple)",
    # Ids as declared, for the check that a mapping comes before what it merges.
    "CREATE INDEX declared_id IF NOT EXISTS FOR ()-[d:DECLARES]-() ON (d.declared)",
    # `cjk` cuts Chinese into overlapping pairs of characters and other scripts into lower-cased words; `norms` adds
    # what `names.normalise` folds and an analyzer does not: plurals, Greek letters, traditional characters.
    f"CREATE FULLTEXT INDEX {NAMES_INDEX} IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.synonyms, n.norms]"
    " OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}",
    "CALL db.awaitIndexes(300)",
)

FIND_GRAPH = "MATCH (g:Graph {id: 'medgraph'}) RETURN g.layout"
OPEN_GRAPH = """
MERGE (g:Graph {id: 'medgraph'})
ON CREATE SET g.layout = $layout, g.name = 'medgraph', g.version = randomUUID()
RETURN g.layout
"""
RENEW_VERSION = "MATCH (g:Graph {id: 'medgraph'}) SET g.version = randomUUID()"
VERSION = "MATCH (g:Graph {id: 'medgraph'}) RETURN g.version"
COMPONENTS = "CALL dbms.components() YIELD name, versions, edition RETURN name, versions[0], edition"


def _edges(predicates: Collection[str] | None = None) -> str:
    """Relationship types for a pattern; all of the schema's where None are named. Raises SchemaViolation."""
    names = PREDICATES if predicates is None else sorted({check_predicate(name) for name in predicates})
    return "|".join(PREDICATES[name].edge for name in names)


def _types(names: Collection[str]) -> str:
    return ":".join(ENTITY_TYPES[check_type(name)].label for name in names)


def _seen(thing: str) -> str:
    """The condition that the reader may see `thing`."""
    return f"($access IS NULL OR any(label IN {thing}.access WHERE label IN $access))"


def _placed(label: str, ids: str, *carried: str) -> str:
    """Bind `n` to the nodes of these ids in the order of the ids, so that rows can name a node by its place."""
    return (
        f"UNWIND range(0, size({ids}) - 1) AS place MATCH (n:{label} {{id: {ids}[place]}})\n"
        f"WITH {', '.join((*carried, 'n', 'place'))} ORDER BY place\n"
    )


# from layout 1, which took a source with a colon in its id for a document, whatever its kind

MISPLACED = """
MATCH (s:Source)-[:DECLARES]->(e:Entity)
WHERE (s.kind = 'document') <> (s.id CONTAINS ':')
RETURN DISTINCT e.id ORDER BY e.id
"""
SET_LAYOUT = "MATCH (g:Graph {id: 'medgraph'}) SET g.layout = $layout, g.version = randomUUID()"

# writing: sources

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

# writing: entities

# A write that changes nothing, for the sake of its lock: until the transaction ends no other writer derives anything
# of these entities. Ids come sorted, so two writers meet in the same order and wait instead of deadlocking.
LOCK_ENTITIES = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
SET e:Entity
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
    relabel = f"REMOVE e:Resting:{_types(others)}\n" if changed else ""
    return f"UNWIND $rows AS row\nMATCH (e:Entity {{id: row.id}})\nSET e = row\n{relabel}SET e:{_types([type])}"


REST_ENTITIES = f"""
UNWIND $ids AS id
MATCH (e:Entity {{id: id}})
SET e = {{id: id, name: id}}
SET e:Resting
REMOVE e:{_types(ENTITY_TYPES)}
WITH e
CALL (e) {{ MATCH (e)-[r:{_edges()}]-() DELETE r }}
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
DELETE_NODES = "UNWIND $nodes AS node MATCH (n) WHERE elementId(n) = node DETACH DELETE n"

# writing: names

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

# writing: passages, mentions, assertions

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


def put_assertions(*, in_passage: bool) -> str:
    """Create assertions that are not there yet.

    What made this quick: each distinct entity is looked up once and rows then name it by its place in `es`, which
    doubled the speed of a look-up by id for every row; and what many rows share (source, predicate, access …) is
    sent once, in `words` and `accesses`, and named by its place too.
    """
    carried = ("ss", "ps") if in_passage else ("ss",)
    return f"""
{_placed("Source", "$sources")}WITH collect(n) AS ss
{_placed("Passage", "$passages", "ss") + "WITH ss, collect(n) AS ps" if in_passage else ""}
{_placed("Entity", "$entities", *carried)}WITH {", ".join(carried)}, collect(n) AS es
UNWIND $rows AS r
WITH ss[r[0]] AS source, es[r[1]] AS s, es[r[2]] AS o, r{", ps[r[19]] AS p" if in_passage else ""}
CREATE (a:Assertion {{
  id: r[3], triple: r[4], subject: s.id, object: o.id, source: source.id, predicate: $words[r[5]],
  polarity: $words[r[6]], certainty: $words[r[7]], experiencer: $words[r[8]], extractor: $words[r[9]],
  caption: s.name + $words[r[10]] + o.name + $words[r[11]], access: $accesses[r[12]], confidence: r[13],
  sentence: r[14], record: r[15], qualifiers: r[16], start: r[17], end: r[18],
  passage: {"p.id" if in_passage else "r[19]"}
}})
CREATE (a)-[:SUBJECT]->(s)
CREATE (a)-[:OBJECT]->(o)
CREATE (a)-[:STATED_IN]->(source)
{"CREATE (a)-[:STATED_IN]->(p)" if in_passage else ""}
"""


# writing: derived edges

AGGREGATE = """
UNWIND $triples AS t
MATCH (a:Assertion {triple: t[0]})
WHERE a.subject = t[1] AND a.predicate = t[2] AND a.object = t[3] AND NOT a:Resting
  AND NOT a.source IN $gone AND NOT a.id IN $outdated
WITH t, a.access AS access, collect(DISTINCT a.source) AS sources, max(a.confidence) AS confidence,
  sum(CASE a.polarity WHEN 'affirmed' THEN 1 ELSE 0 END) AS affirmed,
  sum(CASE a.polarity WHEN 'negated' THEN 1 ELSE 0 END) AS negated
RETURN t, collect([
  affirmed, negated, size([source IN sources WHERE NOT source IN $writing]), confidence, access,
  size([source IN sources WHERE source IN $writing])
])
"""


def drop_edges(predicate: str) -> str:
    """Delete the derived edges of these (subject, object)."""
    return (
        "UNWIND $rows AS row MATCH (s:Entity {id: row[0]}) MATCH (o:Entity {id: row[1]})"
        f" MATCH (s)-[r:{_edges([predicate])}]->(o) DELETE r"
    )


def put_edges(predicate: str) -> str:
    """Create derived edges: rows of place of subject, place of object, triple, one list for each set of labels."""
    return f"""
{_placed("Entity", "$entities")}WITH collect(n) AS es
UNWIND $rows AS r
WITH es[r[0]] AS s, es[r[1]] AS o, r
UNWIND r[3] AS g
CREATE (s)-[:{_edges([predicate])} {{
  affirmed: g[0], negated: g[1], sources: g[2], confidence: g[3], access: $accesses[g[4]],
  triple: r[2], split: CASE WHEN size(r[3]) > 1 THEN true END
}}]->(o)
"""


# mappings

PUT_MAPPINGS = """
UNWIND $rows AS row
MERGE (m:Mapping {other: row[0], canonical: row[1], source: $source})
ON CREATE SET m.name = row[0] + ' = ' + row[1]
"""
KNOWN_MAPPINGS = """
UNWIND $rows AS row
MATCH (m:Mapping {other: row[0], canonical: row[1]})
RETURN DISTINCT m.other, m.canonical
"""
MAPPINGS = "MATCH (m:Mapping) RETURN m.source, m.other, m.canonical"
MAPPINGS_VERSION = "MATCH (g:Graph {id: 'medgraph'}) RETURN g.mappings"
SET_MAPPINGS_VERSION = "MATCH (g:Graph {id: 'medgraph'}) SET g.mappings = randomUUID() RETURN g.mappings"
CLASHES = """
UNWIND $ids AS id
OPTIONAL MATCH (e:Entity {id: id})
WITH id, e
WHERE e IS NOT NULL OR EXISTS { MATCH ()-[d:DECLARES]->() WHERE d.declared = id }
RETURN id ORDER BY id LIMIT 5
"""

# reading

SOURCES = "MATCH (s:Source) WHERE $kind IS NULL OR s.kind = $kind RETURN properties(s) ORDER BY s.id"
SOURCE = "MATCH (s:Source {id: $id}) RETURN properties(s)"

# Where all declarations have the same labels (`mixed` is not set), who may see one may see their merge.
_ENTITY = f"""
WITH *, e.mixed IS NOT NULL AND $access IS NOT NULL AS part
CALL (e, part) {{
  WITH * WHERE part
  MATCH (s:Source)-[d:DECLARES]->(e)
  WHERE {_seen("d")}
  RETURN collect([s.id, s.kind, properties(d)]) AS declared
}}
"""
_LIVING = f"NOT e:Resting AND {_seen('e')}"

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
  WHERE a.subject = s.id AND a.object = o.id AND toUpper(a.predicate) = edge AND NOT a:Resting AND {_seen("a")}
  RETURN count(DISTINCT a.source) AS counted
}}
RETURN s.id AS subject, toLower(edge) AS predicate, o.id AS object, affirmed, negated,
  CASE WHEN parts > 1 THEN counted ELSE summed END AS sources, confidence
"""
_BEST_FIRST = "ORDER BY sources DESC, confidence DESC, subject, predicate, object"


def relations(predicates: Collection[str] | None, *, subjects: bool, objects: bool) -> str:
    """Relations of the given `$subjects` and `$objects`, best first."""
    end, ids = ("s", "$subjects") if subjects else ("o", "$objects")
    # With both ends given the edges of the subjects are read: every pair of a subject and an object would be worse.
    other = " AND o.id IN $objects" if subjects and objects else ""
    return (
        f"UNWIND {ids} AS id MATCH ({end}:Entity {{id: id}})\nMATCH (s)-[r:{_edges(predicates)}]->(o:Entity)\n"
        f"WHERE {_seen('r')}{other}\n{_RELATION}{_BEST_FIRST}\nLIMIT $limit"
    )


def neighbours(predicates: Collection[str] | None) -> str:
    """Relations of `$id` in both directions, best first; an edge from an entity to itself counts once."""
    return f"""
MATCH (e:Entity {{id: $id}})-[r:{_edges(predicates)}]-(other:Entity)
WHERE {_seen("r")} AND ($type IS NULL OR other.type = $type)
WITH DISTINCT r
WITH startNode(r) AS s, endNode(r) AS o, r
{_RELATION}{_BEST_FIRST}
SKIP $offset LIMIT $limit
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
    wanted = ["NOT a:Resting", _seen("a"), "($source IS NULL OR a.source = $source)"]
    wanted += ["a.subject = $subject"] * subject + ["a.object = $object"] * object
    wanted += ["a.predicate = $predicate"] * predicate
    return (
        f"{start}\nWHERE {' AND '.join(wanted)}\n"
        "WITH a ORDER BY a.confidence DESC, a.id SKIP $offset LIMIT $limit\nRETURN properties(a)"
    )


PASSAGE = f"MATCH (p:Passage {{id: $id}}) WHERE {_seen('p')} RETURN properties(p)"


def mentions(*, entity: bool, source: bool) -> str:
    """Mentions of an entity, in a document, or both."""
    document = "(:Source {id: $source})-[:HAS_PASSAGE]->" if source else ""
    return f"""
MATCH {document}(p:Passage)-[m:MENTIONS]->(e:Entity{" {id: $entity}" if entity else ""})
WHERE NOT e:Resting AND {_seen("p")}
WITH p.id AS passage, e.id AS entity, m ORDER BY passage, m.start, m.end, entity LIMIT $limit
RETURN passage, entity, properties(m)
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
COUNT_TYPES = " UNION ALL ".join(
    f"MATCH (n:{_types([name])}) RETURN '{name}' AS name, count(n) AS number" for name in ENTITY_TYPES
)
COUNT_EDGES = " UNION ALL ".join(
    f"MATCH ()-[r:{_edges([name])}]->() RETURN '{name}' AS name, count(r) AS number" for name in PREDICATES
)
"""Counts that Neo4j keeps, so nothing is read for them."""
COUNT_SPLIT = f"""
MATCH (s:Entity)-[r:{_edges()}]->(o:Entity)
WHERE r.split
WITH s, o, type(r) AS edge, count(r) AS parts
RETURN toLower(edge), sum(parts - 1)
"""

STEPS = f"""
UNWIND $ids AS id
MATCH (e:Entity {{id: id}})-[r:{_edges()}]-(other:Entity)
WHERE r.affirmed > 0 AND {_seen("r")}
RETURN id, collect(DISTINCT other.id)
"""
PATIENTS = "UNWIND $ids AS id MATCH (p:Patient {id: id}) RETURN p.id"
LEAP = f"""
MATCH (s:Entity {{id: $start}}) MATCH (e:Entity {{id: $end}})
MATCH path = shortestPath((s)-[:{_edges()}*..15]-(e))
WHERE all(r IN relationships(path) WHERE r.affirmed > 0 AND {_seen("r")})
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
  MATCH (s)-[r:{_edges()}]->(o:Entity)
  {_RELATION}
}}
RETURN subject, predicate, object, affirmed, negated, sources, confidence
"""
