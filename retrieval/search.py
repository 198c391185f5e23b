"""Search: by words and by meaning, the two rankings joined."""

from __future__ import annotations

import re
from pathlib import Path

from retrieval import fusion, late
from retrieval.dense import DenseSearch
from retrieval.encoder import Encoder
from retrieval.families import Family, asked_in
from retrieval.followed_index import FollowedIndex
from retrieval.glossary import Glossary
from retrieval.index import VectorIndexes
from retrieval.model import DEFAULT_MODE, Filter, Hit, Mode
from retrieval.passages import PassageStore
from retrieval.totals import Totals
from storage import deadline

FOREIGN = 0.8
"""What the best passage in the other language counts beside the best in the question's own, by words."""
PATIENCE = 0.2
"""Seconds that a search waits for another thread that brings the index up to the store."""
LONGEST = 20_000
"""Characters of a query that are read; no encoder sees as much."""

_WORD = re.compile(r"[^\W_]")
_WHOLE = re.compile(r"[^\W_]+")


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

        The words (BM25) and the meaning (cosine) rank apart, and `fusion` makes one score of both. A query without a
        letter or digit finds nothing. `mode` says which rankings there are; `rerank` reads the best again (`late`),
        where the question is not Chinese. `named` are the ids of what the query names: how many of them a passage
        mentions stands in its parts as `entity_overlap`. Raises EncoderMismatch if the store's vectors are not this
        encoder's.
        """
        query = query[:LONGEST].encode(errors="replace").decode()  # half a character is none
        if k < 1 or not _WORD.search(query):
            return []
        self._dense.refresh(PATIENCE)
        deadline.check()
        depth = max(fusion.DEPTH, 2 * k)
        words = self._by_words(query, filter, depth) if mode != "dense" else []
        near = self._dense.nearest(query, filter, depth) if mode != "lexical" else []
        parts = fusion.joined(words, near)
        scored = sorted((-fusion.score(part, mode), id) for id, part in parts.items())
        hits = self._hits(scored, parts, filter, max(k, late.READ) if mode == "rerank" else k)
        deadline.check()
        if mode == "rerank" and asked_in(query) == "rest":
            rarity = self._passages.rarity(_WHOLE.findall(query), access=filter.access)
            hits = late.reread(self._dense.reader(), query, hits, rarity)
        hits = hits[:k]
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

    def _by_words(self, query: str, filter: Filter, depth: int) -> list[tuple[str, float]]:
        """The ranking by words. A Chinese question's English words are words like its own. An English one's Chinese
        words are looked for apart, and their best counts as `FOREIGN` of its own best: BM25 takes a Chinese name of
        four characters for three rare words."""
        if asked_in(query) == "zh" or (whole := self.in_words(query, filter.access)) == query:
            return self._passages.lexical(self.in_words(query, filter.access), filter, depth)
        own = self._passages.lexical(query, filter, depth)
        other = self._passages.lexical(whole.removeprefix(query), filter, depth)
        if not own or not other:
            return own or other
        share = FOREIGN * own[0][1] / other[0][1]
        scores = dict(own)
        for id, bm25 in other:
            scores[id] = scores.get(id, 0.0) + share * bm25
        return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))[:depth]

    def in_words(self, query: str, access: frozenset[str] | None) -> str:
        """The query with its words in the other language, where passages that `access` shows are written in that."""
        if self._glossary is None:
            return query
        if asked_in(query) == "zh":
            return f"{query} {self._glossary.english(query)}"
        return f"{query} {self._glossary.chinese(query)}" if self._passages.has_chinese(access=access) else query

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
