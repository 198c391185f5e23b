import pytest

from graph.view import GraphView
from qa.asked.names import names_in
from qa.asked.sounded import respelt_chinese
from qa.asked.spellings import Spellings
from text.names import tokens


def read(view: GraphView, text: str) -> tuple[str, tuple[str, ...]]:
    spans = names_in(text, tokens(text), view)
    changed, _, near = respelt_chinese(text, spans, view, Spellings(view.store))
    return changed, tuple(name for _, names in near for name in names)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("二甲双呱是治什么的", "二甲双胍是治什么的"),
        ("华发林和阿司匹林能一起吃吗", "华法林和阿司匹林能一起吃吗"),
        ("马凡综和征的症状", "马凡综合征的症状"),
        ("晶状体移位有哪些病", "晶状体异位有哪些病"),
        ("高血鸭怎么办", "高血压怎么办"),
        ("同型半光氨酸尿症", "同型半胱氨酸尿症"),
        ("同型半胱酸尿症怎么治", "同型半胱氨酸尿症怎么治"),
    ],
)
def test_what_sounds_alike_is_read(public: GraphView, text: str, meant: str) -> None:
    assert read(public, text) == (meant, ())


def test_a_drug_with_another_character_is_only_proposed(public: GraphView) -> None:
    assert read(public, "赖若普利治什么") in (("赖诺普利治什么", ()), ("赖若普利治什么", ("赖诺普利",)))
    assert read(public, "氨绿地乎治什么")[0] == "氨绿地乎治什么"
    assert read(public, "氨氯地贝治什么") == ("氨氯地贝治什么", ("氨氯地平",))


@pytest.mark.parametrize(
    "text", ["今天天气怎么样", "孩子不发热了", "阿司匹林好吗", "科勒综合征是什么", "二甲双瓜酸是什么", "新生儿复苏"]
)
def test_other_words_stay(public: GraphView, text: str) -> None:
    assert read(public, text) == (text, ())
