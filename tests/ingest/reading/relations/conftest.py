from __future__ import annotations

import string
from typing import Any

import pytest


@pytest.fixture(scope="session")
def tokenizer() -> Any:
    """Lower case, word pieces, a vocabulary of letters and a few words."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words += [*string.ascii_lowercase, *(f"##{letter}" for letter in string.ascii_lowercase), *string.digits]
    words += [*string.punctuation, "zan", "##tol", "hives", "cause", "##d"]
    vocabulary = {word: at for at, word in enumerate(dict.fromkeys(words))}
    made = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106  (a token of text)
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    return made
