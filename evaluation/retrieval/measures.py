"""How good one ranking is. The definitions are those of trec_eval (https://github.com/usnistgov/trec_eval).

A document is relevant where its judgement is above 0; gains are the judgements themselves; what nobody judged counts
as 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def ndcg(ranking: Sequence[str], judged: Mapping[str, int], k: int) -> float:
    """Normalised discounted cumulative gain of the first `k` (Järvelin and Kekäläinen 2002), `ndcg_cut` of trec_eval.

    The best that can be is taken over all that is judged, found or not. 0 where nothing is relevant.
    """
    best = _discounted(sorted(judged.values(), reverse=True)[:k])
    return _discounted([judged.get(id, 0) for id in ranking[:k]]) / best if best else 0.0


def recall(ranking: Sequence[str], judged: Mapping[str, int], k: int) -> float:
    """The share of the relevant documents that stand among the first `k`. 0 where nothing is relevant."""
    relevant = {id for id, score in judged.items() if score > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], judged: Mapping[str, int], k: int) -> float:
    """One through the rank of the first relevant document; 0 where none is among the first `k`."""
    return next((1 / rank for rank, id in enumerate(ranking[:k], 1) if judged.get(id, 0) > 0), 0.0)


def _discounted(gains: Sequence[int]) -> float:
    return sum(max(gain, 0) / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
