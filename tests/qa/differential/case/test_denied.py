"""Findings that the list of those that are there denies."""

from __future__ import annotations

import pytest

from graph.view import GraphView
from qa.differential.case.denied import apart
from qa.differential.case.understand import understood
from qa.differential.matrix import Matrix
from qa.differential.model import Told


@pytest.mark.parametrize(
    ("name", "there", "absent"),
    [
        ("no fever", (), ("fever",)),
        ("无发热", (), ("发热",)),
        ("denies cough", (), ("cough",)),
        ("否认发热、咳嗽", (), ("发热", "咳嗽")),
        ("no fever, cough or rash", (), ("fever", "cough", "rash")),
        ("fever, no cough", ("fever",), ("cough",)),
        ("no h/o seizures", (), ("seizures",)),
        ("no HP:0001945", (), ("HP:0001945",)),
        ("fever: no", (), ("fever",)),
        ("cough (-)", (), ("cough",)),
        ("皮疹（-）", (), ("皮疹",)),
        ("afebrile", (), ("afebrile",)),
        ("no periods", ("no periods",), ()),
        ("无力", ("无力",), ()),
        ("no xyzzy", ("no xyzzy",), ()),
        ("nonproductive cough", ("nonproductive cough",), ()),
        ("fever, cough", ("fever, cough",), ()),
    ],
)
def test_what_a_list_denies_is_excluded(
    view: GraphView, name: str, there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    assert apart(view, Told((name,))) == Told(there, absent)


def test_what_is_denied_twice_is_denied(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(("headache",), ("no fever", "cough")))
    assert [finding.name for finding in case.excluded] == ["Fever", "Cough"]
    assert not case.unknown
