"""Sentences that answer a question, out of the passages that a search finds: the one way of both doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api import searching
from api.audit.visit import noted
from api.schemas.sentences import SentencesOut
from graph.errors import StoreUnavailable
from graph.view import GraphView
from qa.asked.names import names_in
from qa.evidence.wording import all_names
from retrieval.answering.ranker import READ
from retrieval.model import DEFAULT_MODE, Mode
from text.names import tokens

if TYPE_CHECKING:
    from api.wiring import Parts
    from graph.store import Access


@noted
def sentences(
    parts: Parts,
    query: str,
    wanted: searching.Wanted,
    *,
    reader: Access,
    access: Access,
    k: int,
    mode: Mode = DEFAULT_MODE,
) -> SentencesOut:
    """The `k` sentences that best answer `query`, best first, of the first passages that `access` may see; entities are
    looked up as `reader` sees the graph. Raises as `searching.search` does, and EncoderUnavailable."""
    filter = searching.filtered(parts, wanted, reader=reader, access=access)
    names = _names(parts, query, reader)
    named = searching.named(parts, query, reader)
    hits = parts.searcher().search(query, filter=filter, k=READ, mode=mode, named=named)
    answers = parts.sentences().rank(query, hits, access=access, k=k, names=names)
    return SentencesOut.of(answers, mode=mode, unmet=[] if hits else searching.unmet(parts, filter, access))


def _names(parts: Parts, query: str, reader: Access) -> dict[str, list[str]]:
    """For each name in the query, as it is written, all names of what it may stand for. None where the graph cannot be
    asked."""
    text = query[: searching.NAMED_IN]
    try:
        spans = names_in(text, tokens(text), GraphView(parts.graph(), reader))
    except StoreUnavailable:
        return {}
    names: dict[str, list[str]] = {}
    for span in spans:
        for entity in span.entities:
            names.setdefault(text[span.start : span.end], []).extend(all_names(entity))
    return names
