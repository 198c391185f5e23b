"""The ranking by words and the ranking by meaning become one.

Each ranking's scores are brought to one scale: 1 for its best, 0 for its hundredth and all behind it, which are told
apart by next to nothing. So a passage has the same score however many are asked for. A passage's score is that of its
meaning and `WORDS` times that of its words ("relative score fusion"; Bruch, Gai, Ingber 2023, "An Analysis of Fusion
Functions for Hybrid Retrieval", who find such sums better than sums of ranks). How far apart two scores are is lost to
ranks, and counts: one passage that alone holds a rare name stands out.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.model import Mode, Neighbour

DEPTH = 100
"""The place in a ranking whose score counts as nothing, and how many passages each is asked for at least."""
BEHIND, MISSING = 1e-6, -1e-3
"""What each place behind the hundredth costs, and what a passage has that does not stand in a ranking."""
WORDS = 0.85
"""What the words weigh beside the meaning. Between .6 and 1 it made no difference on questions, titles, consumers'
questions and claims of trials; beyond it, consumers' questions are found worse."""

_RANKS = (("words", "lexical_rank"), ("meaning", "dense_rank"))

Parts = dict[str, float]


def joined(words: Sequence[tuple[str, float]], near: Sequence[Neighbour]) -> dict[str, Parts]:
    """By passage id how its score comes about: `lexical_rank` and `bm25`, `dense_rank`, `cosine` and `nearness`, where
    it stands in that ranking; and always `words` and `meaning`, those scores on one scale. `words` and `near` are the
    rankings, best first."""
    by_words = _scaled([bm25 for _, bm25 in words], whole=len(words) < DEPTH)
    by_meaning = _scaled([one.nearness for one in near], whole=False)
    parts: dict[str, Parts] = {}
    for rank, ((id, bm25), share) in enumerate(zip(words, by_words, strict=True), 1):
        parts[id] = {"words": share, "meaning": MISSING, "lexical_rank": rank, "bm25": round(bm25, 4)}
    for rank, (one, share) in enumerate(zip(near, by_meaning, strict=True), 1):
        part = parts.setdefault(one.id, {"words": MISSING})
        part |= {"meaning": share, "dense_rank": rank, "cosine": one.cosine, "nearness": round(one.nearness, 4)}
    return parts


def score(parts: Parts, mode: Mode) -> float:
    """What a passage with these parts is worth; higher is better."""
    match mode:
        case "lexical":
            return parts["words"]
        case "dense":
            return parts["meaning"]
        case _:
            return _of_both(parts)


def _of_both(parts: Parts) -> float:
    """What does not change with how many are asked for, or one passage would stand on two pages and another on none: a
    place behind the hundredth counts as none, and behind both hundreds the better place alone tells passages apart."""
    behind = min(parts[rank] for _, rank in _RANKS if rank in parts) - DEPTH
    if behind > 0:
        return round((1 + WORDS) * MISSING - BEHIND * behind, 6)
    words, meaning = (parts[name] if parts.get(rank, DEPTH + 1) <= DEPTH else MISSING for name, rank in _RANKS)
    return round(meaning + WORDS * words, 6)


def _scaled(scores: Sequence[float], *, whole: bool) -> list[float]:
    """The scores, which fall, on the scale. `whole` says that all that has a score at all is there: the scale then
    begins at none."""
    if not scores:
        return []
    best, nothing = scores[0], 0.0 if whole else scores[:DEPTH][-1]
    height = best - nothing
    return [
        round(BEHIND * (DEPTH - 1 - place), 6) if place >= DEPTH
        else round((one - nothing) / height, 6) if height > 0
        else 1.0
        for place, one in enumerate(scores)
    ]  # fmt: skip
