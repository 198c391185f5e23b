"""Codes in a text and of a disease."""

from __future__ import annotations

from graph.view import GraphView
from qa.verdicts.codes import codes_in, codes_of, is_code, is_of


def test_codes_are_found_where_codes_are_spoken_of() -> None:
    assert codes_in("The ICD-10 code is E11.9") == ["E11.9"]
    assert codes_in("编码为F20") == ["F20"]
    assert codes_in("Factor V62 is low") == []
    assert is_code(" J45 ")
    assert not is_code("CYP3A4")


def test_a_category_and_its_subdivisions_agree(view: GraphView) -> None:
    assert is_of("E11", ["E11.9"])
    assert is_of("E11.9", ["E11"])
    assert not is_of("E10", ["E11"])
    assert codes_of(view, ["ICD10CM:J45"]) == ["J45"]
