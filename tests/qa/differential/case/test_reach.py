import pytest

from qa.differential.case.prose import judged
from qa.differential.case.reach import reached
from text.context.rules import judge_by_rule
from text.names import is_chinese


def denied(text: str, *names: str) -> list[bool]:
    places = [(text.index(name), text.index(name) + len(name)) for name in names]
    judged = judge_by_rule(text, places, "zh" if is_chinese(text) else "en")
    return [verdict.polarity == "negated" for verdict in reached(text, places, judged)]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("no blood in it, dry mouth, vomiting for 2 days", "blood", "dry mouth"),
        ("no bile, losing weight", "bile", "losing weight"),
        ("no fever or chills, headache since monday", "chills", "headache"),
        ("without discharge, swollen hands. no cough", "discharge", "swollen hands"),
        ("no cough, no fever, headache", "fever", "headache"),
        ("no fever, can't walk", "fever", "can't walk"),
        ("no cough and can't get out of bed, headache", "cough", "headache"),
        ("无腰痛、无尿频、血尿1个月", "尿频", "血尿"),
    ],
)
def test_what_is_told_after_a_denial_is_there(text: str, first: str, second: str) -> None:
    assert denied(text, first, second) == [True, False]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("no fever, cough, or rash on the legs", ("fever", "cough", "rash")),
        ("no fever, chills, cough", ("fever", "chills", "cough")),
        ("denies fever, chills, cough at night", ("fever", "chills", "cough")),
        ("无腹痛、腹泻", ("腹痛", "腹泻")),
    ],
)
def test_a_list_stays_a_list(text: str, names: tuple[str, ...]) -> None:
    assert all(denied(text, *names))


def test_a_list_announced_as_absent_is_denied() -> None:
    assert denied("Microcephaly. Not present: cleft palate, heart defect.", "cleft palate", "heart defect") == [
        True,
        True,
    ]
    assert denied("否认：发热、皮疹。头痛", "发热", "皮疹", "头痛") == [True, True, False]


def test_what_is_asked_before_the_case_ends_with_it() -> None:
    text = "r/o PE: 35F, sudden pain and cough"
    places = [(text.index(name), text.index(name) + len(name)) for name in ("PE", "pain", "cough")]
    assert [verdict.certainty for verdict in judged(text, places)] == ["hypothetical", "certain", "certain"]
