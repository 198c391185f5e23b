import pytest

from qa.asked.whether import asks_whether


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Does metformin treat hypertension?", True),
        ("My father takes aspirin. Can it cause fever?", True),
        ("阿司匹林会引起发热吗？", True),
        ("Which drugs cause fever?", False),
        ("Can you tell me what treats fever?", False),
        ("Is there a drug against fever?", False),
        ("哪些药会引起发热？", False),
        ("Side effects of aspirin", False),
    ],
)
def test_a_question_for_yes_or_no_is_known(text: str, expected: bool) -> None:
    assert asks_whether(text) is expected
