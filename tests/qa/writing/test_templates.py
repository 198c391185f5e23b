"""Both languages fill in every template."""

import pytest

from qa.writing.chinese import CHINESE
from qa.writing.english import ENGLISH
from qa.writing.templates import Templates
from text.names import is_chinese


@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=lambda words: words.language)
def test_every_template_is_in_its_language(words: Templates) -> None:
    texts = [words.patient, words.disagree, *words.messages.values()]
    assert all(is_chinese(text) == (words.language == "zh") for text in texts)
    assert "{said}" in words.disagree
    assert "2" in words.sources(2)
    for text in (words.verbatim("A text.", "PMID:1"), words.quotation("A text.", "PMID:1", "")):
        assert "“A text.”" in text
        assert "PMID:1" in text


def test_both_languages_have_the_same_messages() -> None:
    assert ENGLISH.messages.keys() == CHINESE.messages.keys()
