"""Other forms under which a Chinese name may be known."""

from __future__ import annotations

import pytest

from ingest.reading.linking.chinese_names import forms


@pytest.mark.parametrize(
    ("name", "type", "known"),
    [
        ("10%硫黄软膏", "Drug", "硫黄"),
        ("注射用盐酸吉西他滨", "Drug", "吉西他滨"),
        ("阿司匹林肠溶片", "Drug", "阿司匹林"),
        ("瑞舒伐他汀钙片", "Drug", "瑞舒伐他汀"),
        ("他汀", "Drug", "他汀类药物"),
        ("喹诺酮类", "Drug", "喹诺酮类药物"),
        ("中重度特应性皮炎", "Disease", "特应性皮炎"),
        ("轻、中度哮喘", "Disease", "哮喘"),
        ("慢性活动性肝炎急性发作", "Disease", "肝炎"),
        ("Ⅲ期黑色素瘤", "Disease", "黑色素瘤"),
        ("维生素K缺乏", "Disease", "维生素K缺乏症"),
        ("呼吸系统疾患", "Disease", "呼吸系统疾病"),
        ("甲状旁腺功能减退症", "Phenotype", "甲状旁腺功能减退"),
        ("急性下壁心肌梗死", "Disease", "急性心肌梗死"),
        ("阵发性痉挛性咳嗽", "Disease", "咳嗽"),
        ("猖獗性龋齿", "Disease", "龋齿"),
        ("(胃窦)低分化腺癌", "Disease", "腺癌"),
        ("夜间剧痒", "Phenotype", "瘙痒"),
        ("高尿酸", "Disease", "高尿酸血症"),
        ("血清肌钙蛋白I", "Measurement", "肌钙蛋白I"),
        ("血浆置换治疗", "Procedure", "血浆置换"),
        ("EGFR基因", "Gene", "EGFR"),
        ("EGFR L858R突变", "Variant", "L858R"),
    ],
)
def test_words_around_a_name_are_left_out(name: str, type: str, known: str) -> None:
    assert known in list(forms(name, type))


@pytest.mark.parametrize(
    ("name", "type", "other"),
    [
        ("妊娠期糖尿病", "Disease", "糖尿病"),
        ("非小细胞肺癌", "Disease", "小细胞肺癌"),
        ("2型糖尿病", "Disease", "糖尿病"),
        ("谷氨酸钠", "Drug", "谷氨酸"),
        ("胰岛素增敏剂", "Drug", "胰岛素"),
        ("慢性病", "Disease", "病"),
        ("急性左心房肿瘤", "Anatomy", "左心房肿瘤"),
    ],
)
def test_what_makes_another_thing_of_it_is_not(name: str, type: str, other: str) -> None:
    assert other not in list(forms(name, type))


def test_what_says_most_of_a_name_comes_first_and_once() -> None:
    given = list(forms("重症急性胰腺炎", "Disease"))
    assert given.index("急性胰腺炎") < given.index("胰腺炎")
    assert len(given) == len(set(given))
    assert "重症急性胰腺炎" not in given


@pytest.mark.parametrize(
    "name", ["药物性肝炎", "先天性心肌病", "非阵发性心动过速", "疑似肺炎", "妊娠期糖尿病", "假性球麻痹"]
)
def test_what_makes_another_disease_of_a_name_stays(name: str) -> None:
    assert all(form.startswith(name[:2]) for form in forms(name, "Disease"))
