"""Documents, data sets and counts, as one reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.audit.visit import noted
from api.errors import NotFound
from api.paging import following, offset_of
from api.schemas.documents import DocumentOut, DocumentsOut, SourceOut, SourcesOut, StatsOut, WholeDocumentOut
from graph.view import GraphView
from retrieval.model import Listing

if TYPE_CHECKING:
    from api.wiring import Parts
    from graph.model import Kind
    from graph.store import Access

EVERY = 2**31


@noted
def documents(parts: Parts, wanted: Listing, *, limit: int, cursor: str | None) -> DocumentsOut:
    """The documents wanted, a page of them. Raises BadCursor."""
    asked = (wanted.year_from, wanted.year_to, wanted.languages, wanted.sources, wanted.retracted, wanted.title)
    of = ("documents", *asked)
    offset = offset_of(cursor, *of)
    rows, total = parts.passages().listed(wanted, limit=limit, offset=offset)
    return DocumentsOut(
        documents=[DocumentOut.of(row) for row in rows], total=total, cursor=following(offset, len(rows), total, *of)
    )


@noted
def document(parts: Parts, id: str, access: Access) -> WholeDocumentOut:
    """A document with its text, passages and mentions. Raises NotFound."""
    info = parts.passages().document(id, access=access)
    if info is None:
        raise NotFound("no such document")
    graph = GraphView(parts.graph(), access)
    mentions = graph.mentions(source=id, limit=EVERY)
    return WholeDocumentOut.whole(
        info,
        parts.passages().passages_of(id, access=access),
        mentions,
        graph.entities({mention.entity for mention in mentions}),
        assertions=graph.count_assertions(source=id),
    )


@noted
def sources(parts: Parts, access: Access, *, kind: Kind | None, limit: int, cursor: str | None) -> SourcesOut:
    """Data sets and documents by id, a page of them. Raises BadCursor."""
    of = ("sources", kind)
    offset = offset_of(cursor, *of)
    rows = [row for row in parts.graph().sources(kind=kind) if access is None or row.access & access]
    shown = rows[offset : offset + limit]
    return SourcesOut(
        sources=[SourceOut.of(row) for row in shown],
        total=len(rows),
        cursor=following(offset, len(shown), len(rows), *of),
    )


def stats(parts: Parts, access: Access, *, whole: bool) -> StatsOut:
    """What is stored, as far as the reader may see it; with the counts of the whole graph where `whole` says so, which
    must not hang on what is hidden: that would tell whether something is."""
    seen = [row for row in parts.graph().sources() if access is None or row.access & access]
    counted = parts.graph().stats() if whole else None
    documents, passages = parts.passages().seen(access=access)
    return StatsOut(
        documents=documents,
        passages=passages,
        sources=len(seen),
        mentions=counted.mentions if counted else None,
        entities=counted.entities if counted else None,
        assertions=counted.assertions if counted else None,
        relations=counted.relations if counted else None,
        by_type=dict(counted.by_type) if counted else None,
        by_predicate=dict(counted.by_predicate) if counted else None,
    )
