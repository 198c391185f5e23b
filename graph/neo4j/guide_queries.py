"""What the guide of Neo4j Browser says and asks, as data: a test runs each of its queries."""

from __future__ import annotations

from graph.neo4j.guide_blocks import PHRASE, PLAIN, GuideQuery, Slide, find, named
from graph.neo4j.guide_drugs import ABOUT, TOGETHER
from graph.neo4j.layout import NAMES_INDEX

START = Slide(
    "start",
    "What is in this graph",
    "图谱概览",
    "Every fact here is an edge between two things, and every edge stands on assertions: single statements, each with "
    "its sentence and the document it was read in. Run a block with its arrow; click its text to edit it first. "
    "Whoever is logged in here may read everything, patients' records too, and change or delete it: access labels do "
    "not count here, and Neo4j Community has no users who only read. Run nothing that you do not understand.",
    (
        GuideQuery(
            "types",
            "How much there is of what",
            """\
MATCH (e:Entity)
UNWIND labels(e) AS type
WITH type, count(*) AS entities WHERE NOT type IN ["Entity", "Resting"]
RETURN type, entities ORDER BY entities DESC""",
        ),
        GuideQuery(
            "names",
            "Names to try on the next pages: those with the most statements",
            f"""\
MATCH (e:Entity) WHERE NOT e:Patient AND {PLAIN}
WITH e, COUNT {{ (e)<-[:SUBJECT]-() }} + COUNT {{ (e)<-[:OBJECT]-() }} AS statements
WHERE statements > 0
WITH e, statements ORDER BY statements DESC, e.id
UNWIND labels(e) AS type
WITH type, e, statements WHERE NOT type IN ["Entity", "Resting"]
RETURN type, collect(e.name)[..10] AS names, sum(statements) AS statements
ORDER BY statements DESC""",
        ),
    ),
)

DISEASE = Slide(
    "disease",
    "Start at a disease",
    "从疾病出发",
    "What it presents with, what causes it, what treats it. Double-click a node to see more of its neighbours.",
    (
        GuideQuery(
            "disease-picture",
            "Its neighbourhood, best supported first",
            'WITH "Marfan syndrome" AS name\n'
            + find("disease", "Disease")
            + """\
MATCH path = (disease)-[r]-(other:Entity)
WHERE r.sources > 0 AND NOT other:Patient
RETURN path ORDER BY r.sources DESC, r.confidence DESC LIMIT 40""",
            ("Marfan syndrome",),
        ),
        GuideQuery(
            "disease-drugs",
            "What is said about drugs for it, for and against",
            'WITH "fever" AS name\n'
            + find("condition", "Entity")
            + """\
MATCH (drug:Drug)-[r]->(condition)
RETURN drug.name AS drug, type(r) AS relation, condition.name AS condition,
       r.affirmed AS affirmed, r.negated AS negated, r.sources AS sources
ORDER BY sources DESC, drug LIMIT 50""",
            ("fever",),
        ),
    ),
)

DRUG = Slide(
    "drug",
    "Start at a drug",
    "从药物出发",
    "Indications, adverse effects, interactions and contraindications of one drug.",
    (
        GuideQuery(
            "drug-picture",
            "Its neighbourhood, best supported first",
            'WITH "aspirin" AS name\n'
            + find("drug", "Drug")
            + """\
MATCH path = (drug)-[r]-(other:Entity)
WHERE r.sources > 0 AND NOT other:Patient
RETURN path ORDER BY r.sources DESC, r.confidence DESC LIMIT 40""",
            ("aspirin",),
        ),
        GuideQuery(
            "drug-chinese",
            "The same drug by its Chinese name, as a table",
            'WITH "阿司匹林" AS name\n'
            + find("drug", "Drug")
            + """\
MATCH (drug)-[r]-(other:Entity)
WHERE r.sources > 0 AND NOT other:Patient
RETURN drug.name AS drug, type(r) AS relation, other.name AS other,
       r.affirmed AS affirmed, r.negated AS negated, r.sources AS sources
ORDER BY sources DESC, relation, other LIMIT 50""",
            ("阿司匹林",),
        ),
    ),
)

SYMPTOM = Slide(
    "symptom",
    "Start at a symptom",
    "从症状出发",
    "Which diseases present with a finding, and which present with two of them at once.",
    (
        GuideQuery(
            "symptom-diseases",
            "Diseases that present with it (发热 is fever)",
            'WITH "发热" AS name\n'
            + find("symptom", "Phenotype")
            + """\
MATCH path = (symptom)<-[r:HAS_PHENOTYPE]-(:Disease)
RETURN path ORDER BY r.sources DESC, r.confidence DESC LIMIT 40""",
            ("发热",),
        ),
        GuideQuery(
            "symptom-pair",
            "Diseases that present with both, as a graph",
            named("one", "fever", "Phenotype")
            + named("other", "头痛", "Phenotype")
            + """\
MATCH path = (one)<-[:HAS_PHENOTYPE]-(:Disease)-[:HAS_PHENOTYPE]->(other)
RETURN path LIMIT 40""",
            ("fever", "头痛"),
        ),
    ),
)

DOCUMENT = Slide(
    "document",
    "Start at a document",
    "从文献出发",
    "Where a thing is written about, and what one document says.",
    (
        GuideQuery(
            "document-list",
            "Documents that name it",
            'WITH "aspirin" AS name\n'
            + find("entity", "Entity")
            + """\
MATCH (entity)<-[:MENTIONS]-(passage:Passage)<-[:HAS_PASSAGE]-(document:Document)
RETURN document.id AS id, document.year AS year, document.title AS title,
       count(DISTINCT passage) AS passages
ORDER BY passages DESC, id LIMIT 25""",
            ("aspirin",),
        ),
        GuideQuery(
            "document-picture",
            "The document that states most about it: its passages, and what they mention",
            'WITH "aspirin" AS name\n'
            + find("entity", "Entity")
            + """\
MATCH (entity)<-[:SUBJECT|OBJECT]-(a:Assertion)-[:STATED_IN]->(document:Document)
WITH document, count(a) AS statements ORDER BY statements DESC, document.id LIMIT 1
MATCH path = (document)-[:HAS_PASSAGE]->(:Passage)-[:MENTIONS]->(:Entity)
RETURN path LIMIT 100""",
            ("aspirin",),
        ),
    ),
)

SENTENCES = Slide(
    "sentences",
    "From an edge to the sentences behind it",
    "从关系到原文",
    "An edge counts; its assertions speak. Each has the verbatim sentence, whether it affirms or denies, how certain "
    "it is, and where it stands.",
    (
        GuideQuery(
            "sentences-table",
            "What is said between two things, in whose words",
            named("one", "aspirin")
            + named("other", "fever")
            + """\
MATCH (one)<-[:SUBJECT|OBJECT]-(a:Assertion)-[:SUBJECT|OBJECT]->(other)
MATCH (a)-[:STATED_IN]->(source:Source)
RETURN a.predicate AS predicate, a.polarity AS polarity, a.certainty AS certainty,
       a.sentence AS sentence, source.id AS source, source.title AS title
ORDER BY polarity, a.confidence DESC, source LIMIT 50""",
            ("aspirin", "fever"),
        ),
        GuideQuery(
            "sentences-picture",
            "The same as a picture",
            named("one", "aspirin")
            + named("other", "fever")
            + """\
MATCH path = (one)<-[:SUBJECT|OBJECT]-(a:Assertion)-[:SUBJECT|OBJECT]->(other)
MATCH origin = (a)-[:STATED_IN]->(:Source)
RETURN path, origin LIMIT 25""",
            ("aspirin", "fever"),
        ),
    ),
)

AGAINST = Slide(
    "against",
    "What the graph says against itself",
    "图谱中的矛盾",
    "Nothing is overruled when sources disagree: both sides are kept, and counted apart.",
    (
        GuideQuery(
            "against-edges",
            "Edges that some sources affirm and others deny",
            """\
MATCH (s:Entity)-[r]->(o:Entity)
WHERE r.affirmed > 0 AND r.negated > 0
RETURN s.name AS subject, type(r) AS relation, o.name AS object,
       r.affirmed AS affirmed, r.negated AS negated, r.sources AS sources
ORDER BY CASE WHEN affirmed < negated THEN affirmed ELSE negated END DESC, sources DESC, subject LIMIT 25""",
        ),
        GuideQuery(
            "against-sentences",
            "The most disputed of them: both sides, side by side",
            """\
MATCH (s:Entity)-[r]->(o:Entity)
WHERE r.affirmed > 0 AND r.negated > 0
WITH s, r, o
ORDER BY CASE WHEN r.affirmed < r.negated THEN r.affirmed ELSE r.negated END DESC, r.sources DESC, s.id LIMIT 1
MATCH for_and_against = (s)<-[:SUBJECT]-(a:Assertion)-[:OBJECT]->(o)
WHERE toUpper(a.predicate) = type(r)
MATCH origin = (a)-[:STATED_IN]->(:Source)
RETURN for_and_against, origin LIMIT 50""",
        ),
    ),
)

PATIENT = Slide(
    "patient",
    "A patient's picture",
    "患者全貌",
    "Conditions, medicines, allergies and measurements of one pseudonymous patient. Whoever can open this Browser "
    "sees every patient in the graph: access labels are kept by medgraph's own service, not by Neo4j.",
    (
        GuideQuery(
            "patient-picture",
            'Everything recorded of the first patient (for another: {id: "…"} after Patient)',
            """\
MATCH (patient:Patient)
WITH patient ORDER BY patient.id LIMIT 1
MATCH path = (patient)-[r]->(:Entity)
RETURN path LIMIT 100""",
        ),
        GuideQuery(
            "patient-warnings",
            "What sources hold against the medicines of patients, who have just that",
            """\
MATCH (patient:Patient)-[:TAKES]->(drug:Drug)-[r]-(hazard:Entity)<--(patient)
WHERE r.affirmed > 0
  AND type(r) IN ["CONTRAINDICATED_IN", "HAS_ADVERSE_EFFECT", "CAUSES", "INTERACTS_WITH"]
RETURN patient.name AS patient, drug.name AS drug, type(r) AS relation, hazard.name AS hazard,
       r.affirmed AS affirmed, r.negated AS negated, r.sources AS sources
ORDER BY sources DESC, patient, drug LIMIT 50""",
        ),
    ),
)

BETWEEN = Slide(
    "between",
    "How two things are connected",
    "两者之间",
    "The shortest chains of edges between two names; patients are not passed through.",
    (
        GuideQuery(
            "between-paths",
            "Between a drug and a disease",
            named("one", "aspirin")
            + named("other", "Marfan syndrome")
            + """\
MATCH path = allShortestPaths((one)-[*..4]-(other))
WHERE all(r IN relationships(path) WHERE r.affirmed > 0) AND none(node IN nodes(path) WHERE node:Patient)
RETURN path LIMIT 10""",
            ("aspirin", "Marfan syndrome"),
        ),
    ),
)

NAMES = Slide(
    "names",
    "How to name things",
    "如何命名",
    "One concept is one node, whatever it is called: English, Chinese, a synonym, a part of a name.",
    (
        GuideQuery(
            "names-search",
            "All that bears a name (change it to anything)",
            f"""\
WITH "发烧" AS name
CALL db.index.fulltext.queryNodes("{NAMES_INDEX}", {PHRASE}, {{limit: 25}}) YIELD node, score
RETURN node.id AS id, node.name AS name, node.synonyms AS synonyms, score ORDER BY score DESC, id""",
            ("发烧",),
        ),
    ),
)

SLIDES: tuple[Slide, ...] = (
    START, DISEASE, DRUG, ABOUT, TOGETHER, SYMPTOM, DOCUMENT, SENTENCES, AGAINST, PATIENT, BETWEEN, NAMES,
)  # fmt: skip
