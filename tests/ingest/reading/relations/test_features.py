from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ingest.reading.relations.features import NAMES, features
from ingest.reading.relations.pairs import Entity
from text.sentences import sentences

TREES = {"D1": ("C23.888",), "D2": ("C23.888.592",)}


def spans(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = text.find(word, at + 1)
    return tuple(sorted(found))


def rows(text: str, found: list[Entity], pairs: list[tuple[int, int]]) -> list[dict[str, float]]:
    table: NDArray[np.float32] = features(text, sentences(text), found, pairs, TREES)
    assert table.shape == (len(pairs), len(NAMES))
    assert np.isfinite(table).all()
    return [dict(zip(NAMES, map(float, row), strict=True)) for row in table]


def test_what_stands_between_and_around_two_mentions() -> None:
    text = "Zantol-induced hives. The rash was not seen with boraxil."
    drug, other = Entity("C1", "Chemical", spans(text, "Zantol")), Entity("C2", "Chemical", spans(text, "boraxil"))
    hives = Entity("D9", "Disease", spans(text, "hives"))
    near, far = rows(text, [drug, hives, other], [(0, 1), (2, 1)])
    assert near["Chemical-Disease"] == far["Chemical-Disease"] == 1
    assert (near["between_induced"], near["sentence_induced"], near["together"]) == (1, 1, 1)
    assert (near["both_title"], near["sentences_apart"], near["characters_apart"]) == (1, 0, 9)
    assert (far["between_induced"], far["together"], far["sentences_apart"]) == (0, 0, 1)
    assert near["nearest_of_subject"] == near["nearest_of_object"] == 1
    assert (far["nearest_of_subject"], far["nearest_of_object"]) == (0, 1)
    assert near["subject_before"] == 1
    assert far["subject_before"] == 0


def test_a_broader_term_knows_the_narrower_one_beside_it() -> None:
    text = "Zantol caused pain. Chest pain is what they felt, and pain it was."
    drug = Entity("C1", "Chemical", spans(text, "Zantol"))
    broad = Entity("D1", "Disease", ((14, 18), (54, 58)))
    narrow = Entity("D2", "Disease", spans(text, "Chest pain"))
    above, below = rows(text, [drug, broad, narrow], [(0, 1), (0, 2)])
    assert (above["broader"], above["broader_together"], above["narrower"]) == (1, 0, 0)
    assert (below["broader"], below["narrower"]) == (0, 1)
    assert (above["tree_depth"], below["tree_depth"], above["sign"], above["in_tree"]) == (2, 3, 1, 1)


def test_no_pair_no_row() -> None:
    assert features("Nothing.", [(0, 8)], [], [], TREES).shape == (0, len(NAMES))


def test_a_long_page_of_many_mentions_is_finite() -> None:
    text = "zantol and hives " * 200
    found = [Entity("C1", "Chemical", spans(text, "zantol")), Entity("D9", "Disease", spans(text, "hives"))]
    (row,) = rows(text, found, [(0, 1)])
    assert row["together"] == 1
    assert row["sentence_list"] == 1
