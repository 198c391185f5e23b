"""What the guide of Neo4j Browser asks of one drug and of two together, as a drug's page and the check read it.

A preparation is known by what it holds, and what is stated of a class counts for the drugs that are of it.
"""

from __future__ import annotations

from graph.neo4j.guide_blocks import GuideQuery, Slide, find, named

_HELD = "[:HAS_INGREDIENT*0..1]"
_ABOVE = "[:HAS_ROLE|SUBCLASS_OF*0..6]"
"""As far up as `qa.drugs.standing` climbs."""


def _qualified(*keys: str) -> str:
    """Cypher for these qualifiers of the assertion `a`, each as a column."""
    return ",\n       ".join(
        f'[q IN a.qualifiers WHERE q STARTS WITH "{key}=" | substring(q, {len(key) + 1})][0] AS {key}' for key in keys
    )


ABOUT = Slide(
    "drug-page",
    "A drug in full",
    "药物详情",
    "What it is for, how it comes to act, what breaks it down, and what speaks against it, each with who states it. "
    "What is stated of a class of drugs counts for it, too: the column `of` says which.",
    (
        GuideQuery(
            "drug-uses",
            "What it is for, by how many sources, and who denies it",
            'WITH "aspirin" AS name\n'
            + find("drug", "Drug")
            + f"""\
MATCH (drug)-{_HELD}->(substance:Drug)<-[:SUBJECT]-(a:Assertion)-[:OBJECT]->(condition:Entity)
WHERE a.predicate IN ["treats", "palliates", "prevents"] AND NOT a:Resting
MATCH (a)-[:STATED_IN]->(source:Source)
RETURN condition.name AS condition, collect(DISTINCT a.predicate) AS does,
       collect(DISTINCT CASE a.polarity WHEN "affirmed" THEN source.id END) AS stated_by,
       collect(DISTINCT CASE a.polarity WHEN "negated" THEN source.id END) AS denied_by
ORDER BY size(stated_by) DESC, size(denied_by), condition LIMIT 100""",
            ("aspirin",),
        ),
        GuideQuery(
            "drug-mechanism",
            "How it comes to act on a disease: one path of DrugMechDB",
            'WITH "aspirin" AS name\n'
            + find("drug", "Drug")
            + """\
MATCH (drug)<-[:SUBJECT]-(use:Assertion {source: "drugmechdb", predicate: "treats"})
WITH use.record AS record ORDER BY record LIMIT 1
MATCH (:Source {id: "drugmechdb"})<-[:STATED_IN]-(a:Assertion {record: record})
WHERE a.predicate <> "treats" AND NOT a:Resting
MATCH path = (:Entity)<-[:SUBJECT]-(a)-[:OBJECT]->(:Entity)
RETURN path""",
            ("aspirin",),
        ),
        GuideQuery(
            "drug-enzymes",
            "The enzymes and carriers that it meets",
            'WITH "aspirin" AS name\n'
            + find("drug", "Drug")
            + f"""\
MATCH (drug)-{_HELD}->(substance:Drug)<-[:SUBJECT]-(a:Assertion)-[:OBJECT]->(enzyme:Gene)
WHERE a.predicate IN ["substrate_of", "inhibits", "induces"] AND a.polarity = "affirmed" AND NOT a:Resting
  AND (a.predicate = "substrate_of" OR any(q IN a.qualifiers WHERE q STARTS WITH "strength="))
RETURN substance.name AS drug, a.predicate AS does, enzyme.name AS enzyme,
       {_qualified("strength", "narrow", "activated")},
       a.source AS source
ORDER BY does, strength IS NULL, enzyme, source LIMIT 100""",
            ("aspirin",),
        ),
        GuideQuery(
            "drug-against",
            "What speaks against it",
            'WITH "aspirin" AS name\n'
            + find("drug", "Drug")
            + f"""\
MATCH (drug)-{_HELD}->(:Drug)-{_ABOVE}->(of:Entity)
WITH DISTINCT of
MATCH (of)<-[:SUBJECT]-(a:Assertion)-[:OBJECT]->(condition:Entity)
WHERE a.predicate IN ["contraindicated_in", "cautioned_in"] AND a.polarity = "affirmed" AND NOT a:Resting
RETURN a.predicate AS verdict, condition.name AS condition, of.name AS of,
       {_qualified("words", "mechanism")},
       a.source AS source
ORDER BY verdict DESC, condition, source LIMIT 100""",
            ("aspirin",),
        ),
    ),
)

_PAIR = f"""\
MATCH (one)-{_HELD}->(:Drug)-{_ABOVE}->(a_of:Entity)
WITH other, collect(DISTINCT a_of) AS classes
MATCH (other)-{_HELD}->(:Drug)-{_ABOVE}->(b_of:Entity)
WITH classes, collect(DISTINCT b_of) AS others
UNWIND classes AS a_of
MATCH (a_of)-[:INTERACTS_WITH]-(b_of:Entity) WHERE b_of IN others
"""

TOGETHER = Slide(
    "together",
    "Two drugs together",
    "两药合用",
    "What sources state of two drugs or of classes that they are of, and where one acts on an enzyme that the other "
    "needs. An empty answer is no proof of safety: `medgraph drugs check` says which sources were looked into.",
    (
        GuideQuery(
            "together-stated",
            "What is stated of the two, also as members of their classes (不能证明安全：无结果不代表没有相互作用)",
            named("one", "aspirin", "Drug")
            + named("other", "华法林", "Drug")
            + _PAIR
            + f"""\
MATCH (a_of)<-[:SUBJECT|OBJECT]-(a:Assertion {{predicate: "interacts_with"}})-[:SUBJECT|OBJECT]->(b_of)
WHERE NOT a:Resting
WITH DISTINCT a, a_of, b_of
RETURN a_of.name AS of_one, b_of.name AS of_other, a.polarity AS polarity,
       {_qualified("severity", "mechanism", "management")},
       a.sentence AS sentence, a.source AS source
ORDER BY source, severity, of_one, of_other LIMIT 100""",
            ("aspirin", "华法林"),
        ),
        GuideQuery(
            "together-enzymes",
            "Where one acts on an enzyme that the other needs",
            named("one", "aspirin", "Drug")
            + named("other", "华法林", "Drug")
            + f"""\
UNWIND [[one, other], [other, one]] AS pair
WITH pair[0] AS acts, pair[1] AS needs
MATCH (acts)-{_HELD}->(:Drug)<-[:SUBJECT]-(a:Assertion)-[:OBJECT]->(enzyme:Gene)
WHERE a.predicate IN ["inhibits", "induces"] AND a.polarity = "affirmed" AND NOT a:Resting
MATCH (enzyme)<-[:OBJECT]-(need:Assertion {{predicate: "substrate_of", polarity: "affirmed"}})-[:SUBJECT]->(held:Drug)
WHERE NOT need:Resting AND (held = needs OR (needs)-[:HAS_INGREDIENT]->(held))
RETURN acts.name AS drug, a.predicate AS does, enzyme.name AS enzyme, needs.name AS needed_by,
       {_qualified("strength")}, a.source AS source, need.source AS source_of_need
ORDER BY drug, does, enzyme, source LIMIT 100""",
            ("aspirin", "华法林"),
        ),
    ),
)
