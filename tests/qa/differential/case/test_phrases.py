from qa.differential.case.phrases import capitals, phrases, written_so
from text.names import normalise


def test_people_say_it_otherwise() -> None:
    assert phrases()[normalise("发烧")][0] == "HP:0001945"
    assert phrases()[normalise("feverish")] == ("HP:0001945",)


def test_an_abbreviation_counts_in_capitals() -> None:
    assert all(name == normalise(name) for name in capitals())
    assert written_so("feverish")
