"""The meaning's ranking: the vectors of a store, one index for each family of languages, searched as one."""

from __future__ import annotations

import threading
from pathlib import Path

from retrieval.encoder import Encoder, MeasuredEncoder, TokenEncoder, Unrelated
from retrieval.errors import EncoderUnavailable
from retrieval.families import FAMILIES, Family, asked_in
from retrieval.family_encoder import FamilyEncoder
from retrieval.family_vectors import FamilyVectors
from retrieval.followed_index import FollowedIndex
from retrieval.glossary import Glossary
from retrieval.index import Keys, VectorIndexes
from retrieval.model import Filter, Neighbour
from retrieval.passages import PassageStore
from retrieval.shared import Shared

KEPT_FILTERS = 8
USUAL = Unrelated(0.15, 0.115)
"""What holds for an encoder that says nothing of it: as measured with all-MiniLM-L6-v2 over 15,000 passages."""

Near = list[tuple[str, float]]
"""Passage ids and cosines, best first."""


class DenseSearch:
    """Searches the vectors of one store. Safe to use from several threads.

    The index of a family, and its encoder, are opened when the store holds vectors of the family. A question is asked
    in its own words of the passages of its own family, and of the others in what the glossary has for it; where that is
    nothing, or where one encoder is for all, as it is.
    """

    def __init__(
        self,
        passages: PassageStore,
        encoder: Encoder,
        indexes: VectorIndexes,
        directory: Path,
        glossary: Glossary | None = None,
    ) -> None:
        """No vector is read yet: the first refresh does. `directory` is where the index is saved, that of Chinese in
        `directory` with `-zh` behind its name. Raises AcceleratorUnavailable as `indexes.empty` does."""
        self._passages, self._encoder = passages, encoder
        self._indexes, self._directory, self._glossary = indexes, directory, glossary
        self._followed: dict[Family, FollowedIndex] = {}
        self._opening = threading.Lock()
        # While documents are written, every search of a moment asks for what the last batch changed.
        self._matching = Shared(self._matched, KEPT_FILTERS)
        self._follow("rest")

    @property
    def now(self) -> dict[Family, FollowedIndex]:
        """The index of each family that the store holds vectors of; of `rest` always."""
        for family in self._passages.families():
            self._follow(family)
        return dict(self._followed)

    def refresh(self, patience: float = -1) -> None:
        """Bring the indexes up to the store: see `FollowedIndex.refresh`."""
        for index in self.now.values():
            index.refresh(patience)

    def save(self) -> None:
        """Save every index, that of `rest` last: with it the store forgets the changes. Raises StorageFull."""
        indexes = self.now
        for family in reversed(FAMILIES):
            if family in indexes:
                indexes[family].save()

    def close(self) -> None:
        """Stop what is being made in the background. Closing twice is harmless."""
        for index in list(self._followed.values()):
            index.close()

    def __len__(self) -> int:
        """How many vectors the indexes hold."""
        return sum(len(index) for index in list(self._followed.values()))

    def nearest(self, query: str, filter: Filter, depth: int) -> list[Neighbour]:
        """The best that the filter lets through, `depth` at most, nearest first, ties by id.

        Cosines of two encoders are not of one measure: those of each family count by how far they are above what its
        encoder gives to texts that have nothing to do with each other.
        """
        found: list[Neighbour] = []
        for family, index in self.now.items():
            asked = self._asked(query, family)
            if asked and len(index):
                usual = self._unrelated(family)
                for id, cosine in self._nearest(index, family, asked, filter, depth):
                    found.append(Neighbour(id, cosine, (cosine - usual.mean) / usual.deviation))
        return sorted(found, key=lambda one: (-one.nearness, one.id))[:depth]

    def reader(self) -> TokenEncoder:
        """What reads the tokens of questions and passages that are not Chinese. Raises EncoderUnavailable."""
        encoder = self._encoder.of("rest") if isinstance(self._encoder, FamilyEncoder) else self._encoder
        if not isinstance(encoder, TokenEncoder):
            raise EncoderUnavailable(f"{encoder.name} tells nothing of single tokens, which `rerank` compares")
        return encoder

    def allowed(self, filter: Filter) -> Keys:
        """The keys of the passages that the filter lets through, rising; they cannot be written."""
        return self._matching((filter, self._passages.sequence()))

    def _matched(self, asked: tuple[Filter, int]) -> Keys:
        keys = self._passages.matching(asked[0])
        keys.flags.writeable = False  # an index knows it again
        return keys

    def _follow(self, family: Family) -> None:
        if family in self._followed:
            return
        with self._opening:
            if family not in self._followed:
                name = self._directory.name if family == "rest" else f"{self._directory.name}-{family}"
                self._followed[family] = FollowedIndex(
                    FamilyVectors(self._passages, family),
                    self._indexes,
                    self._directory.with_name(name),
                    encoder=self._encoder.name,
                    dimension=self._encoder.dimension,
                )

    def _unrelated(self, family: Family) -> Unrelated:
        if isinstance(self._encoder, FamilyEncoder):
            return self._encoder.unrelated.get(family, USUAL)
        return (self._encoder.unrelated if isinstance(self._encoder, MeasuredEncoder) else None) or USUAL

    def _asked(self, query: str, family: Family) -> str:
        """What passages of the family are asked; empty where there is no way to ask them."""
        if not isinstance(self._encoder, FamilyEncoder) or asked_in(query) == family or self._glossary is None:
            return query
        if family == "rest":
            return self._glossary.english(query)
        return f"{self._glossary.chinese(query)} {query}"  # an encoder of Chinese reads English, too, more or less

    def _nearest(self, followed: FollowedIndex, family: Family, asked: str, filter: Filter, depth: int) -> Near:
        """The best of one family.

        Most filters let most passages through, so first look among all; only if too few of those pass, ask the
        store which ones do and search among them.
        """
        if isinstance(self._encoder, FamilyEncoder):
            vector = self._encoder.encode_in(family, [asked], "query")[0]
        else:
            vector = self._encoder.encode([asked], "query")[0]
        index = followed.now
        nearest = index.search(vector, 2 * depth)
        visible = self._passages.visible([key for key, _ in nearest], filter)
        if len(visible) < depth and len(nearest) < len(index):
            nearest = index.search(vector, depth, self.allowed(filter))
            visible = self._passages.visible([key for key, _ in nearest], filter)
        return [(visible[key], cosine) for key, cosine in nearest if key in visible][:depth]
