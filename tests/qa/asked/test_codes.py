import pytest

from qa.asked.codes import asks_code, codes_in, systems_asked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ICD-10 code of Marfan syndrome", ["ICD-10"]),
        ("川崎病的ICD-10编码是多少", ["ICD-10"]),
        ("ICD code for gout?", ["ICD-10"]),
        ("ICD-11 and ICD-9 codes of gout", ["ICD-11", "ICD-9"]),
        ("OMIM number of Marfan syndrome", ["OMIM"]),
        ("二甲双胍的ATC编码", ["ATC"]),
        ("DrugBank id and RxNorm code of aspirin", ["RxNorm", "DrugBank"]),
        ("What treats gout?", []),
    ],
)
def test_the_vocabularies_that_are_spoken_of(text: str, expected: list[str]) -> None:
    assert [system.name for system in systems_asked(text)] == expected


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("What is G35?", "ICD10CM:G35"),
        ("ICD-10 G35 是什么病", "ICD10CM:G35"),
        ("G35是什么病", "ICD10CM:G35"),
        ("What does OMIM 154700 stand for?", "OMIM:154700"),
        ("what is hp:0001083", "HP:0001083"),
        ("ORPHA:558 是什么", "ORPHA:558"),
        ("What is DB00331?", "DRUGBANK:DB00331"),
        ("what does MeSH D008382 mean", "MESH:D008382"),
    ],
)
def test_codes_as_they_are_written(text: str, id: str) -> None:
    assert id in [one for ids in codes_in(text).values() for one in ids]


@pytest.mark.parametrize("text", ["What treats gout?", "He was given 154700 units", "T20 was stopped", "PMID:12345"])
def test_what_is_no_code(text: str) -> None:
    assert codes_in(text) == {}


def test_codes_are_asked_for_without_a_vocabulary() -> None:
    assert asks_code("What are the codes of gout?")
    assert asks_code("痛风的编码")
    assert not asks_code("genetic code")
