from __future__ import annotations

import string
from typing import Any

import numpy as np
import pytest

from ingest.model import Mention
from ingest.reading.relations import labels
from ingest.reading.relations.features import NAMES
from training.relations.corpora import Example
from training.relations.items import learn_rows, prepare, tell

TEXT = "zantol caused hives."
MENTIONS = (Mention(0, 6, "zantol", "Drug", "MESH:C1", 1.0), Mention(14, 19, "hives", "Disease", "MESH:D1", 1.0))


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.pre_tokenizers import BertPreTokenizer

    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "."]
    pieces += [*string.ascii_lowercase, *(f"##{letter}" for letter in string.ascii_lowercase)]
    made = Tokenizer(WordPiece({piece: at for at, piece in enumerate(pieces)}, unk_token="[UNK]"))  # noqa: S106  (a token of text)
    made.pre_tokenizer = BertPreTokenizer()
    return made


def example(corpus: str, *gold: str, number: int = 1) -> Example:
    pairs = frozenset(("MESH:C1", "MESH:D1", label) for label in gold)
    return Example(f"PMID:{number}", corpus, TEXT, MENTIONS, pairs)


@pytest.mark.parametrize(
    ("corpus", "gold", "answers"),
    [
        ("bc5cdr", ("CID",), {labels.CID: 1}),
        ("bc5cdr", (), {labels.CID: 0, labels.ADE: 0}),
        ("biored", ("Positive_Correlation",), {labels.RELATED: 1, labels.TREATS: 0}),
        ("biored", ("Negative_Correlation",), {labels.RELATED: 1, labels.TREATS: 1, labels.ADE: 0}),
        ("biored", (), {labels.RELATED: 0, labels.TREATS: 0, labels.ADE: 0}),
        ("phee", ("ADE",), {labels.CID: 1, labels.ADE: 1, labels.TREATS: 0}),
    ],
)
def test_a_corpus_answers_what_it_looked_for(
    tokenizer: Any, corpus: str, gold: tuple[str, ...], answers: dict[int, int]
) -> None:
    (item,) = prepare([example(corpus, *gold)], tokenizer, {})
    assert item.rows.shape == (1, len(NAMES))
    types = set(range(labels.TYPES.start, labels.TYPES.stop)) if corpus == "biored" and gold else set()
    told = {at: int(value) for at, value in enumerate(item.target[0]) if value >= 0 and at not in types}
    assert told == answers
    assert item.target[0, labels.TYPES].sum() == (1 if types else -len(labels.BIORED))


@pytest.mark.model
def test_forests_tell_what_they_have_not_seen(tokenizer: Any) -> None:
    pytest.importorskip("sklearn")
    made = [example("bc5cdr", *(("CID",) if at % 2 else ()), number=at) for at in range(60)]
    made += [example("biored", *(("Bind",) if at % 2 else ()), number=at) for at in range(60)]
    items = prepare(made, tokenizer, {})
    for at, item in enumerate(items):
        item.rows[:, 0] = at % 2  # what the forests have to find
    forests, mean, spread = learn_rows(items, 1)
    right = [(item.prior[0, labels.CID] > 0) == (item.target[0, labels.CID] > 0) for item in items[:60]]
    assert np.mean(right) == 1
    assert abs(float(np.mean([item.rows[0, 0] for item in items]))) < 1e-3
    (fresh,) = prepare([example("bc5cdr", "CID")], tokenizer, {})
    fresh.rows[:, 0] = 1
    tell([fresh], forests, mean, spread)
    assert fresh.prior[0, labels.CID] > 0
    assert fresh.rows[0, 0] == pytest.approx((1 - mean[0]) / spread[0])
