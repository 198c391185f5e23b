"""Examples as the network learns from them: pages, features, what the forests say, and the gold answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.reading.relations import labels
from ingest.reading.relations.encoding import Page, pages
from ingest.reading.relations.features import Trees, features
from ingest.reading.relations.forest import Forest
from ingest.reading.relations.prior import FORESTS, prior, scaled
from training.relations.corpora import Example
from training.relations.forest import grow, unseen


@dataclass(frozen=True, slots=True)
class Item:
    """A page of an example with all that the network hears of it; `target` is (pairs, outputs), -1 where not known."""

    example: Example
    page: Page
    rows: NDArray[np.float32]
    prior: NDArray[np.float32]
    target: NDArray[np.float32]


def prepare(examples: Sequence[Example], tokenizer: Any, trees: Trees) -> list[Item]:
    """The pages of examples with their features, which are not scaled yet, and no word of the forests."""
    items = []
    for example in examples:
        gold: dict[tuple[str, str], list[str]] = {}
        for first, second, label in example.gold:
            gold.setdefault((first, second), []).append(label)
            gold.setdefault((second, first), []).append(label)
        for page in pages(example.text, example.mentions, tokenizer):
            target = np.full((len(page.pairs), len(labels.OUTPUTS)), -1, np.float32)
            for row, (i, j) in enumerate(page.pairs):
                subject, object = page.entities[i], page.entities[j]
                drug = subject.kind == "Chemical" and object.kind == "Disease"
                _answer(target[row], example.corpus, gold.get((subject.id, object.id), []), drug)
            rows = features(example.text, page.bounds, page.entities, page.pairs, trees)
            items.append(Item(example, page, rows, np.zeros((len(rows), labels.TOLD), np.float32), target))
    return items


def _answer(target: NDArray[np.float32], corpus: str, gold: list[str], drug: bool) -> None:
    """Put down what a corpus says of a pair; `drug` where it is a chemical with a disease."""
    if corpus == "bc5cdr" and drug:
        target[labels.CID] = "CID" in gold
        if not gold:
            target[labels.ADE] = 0
    elif corpus == "biored":
        target[labels.RELATED] = bool(gold)
        for at, label in enumerate(labels.BIORED):
            if gold:
                target[labels.TYPES][at] = label in gold
        if drug and "Positive_Correlation" not in gold:
            target[labels.ADE] = 0
        if drug:
            target[labels.TREATS] = "Negative_Correlation" in gold
    elif corpus == "phee" and drug:
        target[labels.CID] = target[labels.ADE] = "ADE" in gold
        target[labels.TREATS] = "treats" in gold


def learn_rows(items: Sequence[Item], seed: int) -> tuple[dict[str, Forest], NDArray[np.float32], NDArray[np.float32]]:
    """Grow the forests, tell each item what they say without having seen it, scale the features of the items."""
    documents = [item for item in items if item.example.corpus in FORESTS]
    rows = np.concatenate([item.rows for item in documents])
    mean, spread = rows.mean(0), rows.std(0) + 1e-3
    forests = {}
    for corpus, output in FORESTS.items():
        own = [item for item in documents if item.example.corpus == corpus]
        answered = [item.target[:, output] >= 0 for item in own]
        table = np.concatenate([item.rows[k] for item, k in zip(own, answered, strict=True)])
        wanted = np.concatenate([item.target[k, output] > 0 for item, k in zip(own, answered, strict=True)])
        groups = np.repeat(np.arange(len(own)), [int(k.sum()) for k in answered])
        forests[corpus] = grow(table, wanted, seed)
        logits = unseen(table, wanted, groups, seed)
        for at, (item, k) in enumerate(zip(own, answered, strict=True)):
            item.prior[k, output] = logits[groups == at]
    for item in items:
        item.rows[:] = scaled(item.rows, mean, spread)
    return forests, mean, spread


def tell(
    items: Sequence[Item], forests: dict[str, Forest], mean: NDArray[np.float32], spread: NDArray[np.float32]
) -> None:
    """Tell items that no forest has seen what the forests say; scale their features."""
    for item in items:
        item.prior[:] = prior(item.page, item.rows, forests)
        item.rows[:] = scaled(item.rows, mean, spread)
