"""Where a line is wrapped, and where it ends what it says."""

from __future__ import annotations

import pytest

from text.lines import wrapped


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("He denies chest pain,", "palpitations or fainting."),
        ("MRI of the head showed no sign of", "Parkinson disease."),
        ("Aortic dissection was", "ruled out."),
        ("Pneumonia", "was ruled out."),
        ("He has no fever, no", "cough and no rash."),
        ("患者否认胸痛、", "心悸。"),
        ("主动脉夹层", "已排除。"),
        ("He has been well and free of any kind of seizure-", "like events since then."),
    ],
)
def test_a_sentence_goes_on_over_the_end_of_its_line(above: str, below: str) -> None:
    assert wrapped(f"{above}\n{below}") == [len(above)]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("no fever", "cough since monday"),
        ("Fever: no", "chills: yes"),
        ("fever no", "cough yes"),
        ("Fever: no", "Rash since"),
        ("- no fever", "- cough"),
        ("No haemorrhage or", "2. Sinusitis"),
        ("ASSESSMENT", "gout"),
        ("Past medical history", "gout"),
        ("He is well.", "cough is gone"),
        ("Diagnoses:", "gout"),
        ("否认发热", "咳嗽三天"),
        ("fever -", "cough +"),
        ("A title of an article about heart failure in mice", "Background: Much is known."),
        ("He denies any", ""),
    ],
)
def test_a_line_that_stands_for_itself(above: str, below: str) -> None:
    assert wrapped(f"{above}\n{below}") == []


def test_lines_of_one_width_are_a_paragraph_whatever_the_next_begins_with() -> None:
    text = (
        "The patient was seen today together with her husband and a nurse of ward B1\n"
        "Smith, who had visited her at home on Monday and found her confused, as was\n"
        "Jones. There was no fever then."
    )
    assert len(wrapped(text)) == 2
