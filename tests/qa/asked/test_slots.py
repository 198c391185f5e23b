"""What stands where a question has the name of a drug."""

from __future__ import annotations

import pytest

from graph.model import Entity
from qa.asked.names import Span
from qa.asked.slots import strange_drugs

ASPIRIN = Entity("D:1", "Drug", "Aspirin")
NAMES = ("阿司匹林", "aspirin", "头痛", "migraine")


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Is Zentravil effective for migraine?", ("Zentravil",)),
        ("Does Korvaxin work against migraine?", ("Korvaxin",)),
        ("Can ibuprofin and aspirin be combined?", ("ibuprofin",)),
        ("Can aspirin and tramodol be combined?", ("tramodol",)),
        ("What are the side effects of Bravoxil?", ("Bravoxil",)),
        ("How does Bravoxil work?", ("Bravoxil",)),
        ("Is aspirin effective for migraine?", ()),
        ("Is treatment effective for migraine?", ()),
        ("Is there anything that works?", ()),
        ("健骨灵胶囊治疗头痛有效吗？", ("健骨灵胶囊",)),
        ("降糖宁片的副作用有哪些？", ("降糖宁片",)),
        ("阿司匹林宁对头痛有效吗？", ("阿司匹林宁",)),
        ("阿司匹林对头痛有效吗？", ()),
        ("阿司匹林肠溶片对头痛有效吗？", ()),
        ("什么药对头痛有效？", ()),
    ],
)
def test_a_name_is_told_by_its_place(text: str, strange: tuple[str, ...]) -> None:
    spans = []
    for name in NAMES:
        if (at := text.find(name)) >= 0:
            entity = ASPIRIN if name in NAMES[:2] else Entity("D:2", "Disease", "migraine")
            spans.append(Span(0, 0, at, at + len(name), (entity,)))
    told = strange_drugs(text, spans)
    assert tuple(told) == strange
    assert all(text[start:end] == name for name, (start, end) in told.items())
