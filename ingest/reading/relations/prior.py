"""What boosted trees over the features of a document say of its pairs, before the network reads a word."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ingest.reading.relations import labels
from ingest.reading.relations.encoding import Page, is_drug_disease
from ingest.reading.relations.forest import Forest

FORESTS = {"bc5cdr": labels.CID, "biored": labels.RELATED}
"""The output that each forest speaks of, by the corpus it grew on."""


def prior(page: Page, rows: NDArray[np.float32], forests: Mapping[str, Forest]) -> NDArray[np.float32]:
    """Logits of shape (pairs, TOLD) from unscaled features, 0 where no forest speaks of an output.

    Only a chemical with a disease is asked about CID.
    """
    logits = np.zeros((len(rows), labels.TOLD), np.float32)
    drug = np.array([is_drug_disease(page, pair) for pair in page.pairs], bool)
    for corpus, output in FORESTS.items():
        asked = drug if output == labels.CID else np.ones(len(rows), bool)
        if asked.any():
            logits[asked, output] = forests[corpus].logits(rows[asked])
    return logits


def scaled(rows: NDArray[np.float32], mean: NDArray[np.float32], spread: NDArray[np.float32]) -> NDArray[np.float32]:
    """Features in units of their spread, cut at four of them."""
    cut: NDArray[np.float32] = np.clip((rows - mean) / spread, -4, 4)
    return cut
