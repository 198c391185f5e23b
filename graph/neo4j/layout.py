"""What the database holds, how it is laid out, and the parts that statements are made of.

Statements are here, in `write_cypher` and in `read_cypher`, and nowhere else. Values are parameters, always. Neo4j
takes no parameter where a label or a relationship type stands, so these few come from the closed lists of `schema`, and
from nowhere else (`edge_types`, `type_labels`).

    (:Source:Document | :Source:Dataset)-[:DECLARES]->(:Entity:<Type>)     what one source says an entity is
    (:Document)-[:HAS_PASSAGE]->(:Passage)-[:MENTIONS]->(:Entity)
    (:Assertion)-[:SUBJECT|OBJECT]->(:Entity)
    (:Assertion)-[:STATED_IN]->(:Source), and where it was read in a text also -[:STATED_IN]->(:Passage)
    (:Entity)-[:<PREDICATE> {affirmed, negated, sources, confidence, access}]->(:Entity)   derived, one for each access
    (:Name {norm})-[:NAMES]->(:Entity)                                     derived, what `named` looks up
    (:Mapping {source, other, canonical, end, refused})  (:Graph)          bookkeeping

What is stated of an id that is mapped stands at the entity that it is mapped to, and moves when the mappings change:
`stated_subject` and `stated_object` of an assertion and `stated` of MENTIONS hold the ids as stated, where they differ.
A statement whose two ends became one entity has no derived edge. `end` is what the id `other` of a mapping stands for,
all mappings followed; `refused` is why this one is not.

What bears the label `Resting` is unseen: an entity that no source declares any more but statements still name, and
those assertions; they have no derived edge, and wake when the entity is declared again. `triple` is a hash of (subject,
predicate, object): a number of 64 bits is a smaller and quicker index key than three strings, and every use of it
compares the three as well.
"""

from __future__ import annotations

from collections.abc import Collection

from graph.schema import ENTITY_TYPES, PREDICATES, check_predicate, check_type

LAYOUT = 3
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
    "CREATE INDEX mapping_other IF NOT EXISTS FOR (n:Mapping) ON (n.other)",
    "CREATE INDEX mapping_canonical IF NOT EXISTS FOR (n:Mapping) ON (n.canonical)",
    "CREATE INDEX mapping_end IF NOT EXISTS FOR (n:Mapping) ON (n.end)",
    "CREATE INDEX mapping_refused IF NOT EXISTS FOR (n:Mapping) ON (n.refused)",
    "CREATE INDEX assertion_triple IF NOT EXISTS FOR (n:Assertion) ON (n.triple)",
    # Ids as declared, for what moves with a mapping.
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
RENEW_VERSION = """
MATCH (g:Graph {id: 'medgraph'})
WITH g, randomUUID() AS version
SET g.stated_at = CASE g.stated_at WHEN '' THEN version ELSE g.stated_at END, g.version = version
"""
LOCK_STATED = """
MATCH (g:Graph {id: 'medgraph'})
SET g.id = 'medgraph'
RETURN CASE WHEN g.stated_at IN ['', g.version] THEN g.stated END
"""
"""What is kept of the words of predicates: none where a program that knows none has written since."""
SET_STATED = "MATCH (g:Graph {id: 'medgraph'}) SET g.stated = $words, g.stated_at = ''"
"""In a transaction that ends with RENEW_VERSION."""
STATED = "MATCH (g:Graph {id: 'medgraph'}) RETURN g.version, CASE g.stated_at WHEN g.version THEN g.stated END"
VERSION = "MATCH (g:Graph {id: 'medgraph'}) RETURN g.version"
COMPONENTS = "CALL dbms.components() YIELD name, versions, edition RETURN name, versions[0], edition"


def edge_types(predicates: Collection[str] | None = None) -> str:
    """Relationship types for a pattern; all of the schema's where None are named. Raises SchemaViolation."""
    names = PREDICATES if predicates is None else sorted({check_predicate(name) for name in predicates})
    return "|".join(PREDICATES[name].edge for name in names)


def type_labels(names: Collection[str]) -> str:
    return ":".join(ENTITY_TYPES[check_type(name)].label for name in names)


def seen(thing: str) -> str:
    """The condition that the reader may see `thing`."""
    return f"($access IS NULL OR any(label IN {thing}.access WHERE label IN $access))"


def placed(label: str, ids: str, *carried: str) -> str:
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
# from layout 2, whose mappings were all followed and had no doubts
FORMER_MAPPINGS = "MATCH (m:Mapping) RETURN DISTINCT m.other, m.canonical"
SET_FORMER_ENDS = """
UNWIND $rows AS row
MATCH (m:Mapping {other: row[0], canonical: row[1]})
SET m.end = row[2], m.confidence = coalesce(m.confidence, 1.0), m.justification = coalesce(m.justification, '')
"""
DECLARED_OTHERWISE = "MATCH ()-[d:DECLARES]->(e:Entity) WHERE d.declared <> e.id RETURN DISTINCT e.id ORDER BY e.id"
"""What is declared under another id than its own."""
SET_LAYOUT = "MATCH (g:Graph {id: 'medgraph'}) SET g.layout = $layout, g.version = randomUUID(), g.stated_at = null"
