import pytest

from qa.evidence.measured import effect, interval, result


@pytest.mark.parametrize(
    ("value", "chinese"),
    [
        ("decreases effect", "降低作用"),
        ("increases risk of bleeding", "增加bleeding的风险"),
        ("masks hypoglycaemia", "masks hypoglycaemia"),
    ],
)
def test_what_one_drug_does_to_another(value: str, chinese: str) -> None:
    assert (effect(value, chinese=False), effect(value, chinese=True)) == (value, chinese)


@pytest.mark.parametrize(
    ("value", "chinese"),
    [
        ("once daily", "每日1次"),
        ("three times weekly", "每周3次"),
        ("5 times daily", "每日5次"),
        ("every 6 hours", "每6小时"),
        ("every 4-6 weeks", "每4-6周"),
        ("every other day", "隔日"),
        ("before meals", "before meals"),
    ],
)
def test_how_often_it_is_given(value: str, chinese: str) -> None:
    assert (interval(value, chinese=False), interval(value, chinese=True)) == (value, chinese)


@pytest.mark.parametrize(
    ("told", "english", "chinese"),
    [
        ({}, "", ""),
        ({"measure": "AUC"}, "", ""),
        ({"measure": "sensitivity", "value": "91", "unit": "%"}, "sensitivity 91%", "敏感度 91%"),
        ({"measure": "5-year survival", "value": "62.1", "unit": "%", "p": "0.03", "group": "surgery"},
         "5-year survival 62.1%, P=0.03, surgery group", "5年生存率 62.1%，P=0.03，surgery"),
        ({"measure": "median survival", "value": "14", "unit": "months"}, "median survival 14 months",
         "中位生存期 14个月"),
    ],
)  # fmt: skip
def test_a_result(told: dict[str, str], english: str, chinese: str) -> None:
    assert (result(told, chinese=False), result(told, chinese=True)) == (english, chinese)
