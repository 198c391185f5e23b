import pytest

from qa.verdicts.cues import ASKED, CONCLUDES, SAID


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("null", "There was no significant difference between the groups."),
        ("null", "两组无显著差异。"),
        ("same", "It was as effective as the other."),
        ("open", "Its value remains controversial."),
        ("open", "疗效尚无定论。"),
        ("more", "Further studies are needed."),
        ("nosig", "(p = 0.62)"),
        ("psig", "(p < 0.01)"),
    ],
)
def test_what_a_conclusion_says_is_told(cue: str, text: str) -> None:
    assert SAID[cue].search(text)


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("q_same", "Is A as safe as B?"),
        ("q_same", "A与B疗效相当吗？"),
        ("q_need", "Should it be given?"),
        ("q_down", "能否降低死亡率？"),
        ("q_harm", "Does it cause cancer?"),
    ],
)
def test_what_a_question_asks_is_told(cue: str, text: str) -> None:
    assert ASKED[cue].search(text)


def test_words_that_conclude() -> None:
    assert CONCLUDES.search("These data suggest that it helps.")
