"""What goes wrong, by name."""

from __future__ import annotations

import pytest

from evaluation.corpora.annotated import Annotated, Mark
from evaluation.tagging.mistakes import differences, patterns

TEXT = "Acute renal failure and X1 in men"


def document(*marks: tuple[int, int, str]) -> dict[str, Annotated]:
    return {"1": Annotated("1", TEXT, tuple(Mark(*mark) for mark in marks))}


@pytest.mark.parametrize(
    ("gold", "pred", "kinds"),
    [
        ([(0, 19, "D")], [(0, 5, "D"), (6, 19, "D")], ["split"]),
        ([(0, 5, "D"), (6, 19, "D")], [(0, 19, "D")], ["merged"]),
        ([(0, 19, "D")], [(6, 19, "D")], ["boundary on the left"]),
        ([(0, 19, "D")], [(0, 11, "D")], ["boundary on the right"]),
        ([(0, 19, "D")], [(6, 11, "D")], ["boundary on both sides"]),
        ([(0, 19, "D")], [(0, 19, "G")], ["wrong type"]),
        ([(0, 19, "D")], [(6, 19, "G")], ["wrong type and boundary"]),
        ([(0, 19, "D")], [(24, 26, "G")], ["missed", "spurious"]),
        # The second of PRED touches both, so that neither is split or merged.
        ([(0, 11, "D"), (12, 19, "D")], [(0, 5, "D"), (6, 19, "D")], ["boundary on the left", "boundary on the right"]),
    ],
)
def test_every_difference_has_one_name(
    gold: list[tuple[int, int, str]], pred: list[tuple[int, int, str]], kinds: list[str]
) -> None:
    apart = list(differences(document(*gold), document(*pred), ("D", "G")))
    assert sorted(one.kind for one in apart) == kinds


def test_a_document_that_is_missing_is_told_and_shown_with_its_text() -> None:
    gold = document((24, 26, "G"))
    apart = list(differences(gold, {}, ("G",)))
    assert [one.kind for one in apart] == ["document missing"]
    (pattern,), details = patterns(apart, gold, {}, 5)
    assert "«X1»" in pattern.context
    assert details == []
