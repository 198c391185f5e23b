"""Sentences ranked for a question: what speaks for each, weighed and added."""

from __future__ import annotations

import json
import math
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np

from retrieval.answering.alike import terms
from retrieval.answering.asked import asked
from retrieval.answering.candidates import Candidate, candidates
from retrieval.answering.features import NAMES, Matrix, Row, features
from retrieval.answering.model import Answer
from retrieval.encoder import Encoder, Vectors
from retrieval.errors import EncoderUnavailable
from retrieval.model import Hit, Passage
from retrieval.passages import PassageStore
from text.names import is_chinese

READ = 10
"""Of so many hits the sentences are ranked."""
BESIDE = 5
"""Of so many documents the passages beside those found are read, too: an abstract is often two passages."""
KEPT = 2_000
"""Passages whose sentences' vectors are kept."""
LONGEST = 600
"""Characters of a sentence that are encoded; what is longer is a table or a list."""
FORMAT = 1


class SentenceRanker:
    """Ranks the sentences of found passages as answers to a question. Safe to use from several threads.

    `weights` has one number for each of `features.NAMES`. The vectors of sentences are made when they are first ranked
    and kept for `KEPT` passages, in memory alone.
    """

    def __init__(self, weights: Mapping[str, float], encoder: Encoder, passages: PassageStore) -> None:
        """Raise ValueError where `weights` are not those of the features."""
        if set(weights) != set(NAMES):
            raise ValueError(f"weights of {sorted(set(weights) ^ set(NAMES))} do not fit the features")
        self._weights = np.array([weights[name] for name in NAMES])
        self._encoder, self._passages = encoder, passages
        self._kept: OrderedDict[tuple[str, str], Vectors] = OrderedDict()
        self._keeping = threading.Lock()

    def rank(
        self,
        question: str,
        hits: Sequence[Hit],
        *,
        access: frozenset[str] | None,
        k: int = 10,
        english: str = "",
        names: Mapping[str, Collection[str]] | None = None,
    ) -> list[Answer]:
        """The `k` sentences of the first `READ` hits that best answer `question`, best first, of equals the first.

        `access` is what the reader holds, as for a search. `english` are English words for a Chinese question. `names`
        are, for each thing as it is written in the question, all its names. No hits, no sentences.
        """
        rows = self.candidates(hits, access=access)
        if not rows or k < 1:
            return []
        matrix = self.features(question, rows, english=english, names=names)
        parts = matrix * self._weights
        scores = parts.sum(1)
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        order = sorted(range(len(rows)), key=lambda i: (-round(float(scores[i]), 6), rows[i].rank, rows[i].place))
        return [
            Answer(
                hit=rows[i].hit,
                sentence=rows[i].sentence,
                context=rows[i].before,
                standing=rows[i].standing,
                score=round(float(scores[i]), 4),
                probability=round(float(shares[i]), 4),
                parts={
                    name: round(float(part), 4) for name, part in zip(NAMES, parts[i], strict=True) if abs(part) > 5e-5
                },
            )
            for i in order[:k]
        ]

    def candidates(self, hits: Sequence[Hit], *, access: frozenset[str] | None) -> list[Candidate]:
        """The sentences of the first `READ` hits and of what stands beside them, in the order of the hits."""
        return candidates(hits[:READ], self._beside(hits[:READ], access))

    def features(
        self,
        question: str,
        rows: Sequence[Candidate],
        *,
        english: str = "",
        names: Mapping[str, Collection[str]] | None = None,
    ) -> Matrix:
        """float64 of shape (len(rows), len(NAMES)): what speaks for each candidate, before it is weighed."""
        what = asked(question, english)
        cosines = self._cosines(question, english, rows)
        judged = [
            Row(
                text=row.sentence.text,
                words=row.words,
                document=row.document,
                place=row.place,
                standing=row.standing,
                rank=row.rank,
                cosine=cosine,
                passage_cosine=row.hit.parts.get("cosine", 0.0),
            )
            for row, cosine in zip(rows, cosines, strict=True)
        ]
        return features(what, terms(what, names or {}), judged)

    def _beside(self, hits: Sequence[Hit], access: frozenset[str] | None) -> dict[str, list[Passage]]:
        """Of the first documents, the passages that stand right before or behind one found."""
        ordinals: dict[str, set[int]] = {}
        for hit in hits:
            ordinals.setdefault(hit.passage.document, set()).add(hit.passage.ordinal)
        beside = {}
        for document in list(ordinals)[:BESIDE]:
            near = {ordinal + step for ordinal in ordinals[document] for step in (-1, 1)}
            passages = self._passages.passages_of(document, access=access)
            beside[document] = [passage for passage in passages if passage.ordinal in near]
        return beside

    def _cosines(self, question: str, english: str, rows: Sequence[Candidate]) -> list[float]:
        by_passage: dict[str, list[int]] = {}
        for index, row in enumerate(rows):
            by_passage.setdefault(row.passage.id, []).append(index)
        vectors: dict[str, Vectors] = {}
        with self._keeping:
            for id in by_passage:
                if (kept := self._kept.get((self._encoder.name, id))) is not None and len(kept) == len(by_passage[id]):
                    self._kept.move_to_end((self._encoder.name, id))
                    vectors[id] = kept
        missing = [id for id in by_passage if id not in vectors]
        texts = [rows[index].sentence.text[:LONGEST] for id in missing for index in by_passage[id]]
        made, at = self._encoder.encode(texts), 0
        for id in missing:
            vectors[id] = made[at : at + len(by_passage[id])]
            at += len(by_passage[id])
        with self._keeping:
            for id in missing:
                self._kept[self._encoder.name, id] = vectors[id]
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        asked_as = {False: english if english and is_chinese(question) else question, True: question}
        queries: dict[bool, Vectors] = {}
        cosines = [0.0] * len(rows)
        for id, indexes in by_passage.items():
            chinese = is_chinese(question) and is_chinese(rows[indexes[0]].passage.text)
            if chinese not in queries:
                queries[chinese] = self._encoder.encode([asked_as[chinese]], "query")[0]
            for index, cosine in zip(indexes, vectors[id] @ queries[chinese], strict=True):
                cosines[index] = float(cosine)
        return cosines


def weights_in(directory: Path) -> dict[str, float]:
    """The weights in `weights.json` of a folder. Raises EncoderUnavailable where they are not there or not readable."""
    path = directory / "weights.json"
    try:
        stored = json.loads(path.read_bytes())
        weights = {str(name): float(weight) for name, weight in stored["weights"].items()}
        fit = stored["format"] == FORMAT and set(weights) == set(NAMES) and all(map(math.isfinite, weights.values()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EncoderUnavailable(f"{path} does not hold the weights of sentences: {type(error).__name__}") from error
    if not fit:
        raise EncoderUnavailable(f"{path} holds the weights of other features")
    return weights
