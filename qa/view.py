"""What the asker of one question may see, of graph and passages: bound once, read by every step after it.

Below `Answerer` nothing passes labels around: names, facts, candidates, passages and the check read one View, so that
none of them can read with more than the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graph.store import GraphStore
from graph.view import GraphView
from qa.model import Question
from retrieval.model import Filter, Hit, Passage

if TYPE_CHECKING:
    from retrieval.answering.model import Answer
    from retrieval.answering.ranker import SentenceRanker
    from retrieval.search import Searcher

COMPARED = 0
"""Sentences of one search that are compared with the question in meaning. None: each costs the encoding of it, 5 to 10
ms, and on 65 questions of ours 53 were answered without, 50 with eight of them."""


@dataclass(frozen=True, slots=True)
class View:
    """The graph and the passages of one question; `patient` is the label of the patient asked about, where the asker
    holds it."""

    graph: GraphView
    searcher: Searcher = field(repr=False)
    access: frozenset[str]
    patient: str | None
    named: frozenset[str] = frozenset()
    """All ids of the entities that the question names, once it is understood: passages that mention them are nearer."""
    ranker: SentenceRanker | None = field(default=None, repr=False)
    """What ranks the sentences of passages; without one, none are."""

    @classmethod
    def of(
        cls, question: Question, graph: GraphStore, searcher: Searcher, ranker: SentenceRanker | None = None
    ) -> View:
        """The view of a question."""
        access = visible(question)
        patient = question.patient if question.patient in access else None
        return cls(GraphView(graph, access), searcher, access, patient, ranker=ranker)

    def naming(self, ids: Iterable[str]) -> View:
        """The view of a question that names these entities."""
        return replace(self, named=self.graph.all_ids(ids))

    def own(self, text: str, k: int) -> list[Hit]:
        """The `k` best passages of the documents of the patient asked about; none where it is about nobody."""
        if self.patient is None:
            return []
        own = Filter(self.access, labels=frozenset({self.patient}))
        return self.searcher.search(text, filter=own, k=k, named=self.named)

    def search(self, text: str, k: int, filter: Filter | None = None) -> list[Hit]:
        """The `k` best passages that the asker may see, of those that `filter` lets through: see `Searcher.search`."""
        seen = replace(filter or Filter(None), access=self.access)
        return self.searcher.search(text, filter=seen, k=k, named=self.named)

    def sentences(self, text: str, hits: Sequence[Hit], names: Mapping[str, Collection[str]], k: int) -> list[Answer]:
        """The `k` sentences of these hits that best answer `text`: see `SentenceRanker.rank`."""
        if self.ranker is None or not hits:
            return []
        return self.ranker.rank(text, hits, access=self.access, k=k, names=names, compared=COMPARED)

    def around(self, document: str, start: int, end: int) -> tuple[int, str]:
        """The text around a place in a document, and where it begins: see `SentenceRanker.around`."""
        return (0, "") if self.ranker is None else self.ranker.around(document, start, end, access=self.access)

    def whole(self, document: str) -> list[Passage]:
        """The passages of a document, in order; none where nothing ranks their sentences."""
        return [] if self.ranker is None else self.ranker.whole(document, access=self.access)


def visible(question: Question) -> frozenset[str]:
    """The labels a question may read with: the asker's own, less those of patients it does not ask about.

    So a question about nobody, or about another patient, never brings up what a third one has.
    """
    return frozenset(
        label for label in question.access if not label.startswith("patient:") or label == question.patient
    )
