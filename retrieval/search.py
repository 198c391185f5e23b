"""Search: by words and by meaning, the two rankings joined."""

from __future__ import annotations

import logging
import re
import threading
from collections import OrderedDict
from pathlib import Path

from retrieval.encoder import Encoder, Vectors
from retrieval.errors import EncoderMismatch, IndexCorrupt
from retrieval.index import Keys, VectorIndex, VectorIndexes
from retrieval.model import DEFAULT_MODE, Filter, Hit, Mode
from retrieval.passages import PassageStore

FUSION = 60
"""The constant of reciprocal rank fusion."""
DEPTH = 50
"""How many hits each ranking gives at least."""
KEPT_FILTERS = 8
LONGEST = 20_000
"""Characters of a query that are read; no encoder sees as much."""

_log = logging.getLogger(__name__)
_WORD = re.compile(r"[^\W_]")


class Searcher:
    """Searches the passages of one store, with its vectors in memory. Safe to use from several threads.

    The store is the truth. The index follows its log of changes at every search, whoever made them; where the log no
    longer reaches back, it takes a newer saved index, or reads all vectors anew. Nothing is found that the store,
    asked at that moment, does not hold or does not show.
    """

    def __init__(
        self,
        passages: PassageStore,
        encoder: Encoder,
        indexes: VectorIndexes,
        directory: Path,
    ) -> None:
        """No vector is read yet: the first search or refresh does. `directory` is where the index is saved.

        Raises AcceleratorUnavailable as `indexes.empty` does.
        """
        self._passages, self._encoder = passages, encoder
        self._indexes, self._directory = indexes, directory
        self._index: VectorIndex = indexes.empty(encoder.dimension)
        self._sequence = -1
        self._store = passages.identity()
        self._refreshing = threading.Lock()
        self._matching: OrderedDict[tuple[Filter, int], Keys] = OrderedDict()

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
        query = query[:LONGEST]
        if k < 1 or not _WORD.search(query):
            return []
        self.refresh()
        depth = max(DEPTH, 2 * k)
        parts: dict[str, dict[str, float]] = {}
        if mode != "dense":
            for rank, (id, bm25) in enumerate(self._passages.lexical(query, filter, depth), 1):
                parts[id] = {"lexical_rank": rank, "bm25": round(bm25, 4)}
        if mode != "lexical":
            for rank, (id, cosine) in enumerate(self._dense(query, filter, depth), 1):
                parts.setdefault(id, {}).update(dense_rank=rank, cosine=cosine)
        scored = sorted((-_fused(part), id) for id, part in parts.items())
        hits = self._hits(scored, parts, filter, k)
        if named:
            for hit in hits:
                hit.parts["entity_overlap"] = len(named.intersection(hit.passage.entities))
        return hits

    def count(self, filter: Filter) -> int:
        """How many passages the filter lets through."""
        return len(self._allowed(filter))

    def refresh(self) -> None:
        """Bring the index up to the store. Costs one short read where nothing has changed."""
        if self._passages.sequence() == self._sequence:
            return
        with self._refreshing:
            held = self._passages.encoder()
            if held and held != (self._encoder.name, self._encoder.dimension):
                raise EncoderMismatch(
                    f"the passages hold vectors of {held[0]} ({held[1]} dimensions), the encoder is "
                    f"{self._encoder.name} ({self._encoder.dimension}): ingest the documents again with one encoder"
                )
            if self._sequence < 0 and not self._load():
                self._rebuild()
            while not self._follow():
                if not self._load():
                    self._rebuild()

    def save(self) -> None:
        """Save the index as a new generation, then let the store forget the changes it holds. Raises StorageFull."""
        self.refresh()
        with self._refreshing:
            self._index.save(self._directory, encoder=self._encoder.name, sequence=self._sequence, store=self._store)
            self._passages.truncate(self._sequence)

    def __len__(self) -> int:
        """How many vectors the index holds."""
        return len(self._index)

    def _load(self) -> bool:
        """Take the saved index if it is of this store and encoder and further on than what is in memory.

        A damaged one is passed over with a warning: the store holds all that was in it.
        """
        try:
            index, saved = self._indexes.load(self._directory)
        except FileNotFoundError:
            return False
        except IndexCorrupt as error:
            _log.warning("%s; it is made anew from the passages", error)
            return False
        ours = (self._store, self._encoder.name, self._encoder.dimension)
        if (saved.store, saved.encoder, saved.dimension) != ours or saved.sequence <= self._sequence:
            return False
        if self._passages.changes(saved.sequence, 1) is None:
            return False
        self._index, self._sequence = index, saved.sequence
        return True

    def _rebuild(self) -> None:
        """Read all vectors from the store; what changes meanwhile stands in the log after `sequence`."""
        sequence, index = self._passages.sequence(), self._indexes.empty(self._encoder.dimension)
        for keys, vectors in self._passages.vectors():
            index.add(keys, vectors)
        self._index, self._sequence = index, sequence

    def _follow(self) -> bool:
        """Apply the log up to its end; False if it does not reach back to where the index stands."""
        while self._sequence != self._passages.sequence():
            changes = self._passages.changes(self._sequence)
            if changes is None:
                return False
            self._index.remove(changes.removed)
            if len(changes.added):
                self._index.add(changes.added, changes.vectors)
            self._sequence = changes.sequence
        return True

    def _dense(self, query: str, filter: Filter, depth: int) -> list[tuple[str, float]]:
        """The best (passage id, cosine) that the filter lets through.

        Most filters let most passages through, so first look among all; only if too few of those pass, ask the
        store which ones do and search among them.
        """
        vector: Vectors = self._encoder.encode([query], "query")[0]
        index = self._index
        nearest = index.search(vector, 2 * depth)
        visible = self._passages.visible([key for key, _ in nearest], filter)
        if len(visible) < depth and len(nearest) < len(index):
            nearest = index.search(vector, depth, self._allowed(filter))
            visible = self._passages.visible([key for key, _ in nearest], filter)
        return [(visible[key], cosine) for key, cosine in nearest if key in visible][:depth]

    def _allowed(self, filter: Filter) -> Keys:
        asked = (filter, self._passages.sequence())
        keys = self._matching.get(asked)
        if keys is None:
            keys = self._passages.matching(filter)
            self._matching[asked] = keys
            while len(self._matching) > KEPT_FILTERS:
                self._matching.popitem(last=False)
        return keys

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
