"""From documents to the gate of a reader of statements: what its network makes facts of, learned from the network.

Documents alone would teach it what abstracts state, and to shut out the rest: the sentences written for the network,
leaflets and notes among them, are shown to it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.jobs.steps import mentions, topics
from ingest.model import Document, Mention
from ingest.reading.statements.gate import BUCKETS, Glance, features, scores
from ingest.reading.statements.reader import OnnxStatements
from ingest.reading.tagger import Tagger
from training.statements.corpora import Example

LOST = 0.01
"""The share of all facts that a gate may lose, of documents and of written sentences that it did not learn from."""
_LOST_OF_ONE = 0.05
"""The same of the facts of one predicate, where there are enough to tell: what is rare in abstracts is what leaflets
are full of."""
_ENOUGH = 60
_STEEP = 0.7
"""How fast the network counts as sure: its margins are taken as odds of so much."""
_STRENGTH = 10.0
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit as a gate sees it, and what the network says of it."""

    features: NDArray[np.int64]
    facts: NDArray[np.int64]
    """(predicates,) how many of each it states."""
    surest: float
    """By how much the surest of what it may state passes what a fact must."""
    kind: str
    """What it is from."""
    held: bool
    """Whether it is not learned from, but sets what the gate must pass."""


def learn(
    reader: OnnxStatements, documents: Iterable[Document], tagger: Tagger, out: Path, written: Iterable[Example] = ()
) -> dict[str, float]:
    """Write gate.npz to `out` from what `reader` says of `documents` and of sentences that were `written` for it.

    Returns the figures on one in four of them.
    """
    shown = [_shown(told, "written", one.id) for one in written for told in reader.glances(*_marked(one))]
    source = iter(documents)
    while block := list(islice(source, _BATCH)):
        tagged = mentions(block, tagger, language=reader.language)
        for document, row, topic in zip(block, tagged, topics(block, tagged, tagger), strict=True):
            shown += [_shown(told, "documents", document.id) for told in reader.glances(document.text, row, topic)]
    return fit(shown, out)


def _shown(told: tuple[Glance, NDArray[np.int64], float], kind: str, id: str) -> Shown:
    glance, facts, surest = told
    held = blake2b(id.encode(), digest_size=4).digest()[0] % 4 == 0
    return Shown(features(glance), facts, surest, kind, held)


def _marked(example: Example) -> tuple[str, list[Mention], Mention | None]:
    """Text, mentions and topic of an example; every mention is something of its own."""
    marks = [
        Mention(place.start, place.end, example.text[place.start : place.end], place.type, f"own:{at}", 1.0)
        for at, place in enumerate(example.mentions)
    ]
    if example.topic is None:
        return example.text, marks, None
    name, type = example.topic
    return example.text, marks, Mention(0, len(name), name, type, "own:topic", 1.0)


def fit(shown: Sequence[Shown], out: Path, lost: float = LOST) -> dict[str, float]:
    """Write gate.npz to `out`; return how much it passes over and loses of what is held. Raises ValueError where that
    states nothing, or nothing else does."""
    held = [one for one in shown if one.held]
    learned = [one for one in shown if not one.held]
    if not sum(one.facts.sum() for one in held) or not sum(one.facts.sum() for one in learned):
        raise ValueError("too few facts to learn a gate from")
    table = _weights([one.features for one in learned], np.array([one.surest for one in learned], np.float32))
    said = scores([one.features for one in held], table)
    facts = np.array([one.facts for one in held])
    kinds = np.array([one.kind for one in held])
    bounds = [_shut(said, facts.sum(1) * (kinds == kind), lost) for kind in sorted(set(kinds))]
    bounds += [_shut(said, of_one, max(lost, _LOST_OF_ONE)) for of_one in facts.T if of_one.sum() >= _ENOUGH]
    least = min(bounds)
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / "gate.npz", weights=table.astype(np.float16), least=np.float32(least))
    closed = said <= least
    figures = {
        "units": len(shown),
        "units that state facts": round(float(np.mean([one.facts.any() for one in shown])), 3),
        "held out": len(held),
    }
    for kind in sorted(set(kinds)):
        own = kinds == kind
        figures[f"passed over of {kind}"] = round(float(closed[own].mean()), 3)
        gone = facts[own & closed].sum() / max(1, facts[own].sum())
        figures[f"facts lost of {kind}"] = round(float(gone), 4)
    return figures


def _shut(said: NDArray[np.float32], facts: NDArray[np.int64], lost: float) -> float:
    """The highest score that may be shut out for no more than the share `lost` of `facts`; -inf where none may."""
    values, which = np.unique(said, return_inverse=True)
    gone = np.cumsum(np.bincount(which, weights=facts)) / max(1, facts.sum())
    shut = int(np.searchsorted(gone, lost, side="right"))
    return float(values[shut - 1]) if shut else -np.inf


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
