"""Reading from the SQLite store: functions over one connection, inside one read transaction.

`groups` is what `rows.visible` gives: the sets of access labels that the reader meets.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge as merge_sorted
from itertools import chain, groupby, islice

from graph.errors import UnknownEntity
from graph.fingerprint import Fingerprint
from graph.identity import Declaration, merge
from graph.matching import CANDIDATES, Ranking
from graph.model import (
    KINDS,
    Assertion,
    Entity,
    KeptMatch,
    Mention,
    NameMatch,
    PassageNode,
    Path,
    Relation,
    Source,
)
from graph.paths import MOST_COUNTED, Search, along
from graph.sqlite import queries as sql
from graph.sqlite.columns import ASSERTION, DECLARATION, MENTION, PASSAGE, SOURCE, Row
from graph.sqlite.identities import mapped_ids
from graph.sqlite.rows import AccessSets, listed, visible

COMMON = 5000
"""How many names a search for any of several words may look at; beyond that the commonest words are left out."""


def sources(connection: sqlite3.Connection, *, id: str | None = None, kind: str | None = None) -> list[Source]:
    access = AccessSets(connection)
    return [
        SOURCE.thing(row, access.labels) for row in connection.execute(sql.SOURCES, {"id": id, "kind": kind}).fetchall()
    ]


def canonical(connection: sqlite3.Connection, id: str) -> str:
    """The canonical id of a mapped one; any other id itself."""
    row = connection.execute("SELECT canonical FROM canonical_id WHERE other = ?", (id,)).fetchone()
    return id if row is None else str(row[0])


def canonicals(connection: sqlite3.Connection, ids: Collection[str]) -> set[str]:
    """The canonical ids of mapped ones, and the other ids themselves."""
    mapped = mapped_ids(connection, ids)
    return {mapped.get(id, id) for id in ids}


def merged(connection: sqlite3.Connection, id: str) -> list[KeptMatch]:
    """See GraphStore.merged; the id is canonical."""
    return [KeptMatch(*row) for row in connection.execute(sql.MERGED, (id,))]


def matches(connection: sqlite3.Connection) -> list[KeptMatch]:
    """See GraphStore.matches."""
    return [KeptMatch(*row) for row in connection.execute(sql.MATCHES)]


def refused(connection: sqlite3.Connection) -> list[KeptMatch]:
    """See GraphStore.refused."""
    return [KeptMatch(*row) for row in connection.execute(sql.REFUSED)]


def waiting(connection: sqlite3.Connection, limit: int) -> tuple[int, list[str]]:
    """See GraphStore.waiting."""
    (count,) = connection.execute(sql.WAITING).fetchone()
    return int(count), [id for (id,) in connection.execute(sql.WAITED_FOR, (limit,))]


def visible_key(connection: sqlite3.Connection, id: str, groups: str | None) -> int:
    """The key of a canonical id that the reader may see; raises UnknownEntity."""
    row = connection.execute(sql.VISIBLE_KEY, {"id": id, "groups": groups}).fetchone()
    if row is None:
        raise UnknownEntity(id)
    return int(row[0])


def entities(connection: sqlite3.Connection, ids: Collection[str], groups: str | None) -> dict[str, Entity]:
    """Entities by canonical id, each the merge of the declarations that the reader may see."""
    access = AccessSets(connection)
    declarations: dict[str, list[Declaration]] = {}
    rows = connection.execute(sql.DECLARATIONS, {"ids": listed(ids), "groups": groups}).fetchall()
    for id, source, place, *columns in rows:
        declaration = Declaration(source, KINDS[place], DECLARATION.thing(columns, access.labels))
        declarations.setdefault(id, []).append(declaration)
    return {id: merge(id, own) for id, own in declarations.items()}


def named(connection: sqlite3.Connection, norms: Collection[str], groups: str | None) -> dict[str, list[Entity]]:
    """See GraphStore.named."""
    rows = connection.execute(sql.NAMED, {"norms": listed(set(norms)), "groups": groups, "type": None}).fetchall()
    bearers = entities(connection, {id for _, id, _ in rows}, groups)
    by_norm: dict[str, list[Entity]] = {}
    for norm, id, _ in rows:
        by_norm.setdefault(norm, []).append(bearers[id])
    return by_norm


def find(
    connection: sqlite3.Connection, text: str, *, type: str | None, limit: int, groups: str | None
) -> list[NameMatch]:
    """See GraphStore.find_entities."""
    ranking = Ranking(text, limit)
    rest = {"groups": groups, "type": type}
    if not ranking.full:
        for _, id, name in connection.execute(sql.NAMED, {"norms": listed([ranking.norm]), **rest}):
            ranking.whole(id, name)
    asked = {"asked": len(ranking.words), "most": CANDIDATES, **rest}
    searches = _matches(connection, ranking.words, groups)
    while not ranking.full and (matches := next(searches, None)):
        for norm, id, name in connection.execute(sql.FULL_TEXT, {"matches": matches, **asked}):
            ranking.partly(id, norm, name)
    best = ranking.best()
    bearers = entities(connection, [id for id, _, _ in best], groups)
    return [NameMatch(bearers[id], name, score) for id, name, score in best]


def _matches(connection: sqlite3.Connection, words: Sequence[str], groups: str | None) -> Iterator[str]:
    """What the full-text search is asked, one after the other: for all of the words, then for any."""
    yield json.dumps([" ".join(f'"{word}"' for word in dict.fromkeys(words))])
    telling = _telling(connection, words, groups) if len(words) > 1 else []
    if telling:
        yield json.dumps([f'"{word}"' for word in telling])


def names_digest(connection: sqlite3.Connection) -> str:
    """A hash of all that curated sources name, 32 hex digits."""
    digest = hashlib.blake2b(digest_size=16)
    for row in connection.execute(sql.CURATED_NAMES):
        digest.update("\x1f".join(row).encode("utf-8", "surrogatepass") + b"\x1e")
    return digest.hexdigest()


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
    wanted = related(subjects=subjects, objects=objects, key=key, type=type, predicates=predicates, groups=groups)
    for row in connection.execute(statement, {**wanted, "limit": -1 if limit is None else limit, "offset": offset}):
        yield Relation(*row)


def related(
    *,
    subjects: Collection[str] | None = None,
    objects: Collection[str] | None = None,
    key: int | None = None,
    type: str | None = None,
    predicates: Collection[str] | None = None,
    groups: str | None = None,
) -> dict[str, object]:
    """What a statement for relations is given, but for limit and offset."""
    return {
        "subjects": listed(subjects), "objects": listed(objects), "key": key, "type": type,
        "predicates": listed(predicates), "groups": groups,
    }  # fmt: skip


def paths(
    connection: sqlite3.Connection,
    start: int,
    end: int,
    *,
    max_hops: int,
    limit: int,
    predicates: Collection[str] | None,
    types: Collection[str] | None,
    avoiding: Collection[str],
    groups: str | None,
) -> list[Path]:
    """See GraphStore.paths; the ends are keys, what is avoided canonical ids."""
    wanted = {
        "groups": groups, "predicates": listed(predicates), "types": listed(types), "avoiding": listed(avoiding),
        "most": MOST_COUNTED,
    }  # fmt: skip

    def beside(keys: Collection[int]) -> dict[int, set[int]]:
        near: dict[int, set[int]] = {}
        for statement in sql.ADJACENT:
            for key, others in connection.execute(statement, {"keys": listed(keys), **wanted}):
                near.setdefault(key, set()).update(json.loads(others))
        return near

    def closed(keys: Collection[int]) -> list[int]:
        return [key for (key,) in connection.execute(sql.CLOSED, {"keys": listed(keys), **wanted})]

    def ids(keys: Collection[int]) -> dict[int, str]:
        return dict(connection.execute(sql.IDS, {"keys": listed(keys)}))

    def degrees(keys: Collection[int]) -> dict[int, int]:
        return dict(connection.execute(sql.DEGREES, {"keys": listed(keys), **wanted}))

    def among(nodes: Collection[str]) -> Iterator[Relation]:
        return relations(
            connection, sql.OF_SUBJECTS, subjects=nodes, objects=nodes, predicates=predicates, groups=groups
        )

    return along(Search(beside, closed, ids, degrees).best(start, end, max_hops=max_hops, limit=limit), among)


def stated(
    connection: sqlite3.Connection,
    subject: str | None,
    predicate: str | None,
    object: str | None,
    source: str | None,
    access: Collection[str] | None,
) -> dict[str, object]:
    """The parameters of `assertions`, without limit and offset."""
    return {
        "subject": None if subject is None else canonical(connection, subject),
        "object": None if object is None else canonical(connection, object),
        "predicate": predicate, "source": source, "groups": visible(connection, access),
    }  # fmt: skip


def assertions(connection: sqlite3.Connection, wanted: Mapping[str, object]) -> list[Assertion]:
    """See GraphStore.assertions; `wanted` are the parameters of the statements above."""
    access = AccessSets(connection)
    return [ASSERTION.thing(row, access.labels) for row in connection.execute(statement_for(wanted), wanted).fetchall()]


def statements(connection: sqlite3.Connection, wanted: Mapping[str, object]) -> list[Assertion]:
    """See GraphStore.statements; `wanted` are the parameters of the statement."""
    access = AccessSets(connection)
    return [ASSERTION.thing(row, access.labels) for row in connection.execute(sql.STATED_BETWEEN, wanted).fetchall()]


def stated_by(connection: sqlite3.Connection, wanted: Mapping[str, object]) -> Iterator[Assertion]:
    """See GraphStore.stated; `wanted` are the parameters of the statement."""
    access = AccessSets(connection)
    for row in connection.execute(sql.STATED_BY, wanted):
        yield ASSERTION.thing(row, access.labels)


def statement_for(wanted: Mapping[str, object]) -> str:
    """The statement that looks from the narrowest of what is given."""
    if wanted["subject"] is not None:
        return sql.STATED_OF_SUBJECT if wanted["object"] is None else sql.STATED_OF_PAIR
    return sql.STATED_BY_SOURCE if wanted["object"] is None else sql.STATED_OF_OBJECT


def passage(connection: sqlite3.Connection, id: str, groups: str | None) -> PassageNode | None:
    row = connection.execute(sql.PASSAGES, {"id": id, "groups": groups}).fetchone()
    return None if row is None else PASSAGE.thing(row, AccessSets(connection).labels)


def mentions(
    connection: sqlite3.Connection, *, entity: str | None, source: str | None, groups: str | None, limit: int
) -> list[Mention]:
    """See GraphStore.mentions."""
    access = AccessSets(connection)
    wanted = {"source": source, "groups": groups}
    if entity is None:
        rows: Iterable[Row] = connection.execute(sql.MENTIONS_BY_SOURCE, wanted)
    else:
        # Each member's own come in order from the index; of several members at one place the first is read.
        members = connection.execute(sql.MEMBERS, (entity,)).fetchall()
        each = [
            connection.execute(sql.MENTIONS_OF_MEMBER, {**wanted, "member": key, "limit": limit}) for (key,) in members
        ]
        rows = merge_sorted(*each, key=lambda row: row[:_PLACE]) if len(each) > 1 else chain(*each)
    read = (MENTION.thing(row[_PLACE:], access.labels) for row in rows)
    return list(islice((next(same) for _, same in groupby(read, key=_at)), limit))


_PLACE = 5
"""So many columns, by which mentions are ordered, stand before their own."""


def _at(mention: Mention) -> tuple[str, int, int, str]:
    return mention.passage, mention.start, mention.end, mention.entity


def fingerprint(connection: sqlite3.Connection) -> str:
    """See graph.fingerprint."""
    access = AccessSets(connection)
    total = Fingerprint()
    for source in sources(connection):
        total.source(source)
    for source, id, *columns in connection.execute(sql.EVERY_DECLARATION):
        total.declaration(source, id, DECLARATION.thing(columns, access.labels))
    for row in connection.execute(sql.EVERY_PASSAGE):
        total.passage(PASSAGE.thing(row, access.labels))
    for source, *columns in connection.execute(sql.EVERY_MENTION):
        total.mention(source, MENTION.thing(columns, access.labels))
    for row in connection.execute(sql.EVERY_ASSERTION):
        total.assertion(ASSERTION.thing(row, access.labels))
    for row in connection.execute("SELECT source, other, canonical, confidence, justification FROM mapping"):
        total.mapping(*row)
    for relation in relations(connection, sql.EVERY_RELATION):
        total.relation(relation)
    return total.hexdigest()


def _telling(connection: sqlite3.Connection, words: Collection[str], groups: str | None) -> list[str]:
    """Those of the words that stand in some name that the reader may see, the rarest first, for as long as they bring
    few names."""
    counted = dict(connection.execute(sql.WORD_COUNTS, {"words": listed(set(words))}).fetchall())
    if groups is not None and len(json.loads(groups)) < connection.execute(sql.COUNT_GROUPS).fetchone()[0]:
        seen = {"groups": groups, "type": None, "enough": COMMON + 1}
        for word in counted:
            counted[word] = connection.execute(sql.WORD_COUNT_SEEN, {"match": f'"{word}"', **seen}).fetchone()[0]
    telling: list[str] = []
    total = 0
    for names, _, word in sorted(
        (min(names, COMMON + 1), -len(word), word) for word, names in counted.items() if names
    ):
        total += names
        if telling and total > COMMON:
            break
        telling.append(word)
    return telling
