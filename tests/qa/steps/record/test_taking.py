import pytest

from qa.asked.of_patient import PatientAsked
from qa.evidence.wording import Words
from qa.steps.record.reading import Record
from qa.steps.record.taking import bare_words, taking
from tests.qa.steps.record.conftest import OTHER, Ask


@pytest.mark.parametrize(
    ("text", "verdict", "parts"),
    [
        ("Can she take Augmentin?", "no", ["No: by the sources Augmentin", "Allergy to Amoxicillin", "2001-01-01"]),
        ("她能吃奥格门汀吗？", "no", ["不宜使用", "对阿莫西林过敏", "病历记载：2001-01-01"]),
        ("Apixaban for her - any reason not to?", "no", ["No: by the sources Apixaban", "with Warfarin"]),
        ("Is ibuprofen ok for her?", "maybe", ["Only with caution: Ibuprofen", "with Warfarin"]),
        ("Can she have heparin?", "maybe", ["Only with caution: Heparin", "with Warfarin"]),
    ],
)
def test_the_verdict_first_then_each_reason(ask: Ask, text: str, verdict: str, parts: list[str]) -> None:
    answer = ask(text)
    assert (answer.typed.kind, answer.typed.verdict) == ("patient", verdict)
    assert all(part in answer.text for part in parts), answer.text
    assert answer.text.startswith(parts[0])


def test_another_patients_record_counts_for_nothing(ask: Ask) -> None:
    answer = ask("Can he take Augmentin?", OTHER)
    assert "Allergy" not in answer.text
    assert answer.text.startswith("Nothing in the sources searched speaks against Augmentin")
    assert (answer.typed.verdict, "no proof of safety" in answer.text) == ("maybe", True)
    assert "Not in the record and so not weighed: allergies" in answer.text


def test_a_name_that_no_drug_bears_has_no_verdict(record: Record) -> None:
    assert taking(record, PatientAsked("drug", drugs=("zzz",))) is None
    assert bare_words(Words("A.\n", "")) == Words("A", "A")
