"""From a database of a former layout to one of this, a transaction for every so many entities or mappings.

Layout 1 told documents from curated sources by a colon in their ids. What is derived of the declarations of a source
that this took for the other kind is derived again. Layout 2 followed every mapping and wrote canonical ids, which count
as what was stated from now on. Whatever part is done twice, because it was cut short or two programs do it at once,
comes out the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from graph import identity
from graph.neo4j import layout, read_cypher, write_cypher
from graph.neo4j.edges import Edges
from graph.neo4j.rows import PHRASES, SUFFIXES
from graph.neo4j.shapes import Declarations, Shapes, merged, names_version, shape
from graph.neo4j.write import follow_mappings

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Session

PART = 1000


def by_kind(session: Session) -> None:
    """Bring a database of layout 1 to layout 2."""
    ids = session.execute_read(lambda tx: [row[0] for row in tx.run(layout.MISPLACED)])
    for start in range(0, len(ids), PART):
        session.execute_write(_derive, ids[start : start + PART])
    session.execute_write(_finish)


def _derive(tx: ManagedTransaction, ids: Collection[str]) -> None:
    tx.run(write_cypher.LOCK_ENTITIES, ids=list(ids)).consume()
    before: dict[str, Declarations] = defaultdict(dict)
    after: dict[str, Declarations] = defaultdict(dict)
    for id, source, kind, properties in tx.run(write_cypher.DECLARATIONS, ids=list(ids)):
        key = source, properties["declared"]
        before[id][key] = {**properties, "kind": "document" if ":" in source else "curated"}
        after[id][key] = {**properties, "kind": kind}
    Shapes(tx, Edges(tx)).derive(before, after, ())


def _finish(tx: ManagedTransaction) -> None:
    tx.run(write_cypher.LOCK_GRAPH).consume()
    version = names_version(tx.run(read_cypher.NAMES, curated_only=True))
    tx.run(write_cypher.SET_NAMES_VERSION, names=version).consume()
    tx.run(layout.SET_LAYOUT, layout=2).consume()


def as_stated(session: Session) -> None:
    """Bring a database of layout 2 to layout 3."""
    for statement in layout.LAY_OUT:
        session.run(statement).consume()
    pairs = session.execute_read(lambda tx: [tuple(row) for row in tx.run(layout.FORMER_MAPPINGS)])
    ends = identity.resolve((other, canonical) for other, canonical in pairs)
    rows = [[*pair, ends.get(pair[0])] for pair in sorted(pairs)]
    for start in range(0, len(rows), PART):
        session.execute_write(
            lambda tx, part: tx.run(layout.SET_FORMER_ENDS, rows=part).consume(), rows[start : start + PART]
        )
    ids = sorted({other for other, _ in pairs})
    for start in range(0, len(ids), PART):
        session.execute_write(follow_mappings, ids[start : start + PART])
    named = session.execute_read(lambda tx: [row[0] for row in tx.run(layout.DECLARED_OTHERWISE)])
    for start in range(0, len(named), PART):
        session.execute_write(_rename, named[start : start + PART])
    session.execute_write(lambda tx: tx.run(layout.SET_LAYOUT, layout=3).consume())


def _rename(tx: ManagedTransaction, ids: Collection[str]) -> None:
    """Let entities go by their names in the vocabularies of their ids, as layout 2 did not."""
    tx.run(write_cypher.LOCK_ENTITIES, ids=list(ids)).consume()
    declared: dict[str, Declarations] = defaultdict(dict)
    for id, source, kind, properties in tx.run(write_cypher.DECLARATIONS, ids=list(ids)):
        declared[id][source, properties["declared"]] = {**properties, "kind": kind}
    rows = defaultdict(list)
    for id, declarations in declared.items():
        if (entity := merged(id, declarations)) is not None:
            rows[entity.type].append(shape(entity, declarations))
    for type, shaped in sorted(rows.items()):
        tx.run(write_cypher.shape_entities(type, changed=False), rows=shaped).consume()
    tx.run(write_cypher.RECAPTION, ids=list(declared), phrases=PHRASES, suffixes=SUFFIXES).consume()


MIGRATIONS = {1: by_kind, 2: as_stated}
"""From each layout to the next."""
