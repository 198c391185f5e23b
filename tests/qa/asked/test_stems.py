"""Words that are made as names of drugs are, in both languages, and words that only look so."""

from __future__ import annotations

import pytest

from graph.model import Entity
from qa.asked.names import Span
from qa.asked.stems import stemmed


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Can bexazegliflozin be given in diabetes?", ("bexazegliflozin",)),
        ("Is Zorbatinib safe with Lumolimab?", ("Zorbatinib", "Lumolimab")),
        ("BLUE（贝沙格列净）可以用吗？", ("贝沙格列净",)),
        ("服用洛布替尼期间能喝酒吗", ("洛布替尼",)),
        ("停用阿斯沙坦，改用美洛地平", ("阿斯沙坦", "美洛地平")),
        ("In April, cholesterol and histidine were high after the control visit.", ()),
        ("血脂高怎么办？", ()),
    ],
)
def test_names_are_told_by_their_stems(text: str, names: tuple[str, ...]) -> None:
    assert stemmed(text, ()) == names


def test_what_is_known_is_no_stranger() -> None:
    text = "Is warsartan safe with oddsartan?"
    known = Span(1, 1, 3, 12, (Entity("X:1", "Drug", "Warsartan"),))
    assert stemmed(text, (known,)) == ("oddsartan",)
