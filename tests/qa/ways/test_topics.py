import pytest

from qa.ways.topics import COUNT, EITHER, JOINED, LIST, NOT, SHARED, TOPICS


def ways(text: str) -> set[str]:
    topic = next(topic for topic in TOPICS if topic.pattern.search(text))
    return {way.name for way in topic.ways}


@pytest.mark.parametrize(
    ("english", "chinese", "way"),
    [
        ("side effects of", "副作用", "effects"),
        ("contraindications", "禁忌症", "contraindications"),
        ("interacts with", "相互作用", "interacts"),
        ("mutations in", "突变", "diseases"),
        ("inherited", "遗传方式", "inheritance"),
        ("substrates of", "底物", "substrates"),
        ("inhibit", "抑制", "inhibitors"),
        ("prevent", "预防", "prevented_by"),
        ("treat", "治疗", "treated_by"),
        ("symptoms", "症状", "findings"),
        ("subtypes of", "亚型", "kinds"),
        ("onset", "起病", "onset"),
    ],
)
def test_both_languages_ask_for_the_same_way(english: str, chinese: str, way: str) -> None:
    assert way in ways(english)
    assert way in ways(chinese)


def test_small_words() -> None:
    assert COUNT.search("how many drugs")
    assert COUNT.search("多少种药")
    assert not COUNT.search("多久")
    assert LIST.search("which drugs treat it")
    assert not LIST.search("what is the treatment")
    assert SHARED.search("in common")
    assert EITHER.search("gout or asthma")
    assert NOT.search("do not interact")
    assert JOINED.fullmatch(" and ")
    assert not JOINED.fullmatch(" for ")
