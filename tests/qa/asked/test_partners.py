"""Names that nothing bears, beside the name of a drug."""

from __future__ import annotations

import pytest

from graph.model import Entity
from qa.asked.names import Span
from qa.asked.partners import strange_partners

ASPIRIN = Entity("D:1", "Drug", "Aspirin")


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("华发林和阿司匹林能一起用吗？", ("华发林",)),
        ("阿司匹林与格列苯尿可以同服吗？", ("格列苯尿可以",)),
        ("阿司匹林和什么药不能一起用？", ()),
        ("阿司匹林能治头痛吗？", ()),
        ("Is aspirin safe?", ()),
    ],
)
def test_what_is_joined_to_a_drug_and_unknown_is_told(text: str, strange: tuple[str, ...]) -> None:
    at = text.find("阿司匹林")
    spans = [Span(0, 3, at, at + 4, (ASPIRIN,))] if at >= 0 else []
    told = strange_partners(text, spans)
    assert [name[:4] for name in told] == [name[:4] for name in strange]
