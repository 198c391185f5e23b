import pytest

from qa.steps.record.options import options
from qa.steps.record.reading import Record
from tests.qa.steps.record.conftest import Ask


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "What treatment options does this patient have for infection?",
            ["For Infection, not for this patient: Amoxicillin (", "a clinician decides"],
        ),
        ("给这位患者制定感染的治疗方案", ["针对感染，该患者不宜使用：阿莫西林", "临床医生"]),
    ],
)
def test_what_is_forbidden_is_named_with_its_reason(ask: Ask, text: str, parts: list[str]) -> None:
    answer = ask(text)
    assert all(part in answer.text for part in parts), answer.text
    assert answer.typed.items == ()


def test_without_a_disease_the_conditions_of_the_record_are_meant(record: Record) -> None:
    part = options(record)
    assert part is None or not part.closes
