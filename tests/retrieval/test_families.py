from __future__ import annotations

import pytest

from retrieval.families import as_encoded, asked_in, family, joined, names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("头痛患者可以服用布洛芬。", "zh"),
        ("頭痛患者", "zh"),
        ("痛", "zh"),
        ("TRPV6在HEK细胞中表达", "zh"),
        ("Ibuprofen for headache", "rest"),
        ("TNF-α and β-blockers", "rest"),
        ("The acupoint Zusanli (足三里) was needled in all patients of the group.", "rest"),
        ("頭痛がするときの薬について", "rest"),
        ("", "rest"),
        ("1234 \x00", "rest"),
    ],
)
def test_a_text_is_chinese_where_a_third_of_its_letters_are(text: str, expected: str) -> None:
    assert family(text) == expected


def test_one_character_makes_a_question_chinese() -> None:
    assert asked_in("什么是 chronic obstructive pulmonary disease") == "zh"
    assert asked_in("头") == "zh"
    assert asked_in("What is COPD?") == "rest"


def test_the_name_of_two_encoders_tells_both() -> None:
    assert names(joined("a/b-c/1", "d/1")) == {"rest": "a/b-c/1", "zh": "d/1"}
    assert names("BAAI/bge-m3/fp16") == {"rest": "BAAI/bge-m3/fp16"}
    assert names("") == {"rest": ""}


def test_a_title_stands_before_a_passage_that_does_not_begin_with_it() -> None:
    assert as_encoded("Gout", "Colchicine helps.", 40) == "Gout\nColchicine helps."
    assert as_encoded("Gout", "Gout. Colchicine helps.", 0) == "Gout. Colchicine helps."
    assert as_encoded("", "Colchicine helps.", 40) == "Colchicine helps."
