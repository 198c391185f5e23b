from __future__ import annotations

import numpy as np

from ingest.reading.relations import labels
from ingest.reading.relations.encoding import Page
from ingest.reading.relations.forest import Forest
from ingest.reading.relations.pairs import Entity
from ingest.reading.relations.prior import prior, scaled

DRUG, DISEASE, GENE = (Entity(kind, kind, ((0, 1),)) for kind in ("Chemical", "Disease", "Gene"))


def leaf(value: float) -> Forest:
    zero = np.zeros((1, 1), np.int16)
    return Forest(zero, np.zeros((1, 1), np.float32), zero, zero, np.array([[value]], np.float32), 0.5, 1)


def test_only_a_drug_with_a_disease_is_asked_whether_it_induces_it() -> None:
    page = Page(((0, 9),), (DRUG, DISEASE, GENE), ((0, 1), (2, 1)), (), (), ())
    verdicts = prior(page, np.zeros((2, 3), np.float32), {"bc5cdr": leaf(2.0), "biored": leaf(1.0)})
    expected = np.zeros((2, labels.TOLD))
    expected[0, labels.CID] = 2.5
    expected[:, labels.RELATED] = 1.5
    assert verdicts.tolist() == expected.tolist()


def test_features_are_cut_at_four_spreads() -> None:
    rows = np.array([[1.0, 9.0, -90.0]], np.float32)
    assert scaled(rows, np.ones(3, np.float32), np.full(3, 2, np.float32)).tolist() == [[0, 4, -4]]
