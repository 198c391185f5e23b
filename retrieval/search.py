"""Search: by words and by meaning, the two rankings joined."""

from __future__ import annotations

import re
from pathlib import Path

from retrieval.dense import DenseSearch
from retrieval.encoder import Encoder
from retrieval.families import Family, asked_in
from retrieval.followed_index import FollowedIndex
from retrieval.glossary import Glossary
from retrieval.index import VectorIndexes
from retrieval.model import DEFAULT_MODE, Filter, Hit, Mode
from retrieval.passages import PassageStore
from retrieval.totals import Totals

FUSION = 60
"""The constant of reciprocal rank fusion."""
DEPTH = 50
"""How many hits each ranking gives at least."""
PATIENCE = 0.2
"""Seconds that a search waits for another thread that brings the index up to the store."""
LONGEST = 20_000
"""Characters of a query that are read; no encoder sees as much."""

_WORD = re.compile(r"[^\W_]")


class Searcher:
    """Searches the passages of one store, with its vectors in memory. Safe to use from several threads.

    The store is the truth: nothing is found that the store, asked at that moment, does not hold or does not show.
    """

    def __init__(
        self,
        passages: PassageStore,
        encoder: Encoder,
        indexes: VectorIndexes,
        directory: Path,
        glossary: Glossary | None = None,
    ) -> None:
        """No vector is read yet: the first search or refresh does. `directory` is where the index is saved. `glossary`
        is what finds passages in the other language than the query's.

        Raises AcceleratorUnavailable as `indexes.empty` does.
        """
        self._passages, self._glossary = passages, glossary
        self._dense = DenseSearch(passages, encoder, indexes, directory, glossary)
        self._totals = Totals(passages)

    def search(
        self,
        query: str,
        *,
        filter: Filter,
        k: int = 10,
        mode: Mode = DEFAULT_MODE,
        named: frozenset[str] = frozenset(),
    ) -> list[Hit]:
        """The `k` best passages that the filter lets through, best first, ties by passage id.

        The words (BM25) and the meaning (cosine) rank apart; a passage's score is the sum of 1 / (60 + rank) over the
        rankings it stands in (Cormack, Clarke, Buettcher 2009, "Reciprocal Rank Fusion"). A query without a letter or
        digit finds nothing. `mode` says which rankings there are. `named` are the ids of what the query names: how many
        of them a passage mentions stands in its parts as `entity_overlap`. Raises EncoderMismatch if the store's
        vectors are not this encoder's.
        """
        query = query[:LONGEST].encode(errors="replace").decode()  # half a character is none
        if k < 1 or not _WORD.search(query):
            return []
        self._dense.refresh(PATIENCE)
        depth = max(DEPTH, 2 * k)
        parts: dict[str, dict[str, float]] = {}
        if mode != "dense":
            for rank, (id, bm25) in enumerate(self._passages.lexical(self.in_words(query), filter, depth), 1):
                parts[id] = {"lexical_rank": rank, "bm25": round(bm25, 4)}
        if mode != "lexical":
            for rank, (id, cosine, above) in enumerate(self._dense.nearest(query, filter, depth), 1):
                measure = {} if above is None else {"above": round(above, 4)}
                parts.setdefault(id, {}).update(dense_rank=rank, cosine=cosine, **measure)
        scored = sorted((-_fused(part), id) for id, part in parts.items())
        hits = self._hits(scored, parts, filter, k)
        if named:
            for hit in hits:
                hit.parts["entity_overlap"] = len(named.intersection(hit.passage.entities))
        return hits

    @property
    def vectors(self) -> dict[Family, FollowedIndex]:
        """The index of each family of languages, which follows the store."""
        return self._dense.now

    def count(self, filter: Filter) -> int:
        """How many passages the filter lets through; while much is written, a moment ago (`totals`)."""
        return self._totals.of(filter)

    def in_words(self, query: str) -> str:
        """The query with its words in the other language, where passages are written in that."""
        if self._glossary is None:
            return query
        if asked_in(query) == "zh":
            return f"{query} {self._glossary.english(query)}"
        return f"{query} {self._glossary.chinese(query)}" if self._dense.has_chinese else query

    def refresh(self) -> None:
        """Bring the indexes up to the store. Costs one short read where nothing has changed."""
        self._dense.refresh()

    def save(self) -> None:
        """Save the indexes as new generations, then let the store forget the changes they hold. Raises StorageFull."""
        self._dense.save()

    def close(self) -> None:
        """Stop what is being made in the background. Closing twice is harmless."""
        self._dense.close()

    def __len__(self) -> int:
        """How many vectors the indexes hold."""
        return len(self._dense)

    def _hits(
        self, scored: list[tuple[float, str]], parts: dict[str, dict[str, float]], filter: Filter, k: int
    ) -> list[Hit]:
        hits: list[Hit] = []
        for begin in range(0, len(scored), k):
            some = scored[begin : begin + k]
            passages = self._passages.passages([id for _, id in some], access=filter.access)
            documents = self._passages.documents({passage.document for passage in passages.values()})
            for score, id in some:
                passage = passages.get(id)
                if passage is not None and passage.document in documents:
                    hits.append(Hit(passage, documents[passage.document], -score, parts[id]))
            if len(hits) >= k:
                break
        return hits[:k]


def _fused(part: dict[str, float]) -> float:
    return sum(1 / (FUSION + part[rank]) for rank in ("lexical_rank", "dense_rank") if rank in part)
