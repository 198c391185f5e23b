import pytest

from qa.steps.record.reading import Record
from qa.steps.record.summary import summary
from tests.qa.steps.record.conftest import OTHER, Ask


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Summarise this patient",
            [
                "Patient (female, born 1950", "Active problems: Atrial fibrillation", "Past problems: Sore toe",
                "Drugs now: Warfarin (5 mg once a day)", "Allergies: Amoxicillin", "Risk: According to",
                "Last results out of range: ", "HbA1c 6.8 % (2020-02-01)", "Trends: ", "Procedures: Knee repair",
                "Vaccines: Influenza vaccine", "Not in the record: liver function, smoking status",
            ],
        ),
        (
            "概括病人情况",
            ["患者（女，1950年出生", "现患疾病：心房颤动", "目前用药：华法林", "过敏：", "风险：", "病历中缺少："],
        ),
    ],
)  # fmt: skip
def test_all_sections_in_order(ask: Ask, text: str, parts: list[str]) -> None:
    answer = ask(text)
    places = [answer.text.find(part) for part in parts]
    assert -1 not in places, answer.text
    assert places == sorted(places)
    assert all(sentence.citations for sentence in answer.sentences)
    assert answer.dropped == 0


def test_what_a_record_lacks_is_said_and_nothing_of_others(ask: Ask, record: Record) -> None:
    text = ask("Tell me about this patient", OTHER).text
    assert "Infection" in text
    assert "allergies" in text.partition("Not in the record: ")[2]
    assert "Warfarin" not in text
    assert summary(record).closes
