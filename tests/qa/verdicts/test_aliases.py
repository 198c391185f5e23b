"""Other words for what the graph has."""

from __future__ import annotations

import pytest

from qa.verdicts.aliases import aliases_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("blocks factor Xa", "F10"),
        ("凝血因子Xa", "F10"),
        ("autosomal-dominant disease", "autosomal dominant inheritance"),
        ("X连锁隐性遗传", "X-linked recessive inheritance"),
        ("怀孕时禁用", "pregnancy"),
        ("affects the lungs", "lung"),
    ],
)
def test_a_word_leads_to_a_name(text: str, name: str) -> None:
    assert name in [one for _, _, names in aliases_in(text) for one in names]


def test_a_longer_word_is_not_torn() -> None:
    assert not [names for _, _, names in aliases_in("肺炎和胃癌")]
