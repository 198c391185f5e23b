import pytest

from qa.differential.case.whole import cleared, whole


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("血尿酸正常", "血尿"),
        ("右耳垂下面肿起来", "面肿"),
        ("有点头晕", "点头"),
        ("卵磷脂小体减少", "小体"),
        ("没有尿少", "没有尿"),
        ("肌肉酸痛、头痛", "痛、头"),
        ("干咳没痰", "咳没痰"),
        ("无呕吐无血便", "吐无血"),
        ("甲状腺肿大", "肿大"),
        ("其他关节不痛", "关节不痛"),
    ],
)
def test_what_is_cut_out_of_words_or_put_together_is_no_name(text: str, name: str) -> None:
    start = text.index(name)
    assert not whole(text, start, start + len(name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("今天血尿两次", "血尿"),
        ("面肿三天", "面肿"),
        ("肚子不疼", "肚子不疼"),
        ("舌头痛", "舌头痛"),
        ("no cough", "cough"),
    ],
)
def test_a_whole_name_stays(text: str, name: str) -> None:
    start = text.index(name)
    assert whole(text, start, start + len(name))


def test_a_house_is_no_relative_and_who_minds_the_cold_fears_nothing() -> None:
    assert cleared("在外婆家住了两周") == "在某某家住了两周"
    assert cleared("外婆得过肺病") == "外婆得过肺病"
    assert cleared("怕冷、头痛") == "觉冷、头痛"
    assert cleared("怕是长了瘤子") == "怕是长了瘤子"
