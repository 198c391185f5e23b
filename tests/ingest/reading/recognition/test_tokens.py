from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ingest.reading.recognition.gazetteer import CLASSES, FEATURES, Gazetteer
from ingest.reading.recognition.tokens import COLUMNS, windows


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer

    pieces = ["[UNK]", "[CLS]", "[SEP]", "ga", "##ba", "acid", "drug", "##s", "2", "?"]
    made = Tokenizer(WordPiece({piece: at for at, piece in enumerate(pieces)}, unk_token="[UNK]"))  # noqa: S106  (a token of text)
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    return made


NAMES = Gazetteer.build([("gaba", "Chemical")])


def test_a_word_knows_its_tokens_its_place_and_its_features(tokenizer: Any) -> None:
    text = "GABA acid 2"
    (window,) = windows(text, tokenizer, NAMES, 20)
    assert [tokenizer.id_to_token(id) for id in window.ids] == ["[CLS]", "ga", "##ba", "acid", "2", "[SEP]"]
    assert [text[start:end] for start, end in window.offsets.tolist()] == ["GABA", "acid", "2"]
    assert (window.first.tolist(), window.last.tolist()) == ([1, 3, 4], [2, 3, 4])
    assert window.features.shape == (6, COLUMNS)
    chemical = 2 * CLASSES.index("Chemical")
    assert window.features[:, chemical].tolist() == [0, 1, 1, 0, 0, 0]
    # Capital first, all capitals, capitals inside, a digit, digit and letter, short.
    assert window.features[1, FEATURES:].tolist() == [1, 1, 0, 0, 0, 0]
    assert window.features[4, FEATURES:].tolist() == [0, 0, 0, 1, 0, 1]


def test_windows_of_a_long_text_keep_each_word_once(tokenizer: Any) -> None:
    text = "drugs acid " * 300
    made = list(windows(text, tokenizer, NAMES, 100))
    assert len(made) > 5
    assert all(len(window.ids) <= 100 for window in made)
    starts: list[int] = []
    for at, window in enumerate(made):
        here = window.offsets[window.keep[0] : window.keep[1], 0]
        if at + 1 < len(made):
            following = made[at + 1]
            here = here[here < following.offsets[following.keep[0], 0]]
        starts += here.tolist()
    assert starts == [at for word in range(300) for at in (11 * word, 11 * word + 6)]


def test_a_text_without_words_has_no_window(tokenizer: Any) -> None:
    assert list(windows("  ", tokenizer, NAMES, 10)) == []
    (window,) = windows("acid \ud800", tokenizer, NAMES, 10)
    assert np.array_equal(window.offsets, [[0, 4], [5, 6]])
