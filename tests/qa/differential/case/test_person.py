import pytest

from qa.differential.case.person import age_of, age_places, sex_of


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("34F with cough", 34, "female"),
        ("72 y/o man", 72, "male"),
        ("9yo boy, sore throat", 9, "male"),
        ("45-year-old woman", 45, "female"),
        ("a 6-month-old girl", 0.5, "female"),
        ("3 week old baby", 21 / 365.25, ""),
        ("three year old boy", 3, "male"),
        ("Dad, 78, dribbles", 78, "male"),
        ("3岁女孩", 3, "female"),
        ("患者58岁男性", 58, "male"),
        ("男，45岁", 45, "male"),
        ("8个月男宝", 8 / 12, "male"),
        ("女儿3岁,昨天发烧", 3, "female"),
        ("宝宝11个月,高烧三天", 11 / 12, ""),
        ("30岁，孕12周", 30, "female"),
        ("五十岁的男人", 50, "male"),
        ("七十多岁女性", 70, "female"),
        ("十二岁男孩", 12, "male"),
        ("两岁女孩", 2, "female"),
        ("her mother has it; she coughs", None, "female"),
        ("cough for 3 years", None, ""),
        ("新生儿黄疸", 0.01, ""),
        ("Boy of 5, cannot run", 5, "male"),
        ("my daughter is 3 and she bruises", 3, "female"),
        ("Neonate, day 2 of life", 2 / 365.25, ""),
        ("a girl of 6 months", None, "female"),
        ("子宫约孕12周大", None, "female"),
    ],
)
def test_age_and_sex(text: str, age: float | None, sex: str) -> None:
    assert age_of(text) == (age if age is None else pytest.approx(age))
    assert sex_of(text) == sex


def test_the_place_of_an_age() -> None:
    assert age_places("cough, 34 years old") == [(7, 19)]
