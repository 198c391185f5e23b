from __future__ import annotations

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from ingest.reading.statements.labels import TYPES
from ingest.reading.statements.marking import LENGTH, Place, mark, markers

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "aspirin", "causes", "bleeding", "and", ":", "gout")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))  # noqa: S106  (a token of text)
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer


def words(tokenizer: Tokenizer, ids: tuple[int, ...]) -> list[str]:
    first = markers(tokenizer)
    return [WORDS[id] if id < first else f"<{'/' if (id - first) % 2 else ''}{TYPES[(id - first) // 2]}>" for id in ids]


def test_markers_stand_before_and_behind_mentions(tokenizer: Tokenizer) -> None:
    text = "aspirin causes bleeding"
    marked = mark(text, [Place(0, 7, "Drug"), Place(15, 23, "Disease")], tokenizer)
    assert words(tokenizer, marked.ids) == [
        "[CLS]", "<Drug>", "aspirin", "</Drug>", "causes", "<Disease>", "bleeding", "</Disease>", "[SEP]",
    ]  # fmt: skip
    assert marked.places == (1, 5)


def test_a_topic_is_read_before_the_text_as_the_first_mention(tokenizer: Tokenizer) -> None:
    marked = mark("causes bleeding", [Place(7, 15, "Disease")], tokenizer, ("aspirin", "Drug"))
    assert words(tokenizer, marked.ids) == [
        "[CLS]", "<Drug>", "aspirin", "</Drug>", ":", "causes", "<Disease>", "bleeding", "</Disease>", "[SEP]",
    ]  # fmt: skip
    assert marked.places == (1, 6)


def test_two_mentions_in_one_token_are_both_marked(tokenizer: Tokenizer) -> None:
    marked = mark("aspirin", [Place(0, 3, "Drug"), Place(3, 7, "Disease")], tokenizer)
    assert words(tokenizer, marked.ids) == ["[CLS]", "<Drug>", "</Drug>", "<Disease>", "aspirin", "</Disease>", "[SEP]"]
    assert marked.places == (1, 3)


def test_what_is_too_long_is_cut_and_its_mentions_are_not_asked_about(tokenizer: Tokenizer) -> None:
    text = "aspirin " + "and " * 400 + "bleeding"
    marked = mark(text, [Place(0, 7, "Drug"), Place(len(text) - 8, len(text), "Disease")], tokenizer)
    assert len(marked.ids) == LENGTH
    assert words(tokenizer, marked.ids)[-1] == "[SEP]"
    assert marked.places == (1, -1)


def test_mentions_behind_the_last_token_are_not_asked_about(tokenizer: Tokenizer) -> None:
    assert mark("aspirin   ", [Place(0, 7, "Drug"), Place(8, 9, "Disease")], tokenizer).places == (1, -1)
