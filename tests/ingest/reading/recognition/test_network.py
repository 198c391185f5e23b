from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.reading.recognition.network import by_length, inputs, make, moves
from ingest.reading.recognition.tokens import COLUMNS, Window


def window(tokens: int, words: int) -> Window:
    return Window(
        ids=np.arange(tokens),
        features=np.ones((tokens, COLUMNS), np.uint8),
        first=np.arange(words),
        last=np.arange(words),
        offsets=np.zeros((words, 2), np.int32),
        keep=(0, words),
    )


def test_groups_are_of_like_length_and_within_the_limit() -> None:
    lengths = [5, 90, 6, 4, 100, 7]
    groups = by_length(lengths, 100)
    assert sorted(at for group in groups for at in group) == list(range(6))
    assert groups == [[3, 0, 2, 5], [1], [4]]
    assert all(len(group) == 1 or max(lengths[at] for at in group) * len(group) <= 100 for group in groups)
    assert by_length([], 100) == []


@pytest.mark.model
def test_shorter_windows_are_filled_up() -> None:
    pytest.importorskip("torch")
    given = inputs([window(4, 2), window(6, 3)], "cpu")
    assert given["ids"].tolist() == [[0, 1, 2, 3, 0, 0], [0, 1, 2, 3, 4, 5]]
    assert given["mask"].sum(1).tolist() == [4, 6]
    assert given["first"].tolist() == [[0, 1, 0], [0, 1, 2]]
    assert given["features"].shape == (2, 6, COLUMNS)


@pytest.mark.model
def test_the_network_scores_each_word_and_allows_what_labels_allow(tmp_path: Path) -> None:
    transformers: Any = pytest.importorskip("transformers")
    config = transformers.BertConfig(
        vocab_size=10, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8
    )
    network = make(transformers.BertModel(config, add_pooling_layer=False), 3).eval()
    assert network(**inputs([window(4, 2), window(6, 3)], "cpu")).shape == (2, 3, 3)
    assert moves(network)[0, 2] == pytest.approx(-1e4)  # an inside label follows no outside
    assert moves(network)[1, 2] == 0
