"""The ranking by words and the ranking by meaning become one.

Each ranking's scores are brought to between 0, for the last of it and for what does not stand in it, and 1, for its
best; a passage's score is that of its meaning and `WORDS` times that of its words ("relative score fusion"; Bruch,
Gai, Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval", who find such sums better than sums of
ranks). How far apart two scores are is lost to ranks, and counts: one passage that alone holds a rare name stands out.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.model import Mode, Neighbour

DEPTH = 100
"""How many passages each ranking gives at least; the last of them is what counts as nothing."""
WORDS = 0.85
"""What the words weigh beside the meaning. Between .6 and 1 it made no difference on questions, titles, consumers'
questions and claims of trials; beyond it, consumers' questions are found worse."""

Parts = dict[str, float]


def joined(words: Sequence[tuple[str, float]], near: Sequence[Neighbour], depth: int) -> dict[str, Parts]:
    """By passage id how its score comes about: `lexical_rank`, `bm25` and `words`; `dense_rank`, `cosine`, `nearness`
    and `meaning`. `words` and `near` are the two rankings, best first, asked for `depth` passages each."""
    parts: dict[str, Parts] = {}
    for rank, ((id, bm25), share) in enumerate(zip(words, _shares([bm25 for _, bm25 in words], depth), strict=True), 1):
        parts[id] = {"lexical_rank": rank, "bm25": round(bm25, 4), "words": share}
    shares = _shares([one.nearness for one in near], len(near))
    for rank, (one, share) in enumerate(zip(near, shares, strict=True), 1):
        parts.setdefault(one.id, {}).update(
            dense_rank=rank, cosine=one.cosine, nearness=round(one.nearness, 4), meaning=share
        )
    return parts


def score(parts: Parts, mode: Mode) -> float:
    """What a passage with these parts is worth; higher is better."""
    match mode:
        case "lexical":
            return parts.get("words", 0.0)
        case "dense":
            return parts.get("meaning", 0.0)
        case _:
            return round(parts.get("meaning", 0.0) + WORDS * parts.get("words", 0.0), 6)


def _shares(scores: Sequence[float], depth: int) -> list[float]:
    """The scores, which fall, between 0 and 1. Where there are fewer than asked for, all else has none at all, so that
    zero is what counts as nothing."""
    if not scores:
        return []
    best, least = scores[0], scores[-1] if len(scores) >= depth else 0.0
    if best <= least:
        return [1.0] * len(scores)
    return [round((one - least) / (best - least), 6) for one in scores]
