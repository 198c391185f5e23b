"""Findings that are told as the change of a measured thing."""

from __future__ import annotations

import pytest

from ingest.model import Mention
from ingest.reading.chinese.changes import changed

KNOWN = {
    "低钾血症": ("MONDO:0003019", "Disease", "a name"),
    "高尿酸血症": ("MONDO:0002144", "Disease", "a name"),
    "白细胞减少": ("HP:0001882", "Phenotype", "a name"),
    "肌酐升高": ("HP:0003259", "Phenotype", "a name"),
    "低血糖": ("HP:0001943", "Phenotype", "a name"),
}


def told(text: str, surface: str, type: str = "Measurement") -> tuple[str, str, str | None]:
    start = text.index(surface)
    test = Mention(
        start=start, end=start + len(surface), surface=surface, type=type, entity="T:1", score=0.9,
        tagger="test", label="",
    )  # fmt: skip
    (one,) = changed(text, [test], lambda name, _: KNOWN.get(name))
    assert text[one.start : one.end] == one.surface
    return one.surface, one.type, one.entity


@pytest.mark.parametrize(
    ("text", "surface", "found"),
    [
        ("可引起血钾降低和水肿", "血钾", ("血钾降低", "Disease", "MONDO:0003019")),
        ("会使血尿酸升高", "血尿酸", ("血尿酸升高", "Disease", "MONDO:0002144")),
        ("血清肌酐水平明显增高", "血清肌酐", ("血清肌酐水平明显增高", "Phenotype", "HP:0003259")),
        ("白细胞计数减少", "白细胞", ("白细胞计数减少", "Phenotype", "HP:0001882")),
    ],
)
def test_a_change_of_a_measured_thing_is_a_finding(text: str, surface: str, found: tuple[str, str, str]) -> None:
    assert told(text, surface) == found


@pytest.mark.parametrize(
    ("text", "surface"), [("监测血钾", "血钾"), ("使血糖下降", "血糖"), ("血钠降低", "血钠"), ("血钾正常", "血钾")]
)
def test_a_test_an_aim_and_what_nobody_knows_stay(text: str, surface: str) -> None:
    assert told(text, surface) == (surface, "Measurement", "T:1")


def test_only_what_is_measured_changes() -> None:
    assert told("血钾降低", "血钾", "Drug") == ("血钾", "Drug", "T:1")
