from pathlib import Path

import numpy as np
import pytest

from text.context import dialogue
from text.context.judge import RULES, Context
from text.context.judgement import Judgement

WEIGHTS = dialogue.opened(Path(__file__).parents[3] / "models" / "context" / "weights.npz")
CONTEXT = Context(WEIGHTS)


def test_turns_are_the_lines_of_a_dialogue() -> None:
    text = "医生：发烧吗？\n患者：没有\n"
    assert [(t.speaker, text[t.start : t.end]) for t in dialogue.turns(text)] == [("d", "发烧吗？"), ("p", "没有")]
    assert dialogue.turns("主诉：发热3天\n现病史：无咳嗽") == []
    assert dialogue.turns("发热") == []


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("医生：您好\n医生：孩子发烧吗？\n患者：没有\n医生：好的\n", "发烧", "absent"),
        ("医生：您好\n患者：没有发烧\n医生：好的\n", "发烧", "absent"),
        ("患者：医生您好，宝宝咳嗽三天了\n医生：好的\n", "咳嗽", "present"),
        ("患者：宝宝拉稀\n医生：可能是消化不良\n患者：好的\n", "消化不良", "uncertain"),
    ],
)
def test_an_answer_decides_what_a_question_left_open(text: str, word: str, expected: str) -> None:
    span = (text.index(word), text.index(word) + len(word))
    assert CONTEXT.statuses(text, [span]) == [expected]
    (judgement,) = CONTEXT.judge(text, [span], "zh")
    assert dialogue.by_rule(judgement) == expected


def test_without_weights_the_rules_stand_alone() -> None:
    text = "医生：孩子发烧吗？\n医生：多大了？\n患者：没有\n医生：好的\n"
    span = (text.index("发烧"), text.index("发烧") + 2)
    assert RULES.statuses(text, [span]) == ["uncertain"]
    assert CONTEXT.statuses(text, [span]) == ["absent"]
    assert RULES.version != CONTEXT.version
    assert WEIGHTS.digest in CONTEXT.version


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_a_file_without_weights_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "weights.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"weights|pickle|data"):
        dialogue.opened(tmp_path / "weights.npz")
    np.savez(tmp_path / "others.npz", others=np.zeros(3))
    with pytest.raises(ValueError, match="holds no weights"):
        dialogue.opened(tmp_path / "others.npz")


@pytest.mark.parametrize("status", dialogue.STATUSES)
def test_a_status_becomes_a_judgement_that_amounts_to_it(status: dialogue.Status) -> None:
    for ruled in (Judgement(), Judgement("negated"), Judgement("affirmed", "hypothetical", "family")):
        judgement = dialogue.as_judgement(status, ruled)
        assert dialogue.by_rule(judgement) == status
        assert judgement.experiencer == ruled.experiencer
