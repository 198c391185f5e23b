from __future__ import annotations

import numpy as np

from retrieval.model import DocumentInfo, Filter, Passage, passage_id
from retrieval.passage_words import COMMON
from retrieval.passages import PassageStore

ALL = Filter(access=None)


def write(store: PassageStore, *texts: str) -> None:
    for number, text in enumerate(texts):
        passage = Passage(passage_id(f"D:{number}", 0, len(text), text), f"D:{number}", 0, "", 0, len(text), text)
        store.replace([(DocumentInfo(f"D:{number}"), [passage], np.ones((1, 4), np.float32))], encoder="e")


def test_a_common_word_is_looked_for_only_where_none_is_rarer(store: PassageStore) -> None:
    many = round(10 * COMMON) + 1
    write(store, *["patients with fever"] * many, *["fever"] * (9 - many), "patients with gout")
    assert len(store.lexical("patients", ALL, 20)) == many + 1
    assert len(store.lexical("patients gout", ALL, 20)) == 1


def test_frequencies_are_counted_anew_after_a_change(store: PassageStore) -> None:
    write(store, *["patients with fever"] * 9, "patients with gout")
    assert len(store.lexical("fever gout", ALL, 20)) == 1
    write(store, *["patients with gout"] * 9, "one fever")
    assert len(store.lexical("fever gout", ALL, 20)) == 1
    assert store.lexical("unheard", ALL, 20) == []
