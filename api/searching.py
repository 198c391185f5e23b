"""Searching passages the way both doors do: filters in words that people know, pages, and why nothing was found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.audit.visit import noted
from api.lookup import find
from api.paging import cursor as word_for
from api.paging import offset_of
from api.schemas.search import ChoicesOut, HitsOut, UnmetOut
from graph.errors import StoreUnavailable
from graph.view import GraphView
from qa.asked.names import names_in
from retrieval.model import DEFAULT_MODE, Filter, Mode
from text.names import is_chinese, tokens

if TYPE_CHECKING:
    from api.wiring import Parts
    from graph.store import Access
    from retrieval.passage_filters import Choices, Part

DEEPEST = 1000
"""The last hit that a page shows."""
NAMED_IN = 2000
"""Characters of a query in which names are looked for."""
TOLD = 20
"""Names of what there is that are told where a filter meets nothing."""
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a hit must satisfy, in the words of the doors; None or nothing means anything. `entities` are ids or
    names; what is below them in an ontology is meant with them where `descendants` says so."""

    year_from: int | None = None
    year_to: int | None = None
    languages: Collection[str] = ()
    sources: Collection[str] = ()
    sections: Collection[str] = ()
    study_types: Collection[str] = ()
    documents: Collection[str] = ()
    entities: Collection[str] = ()
    labels: Collection[str] = ()
    descendants: bool = True
    retracted: bool = False


@noted
def search(
    parts: Parts,
    query: str,
    wanted: Wanted,
    *,
    reader: Access,
    access: Access,
    k: int,
    cursor: str | None = None,
    mode: Mode = DEFAULT_MODE,
) -> HitsOut:
    """A page of the passages that `access` may see, best first; entities are looked up as `reader` sees the graph.

    Raises UnknownEntity, NotFound for an entity that is none, BadCursor, and what graph and retrieval raise.
    """
    of = ("search", query, repr(wanted), sorted(access or ()), access is None, mode)
    start = offset_of(cursor, *of)
    filter = filtered(parts, wanted, reader=reader, access=access)
    searcher = parts.searcher()
    reach = min(start + k, DEEPEST)
    asked = worded(parts, query, reader)
    hits = searcher.search(asked, filter=filter, k=reach, mode=mode, named=named(parts, query, reader))
    page = hits[start:]
    total = searcher.count(filter)
    more = len(hits) == reach and reach < min(total, DEEPEST)
    why_none = [] if hits else unmet(parts, filter, access)
    return HitsOut.of(
        page,
        searcher.in_words(asked, access),
        mode=mode,
        total=total,
        cursor=word_for(reach, *of) if more else None,
        unmet=why_none,
    )


def unmet(parts: Parts, filter: Filter, access: Access) -> list[UnmetOut]:
    """The parts of a filter that no passage meets, with what there is instead; none where each is met."""
    names = parts.passages().unmet(filter)
    return _unmet(names, parts.passages().choices(access=access)) if names else []


def choices(parts: Parts, access: Access) -> ChoicesOut:
    """What there is to filter by."""
    return ChoicesOut.of(parts.passages().choices(access=access))


def filtered(parts: Parts, wanted: Wanted, *, reader: Access, access: Access) -> Filter:
    """The filter of the passages. Raises UnknownEntity, NotFound for an entity that is none, what the graph raises."""
    return Filter(
        access=access,
        year_from=wanted.year_from,
        year_to=wanted.year_to,
        languages=_set(wanted.languages),
        sources=_set(wanted.sources),
        documents=_set(wanted.documents),
        entities=_entities(parts, wanted, reader) if wanted.entities else None,
        retracted=wanted.retracted,
        sections=_set(wanted.sections),
        study_types=_set(wanted.study_types),
        labels=_set(wanted.labels),
    )


def named(parts: Parts, query: str, reader: Access) -> frozenset[str]:
    """All ids of the entities that the query names. None where the graph cannot be asked: search goes without."""
    try:
        view = GraphView(parts.graph(), reader)
        text = query[:NAMED_IN]
        found = {entity.id for span in names_in(text, tokens(text), view) for entity in span.entities}
        return view.all_ids(found)
    except StoreUnavailable:
        return frozenset()


def worded(parts: Parts, query: str, reader: Access) -> str:
    """The query, where it is Chinese with the English names of what it names in the graph: the glossary that ships
    with medgraph does not have them all. As it is where the graph cannot be asked."""
    if not is_chinese(query):
        return query
    try:
        view = GraphView(parts.graph(), reader)
        text = query[:NAMED_IN]
        names = [entity.name for span in names_in(text, tokens(text), view) for entity in span.entities]
    except StoreUnavailable:
        return query
    return " ".join(dict.fromkeys([query, *(name for name in names if not is_chinese(name))]))


def descendants(view: GraphView, ids: Collection[str]) -> frozenset[str]:
    """These ids and those of everything below them by `subclass_of`."""
    every = set(ids)
    new = list(every)
    while new:
        below: set[str] = set()
        for begin in range(0, len(new), _CHUNK):
            relations = view.relations(objects=new[begin : begin + _CHUNK], predicates=["subclass_of"])
            below.update(relation.subject for relation in relations)
        new = sorted(below - every)
        every.update(new)
    return frozenset(every)


def _entities(parts: Parts, wanted: Wanted, reader: Access) -> frozenset[str]:
    view = GraphView(parts.graph(), reader)
    ids = {find(view, text).entity.id for text in wanted.entities}
    return view.all_ids(descendants(view, ids) if wanted.descendants else ids)


def _set(values: Collection[str]) -> frozenset[str] | None:
    return frozenset(values) or None


def _unmet(names: Sequence[Part], there: Choices) -> list[UnmetOut]:
    """What is told of each part that nothing meets: which values there are instead, where they can be listed."""
    listed = {
        "sources": there.sources,
        "languages": there.languages,
        "study_types": there.study_types,
        "sections": there.sections,
    }
    return [
        UnmetOut(
            part=name,
            there=[value for value, _ in listed.get(name, ())[:TOLD] if value],
            years=there.years if name == "years" else None,
        )
        for name in names
    ]
