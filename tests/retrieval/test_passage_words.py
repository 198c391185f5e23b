from __future__ import annotations

import numpy as np

from retrieval.model import DocumentInfo, Filter, Passage, passage_id
from retrieval.passage_words import COMMON, FEW
from retrieval.passages import PassageStore

ALL = Filter(access=None)


def write(store: PassageStore, *texts: str) -> None:
    rows = []
    for number, text in enumerate(texts):
        passage = Passage(passage_id(f"D:{number}", 0, len(text), text), f"D:{number}", 0, "", 0, len(text), text)
        rows.append((DocumentInfo(f"D:{number}"), [passage], np.ones((1, 4), np.float32)))
    store.replace(rows, encoder="e")


def test_a_common_word_is_looked_for_only_where_none_is_rarer(store: PassageStore) -> None:
    everything = 4 * FEW
    many = round(everything * max(COMMON, FEW / everything)) + 1
    write(store, *["patients with fever"] * many, *["fever"] * (everything - many), "patients with gout")
    assert len(store.lexical("patients", ALL, everything)) == many + 1
    assert len(store.lexical("patients gout", ALL, everything)) == 1


def test_a_word_of_few_passages_is_looked_for_though_most_have_it(store: PassageStore) -> None:
    write(store, *["patients with fever"] * 5, "patients with gout")
    assert len(store.lexical("patients gout", ALL, 20)) == 6


def test_frequencies_are_counted_anew_after_a_change(store: PassageStore) -> None:
    many = FEW + 1
    write(store, *["patients with fever"] * many, "patients with gout")
    assert len(store.lexical("fever gout", ALL, 20)) == 1
    write(store, *["patients with gout"] * many, "one fever")
    assert len(store.lexical("fever gout", ALL, 20)) == 1
    assert store.lexical("unheard", ALL, 20) == []
