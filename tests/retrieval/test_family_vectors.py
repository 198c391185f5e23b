from __future__ import annotations

import numpy as np
import pytest

from retrieval.family_vectors import FamilyVectors
from retrieval.model import DocumentInfo, Passage, passage_id, passage_key
from retrieval.passages import PassageStore

TEXTS = {"E:0": "Gout is treated with colchicine.", "Z:0": "痛风发作时可以口服秋水仙碱。", "Z:1": "发热三天伴咽痛。"}


def write(store: PassageStore, encoder: str) -> dict[str, int]:
    """Write the texts; return their keys."""
    keys = {}
    for number, (id, text) in enumerate(TEXTS.items()):
        passage = Passage(passage_id(id, 0, len(text), text), id, 0, "", 0, len(text), text)
        keys[id] = passage_key(passage.id)
        vector = np.eye(1, 4, number, dtype=np.float32)
        store.replace([(DocumentInfo(id), [passage], vector)], encoder=encoder)
    return keys


def read(vectors: FamilyVectors) -> set[int]:
    return {int(key) for keys, _ in vectors.vectors(batch=1) for key in keys}


def test_a_family_has_its_own_vectors_and_changes(store: PassageStore) -> None:
    keys = write(store, "en/1 + zh/1")
    rest, chinese = FamilyVectors(store, "rest"), FamilyVectors(store, "zh")
    assert read(rest) == {keys["E:0"]}
    assert read(chinese) == {keys["Z:0"], keys["Z:1"]}
    assert (rest.counts(), chinese.counts()) == ((3, 3, 1), (3, 3, 2))
    changes = chinese.changes(0)
    assert changes is not None
    assert set(changes.added.tolist()) == {keys["Z:0"], keys["Z:1"]}
    assert changes.removed.tolist() == [keys["E:0"]]
    assert changes.sequence == chinese.sequence() == store.sequence()
    assert chinese.identity() == store.identity()
    assert chinese.encoder() == ("en/1 + zh/1", 4)


def test_the_log_is_cut_off_for_the_rest_alone(store: PassageStore) -> None:
    write(store, "en/1 + zh/1")
    FamilyVectors(store, "zh").truncate(store.sequence())
    assert store.changes(0) is not None
    FamilyVectors(store, "rest").truncate(store.sequence())
    assert store.changes(0) is None


@pytest.mark.parametrize("encoder", ["m3/1"])
def test_with_one_encoder_for_all_all_are_of_the_rest(store: PassageStore, encoder: str) -> None:
    keys = write(store, encoder)
    assert read(FamilyVectors(store, "rest")) == set(keys.values())
    assert store.families() == {"rest": 3}
