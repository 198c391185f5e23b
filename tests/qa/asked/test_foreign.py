import pytest

from qa.asked.foreign import said_in
from qa.asked.guard import guard
from qa.model import Question


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("mi madre tiene fibrilación auricular, ¿qué anticoagulante es mejor?", "Solo"),
        ("Darf ich Metformin nehmen, wenn meine Nieren schlecht sind?", "Fragen werden"),
        ("Quels sont les effets de l'aspirine ?", "Seules"),
        ("qual é a dose de amoxicilina para uma criança", "Só"),
        ("メトホルミンの副作用は何ですか", "英語と"),
        ("아스피린 부작용", "영어와"),
    ],
)
def test_it_is_said_in_the_language_of_the_question(text: str, begins: str) -> None:
    assert said_in(text).startswith(begins)
    refusal = guard(Question(text))
    assert refusal is not None
    assert refusal.reason == "unsupported_language"
    assert refusal.message.startswith(begins)
    assert "answered in English and Chinese" in refusal.message


def test_what_is_not_told_is_said_in_english_and_chinese() -> None:
    assert said_in("xyz") == ""
    assert said_in("") == ""
