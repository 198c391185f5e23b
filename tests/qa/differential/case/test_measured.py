import pytest

from qa.differential.case.measured import measured
from qa.differential.model import Sex

FEVER, FAST, SLOW = "HP:0001945", "HP:0001649", "HP:0001662"
LOW_BP, HIGH_BP, ANEMIA, LOW_O2 = "HP:0002615", "HP:0000822", "HP:0001903", "HP:0012418"


def present(text: str, age: float | None = None, sex: Sex = "") -> set[str]:
    return {value.id for value in measured(text, age, sex) if value.present}


def absent(text: str, age: float | None = None) -> set[str]:
    return {value.id for value in measured(text, age) if not value.present}


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("T 39.2", FEVER),
        ("temp of 101.5°F", FEVER),
        ("体温39.5℃", FEVER),
        ("昨天发烧38.2", FEVER),
        ("BP 80/50", LOW_BP),
        ("血压 86/50mmHg", LOW_BP),
        ("BP 168/102", HIGH_BP),
        ("SpO2 88 % on air", LOW_O2),
        ("血氧88%", LOW_O2),
        ("glucose 28 mmol/L", "HP:0003074"),
        ("glucose 420 mg/dL", "HP:0003074"),
        ("Hb 8.2", ANEMIA),
        ("血红蛋白78g/L", ANEMIA),
        ("WBC 15,6", ""),
        ("CK 14,000", "HP:0003236"),
        ("cap refill 5 s", "MEDGRAPH:finding-prolonged-capillary-refill-time"),
        ("WBC 15.6×10^9/L", "HP:0001974"),
        ("platelets 20", "HP:0001873"),
        ("K 6.8", "HP:0002153"),
        ("pH 7.12", "HP:0001941"),
        ("HbA1c 85 mmol/mol", "HP:0040217"),
        ("GCS 13/15", "HP:0004372"),
        ("troponin 0.8 ng/mL", "HP:0410174"),
    ],
)
def test_a_number_means_a_finding(text: str, id: str) -> None:
    assert (id in present(text, 50)) == bool(id)


def test_age_and_sex_decide() -> None:
    assert FAST in present("HR 130", 40)
    assert FAST not in present("HR 130", 0.5)
    assert SLOW in present("pulse 48", 40)
    assert ANEMIA in present("Hb 125", 40, "male")
    assert ANEMIA not in present("Hb 125", 40, "female")


def test_a_normal_number_excludes() -> None:
    assert FEVER in absent("T 36.8")
    assert {LOW_BP, HIGH_BP} <= absent("BP 122/78", 50)
    assert not present("T 36.8, BP 122/78, P 72, RR 14, SpO2 98%", 50)


def test_what_is_no_such_number_means_nothing() -> None:
    assert measured("T12 fracture, Cr-V, vitamin K 2, room 39, R 3 weeks, 38 years old") == []
    assert measured("BP 300, T 92, pH 77") == []


def test_the_place_is_that_of_the_words() -> None:
    text = "fever, T 39.2 today"
    (value,) = measured(text)
    assert text[value.start : value.end] == "T 39.2"
    assert value.why == "NICE NG143: 38 °C or higher"


def test_a_count_of_another_fluid_is_none_of_the_blood() -> None:
    assert measured("关节液浑浊，白细胞9.6") == []
    assert [value.measure for value in measured("白细胞19.6")] == ["leukocytes"]
