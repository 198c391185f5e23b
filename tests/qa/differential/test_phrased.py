"""Questions after findings, in both languages."""

from __future__ import annotations

import pytest

from qa.differential.phrased import question
from qa.evidence.wording import Words


@pytest.mark.parametrize(
    ("kind", "name", "asked"),
    [
        ("history", "Fever", "Is there fever?"),
        ("history", "Chills", "Are there chills?"),
        ("imaging", "ST segment elevation", "What does imaging show: is there ST segment elevation?"),
        ("exam", "Kayser-Fleischer ring", "What does the examination show: is there Kayser-Fleischer ring?"),
        ("lab", "Influenza test positive", "What do the laboratory tests show: is there a positive influenza test?"),
        ("lab", "Ascites", "What do the laboratory tests show: is there ascites?"),
    ],
)
def test_questions(kind: str, name: str, asked: str) -> None:
    assert question(kind, name, "发热").en == asked


def test_in_chinese() -> None:
    assert question("history", "Fever", "发热").zh == "是否有发热？"
    assert question("lab", "Fever", "发热").zh == "实验室检查：是否有发热？"


@pytest.mark.parametrize(
    ("english", "chinese", "asked", "asked_chinese"),
    [
        (
            "Pain lasting more than 20 minutes",
            "疼痛超过20分钟",
            "Is there pain lasting more than 20 minutes?",
            "是否有疼痛超过20分钟？",
        ),
        ("Triggered by exertion", "劳累诱发", "Is this so: triggered by exertion?", "是否符合：劳累诱发？"),
        (
            "Acute emergence over days",
            "数天内急性起病",
            "Is this so: acute emergence over days?",
            "是否符合：数天内急性起病？",
        ),
        ("Triggered by exertion", "活动触发", "Is this so: triggered by exertion?", "是否符合：活动触发？"),
        ("Episodic hyperhidrosis", "阵发性多汗", "Is there episodic hyperhidrosis?", "是否有阵发性多汗？"),
        ("Absent vas deferens", "输精管缺如", "Is there absent vas deferens?", "是否有输精管缺如？"),
        ("Seizure", "癫痫发作", "Is there seizure?", "是否有癫痫发作？"),
        ("Transient", "一过性", "Is this so: transient?", "是否符合：一过性？"),
    ],
)
def test_circumstances_are_no_things(english: str, chinese: str, asked: str, asked_chinese: str) -> None:
    assert question("history", english, chinese) == Words(asked, asked_chinese)
