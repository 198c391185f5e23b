"""The ids that a disease stands under, by whatever name it is asked for, and its kinds."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import PUBLIC
from graph.view import GraphView
from qa.drugs.page.conditions import conditions, kinds, namesakes, turned


def test_a_disease_of_several_ids_is_one_and_its_kinds_are_found(ward: Any) -> None:
    view = GraphView(ward.store, PUBLIC)
    for text in ("Embolism, pulmonary", "Pulmonary embolism", "肺栓塞", "DOID:9477", " MESH:D011655 "):
        assert {one.id for one in conditions(view, text)} == {"MESH:D011655", "DOID:9477"}
    assert conditions(view, "Warfarin") == conditions(view, "") == conditions(view, "X:1") == ()
    assert kinds(view, ["MESH:D011655"]) == {"MESH:D000001"}
    assert namesakes(view, []) == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Embolism, pulmonary", ("embolism pulmonary", "pulmonary embolism")),
        ("Asthma", ("asthma",)),
        ("", ()),
        ("a b c d e f g h i", ("a b c d e f g h i",)),
    ],
)
def test_a_name_is_turned(name: str, expected: tuple[str, ...]) -> None:
    assert turned(name) == expected
