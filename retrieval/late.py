"""The best hits read again, word by word: late interaction.

For each word of the question the token of the passage that is nearest to it is looked for, both as the encoder reads
them in their texts, and the rare words count most (Khattab, Zaharia 2020, "ColBERT", here without training for it).
What a vector of the whole blurs, one entity among many, is seen again. A passage takes as long as encoding it, so that
only the first few are read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from retrieval.encoder import TokenEncoder, Tokens
from retrieval.families import family
from retrieval.model import Hit

READ = 10
"""So many of the best hits are read again."""
WEIGHT = 30.0
"""What the mean cosine of the words weighs beside the score that a hit has already."""
OF_SIGNS = 0.3
"""What punctuation weighs."""


def reread(encoder: TokenEncoder, question: str, hits: Sequence[Hit], rarity: Mapping[str, float]) -> list[Hit]:
    """The hits, those of the first `READ` that are not Chinese in a new order, before all others.

    `rarity` is what each word of the question weighs, by the word as it is written. `parts["rerank"]` of those that
    were read is the weighted mean of the words' cosines. Raises EncoderUnavailable as `encoder.tokens` does.
    """
    read = [hit for hit in hits[:READ] if family(hit.passage.text) == "rest"]
    left = [hit for hit in hits if hit not in read]
    (asked,) = encoder.tokens([question], "query")
    if not read or not len(asked.vectors):
        return list(hits)
    weights = np.array([rarity.get(_word(question, int(a), int(b)), OF_SIGNS) for a, b in asked.spans])
    passages = encoder.tokens([hit.passage.text for hit in read])
    late = [_nearness(asked, weights, passage) for passage in passages]
    scores = [hit.score + WEIGHT * (one - max(late)) for hit, one in zip(read, late, strict=True)]
    # What was read again stays before what was not.
    lift = max(0.0, (left[0].score if left else -math.inf) - min(scores))
    ranked = sorted(range(len(read)), key=lambda i: (-scores[i], read[i].passage.id))
    again: list[Hit] = []
    for i in ranked:
        parts = read[i].parts | {"rerank": round(late[i], 4)}
        again.append(Hit(read[i].passage, read[i].document, round(scores[i] + lift, 6), parts))
    return again + left


def _nearness(asked: Tokens, weights: np.ndarray, passage: Tokens) -> float:
    if not len(passage.vectors):
        return 0.0
    nearest = (asked.vectors @ passage.vectors.T).max(axis=1)
    return float(nearest @ weights / weights.sum())


def _word(text: str, start: int, end: int) -> str:
    """The whole word that a piece of one is of."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]
