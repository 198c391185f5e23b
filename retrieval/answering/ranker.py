"""Sentences ranked for a question: what speaks for each, weighed and added."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np

from retrieval.answering.alike import terms
from retrieval.answering.asked import asked
from retrieval.answering.candidates import Candidate, candidates
from retrieval.answering.features import MEANING, NAMES, Matrix, Row, features
from retrieval.answering.model import Answer
from retrieval.answering.nearness import Near, Nearness
from retrieval.encoder import Encoder
from retrieval.errors import EncoderUnavailable
from retrieval.families import asked_in, family
from retrieval.glossary import Glossary
from retrieval.model import Hit, Passage
from retrieval.passages import PassageStore

READ = 10
"""Of so many hits the sentences are ranked."""
BESIDE = 5
"""Of so many documents the passages beside those found are read, too: an abstract is often two passages."""
AROUND = 700
"""Characters before and behind a sentence in which what it stands in is looked for."""
FORMAT = 1


class SentenceRanker:
    """Ranks the sentences of found passages as answers to a question. Safe to use from several threads.

    `weights` has one number for each of `features.NAMES`.
    """

    def __init__(
        self,
        weights: Mapping[str, float],
        encoder: Encoder,
        passages: PassageStore,
        glossary: Glossary | None = None,
    ) -> None:
        """Raise ValueError where `weights` are not those of the features. `glossary` has the words of a question for
        sentences in the other language."""
        if set(weights) != set(NAMES):
            raise ValueError(f"weights of {sorted(set(weights) ^ set(NAMES))} do not fit the features")
        self.weights = np.array([weights[name] for name in NAMES])
        self._passages, self._glossary = passages, glossary
        self._nearness = Nearness(encoder, glossary)

    def rank(
        self,
        question: str,
        hits: Sequence[Hit],
        *,
        access: frozenset[str] | None,
        k: int = 10,
        names: Mapping[str, Collection[str]] | None = None,
        compared: int | None = None,
    ) -> list[Answer]:
        """The `k` sentences of the first `READ` hits that best answer `question`, best first, of equals the first.

        `access` is what the reader holds, as for a search. `names` are, for each thing as it is written in the
        question, all its names. Where `compared` says so, only so many are compared with the question in meaning, those
        that are best without it, and no others given: encoding is what takes time. With 0 none is compared, and all are
        given. No hits, no sentences.
        """
        rows = self.candidates(hits, access=access)
        if not rows or k < 1:
            return []
        rows, matrix = self._weighed(question, rows, names or {}, compared)
        parts = matrix * self.weights
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

    def around(self, document: str, start: int, end: int, *, access: frozenset[str] | None) -> tuple[int, str]:
        """The text around a place in a document, of whole passages, and where it begins in the document."""
        passages = [
            passage
            for passage in self._passages.passages_of(document, access=access)
            if passage.start < end + AROUND and start - AROUND < passage.end
        ]
        return (passages[0].start if passages else 0), "".join(passage.text for passage in passages)

    def whole(self, document: str, *, access: frozenset[str] | None) -> list[Passage]:
        """The passages of a document that may be seen, in order."""
        return self._passages.passages_of(document, access=access)

    def candidates(self, hits: Sequence[Hit], *, access: frozenset[str] | None) -> list[Candidate]:
        """The sentences of the first `READ` hits and of what stands beside them, in the order of the hits."""
        return candidates(hits[:READ], self._beside(hits[:READ], access))

    def features(
        self,
        question: str,
        rows: Sequence[Candidate],
        *,
        names: Mapping[str, Collection[str]] | None = None,
    ) -> Matrix:
        """float64 of shape (len(rows), len(NAMES)): what speaks for each candidate, before it is weighed."""
        return self._judged(question, rows, self._nearness.of(question, rows), names or {})

    def _judged(
        self, question: str, rows: Sequence[Candidate], near: Sequence[Near], names: Mapping[str, Collection[str]]
    ) -> Matrix:
        what = asked(question, self._other(question, rows))
        judged = [
            Row(
                text=row.sentence.text,
                words=row.words,
                document=row.document,
                place=row.place,
                standing=row.standing,
                rank=row.rank,
                cosine=cosine,
                beyond=beyond,
                apart=apart,
                passage_cosine=row.hit.parts.get("cosine", 0.0),
            )
            for row, (cosine, beyond, apart) in zip(rows, near, strict=True)
        ]
        return features(what, terms(what, names), judged)

    def _weighed(
        self, question: str, rows: list[Candidate], names: Mapping[str, Collection[str]], compared: int | None
    ) -> tuple[list[Candidate], Matrix]:
        """The candidates that are compared in meaning, and what speaks for each."""
        if compared is None or len(rows) <= compared:
            return rows, self.features(question, rows, names=names)
        plain = self._judged(question, rows, [(0.0, 0.0, 0.0)] * len(rows), names)
        if compared < 1:
            return rows, plain
        scores = plain @ self.weights
        best = sorted(np.argsort(-scores, kind="stable")[:compared].tolist())
        kept = [rows[index] for index in best]
        near = self._judged(question, kept, self._nearness.of(question, kept), names)
        meaning = [NAMES.index(name) for name in MEANING]
        matrix = plain[best]
        matrix[:, meaning] = near[:, meaning]
        return kept, matrix

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

    def _other(self, question: str, rows: Sequence[Candidate]) -> str:
        """The words of the question in the other language, where some of the sentences are written in that."""
        asked = asked_in(question)
        if self._glossary is None or all(family(row.passage.text) == asked for row in rows):
            return ""
        return self._glossary.english(question) if asked == "zh" else self._glossary.chinese(question)


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
