"""Every statement with which the SQLite store is read.

`:groups` is what `rows.visible` gives: the sets of access labels that the reader meets, null for all. Lists come
as JSON arrays, so that a statement takes any number of values as one parameter. CROSS JOIN fixes the order in which
SQLite walks the tables: from what is given to what is looked for.
"""

from __future__ import annotations

from graph.sqlite.columns import ASSERTION, DECLARATION, MENTION, PASSAGE, SOURCE

SOURCES = """
SELECT {columns} FROM source s
WHERE (:id IS NULL OR s.id = :id) AND (:kind IS NULL OR s.kind = :kind) ORDER BY s.id
""".replace("{columns}", SOURCE.shown)

DECLARATIONS = """
SELECT e.id, d.source, d.place, {columns}
FROM json_each(:ids) ids CROSS JOIN entity e ON e.id = ids.value CROSS JOIN declaration d ON d.entity = e.key
WHERE :groups IS NULL OR d.access IN (SELECT value FROM json_each(:groups))
""".replace("{columns}", DECLARATION.shown)

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

# Whether somebody whom the reader may see bears the name `n`.
_SEEN_NAME = """
EXISTS (
    SELECT 1 FROM bearer b CROSS JOIN declaration d ON d.key = b.declaration CROSS JOIN entity e ON e.key = d.entity
    WHERE b.name = n.key AND (:groups IS NULL OR d.access IN (SELECT value FROM json_each(:groups)))
        AND (:type IS NULL OR e.type = :type))"""
# The names that have most in common with what is asked, of those that the reader may see: by the coefficient that ranks
# them afterwards, and never by FTS5's rank or by keys, which names that he may not see would change. The inner LIMIT
# keeps SQLite from looking at the bearers of all before they are in order.
FULL_TEXT = """
SELECT hit.norm, e.id, min(b.text)
FROM (
    SELECT n.key, n.norm FROM (
        SELECT n.key, n.norm FROM (
            SELECT f.rowid AS key, count(*) AS shared
            FROM json_each(:matches) m CROSS JOIN name_fts f ON f.name_fts MATCH m.value GROUP BY f.rowid
        ) found CROSS JOIN name n ON n.key = found.key
        ORDER BY 1.0 * found.shared / (:asked + 1 + length(n.norm) - length(replace(n.norm, ' ', ''))) DESC, n.norm
        LIMIT -1
    ) n WHERE {seen} LIMIT :most
) hit
    CROSS JOIN bearer b ON b.name = hit.key
    CROSS JOIN declaration d ON d.key = b.declaration CROSS JOIN entity e ON e.key = d.entity
WHERE (:groups IS NULL OR d.access IN (SELECT value FROM json_each(:groups))) AND (:type IS NULL OR e.type = :type)
GROUP BY hit.norm, e.id
""".replace("{seen}", _SEEN_NAME)

WORD_COUNTS = "SELECT v.term, v.doc FROM json_each(:words) words CROSS JOIN name_words v ON v.term = words.value"
# Of a reader who may not see all: no more names are looked at than it takes to know that a word is common.
WORD_COUNT_SEEN = """
SELECT count(*) FROM (
    SELECT 1 FROM name_fts f CROSS JOIN name n ON n.key = f.rowid WHERE f.name_fts MATCH :match AND {seen}
    LIMIT :enough)
""".replace("{seen}", _SEEN_NAME)
COUNT_GROUPS = "SELECT count(*) FROM access_set"

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

# {where} is what each of the constants below it puts there. Where a reader sees a triple through several sets of
# labels, one source may stand in more than one of them: then the sources are counted in the assertions.
_RELATIONS = """
SELECT s.id AS subject_id, p.name AS predicate_name, o.id AS object_id, sum(r.affirmed) AS agreeing, sum(r.negated),
    CASE count(*) WHEN 1 THEN max(r.sources) ELSE (
        SELECT count(DISTINCT a.source) FROM entity sm CROSS JOIN entity om
            CROSS JOIN assertion a ON a.subject = sm.key AND a.predicate = r.predicate AND a.object = om.key
        WHERE sm.canonical = r.subject AND om.canonical = r.object AND (r.subject <> r.object OR sm.key = om.key)
            AND (:groups IS NULL OR a.access IN (SELECT value FROM json_each(:groups)))
    ) END AS stating, max(r.confidence) AS best
FROM ({where}) r CROSS JOIN entity s ON s.key = r.subject CROSS JOIN entity o ON o.key = r.object
    CROSS JOIN predicate p ON p.key = r.predicate
WHERE s.type IS NOT NULL AND o.type IS NOT NULL
    AND (:groups IS NULL OR r.access IN (SELECT value FROM json_each(:groups)))
    AND (:predicates IS NULL
        OR r.predicate IN (SELECT key FROM predicate WHERE name IN (SELECT value FROM json_each(:predicates))))
    AND (:type IS NULL OR CASE r.subject WHEN :key THEN o.type ELSE s.type END = :type)
GROUP BY r.subject, r.predicate, r.object
ORDER BY stating DESC, best DESC, agreeing DESC, subject_id, predicate_name, object_id LIMIT :limit OFFSET :offset
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

# The others come as one array a node: rows are made in C there, and millions of them are read for a search.
_ADJACENT = """
SELECT ids.value, (SELECT json_group_array(r.{other}) FROM relation r WHERE r.{end} = ids.value
    AND r.affirmed > 0 AND (:groups IS NULL OR r.access IN (SELECT value FROM json_each(:groups)))
    AND (:predicates IS NULL OR r.predicate IN (SELECT key FROM predicate WHERE name IN
        (SELECT value FROM json_each(:predicates)))))
FROM json_each(:keys) ids
"""
ADJACENT = tuple(
    _ADJACENT.replace("{end}", end).replace("{other}", other)
    for end, other in (("subject", "object"), ("object", "subject"))
)
"""What lies beside some nodes, in the one direction and in the other."""
# Counting ends where a hub is a hub, so that hubs cost no more than others.
DEGREES = """
SELECT ids.value,
    (SELECT count(*) FROM (SELECT 1 FROM relation r WHERE r.subject = ids.value AND r.object <> ids.value
        AND r.affirmed > 0 AND (:groups IS NULL OR r.access IN (SELECT value FROM json_each(:groups))) LIMIT :most))
  + (SELECT count(*) FROM (SELECT 1 FROM relation r WHERE r.object = ids.value AND r.subject <> ids.value
        AND r.affirmed > 0 AND (:groups IS NULL OR r.access IN (SELECT value FROM json_each(:groups))) LIMIT :most))
FROM json_each(:keys) ids
"""
CLOSED = """
SELECT key FROM entity WHERE key IN (SELECT value FROM json_each(:keys))
    AND (entity.type = 'Patient' OR entity.type IS NULL
        OR (:types IS NOT NULL AND entity.type NOT IN (SELECT value FROM json_each(:types)))
        OR entity.id IN (SELECT value FROM json_each(:avoiding)))
"""
"""Nodes that no path passes: patients, what no source declares any more, and what the reader keeps out."""
IDS = "SELECT key, id FROM entity WHERE key IN (SELECT value FROM json_each(:keys))"

# What an id as stated stands for is shown in its place.
_STATED = """
SELECT {columns}
FROM {assertions} CROSS JOIN entity ss ON ss.key = a.subject CROSS JOIN entity oo ON oo.key = a.object
    CROSS JOIN entity s ON s.key = ss.canonical CROSS JOIN entity o ON o.key = oo.canonical
    CROSS JOIN source c ON c.key = a.source CROSS JOIN predicate p ON p.key = a.predicate
{which}
""".replace("{columns}", ASSERTION.shown)
EVERY_ASSERTION = _STATED.replace("{which}", "").replace("{assertions}", "assertion a")
_ASSERTIONS = _STATED.replace(
    "{which}",
    """
WHERE {where} AND s.type IS NOT NULL AND o.type IS NOT NULL
    AND (:groups IS NULL OR a.access IN (SELECT value FROM json_each(:groups)))
    AND (:object IS NULL OR o.id = :object) AND (:source IS NULL OR c.id = :source)
    AND (:predicate IS NULL OR p.name = :predicate)
ORDER BY a.confidence DESC, a.id, c.id LIMIT :limit OFFSET :offset
""",
)
_MEMBERS = "SELECT m.key FROM entity c CROSS JOIN entity m ON m.canonical = c.key WHERE c.id = "
STATED_OF_SUBJECT = _ASSERTIONS.replace("{assertions}", "assertion a").replace(
    "{where}", f"a.subject IN ({_MEMBERS}:subject)"
)
STATED_OF_PAIR = _ASSERTIONS.replace("{assertions}", "assertion a").replace(
    "{where}",
    " AND ".join((
        f"a.subject IN ({_MEMBERS}:subject)",
        "a.predicate IN (SELECT key FROM predicate)",
        f"a.object IN ({_MEMBERS}:object)",
    )),
)  # fmt: skip
# What was stated of two ids that became one concept is of no relation: it is looked for among the few members.
STATED_OF_OBJECT = _ASSERTIONS.replace(
    "{assertions}",
    "(SELECT s.key AS subject, r.predicate AS predicate, o.key AS object FROM entity e"
    " CROSS JOIN relation r ON r.object = e.key CROSS JOIN entity s ON s.canonical = r.subject"
    " CROSS JOIN entity o ON o.canonical = r.object WHERE e.id = :object"
    " UNION SELECT s.key, p.key, o.key FROM entity e CROSS JOIN entity s ON s.canonical = e.key"
    " CROSS JOIN entity o ON o.canonical = e.key CROSS JOIN predicate p WHERE e.id = :object AND s.key <> o.key) t"
    " CROSS JOIN assertion a ON a.subject = t.subject AND a.predicate = t.predicate AND a.object = t.object",
).replace("{where}", "true")
# The plus sign keeps SQLite from trying every pair: what is stated of a subject is read from the index.
STATED_BETWEEN = _STATED.replace(
    "{assertions}",
    "json_each(:subjects) ids CROSS JOIN entity whole ON whole.id = ids.value"
    " CROSS JOIN entity part ON part.canonical = whole.key CROSS JOIN assertion a ON a.subject = part.key",
).replace(
    "{which}",
    """
WHERE a.predicate IN (SELECT key FROM predicate WHERE name IN (SELECT value FROM json_each(:predicates)))
    AND s.type IS NOT NULL AND o.type IS NOT NULL
    AND (:groups IS NULL OR a.access IN (SELECT value FROM json_each(:groups)))
    AND (:objects IS NULL OR +a.object IN (SELECT m.key FROM json_each(:objects) ids
        CROSS JOIN entity c ON c.id = ids.value CROSS JOIN entity m ON m.canonical = c.key))
ORDER BY s.id, p.name, o.id, a.confidence DESC, a.id, c.id
""",
)
STATED_BY = _STATED.replace("{assertions}", "assertion a").replace(
    "{which}",
    """
WHERE a.predicate IN (SELECT key FROM predicate WHERE name IN (SELECT value FROM json_each(:predicates)))
    AND s.type IS NOT NULL AND o.type IS NOT NULL
    AND (:groups IS NULL OR a.access IN (SELECT value FROM json_each(:groups)))
""",
)
# The index holds all that is asked, so the rows themselves are not read.
STARS = """
SELECT s.id, s.type, p.name, o.type, json_group_array(DISTINCT o.id)
FROM assertion a CROSS JOIN predicate p ON p.key = a.predicate
    CROSS JOIN entity ss ON ss.key = a.subject CROSS JOIN entity s ON s.key = ss.canonical
    CROSS JOIN entity oo ON oo.key = a.object CROSS JOIN entity o ON o.key = oo.canonical
WHERE a.polarity = :affirmed AND a.source IN (SELECT key FROM source WHERE kind = 'curated')
    AND p.name IN (SELECT value FROM json_each(:predicates))
    AND s.type IS NOT NULL AND o.type IS NOT NULL AND s.key <> o.key
    AND (:groups IS NULL OR a.access IN (SELECT value FROM json_each(:groups)))
GROUP BY s.id, p.name, o.type ORDER BY s.id, p.name, o.type
"""
_ASLEEP = (
    "(SELECT m.key FROM entity e CROSS JOIN entity m ON m.canonical = e.key"
    " WHERE e.type IS NULL AND e.canonical = e.key)"
)
"""The ids that stand for what rests."""
# Of a large source, hundreds of thousands of rows are put in order: by what little orders them, and only the page that
# is wanted is then read with its names and texts.
_OF_SOURCE = """
FROM assertion a
WHERE a.source = (SELECT key FROM source WHERE id = :source)
    AND (:groups IS NULL OR a.access IN (SELECT value FROM json_each(:groups)))
    AND (:predicate IS NULL OR a.predicate = (SELECT key FROM predicate WHERE name = :predicate))
    AND a.subject NOT IN {asleep} AND a.object NOT IN {asleep}
""".replace("{asleep}", _ASLEEP)
STATED_BY_SOURCE = (
    _STATED.replace(
        "{assertions}",
        f"(SELECT a.key{_OF_SOURCE}ORDER BY a.confidence DESC, a.id LIMIT :limit OFFSET :offset) best"
        " CROSS JOIN assertion a ON a.key = best.key",
    ).replace("{which}", "")
    + "ORDER BY a.confidence DESC, a.id"
)
COUNT_BY_SOURCE = f"SELECT count(*){_OF_SOURCE}"
STATED_COUNTS = """
SELECT c.id, p.name, count(*) FROM assertion a CROSS JOIN source c ON c.key = a.source AND c.kind = 'curated'
    CROSS JOIN predicate p ON p.key = a.predicate
WHERE a.subject NOT IN {asleep} AND a.object NOT IN {asleep}
GROUP BY a.source, a.predicate ORDER BY c.id, p.name
""".replace("{asleep}", _ASLEEP)

# The columns before those of the mention are its place. Of what was stated of one concept at one place the first
# counts, that of the canonical id before the others.
_MENTIONS = """
SELECT m.passage, m.start_at, m.end_at, e.id, (st.key <> e.key) || st.id AS stated_id, {columns}
FROM mention m CROSS JOIN entity st ON st.key = m.entity CROSS JOIN entity e ON e.key = st.canonical
WHERE {where} AND e.type IS NOT NULL AND (:groups IS NULL OR m.access IN (SELECT value FROM json_each(:groups)))
    AND (:source IS NULL OR m.source = (SELECT key FROM source WHERE id = :source))
ORDER BY m.passage, m.start_at, m.end_at, e.id, stated_id
""".replace("{columns}", MENTION.shown)
MENTIONS_OF_MEMBER = _MENTIONS.replace("{where}", "m.entity = :member") + "LIMIT :limit"
MENTIONS_BY_SOURCE = _MENTIONS.replace("{where}", "m.source = (SELECT key FROM source WHERE id = :source)")
MEMBERS = f"{_MEMBERS}?"

EVERY_MENTION = """
SELECT s.id, {columns}
FROM mention m CROSS JOIN entity st ON st.key = m.entity CROSS JOIN entity e ON e.key = st.canonical
    CROSS JOIN source s ON s.key = m.source
""".replace("{columns}", MENTION.shown)

PASSAGES = """
SELECT {columns}
FROM passage p CROSS JOIN source s ON s.key = p.source
WHERE p.id = :id AND (:groups IS NULL OR p.access IN (SELECT value FROM json_each(:groups))) ORDER BY s.id LIMIT 1
""".replace("{columns}", PASSAGE.shown)
EVERY_DECLARATION = """
SELECT d.source, e.id, {columns} FROM declaration d CROSS JOIN entity e ON e.key = d.entity
""".replace("{columns}", DECLARATION.shown)
EVERY_PASSAGE = """
SELECT {columns}
FROM passage p CROSS JOIN source s ON s.key = p.source
""".replace("{columns}", PASSAGE.shown)

_KEPT_MATCH = "SELECT m.other, m.canonical, m.source, m.confidence, m.justification, m.refused FROM"
MERGED = (
    f"{_KEPT_MATCH} canonical_id c CROSS JOIN mapping m ON m.other = c.other WHERE c.canonical = ? ORDER BY 1, 2, 3"
)
MATCHES = f"{_KEPT_MATCH} mapping m ORDER BY 1, 2, 3"
REFUSED = f"{_KEPT_MATCH} mapping m WHERE m.refused <> '' ORDER BY 1, 2, 3"

_RESTING = "(SELECT key FROM entity WHERE type IS NULL AND canonical = key)"
RELATED = """
SELECT predicate FROM relation WHERE subject NOT IN {resting} AND object NOT IN {resting}
GROUP BY subject, predicate, object
""".replace("{resting}", _RESTING)
"""The predicate of each relation; the list of resting entities is short, and empty as a rule."""
WAITING = """
SELECT (SELECT coalesce(sum(affirmed + negated), 0) FROM (SELECT * FROM relation WHERE subject IN {resting}
    UNION SELECT * FROM relation WHERE object IN {resting}))
  + (SELECT count(*) FROM entity s CROSS JOIN assertion a ON a.subject = s.key CROSS JOIN entity o ON o.key = a.object
    WHERE s.canonical IN {resting} AND o.canonical = s.canonical AND o.key <> s.key)
""".replace("{resting}", _RESTING)
"""How many statements rest; those of ids that became one concept are of no relation."""
WAITED_FOR = """
SELECT e.id FROM entity e WHERE e.key IN {resting} AND (
    EXISTS (SELECT 1 FROM relation r WHERE r.subject = e.key)
    OR EXISTS (SELECT 1 FROM relation r WHERE r.object = e.key)
    OR EXISTS (SELECT 1 FROM entity s CROSS JOIN assertion a ON a.subject = s.key WHERE s.canonical = e.key)
) ORDER BY e.id LIMIT ?
""".replace("{resting}", _RESTING)
RESTING_MENTIONS = """
SELECT count(*) FROM entity e CROSS JOIN mention m ON m.entity = e.key WHERE e.canonical IN {resting}
""".replace("{resting}", _RESTING)
