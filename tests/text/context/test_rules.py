import pytest

from text.context.judgement import Judgement
from text.context.rules import judge_by_rule


@pytest.mark.parametrize(
    ("sentence", "polarity", "experiencer"),
    [
        ("He denies [headache].", "negated", "patient"),
        ("She denies any dizziness and denies [palpitations].", "negated", "patient"),
        ("The girl does have [ankle swelling].", "affirmed", "patient"),
        ("The film did show a [bone cyst].", "affirmed", "patient"),
        ("The film did not show a [bone cyst].", "negated", "patient"),
        ("A farmer with [psoriasis] denies itching.", "affirmed", "patient"),
        ("A farmer with psoriasis denies [itching].", "negated", "patient"),
        ("She has no sisters and suffers from [anemia].", "affirmed", "patient"),
        ("No sisters have [anemia].", "negated", "family"),
        ("A 40 year old cook with [anemia] was seen.", "affirmed", "patient"),
    ],
)
def test_the_plainest_words_of_notes(sentence: str, polarity: str, experiencer: str) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    (judgement,) = judge_by_rule(sentence.replace("[", "").replace("]", ""), [(start, end)], "en")
    assert (judgement.polarity, judgement.experiencer) == (polarity, experiencer)


def test_nothing_is_judged_of_nothing() -> None:
    assert judge_by_rule("No fever.", [], "en") == []
    assert judge_by_rule("", [(0, 0)], "en") == [Judgement()]
    assert judge_by_rule("\ud800无发热", [(2, 4)], "zh")[0].polarity == "negated"
