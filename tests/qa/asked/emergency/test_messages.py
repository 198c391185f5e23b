from qa.asked.emergency.messages import message
from qa.asked.emergency.verdict import Verdict


def test_help_is_called_first_then_what_to_do_meanwhile() -> None:
    said = message(Verdict("poisoning", False, True), "en")
    assert said.index("911") < said.index("Do not induce vomiting")
    chinese = message(Verdict("poisoning", False, True), "zh")
    assert chinese.index("120") < chinese.index("不要催吐")


def test_self_harm_has_its_own_words_and_poison_its_advice() -> None:
    assert "988" in message(Verdict("suicide", True, False), "en")
    assert "Meanwhile" not in message(Verdict("suicide", True, False), "en")
    both = message(Verdict("suicide", True, True), "zh")
    assert "12356" in both
    assert "不要催吐" in both


def test_without_a_picture_there_is_the_call_alone() -> None:
    assert "Meanwhile" not in message(Verdict("other", False, False), "en")
