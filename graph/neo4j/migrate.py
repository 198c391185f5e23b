"""From a database of layout 1 to one of layout 2, a transaction for every so many entities.

Layout 1 told documents from curated sources by a colon in their ids. What is derived of the declarations of a source
that this took for the other kind is derived again. Whatever part is done twice, because it was cut short or two
programs do it at once, comes out the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from graph.neo4j import layout, read_cypher, write_cypher
from graph.neo4j.edges import Edges
from graph.neo4j.shapes import Declarations, Shapes, names_version

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
