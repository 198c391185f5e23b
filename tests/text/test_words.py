import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.names import tokens
from text.words import FUNCTION_WORDS, content, content_words, folded, quoted, stem, stemmed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Metformin lowered the weight.", ["metformin", "lower", "weight"]),
        ("The drug was given, whereas they always denied it", ["drug", "given", "alway", "deni"]),
        ("He doesn't eat 500 mg", ["eat", "mg"]),
        ("TNF-α", ["tnf", "alpha"]),
        ("患者的发热", ["发热"]),
        ("發熱和咳嗽", ["发热", "咳嗽"]),
        ("", []),
    ],
)
def test_content_words(text: str, expected: list[str]) -> None:
    assert content_words(text) == expected


@pytest.mark.parametrize("listed", ["denies", "whereas", "symptoms", "Effects", "β-blockers", "naïve", "發熱"])
def test_a_list_is_met_by_the_words_of_a_text(listed: str) -> None:
    """Words of a list are in the form of the tokens, however they are written there."""
    assert folded(listed) == {" ".join(token.norm for token in tokens(listed))}


@pytest.mark.parametrize("word", ["indicates", "statements", "findings", "suggested"])
def test_a_list_of_stems_is_met_by_the_content_words_of_a_text(word: str) -> None:
    assert stemmed(word) == set(content_words(word))


def test_no_function_word_is_content() -> None:
    assert content_words("whereas does this these whose it’s") == []
    assert all(word == " ".join(token.norm for token in tokens(word)) for word in FUNCTION_WORDS)


@pytest.mark.parametrize(
    "forms",
    [
        ("prevent", "prevents", "prevented", "preventing", "prevention"),
        ("infect", "infected", "infection"),
        ("deny", "denied"),
        ("bleed", "bleeding"),
        ("stop", "stopped"),
        ("allergy", "allergies"),
    ],
)
def test_the_forms_of_a_word_meet(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("prednisone", "prednisolone"), ("hypertension", "hypotension"), ("nitrate", "nitrite"), ("digoxin", "digitoxin")],
)
def test_different_drugs_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(max_size=40))
def test_a_content_word_stands_in_the_text(text: str) -> None:
    for word in content(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.form


def test_quotes() -> None:
    assert quoted("It says “no fever” and “cough”.") == ["no fever", "cough"]
    assert quoted("no quote") == []
