from __future__ import annotations

from ingest.reading.dictionary import ordinary
from ingest.reading.dictionary.dictionary import Dictionary


def test_an_ordinary_word_is_no_name_unless_it_is_written_as_a_symbol() -> None:
    word = next(word for word in sorted(ordinary.words()) if len(word) == 4 and word.isalpha())
    rows = [(word, "X:1", "Gene", True), (word.upper(), "X:2", "Gene", True)]
    entities = [c.entity for match in Dictionary(rows).find(f"a {word} b {word.upper()}") for c in match.candidates]
    assert entities == ["X:2"]


def test_folded_words_are_without_blanks_and_case() -> None:
    assert len(ordinary.folded()) > 100
    assert all(word == word.lower() and " " not in word for word in ordinary.folded())
