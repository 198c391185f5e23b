"""Every SQL statement of the passage store. Values are bound, never written into a statement."""

# ruff: noqa: S608 - the parts joined here are constants of this file

from __future__ import annotations

APPLICATION = 0x6D677061
"""Stands in the header of the file, so that another program's database is told apart."""
SCHEMA_VERSION = 3

# A passage is known by three numbers: `id`, a hash, in public; `key`, its first 63 bits, in the vector index; `row`,
# which rises, in the full-text index, where it keeps the postings short. The full-text index holds no text: what to
# take out of it is worked out again from the passage. `sets` are the distinct sets of access labels; `types` the
# publication types as they are looked for, `typed` the documents of each. `next_vectors` are those of another encoder
# that is to take the place of the one of `vectors`. `family` is the place of a passage's language in `FAMILIES`.
NEXT_VECTORS = "CREATE TABLE next_vectors (row INTEGER PRIMARY KEY, vector BLOB NOT NULL)"
_ADDED_IN_2 = f"""
CREATE TABLE types (type INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE typed (type INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (type, doc)) WITHOUT ROWID;
{NEXT_VECTORS};
CREATE INDEX passages_of_others ON passages (family, row) WHERE family > 0;
"""
_ADDED_IN_3 = """
ALTER TABLE sets ADD COLUMN passages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sets ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
CREATE TABLE lengths (row INTEGER PRIMARY KEY, words INTEGER NOT NULL, set_key INTEGER NOT NULL);
CREATE VIRTUAL TABLE closed_words USING fts5 (
    heading, body, content='', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE closed_vocabulary USING fts5vocab (closed_words, row);
CREATE VIRTUAL TABLE places USING fts5vocab (words, instance);
CREATE VIRTUAL TABLE closed_places USING fts5vocab (closed_words, instance);
"""
SCHEMA = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sets (set_key INTEGER PRIMARY KEY, labels TEXT NOT NULL UNIQUE);
CREATE TABLE grants (label TEXT NOT NULL, set_key INTEGER NOT NULL, PRIMARY KEY (label, set_key)) WITHOUT ROWID;
CREATE TABLE documents (
    doc INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, year INTEGER, language TEXT NOT NULL,
    source TEXT NOT NULL, licence TEXT NOT NULL, url TEXT NOT NULL, hash TEXT NOT NULL, keywords TEXT NOT NULL,
    retracted INTEGER NOT NULL, set_key INTEGER NOT NULL, publication_types TEXT NOT NULL DEFAULT '[]');
CREATE INDEX documents_by_set ON documents (set_key);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, id TEXT NOT NULL, doc INTEGER NOT NULL,
    ordinal INTEGER NOT NULL, section TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    text TEXT NOT NULL, entities TEXT NOT NULL, family INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX passages_in_order ON passages (doc, ordinal);
CREATE TABLE vectors (row INTEGER PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE mentions (entity TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (entity, row)) WITHOUT ROWID;
CREATE TABLE changes (sequence INTEGER PRIMARY KEY AUTOINCREMENT, key INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
    heading, body, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
{_ADDED_IN_2}{_ADDED_IN_3}"""
FROM_1_TO_2 = f"""ALTER TABLE documents ADD COLUMN publication_types TEXT NOT NULL DEFAULT '[]';
ALTER TABLE passages ADD COLUMN family INTEGER NOT NULL DEFAULT 0;{_ADDED_IN_2}"""
FROM_2_TO_3 = _ADDED_IN_3
ALL_TEXTS = "SELECT p.row, d.title, p.text, p.start FROM passages p JOIN documents d USING (doc)"
SET_FAMILY = "UPDATE passages SET family = ? WHERE row = ?"
# Each connection's own scratch table tells how the index stems a word.
STEMMER = """
CREATE VIRTUAL TABLE temp.stemmer USING fts5 (word, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE temp.stems USING fts5vocab (temp, stemmer, instance);
"""
STEM_CLEAR = "INSERT INTO temp.stemmer (stemmer) VALUES ('delete-all')"
STEM_ADD = "INSERT INTO temp.stemmer (rowid, word) VALUES (?, ?)"
STEM_READ = "SELECT doc, term FROM temp.stems"

# What a reader sees of the full-text index, and what it says of a word. An `access` of None sees every set.
SETS = """SELECT set_key, passages, words, EXISTS (SELECT 1 FROM grants g WHERE g.label = :public AND g.set_key =
    s.set_key) FROM sets s"""
SETS_SEEN = f"""{SETS} WHERE set_key IN
    (SELECT g.set_key FROM json_each(:access) l CROSS JOIN grants g ON g.label = l.value)"""
COUNT_SETS = "SELECT count(*) FROM sets"
_FREQUENCY = "SELECT coalesce(sum(v.doc), 0) FROM json_each(:terms) t CROSS JOIN {} v ON v.term = t.value"
# Numbers in one text, which is read faster than rows: of each place of a term twice its passage's row, and one more
# where it stands in the body; and the words of that passage.
_PLACES = """SELECT group_concat(i.doc * 2 + (i.col = 'body')), group_concat(n.words)
    FROM json_each(:terms) t CROSS JOIN {} i ON i.term = t.value CROSS JOIN lengths n ON n.row = i.doc
    WHERE (:sets IS NULL OR n.set_key IN (SELECT value FROM json_each(:sets)))"""
OPEN_FREQUENCY, CLOSED_FREQUENCY = _FREQUENCY.format("vocabulary"), _FREQUENCY.format("closed_vocabulary")
OPEN_PLACES, CLOSED_PLACES = _PLACES.format("places"), _PLACES.format("closed_places")
ANY_OF_OTHERS = """SELECT 1 FROM passages p CROSS JOIN lengths n ON n.row = p.row WHERE p.family = :family
    AND p.family > 0 AND (:sets IS NULL OR n.set_key IN (SELECT value FROM json_each(:sets))) LIMIT 1"""

ANY_PASSAGE = "SELECT 1 FROM passages LIMIT 1"
ANY_VECTOR = "SELECT 1 FROM vectors LIMIT 1"
META = "SELECT value FROM meta WHERE name = ?"
META_REMOVE = "DELETE FROM meta WHERE name = ?"
META_SET = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
SEQUENCE = "SELECT seq FROM sqlite_sequence WHERE name = 'changes'"

DOCUMENT_COLUMNS = """SELECT d.id, d.title, d.year, d.language, d.source, d.licence, d.url, d.hash, d.keywords,
    d.retracted, s.labels, d.publication_types FROM documents d JOIN sets s USING (set_key)"""
DOCUMENTS = f"{DOCUMENT_COLUMNS} WHERE d.id IN (SELECT value FROM json_each(:ids))"
PASSAGE_COLUMNS = """SELECT p.id, d.id, p.ordinal, p.section, p.start, p.stop, p.text, p.entities
    FROM passages p JOIN documents d USING (doc)"""
_ACCESS = """(:access IS NULL OR d.set_key IN
    (SELECT g.set_key FROM json_each(:access) l CROSS JOIN grants g ON g.label = l.value))"""
DOCUMENT = f"{DOCUMENT_COLUMNS} WHERE d.id = :id AND {_ACCESS}"
PASSAGES = f"{PASSAGE_COLUMNS} WHERE p.key IN (SELECT value FROM json_each(:keys)) AND {_ACCESS}"
PASSAGES_OF = f"{PASSAGE_COLUMNS} WHERE d.id = :id AND {_ACCESS} ORDER BY p.ordinal"

_ALLOWED = f"""{_ACCESS}
    AND (:year_from IS NULL OR d.year >= :year_from)
    AND (:year_to IS NULL OR d.year <= :year_to)
    AND (:languages IS NULL OR d.language IN (SELECT value FROM json_each(:languages)))
    AND (:sources IS NULL OR d.source IN (SELECT value FROM json_each(:sources)))
    AND (:documents IS NULL OR d.id IN (SELECT value FROM json_each(:documents)))
    AND (:entities IS NULL OR p.row IN
        (SELECT m.row FROM json_each(:entities) e CROSS JOIN mentions m ON m.entity = e.value))
    AND (:sections IS NULL OR EXISTS
        (SELECT 1 FROM json_each(:sections) n WHERE instr(lower(p.section), n.value)))
    AND (:study_types IS NULL OR d.doc IN (SELECT o.doc FROM json_each(:study_types) n
        CROSS JOIN types t ON instr(t.name, n.value) CROSS JOIN typed o ON o.type = t.type))
    AND (:labels IS NULL OR d.set_key IN
        (SELECT g.set_key FROM json_each(:labels) l CROSS JOIN grants g ON g.label = l.value))
    AND (:retracted OR NOT d.retracted)"""
# What is asked of documents alone. SQLite folds the case of ASCII letters only.
_LISTED = f"""{_ACCESS}
    AND (:year_from IS NULL OR d.year >= :year_from)
    AND (:year_to IS NULL OR d.year <= :year_to)
    AND (:languages IS NULL OR d.language IN (SELECT value FROM json_each(:languages)))
    AND (:sources IS NULL OR d.source IN (SELECT value FROM json_each(:sources)))
    AND (:retracted IS NULL OR d.retracted = :retracted)
    AND (:title = '' OR instr(lower(d.title), lower(:title)))"""
LISTED = f"""{DOCUMENT_COLUMNS} WHERE {_LISTED}
    ORDER BY d.year IS NULL, d.year DESC, d.id LIMIT :limit OFFSET :offset"""
COUNT_LISTED = f"SELECT count(*) FROM documents d WHERE {_LISTED}"
COUNT_SEEN = f"""SELECT count(DISTINCT d.doc), count(p.row) FROM documents d LEFT JOIN passages p USING (doc)
    WHERE {_ACCESS}"""
ALLOWED_ROWS = f"""SELECT p.row, p.id FROM json_each(:rows) r
    CROSS JOIN passages p ON p.row = r.value CROSS JOIN documents d ON d.doc = p.doc WHERE {_ALLOWED}"""
VISIBLE = f"""SELECT p.key, p.id FROM json_each(:keys) k
    CROSS JOIN passages p ON p.key = k.value CROSS JOIN documents d ON d.doc = p.doc WHERE {_ALLOWED}"""
_OF_DOCUMENT = "CROSS JOIN passages p ON p.doc = d.doc"
# The same question asked from its narrowest end.
MATCHING_BY_DOCUMENT = f"""SELECT p.key FROM json_each(:documents) w
    CROSS JOIN documents d ON d.id = w.value {_OF_DOCUMENT} WHERE {_ALLOWED}"""
MATCHING_BY_ENTITY = f"""SELECT DISTINCT p.key FROM json_each(:entities) w CROSS JOIN mentions n ON n.entity = w.value
    CROSS JOIN passages p ON p.row = n.row CROSS JOIN documents d ON d.doc = p.doc WHERE {_ALLOWED}"""
_BY_SET = f"""SELECT p.key FROM
    (SELECT DISTINCT g.set_key FROM json_each({{}}) l CROSS JOIN grants g ON g.label = l.value) w
    CROSS JOIN documents d ON d.set_key = w.set_key {_OF_DOCUMENT} WHERE {_ALLOWED}"""
MATCHING_BY_ACCESS, MATCHING_BY_LABEL = _BY_SET.format(":access"), _BY_SET.format(":labels")
MATCHING = f"SELECT p.key FROM documents d {_OF_DOCUMENT} WHERE {_ALLOWED}"
COUNTING = "SELECT count(*) FROM ({})"
ANY_MATCHING = f"{MATCHING} LIMIT 1"
# What there is to filter by, with how many documents or passages have it, the commonest first.
SOURCES = f"""SELECT d.source, count(*) FROM documents d WHERE {_ACCESS} GROUP BY d.source ORDER BY 2 DESC, 1"""
LANGUAGES = f"""SELECT d.language, count(*) FROM documents d WHERE {_ACCESS} GROUP BY d.language ORDER BY 2 DESC, 1"""
SECTIONS = f"""SELECT p.section, count(*) FROM passages p JOIN documents d USING (doc) WHERE {_ACCESS}
    GROUP BY p.section ORDER BY 2 DESC, 1"""
STUDY_TYPES = f"""SELECT t.name, count(*) FROM types t JOIN typed o USING (type) JOIN documents d USING (doc)
    WHERE {_ACCESS} GROUP BY t.name ORDER BY 2 DESC, 1"""
YEARS = f"""SELECT min(d.year), max(d.year) FROM documents d WHERE {_ACCESS}"""

COUNT_OTHERS = "SELECT family, count(*) FROM passages WHERE family > 0 GROUP BY family"
COUNTS = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages), (SELECT count(*) FROM vectors)"
LAST_CHANGE_OF_BATCH = """SELECT max(sequence) FROM
    (SELECT sequence FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?)"""
CHANGED = """SELECT c.key, v.vector FROM (SELECT DISTINCT key FROM changes WHERE sequence > ? AND sequence <= ?) c
    LEFT JOIN passages p ON p.key = c.key LEFT JOIN vectors v ON v.row = p.row"""
CHANGED_OF = f"{CHANGED} AND p.family = ?"
VECTORS_AFTER = """SELECT v.row, p.key, v.vector FROM vectors v JOIN passages p USING (row)
    WHERE v.row > ? ORDER BY v.row LIMIT ?"""
VECTORS_OF_AFTER = """SELECT v.row, p.key, v.vector FROM vectors v JOIN passages p USING (row)
    WHERE v.row > ? AND p.family = ? ORDER BY v.row LIMIT ?"""
# The same by the index of the few.
VECTORS_OF_OTHERS_AFTER = """SELECT v.row, p.key, v.vector FROM passages p CROSS JOIN vectors v ON v.row = p.row
    WHERE p.row > ? AND p.family = ? AND p.family > 0 ORDER BY p.row LIMIT ?"""
VECTORS_OF = """SELECT p.key, v.vector FROM passages p JOIN vectors v USING (row)
    WHERE p.key IN (SELECT value FROM json_each(?))"""
FORGET_CHANGES = "DELETE FROM changes WHERE sequence <= ?"

NEXT_CLEAR = "DELETE FROM next_vectors"
NEXT_COUNT = "SELECT count(*) FROM next_vectors"
NEXT_WAITING = """SELECT p.row, d.title, p.text, p.start FROM passages p CROSS JOIN documents d USING (doc)
    WHERE p.row > ? AND NOT EXISTS (SELECT 1 FROM next_vectors n WHERE n.row = p.row) ORDER BY p.row LIMIT ?"""
NEXT_PUT = "INSERT OR REPLACE INTO next_vectors SELECT row, ? FROM passages WHERE row = ?"
NEXT_SWITCH = ("DROP TABLE vectors", "ALTER TABLE next_vectors RENAME TO vectors", NEXT_VECTORS)

STORED = """SELECT p.row, p.key, p.text, p.entities, d.title, d.keywords FROM documents d JOIN passages p USING (doc)
    WHERE d.doc = ? ORDER BY p.row"""
TYPES_OF = "SELECT publication_types FROM documents WHERE doc = ?"
ALL_STORED = """SELECT d.doc, d.set_key, p.row, p.text, d.title, d.keywords
    FROM passages p JOIN documents d USING (doc) ORDER BY p.row"""
IS_OPEN = "SELECT EXISTS (SELECT 1 FROM grants WHERE label = ? AND set_key = ?)"
INDEXES = ("words", "closed_words")
WORDS_CLEAR = tuple(f"INSERT INTO {index} ({index}) VALUES ('delete-all')" for index in INDEXES)
WORDS_MERGE = tuple(f"INSERT INTO {index} ({index}) VALUES ('optimize')" for index in INDEXES)
WORDS_REMOVE = tuple(
    f"INSERT INTO {index} ({index}, rowid, heading, body) VALUES ('delete', ?, ?, ?)" for index in INDEXES
)
WORDS_ADD = tuple(f"INSERT INTO {index} (rowid, heading, body) VALUES (?, ?, ?)" for index in INDEXES)
WORDS_LENGTHS = tuple(f"SELECT id, sz FROM {index}_docsize WHERE id BETWEEN ? AND ?" for index in INDEXES)
ADD_LENGTH = "INSERT INTO lengths VALUES (?, ?, ?)"
LENGTHS_OF = "SELECT count(*), coalesce(sum(words), 0) FROM lengths WHERE row BETWEEN ? AND ?"
REMOVE_LENGTHS = "DELETE FROM lengths WHERE row BETWEEN ? AND ?"
COUNT_IN_SET = "UPDATE sets SET passages = passages + :passages, words = words + :words WHERE set_key = :set"
LENGTHS_CLEAR = ("DELETE FROM lengths", "UPDATE sets SET passages = 0, words = 0")
FIND_DOCUMENT = "SELECT doc, set_key FROM documents WHERE id = ?"
REMOVE_DOCUMENT = "DELETE FROM documents WHERE doc = ?"
REMOVE_PASSAGES = "DELETE FROM passages WHERE doc = ?"
REMOVE_VECTOR = "DELETE FROM vectors WHERE row = ?"
REMOVE_NEXT_VECTOR = "DELETE FROM next_vectors WHERE row = ?"
REMOVE_TYPED = "DELETE FROM typed WHERE doc = :doc AND type = (SELECT type FROM types WHERE name = :name)"
REMOVE_TYPE = "DELETE FROM types WHERE name = :name AND NOT EXISTS (SELECT 1 FROM typed WHERE type = types.type)"
REMOVE_MENTION = "DELETE FROM mentions WHERE entity = ? AND row = ?"
REMOVE_SET = "DELETE FROM sets WHERE set_key = :set AND NOT EXISTS (SELECT 1 FROM documents WHERE set_key = :set)"
REMOVE_GRANTS = "DELETE FROM grants WHERE set_key = :set AND NOT EXISTS (SELECT 1 FROM sets WHERE set_key = :set)"
NEXT_ROW = "SELECT coalesce(max(row), 0) + 1 FROM passages"
ADD_SET = "INSERT INTO sets (labels) VALUES (?) ON CONFLICT DO NOTHING"
FIND_SET = "SELECT set_key FROM sets WHERE labels = ?"
ADD_GRANT = "INSERT INTO grants VALUES (?, ?) ON CONFLICT DO NOTHING"
ADD_DOCUMENT = """INSERT INTO documents VALUES
    (NULL, :id, :title, :year, :language, :source, :licence, :url, :hash, :keywords, :retracted, :set_key,
    :publication_types)"""
ADD_TYPE = "INSERT INTO types (name) VALUES (?) ON CONFLICT DO NOTHING"
ADD_TYPED = "INSERT INTO typed SELECT type, :doc FROM types WHERE name = :name"
ADD_PASSAGE = """INSERT INTO passages VALUES
    (:row, :key, :id, :doc, :ordinal, :section, :start, :end, :text, :entities, :family)"""
ADD_VECTOR = "INSERT INTO vectors VALUES (?, ?)"
ADD_MENTION = "INSERT INTO mentions VALUES (?, ?)"
LOG = "INSERT INTO changes (key) VALUES (?)"

ALL_DOCUMENTS = DOCUMENT_COLUMNS
ALL_PASSAGES = """SELECT p.id, d.id, p.ordinal, p.section, p.start, p.stop, p.text, p.entities, v.vector
    FROM passages p JOIN documents d USING (doc) LEFT JOIN vectors v USING (row)"""
