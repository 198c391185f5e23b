"""Pairs side by side that are easily confused: within a batch every passage is a wrong one for all other questions."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from training.retriever.pairs import Pair

SHARES = {"title": 0.5, "claim": 0.25, "question": 0.25}
ALIKE = 0.75
"""The share of batches whose pairs are all about the same field; the others are mixed."""


def batches(pairs: Sequence[Pair], count: int, size: int, *, seed: int = 1) -> list[list[Pair]]:
    """`count` batches of `size` pairs at most, fewer where there are not as many pairs; each pair stands in one."""
    chance = random.Random(seed)  # noqa: S311 not for secrets
    chosen = [
        pair
        for kind, share in SHARES.items()
        for pair in [one for one in pairs if one.kind == kind][: int(count * size * share) + 1]
    ]
    chance.shuffle(chosen)
    alike = int(len(chosen) * ALIKE)
    groups: defaultdict[int, list[Pair]] = defaultdict(list)
    for label, pair in zip(_fields(chosen[:alike]), chosen[:alike], strict=True):
        groups[label].append(pair)
    made: list[list[Pair]] = []
    left = chosen[alike:]
    for label in sorted(groups):
        group = groups[label]
        whole = len(group) // size * size
        made += [group[at : at + size] for at in range(0, whole, size)]
        left += group[whole:]
    chance.shuffle(left)
    made += [left[at : at + size] for at in range(0, len(left) // size * size, size)]
    chance.shuffle(made)
    return made[:count]


def _fields(pairs: Sequence[Pair]) -> list[int]:
    """Which field each pair is of: groups of about 400 by the words of question and text."""
    import numpy as np
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import Normalizer

    if len(pairs) < 800:
        return [0] * len(pairs)
    turned = make_pipeline(
        HashingVectorizer(n_features=2**15, stop_words="english", norm=None, alternate_sign=False),
        TfidfTransformer(),
        TruncatedSVD(48, n_iter=2, random_state=0),
        Normalizer(),
    ).fit_transform([f"{pair.question} {pair.text[:400]}" for pair in pairs])
    grouped = MiniBatchKMeans(len(pairs) // 400, random_state=0, n_init=1, batch_size=2048)
    return [int(label) for label in np.asarray(grouped.fit_predict(turned))]
