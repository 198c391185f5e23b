"""From documents to the gate of a reader of statements: what its network makes facts of, learned from the network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.jobs.steps import mentions, topics
from ingest.model import Document
from ingest.reading.statements.gate import BUCKETS, features, scores
from ingest.reading.statements.reader import OnnxStatements
from ingest.reading.tagger import Tagger

LOST = 0.01
"""The share of all facts that a gate may lose, on documents that it did not learn from."""
_STEEP = 0.7
"""How fast the network counts as sure: its margins are taken as odds of so much."""
_STRENGTH = 10.0
_BATCH = 64


def learn(reader: OnnxStatements, documents: Iterable[Document], tagger: Tagger, out: Path) -> dict[str, float]:
    """Write gate.npz to `out` from what `reader` says of `documents`; return the figures on one in four of them."""
    rows: list[NDArray[np.int64]] = []
    margins: list[NDArray[np.float32]] = []
    held: list[bool] = []
    source = iter(documents)
    while block := list(islice(source, _BATCH)):
        read = zip(block, mentions(block, tagger, language=reader.language), topics(block, tagger), strict=True)
        for document, row, topic in read:
            for glance, margin in reader.glances(document.text, row, topic):
                rows.append(features(glance))
                margins.append(margin)
                held.append(blake2b(document.id.encode(), digest_size=4).digest()[0] % 4 == 0)
    return fit(rows, margins, np.array(held), out)


def fit(
    rows: Sequence[NDArray[np.int64]],
    margins: Sequence[NDArray[np.float32]],
    held: NDArray[np.bool_],
    out: Path,
    lost: float = LOST,
) -> dict[str, float]:
    """Write gate.npz to `out` from the features of units and the margins of what they may state. Where `held`, a unit
    sets the threshold; raises ValueError where those state nothing, or no other does."""
    facts = np.array([(margin > 0).sum() for margin in margins])
    if not facts[held].sum() or not facts[~held].sum():
        raise ValueError("too few facts to learn a gate from")
    surest = np.array([margin.max() for margin in margins])
    table = _weights([row for row, other in zip(rows, held, strict=True) if not other], surest[~held])
    said = scores([row for row, own in zip(rows, held, strict=True) if own], table)
    order = np.argsort(said, kind="stable")
    gone = np.cumsum(facts[held][order]) / facts[held].sum()
    shut = int(np.searchsorted(gone, lost, side="right"))
    least = float(said[order[shut - 1]]) if shut else -np.inf
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / "gate.npz", weights=table.astype(np.float16), least=np.float32(least))
    closed = said <= least
    return {
        "units": len(rows),
        "units that state facts": round(float((facts > 0).mean()), 3),
        "held out": int(held.sum()),
        "passed over": round(float(closed.mean()), 3),
        "facts lost": round(float(facts[held][closed].sum() / facts[held].sum()), 4),
    }


def _weights(rows: Sequence[NDArray[np.int64]], surest: NDArray[np.float32]) -> NDArray[np.float32]:
    """What each bucket weighs, as it is stored: each unit counts as stating something by how sure the network is."""
    from scipy.sparse import csr_matrix, vstack
    from sklearn.linear_model import LogisticRegression

    lengths = np.array([len(row) for row in rows])
    data = np.repeat(1 / np.sqrt(lengths), lengths)
    edges = np.concatenate([[0], np.cumsum(lengths)])
    once = csr_matrix((data, np.concatenate(rows), edges), shape=(len(rows), BUCKETS))
    odds = 1 / (1 + np.exp(-_STEEP * np.clip(surest, -8, 8)))
    model = LogisticRegression(C=_STRENGTH, max_iter=300, solver="liblinear", fit_intercept=False)
    model.fit(
        vstack([once, once]).tocsr(), np.repeat([1, 0], len(rows)), sample_weight=np.concatenate([odds, 1 - odds])
    )
    weights: NDArray[np.float32] = model.coef_[0].astype(np.float16).astype(np.float32)
    return weights
